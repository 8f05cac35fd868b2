// The structure of a dataset for the eye: its recipe's features (without what would hide or leak), components and clusters.
// Learned on at most 50,000 rows at even steps, fewer of a wide table. Steps that look at the target (target encoding) become
// one-hot, codes too; filling and scaling are left to core/structure, so that centres stay in the columns' own units.
import type { WorkContext } from '../base/task.ts';
import { defaults } from '../base/params.ts';
import type { Json } from '../base/json.ts';
import { fitMatrix } from '../recipe/fit-recipe.ts';
import { rowsWithTarget } from '../recipe/read-target.ts';
import type { RecipeSpec, StepSpec } from '../recipe/spec.ts';
import { steps } from '../recipe/steps/index.ts';
import { findStructure, mostCells, mostRows } from '../structure/find-structure.ts';
import type { Structure, StructureSpec } from '../structure/structure.ts';
import { makeNumber } from '../table/build.ts';
import { groupCodes } from '../table/group-codes.ts';
import { putColumns, takeRows } from '../table/take.ts';
import type { Column, Rows, Table } from '../table/table.ts';

const seed = 1;
/** Features are counted on so many rows first, so that a very wide table is not encoded for rows that are not used. */
const lookRows = 1_000;
const fewestRows = 500;
const mostLevels = 50;

/** `recipe` null: no target yet; numbers, dates and categories of at most 50 levels as they are. Throws what the recipe throws. */
export async function structureOf(table: Table, recipe: RecipeSpec | null, spec: StructureSpec, context: WorkContext): Promise<Structure> {
  context.report({ stage: 'structure', done: 0, text: 'encoding rows' });
  const own = recipe === null ? withoutTarget(table) : { table, recipe: plain(recipe) };
  const usable = rowsWithTarget(own.table, own.recipe);
  const count = usable ? usable.length : table.rows;
  const at = (rows: Rows): Rows => (usable ? rows.map((row) => usable[row]) : rows);
  const matrixOf = (rows: Rows) => fitMatrix(own.recipe, takeRows(own.table, rows), { seed }).matrix;
  let rows = at(evenly(count, lookRows));
  let matrix = matrixOf(rows);
  await context.breathe();
  const budget = Math.min(count, mostRows, Math.max(fewestRows, Math.floor(mostCells / matrix.features.length)));
  if (budget !== matrix.rows) {
    rows = at(evenly(count, budget));
    matrix = matrixOf(rows);
  }
  context.report({ stage: 'structure', done: 0.1, text: `${matrix.features.length} features of ${matrix.rows} rows` });
  await context.breathe();
  return findStructure(matrix, rows, count, recipe === null ? null : recipe.target, spec, context);
}

const evenly = (rows: number, most: number): Rows => {
  const size = Math.min(rows, most);
  return Int32Array.from({ length: size }, (_, i) => Math.floor((i * rows) / size));
};

/** The recipe as structure wants it: no step that looks at the target, fills or scales. */
function plain(recipe: RecipeSpec): RecipeSpec {
  const oneHot = (step: StepSpec): StepSpec => ({ ...step, type: 'one-hot', params: defaults(steps.get('one-hot').params) as Json });
  return { ...recipe, steps: recipe.steps.flatMap((step) => (step.type === 'standardise' || step.type === 'impute' ? [] : step.type === 'target-encode' || step.type === 'codes' ? [oneHot(step)] : [step])) };
}

/** A recipe of the plainest kind beside a target that is not there. */
function withoutTarget(table: Table): { table: Table; recipe: RecipeSpec } {
  let target = 'nothing';
  while (table.columns.some((column) => column.name === target)) target += ' ';
  const fits = (column: Column): boolean => column.kind !== 'text' && (column.kind !== 'category' || groupCodes(column).count <= mostLevels);
  const kept = table.columns.filter(fits);
  const named = (kind: Column['kind']) => kept.filter((column) => column.kind === kind).map((column) => column.name);
  const step = (type: string, columns: string[]): StepSpec[] => (columns.length ? [{ id: type, type, columns, params: defaults(steps.get(type).params) as Json }] : []);
  return {
    table: putColumns(table, [makeNumber(target, new Float64Array(table.rows))]),
    recipe: { version: 1, task: 'regression', target, above: null, positive: null, drop: table.columns.filter((column) => !fits(column)).map((column) => column.name), steps: [...step('date-parts', named('time')), ...step('one-hot', named('category'))] },
  };
}
