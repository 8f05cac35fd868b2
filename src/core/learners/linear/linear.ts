// Logistic, softmax or ridge regression with an L2 penalty: the same optimum as scikit-learn's LogisticRegression(C = 1 / l2)
// and Ridge(alpha = l2), found by our own deterministic solver. The penalty is that of the features as given, the
// intercept is free; standardising inside only conditions the solver. Missing values count as the training mean.
import { log } from '../../base/numerics.ts';
import type { Task } from '../../base/task.ts';
import { widthOf } from '../../models/width.ts';
import type { Model } from '../../models/model.ts';
import type { Matrix } from '../../table/matrix.ts';
import { defineLearner, type FitContext } from '../learner.ts';
import { taskOf } from '../task-of.ts';
import { makeDesign, type Design } from './design.ts';
import { lbfgs } from './lbfgs.ts';
import { newton } from './newton.ts';
import { gradientWork, hessianWork, meanLoss, type Loss, type Point, type Problem } from './objective.ts';

export type LinearParams = { l2: number; iterations: number };

/** Rows that a first, thinned fit has; larger data start from its optimum. */
const warmRows = 50_000;

/** The log-odds given to a class that no training row has. */
const absentScore = -30;

export const linear = defineLearner<LinearParams>({
  type: 'linear',
  label: 'Linear',
  help: 'Logistic, softmax or ridge regression. Assumes that each feature pushes the answer one way; fast, small, easy to read.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: {
    l2: { kind: 'number', label: 'L2 penalty', help: 'Pulls weights towards 0; 1 is scikit-learn\'s C = 1 (or alpha = 1). Raise it when there are many features for few rows.', fallback: 1, min: 0, max: 1e9, integer: false, log: true },
    iterations: { kind: 'number', label: 'Iterations at most', help: 'The solver ends by itself when it has converged; this only bounds it.', fallback: 300, min: 1, max: 10_000, integer: true },
  },
  makes: 'linear',
  fitsOn: 'core',
  steps: 'iterations',
  validates: false,
  exact: true,
  exactWeights: true,
  async fit(data, params, context) {
    const task = taskOf(data.target!);
    const design = makeDesign(data);
    const present = presentClasses(data);
    const loss: Loss = task === 'regression' ? 'squared' : present.length > 2 ? 'softmax' : 'logistic';
    const outputs = loss === 'softmax' ? present.length : 1;
    const { shift, spread } = task === 'regression' ? valueScale(data) : { shift: 0, spread: 1 };
    const problem: Problem = { matrix: data, design, loss, outputs, truth: truthOf(data, present, shift, spread).map((y) => (task === 'regression' ? y : Math.max(0, y))), penalty: penaltyOf(design, outputs, params.l2) };
    const start = priorStart(problem);
    const isDecided = task !== 'regression' && present.length < 2;
    const theta = isDecided ? start : await solve(problem, start, params, context, present, shift, spread);
    return assemble(data, task, design, present, theta, shift, spread);
  },
});

async function solve(problem: Problem, start: Float64Array, params: LinearParams, context: FitContext, present: readonly number[], shift: number, spread: number): Promise<Float64Array> {
  const { matrix, loss } = problem;
  const valid = context.valid && context.valid.target ? { ...problem, matrix: context.valid, truth: truthOf(context.valid, present, shift, spread) } : null;
  const hasKnownTruth = valid !== null && valid.truth.every((y) => y >= 0 || loss === 'squared');
  let last = context.now();
  const seen = (point: Point, step: number) => {
    const now = context.now();
    const rowsPerSecond = now > last ? (matrix.rows * 1000) / (now - last) : null;
    last = now;
    const unit = loss === 'squared' ? 2 * spread * spread : 1;
    const validLoss = valid && hasKnownTruth ? meanLoss(valid, point.theta) * unit : null;
    const train = point.mean * unit;
    context.report({ stage: 'fit', done: null, text: `iteration ${step}: loss ${train.toPrecision(5)}`, point: { step, train, valid: validLoss, rowsPerSecond } });
  };
  const method = isNewtonCheaper(problem) ? newton : lbfgs;
  const begin = matrix.rows > 2 * warmRows ? ((await method(thinned(problem), start, params.iterations, context, () => {}))?.theta ?? start) : start;
  const best = await method(problem, begin, params.iterations, context, seen);
  return best?.theta ?? begin;
}

/** The problem on every n-th row, with the penalty in proportion: its optimum is a start a few passes from the whole's. */
function thinned(problem: Problem): Problem {
  const { matrix } = problem;
  const stride = Math.floor(matrix.rows / warmRows);
  const rows = Math.ceil(matrix.rows / stride);
  const every = <T extends Float32Array | Float64Array>(values: T): T => values.filter((_, i) => i % stride === 0) as T;
  return { ...problem, matrix: { ...matrix, rows, data: matrix.data.map(every), weight: matrix.weight && every(matrix.weight) }, truth: every(problem.truth), penalty: problem.penalty.map((p) => (p * rows) / matrix.rows) };
}

