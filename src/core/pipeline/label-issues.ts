// Rows whose label is probably wrong, by confident learning (Northcutt, Jiang and Chuang, 2021): models fitted on the other
// folds say what each label should be; where they are surer of another class than they are of that class on average, the row
// counts as mislabelled. For number targets, rows whose residual is far beyond the usual ones.
// The recipe is fitted on each fold's training rows alone, so no row is judged by a model that has seen it.
import { BarnacleError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { parseParams } from '../base/params.ts';
import { sequence, shuffle } from '../base/random.ts';
import type { WorkContext } from '../base/task.ts';
import { learners } from '../learners/index.ts';
import { refuseNominal } from '../learners/refuse-nominal.ts';
import type { Kernels } from '../learners/learner.ts';
import { predictModel } from '../models/predict-model.ts';
import { applyRecipe } from '../recipe/apply-recipe.ts';
import { fitMatrix } from '../recipe/fit-recipe.ts';
import { readTarget, rowsWithTarget } from '../recipe/read-target.ts';
import type { RecipeSpec } from '../recipe/spec.ts';
import { strataOf } from '../split/strata-of.ts';
import { cellText } from '../table/cell.ts';
import type { Target } from '../table/matrix.ts';
import { takeRows } from '../table/take.ts';
import type { Rows, Table } from '../table/table.ts';
import { confidentIssues, residualIssues } from './confident-learning.ts';
import type { LabelReport } from './label-report.ts';

export type LabelOptions = { folds?: number; seed?: number; learner?: string; params?: Json; /** The most issues listed; 1,000 unless said. */ most?: number };

const FOLDS = 5;
const MOST_ISSUES = 1000;
/** Of the rows of the other folds, one in ten tells when to stop. */
const VALID_PARTS = 10;

/** Throws bad-target, no-rows, no-features. A stop judges the rows of the folds that are done. */
export async function labelIssues(table: Table, recipe: RecipeSpec, context: WorkContext & { readonly kernels: Kernels }, options: LabelOptions = {}): Promise<LabelReport> {
  const { folds = FOLDS, seed = 1, learner = 'gbt', most = MOST_ISSUES } = options;
  const usable = rowsWithTarget(table, recipe);
  const kept = usable ? takeRows(table, usable) : table;
  if (kept.rows < 2 * folds) throw new BarnacleError('no-rows', `${kept.rows} rows have a label; ${2 * folds} are needed to judge them in ${folds} parts`, { what: 'labels' });
  const target = readTarget(recipe, kept);
  const { shares, done } = await outOfFold(kept, recipe, target, context, { folds, seed, learner, params: options.params ?? {} });
  const judged = Int32Array.from({ length: kept.rows }, (_, row) => row).filter((row) => done[row] > 0);
  const found = target.kind === 'class' ? confidentIssues(shares, target.codes, target.classes.length, judged) : residualIssues(shares, target.values, judged);
  const nameOf = (value: number): string => (target.kind === 'class' ? target.classes[value] : String(Number(value.toPrecision(6))));
  const issues = found.issues.slice(0, most).map(({ row, given, suggested, givenShare, suggestedShare }) => ({
    row: usable ? usable[row] : row,
    given: nameOf(given),
    suggested: nameOf(suggested),
    givenShare,
    suggestedShare,
    cells: kept.columns.map((column) => cellText(column, row)),
  }));
  context.report({ stage: 'labels', done: 1, text: 'done' });
  return { issues, total: found.issues.length, columns: kept.columns.map((column) => column.name), rows: judged.length, learner, folds, noise: found.noise };
}

type Plan = { folds: number; seed: number; learner: string; params: Json };

/** Probabilities row by row and class by class (numbers: the value), and which rows have them. */
async function outOfFold(table: Table, recipe: RecipeSpec, target: Target, context: WorkContext & { readonly kernels: Kernels }, plan: Plan): Promise<{ shares: Float64Array; done: Uint8Array }> {
  const kind = learners.get(plan.learner);
  const params = parseParams(kind.params, plan.params, plan.learner);
  const width = target.kind === 'class' ? target.classes.length : 1;
  const shares = new Float64Array(table.rows * width);
  const done = new Uint8Array(table.rows);
  const part = partsOf(target, plan.folds * VALID_PARTS, plan.seed);
  for (let fold = 0; fold < plan.folds; fold++) {
    context.report({ stage: 'labels', done: fold / plan.folds, text: `judging part ${fold + 1} of ${plan.folds} by the others` });
    if ((await context.breathe()) === 'stop') break;
    const rows = { train: [] as number[], valid: [] as number[], judged: [] as number[] };
    part.forEach((p, row) => (p % plan.folds === fold ? rows.judged : kind.validates && Math.floor(p / plan.folds) === 0 ? rows.valid : rows.train).push(row));
    if (!rows.judged.length) continue;
    const classes = target.kind === 'class' ? target.classes : undefined;
    const { fitted, matrix } = fitMatrix(recipe, takeRows(table, Int32Array.from(rows.train)), { seed: plan.seed, classes });
    const encode = (list: number[], withTarget: boolean) => applyRecipe(fitted, takeRows(table, Int32Array.from(list)), { training: false, seed: plan.seed, withTarget });
    refuseNominal(kind, matrix);
    const valid = rows.valid.length ? encode(rows.valid, true) : null;
    const model = await kind.fit(matrix, params, { now: () => context.now(), report: () => {}, breathe: () => context.breathe(), seed: plan.seed, valid, kernels: context.kernels });
    const prediction = predictModel(model, encode(rows.judged, false));
    rows.judged.forEach((row, k) => {
      done[row] = 1;
      if (target.kind === 'class' && prediction.width === 1) {
        shares[row * width] = 1 - prediction.values[k];
        shares[row * width + 1] = prediction.values[k];
      } else for (let j = 0; j < width; j++) shares[row * width + j] = prediction.values[k * width + j];
    });
  }
  return { shares, done };
}

/** Part of each row, 0 .. parts - 1: within each class (tenth of a number target) as even as can be. */
function partsOf(target: Target, parts: number, seed: number): Int32Array {
  const { strata, count } = strataOf(target);
  const lists: number[][] = Array.from({ length: count }, () => []);
  strata.forEach((stratum, row) => lists[stratum].push(row));
  const part: Rows = new Int32Array(strata.length);
  const random = sequence(seed, 'label-folds');
  let next = 0;
  for (const list of lists) for (const row of shuffle(list, random)) part[row] = next++ % parts;
  return part;
}
