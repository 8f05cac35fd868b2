// What a recipe does, before anything is trained: the first rows before and after, and one line about each step.
// Fitted on a seeded sample of training rows, so it answers at once on any size of table. The step that fails carries its
// error and the steps before it still say what they do.
import { isBarnacleError } from '../base/errors.ts';
import { sequence, shuffle } from '../base/random.ts';
import { applyRecipe, applySteps, describeStep } from '../recipe/apply-recipe.ts';
import { fitRecipe } from '../recipe/fit-recipe.ts';
import type { FittedRecipe, RecipeSpec } from '../recipe/spec.ts';
import { steps as registry } from '../recipe/steps/index.ts';
import type { SplitSpec } from '../split/split.ts';
import type { Feature } from '../table/matrix.ts';
import { takeRows } from '../table/take.ts';
import type { Rows, Table } from '../table/table.ts';
import { splitTable } from './prepare.ts';
import { matrixPage, tablePage, type TablePage } from './table-page.ts';

export type StepPreview = { id: string; text: string; made: string[]; error: string | null };
export type Preview = { before: TablePage; after: TablePage; steps: StepPreview[]; features: number; /** Each feature and the column it comes from; left out while the recipe cannot be fitted. */ output?: Feature[]; counts: { train: number; valid: number; test: number } };
const sampleRows = 20_000;
const shownRows = 20;
const empty: TablePage = { from: 0, rows: 0, columns: [], cells: [] };

/** Throws what has no step to stand beside: a bad target, a bad split, a missing column. */
export function previewRecipe(table: Table, spec: RecipeSpec, split: SplitSpec, seed: number): Preview {
  const parts = splitTable({ recipe: spec, split, seed }, table);
  const counts = { train: parts.train.length, valid: parts.valid.length, test: parts.test.length };
  const sample = takeRows(table, sampled(parts.train, seed));
  const before = tablePage(takeRows(table, parts.train.slice(0, shownRows)), 0, shownRows);
  const { fitted, failed, error } = fitAsFarAsPossible(spec, sample, seed);
  const steps = spec.steps.map((step, i): StepPreview => {
    const label = registry.has(step.type) ? registry.get(step.type).label : step.type;
    if (i === failed) return { id: step.id, text: label, made: [], error };
    if (step.disabled || !fitted || i >= fitted.spec.steps.length) return { id: step.id, text: label, made: [], error: null };
    return { id: step.id, text: describeStep(fitted, i) ?? label, made: madeBy(fitted, sample, i, seed), error: null };
  });
  if (error !== null && failed === null) steps.push({ id: '', text: 'features', made: [], error });
  const after = fitted && error === null ? matrixPage(applyRecipe(fitted, takeRows(table, parts.train.slice(0, shownRows)), { training: false, seed, withTarget: false }), shownRows) : empty;
  return { before, after, steps, features: error === null && fitted ? fitted.output.length : 0, ...(error === null && fitted ? { output: fitted.output } : {}), counts };
}

/** The whole recipe, or the longest run of steps that fits, with the step that failed (null = the end itself). */
function fitAsFarAsPossible(spec: RecipeSpec, sample: Table, seed: number): { fitted: FittedRecipe | null; failed: number | null; error: string | null } {
  try {
    return { fitted: fitRecipe(spec, sample, { seed }), failed: null, error: null };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    if (isBarnacleError(thrown, 'not-numeric') || isBarnacleError(thrown, 'no-features')) return { fitted: null, failed: null, error };
    let fitted: FittedRecipe | null = null;
    for (let n = 0; n < spec.steps.length; n++) {
      try {
        fitted = fitRecipe({ ...spec, steps: spec.steps.slice(0, n + 1) }, sample, { seed });
      } catch (inner) {
        if (!isBarnacleError(inner, 'not-numeric') && !isBarnacleError(inner, 'no-features')) {
          if (n === 0 && !failsInStep(spec, sample, seed)) throw inner;
          return { fitted, failed: n, error: inner instanceof Error ? inner.message : String(inner) };
        }
      }
    }
    throw thrown;
  }
}

/** False when even a recipe without steps cannot be read: the target or the columns are at fault, no step. */
function failsInStep(spec: RecipeSpec, sample: Table, seed: number): boolean {
  try {
    fitRecipe({ ...spec, steps: [] }, sample, { seed });
    return true;
  } catch (thrown) {
    return isBarnacleError(thrown, 'not-numeric');
  }
}

/** Names of the columns that step `i` added. */
function madeBy(fitted: FittedRecipe, sample: Table, i: number, seed: number): string[] {
  const few = takeRows(sample, Int32Array.from({ length: Math.min(5, sample.rows) }, (_, r) => r));
  const names = (count: number) => applySteps(fitted, few, { training: false, seed }, null, count).columns.map((c) => c.name);
  const had = new Set(names(i));
  return names(i + 1).filter((name) => !had.has(name));
}

function sampled(rows: Rows, seed: number): Rows {
  if (rows.length <= sampleRows) return rows;
  return shuffle(rows.slice(), sequence(seed, 'preview')).subarray(0, sampleRows).sort();
}