/** Passes that each way needs, as measured on the tables of tests/unit/core/learners/real.test.ts and generated ones. */
function isNewtonCheaper(problem: Problem): boolean {
  const unknowns = problem.outputs * (problem.design.features + 1);
  const passes = problem.loss === 'squared' ? 2 : 9;
  const newtonWork = passes * (problem.matrix.rows * hessianWork(problem) + unknowns ** 3 / 3);
  return unknowns <= 2000 && newtonWork <= 60 * problem.matrix.rows * gradientWork(problem) + 2e8;
}

/** No weights, and intercepts at the class rates (or the mean, which is 0 here): the baseline, kept when stopped at once. */
function priorStart({ matrix, design, loss, outputs, truth }: Problem): Float64Array {
  const start = new Float64Array(outputs * (design.features + 1));
  if (loss === 'squared') return start;
  const sums = new Float64Array(Math.max(2, outputs));
  for (let row = 0; row < matrix.rows; row++) sums[truth[row]] += matrix.weight ? matrix.weight[row] : 1;
  if (loss === 'logistic') start[design.features] = sums[0] > 0 && sums[1] > 0 ? log(sums[1] / sums[0]) : 0;
  else for (let k = 0; k < outputs; k++) start[k * (design.features + 1) + design.features] = log(sums[k] / (sums[0] || 1));
  return start;
}

function presentClasses(data: Matrix): number[] {
  const target = data.target!;
  if (target.kind === 'value') return [];
  const sums = new Float64Array(target.classes.length);
  for (let row = 0; row < data.rows; row++) sums[target.codes[row]] += data.weight ? data.weight[row] : 1;
  return [...sums.keys()].filter((k) => sums[k] > 0);
}

/** Class codes among the present ones; -1 for a class that no weighted training row has. */
function truthOf(data: Matrix, present: readonly number[], shift: number, spread: number): Float64Array {
  const target = data.target!;
  if (target.kind === 'value') return target.values.map((y) => (y - shift) / spread);
  return Float64Array.from(target.codes, (code) => present.indexOf(code));
}

function penaltyOf(design: Design, outputs: number, l2: number): Float64Array {
  const d = design.features + 1;
  return Float64Array.from({ length: outputs * d }, (_, p) => (p % d === design.features ? 0 : l2 * design.scale[p % d] * design.scale[p % d]));
}

function valueScale(data: Matrix): { shift: number; spread: number } {
  const values = (data.target as { values: Float64Array }).values;
  let [total, sum, squares] = [0, 0, 0];
  for (let row = 0; row < data.rows; row++) {
    const w = data.weight ? data.weight[row] : 1;
    total += w;
    sum += w * values[row];
  }
  const shift = total > 0 ? sum / total : 0;
  for (let row = 0; row < data.rows; row++) squares += (data.weight ? data.weight[row] : 1) * (values[row] - shift) * (values[row] - shift);
  return { shift, spread: Math.sqrt(squares / Math.max(total, 1e-300)) || 1 };
}

function assemble(data: Matrix, task: Task, design: Design, present: readonly number[], theta: Float64Array, shift: number, spread: number): Model {
  const classes = data.target!.kind === 'class' ? data.target!.classes : [];
  const width = widthOf(task, classes.length);
  const { features, center, scale, fill } = design;
  const weights = new Float64Array(width * features);
  const bias = new Float64Array(width);
  const copy = (from: number, to: number, sign: number) => {
    for (let j = 0; j < features; j++) weights[to * features + j] = sign * spread * theta[from * (features + 1) + j];
    bias[to] = sign * spread * theta[from * (features + 1) + features] + (task === 'regression' ? shift : 0);
  };
  if (task === 'regression' || (task === 'binary' && present.length === 2)) copy(0, 0, 1);
  else if (task === 'binary') bias[0] = present[0] === 1 ? decided(data.rows) : -decided(data.rows);
  else {
    bias.fill(absentScore);
    if (present.length === 1) bias[present[0]] = 0;
    else if (present.length === 2) {
      copy(0, present[1], 0.5);
      copy(0, present[0], -0.5);
    } else present.forEach((k, from) => copy(from, k, 1));
    if (present.length > 2) balance(bias, present);
  }
  return { type: 'linear', task, classes, features, json: {}, arrays: { weights, bias, center, scale, fill } };
}

/** Log-odds of a class that every row has: Laplace's rule of succession. */
const decided = (rows: number): number => log(rows + 1);

/** Softmax scores are free up to a constant: make the intercepts of the present classes sum to 0. */
function balance(bias: Float64Array, present: readonly number[]): void {
  let mean = 0;
  for (const k of present) mean += bias[k] / present.length;
  for (const k of present) bias[k] -= mean;
}
