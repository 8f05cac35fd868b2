// The fit of linear machines: one problem for each class, margins of rows left out, the curve that turns margins into probabilities.
// A stop keeps what there is: machines not reached have no weights, and the curve is fitted to the margins at hand.
import { sequence, shuffle } from '../../base/random.ts';
import type { Model } from '../../models/model.ts';
import type { Matrix } from '../../table/matrix.ts';
import { fitSigmoid } from '../isolation-forest/fit-sigmoid.ts';
import type { FitContext } from '../learner.ts';
import { assembleModel } from './assemble-model.ts';
import { withFacts } from './facts.ts';
import { eachScored, type Problem } from './objective.ts';
import { openProblem, priorStart, ridgeOf, type Opened } from './open-problem.ts';
import { fitSoftmaxCurve } from './platt.ts';
import { solveSmooth } from './solve-smooth.ts';
import type { SvmParams } from './svm-params.ts';
import { takeMatrix } from './take-rows.ts';
import { watchFit, type Watch } from './watch-fit.ts';

const why = 'a linear machine states no probability of its data, so theory gives its weights no standard errors; choose the linear learner without a penalty for them';

export async function fitSvm(data: Matrix, params: SvmParams, context: FitContext): Promise<Model> {
  const isValue = data.target!.kind === 'value';
  const opened = openProblem(data, isValue ? 'tube' : null, { balance: params.balance, tweediePower: 0 }, false, !params.heldIntercept, context.kernels.linear ?? null);
  // the loss of one machine says nothing of validation rows of other classes
  const watch = watchFit(opened, isValue ? context : { ...context, valid: null });
  const facts = { penalty: 'ridge', l2: 1 / params.c, alpha: 0, l1Ratio: 0, strength: 'given' } as const;
  const done = (theta: Float64Array, of: Opened) => {
    const { model, copies } = assembleModel(data, of, theta);
    return withFacts(model, of, { theta, inference: null, why, path: null, chosen: 0, notes: [], meanLoss: watch.lastLoss() }, facts, copies);
  };
  if (isValue) {
    const problem = { ...opened.problem, shape: params.epsilon };
    return done(await machine(problem, problem.truth, params, watch), { ...opened, problem });
  }
  const { present, problem } = opened;
  if (present.length < 2) return done(priorStart(problem), opened);
  const names = present.length === 2 ? [1] : present.map((_, k) => k);
  const d = problem.design.features + 1;
  const theta = await machines(problem, names, params, watch);
  const { margins, truth, weight } = await marginsOf(problem, names, theta, params, watch);
  if (names.length === 1) {
    const { a, b } = fitSigmoid(margins, truth, weight);
    const model = done(fold(theta, d, b, Float64Array.of(a)), { ...opened, problem: { ...problem, loss: 'logistic', outputs: 1 } });
    return withSlope(model, b);
  }
  const { slope, offsets } = fitSoftmaxCurve(margins, truth, names.length, weight);
  return withSlope(done(fold(theta, d, slope, offsets), { ...opened, problem: { ...problem, loss: 'softmax', outputs: names.length } }), slope);
}

/** The facts tell the loss that was minimised, and what the weights were multiplied by. */
function withSlope(model: Model, slope: number): Model {
  const json = model.json as { readonly facts: { readonly [key: string]: never } };
  return { ...model, json: { ...json, facts: { ...json.facts, loss: 'hinge', slope } } };
}

function fold(theta: Float64Array, d: number, slope: number, offsets: Float64Array): Float64Array {
  return theta.map((t, p) => slope * t + (p % d === d - 1 ? offsets[Math.floor(p / d)] : 0));
}

/** One after the other: class `names[k]` against the rest, with rows of weight as the problem has them. */
async function machines(problem: Problem, names: readonly number[], params: SvmParams, watch: Watch): Promise<Float64Array> {
  const d = problem.design.features + 1;
  const out = new Float64Array(names.length * d);
  for (let k = 0; k < names.length && !watch.isStopped(); k++) {
    const truth = problem.truth.map((y) => Number(y === names[k]));
    out.set(await machine({ ...problem, loss: 'hinge', outputs: 1 }, truth, params, watch), k * d);
  }
  return out;
}

async function machine(problem: Problem, truth: Float64Array, { c, heldIntercept, iterations }: SvmParams, watch: Watch): Promise<Float64Array> {
  const own = { ...problem, truth, outputs: 1, penalty: new Float64Array(problem.design.features + 1) };
  const penalty = ridgeOf(own, 1 / c);
  if (heldIntercept) penalty[problem.design.features] = 1 / c;
  const start = new Float64Array(penalty.length);
  return (await solveSmooth({ ...own, penalty }, start, iterations, watch.context, watch.seen))?.theta ?? start;
}

/** Margins (rows x machines) of rows left out, or of the training rows. */
async function marginsOf(problem: Problem, names: readonly number[], theta: Float64Array, params: SvmParams, watch: Watch): Promise<{ margins: Float64Array; truth: Float64Array; weight: Float32Array | null }> {
  const { matrix, design } = problem;
  const margins = new Float64Array(matrix.rows * names.length);
  const fill = (of: Matrix, rows: Int32Array | null, by: Float64Array) =>
    eachScored(of, design, names.length, by, (scores, from, count) => {
      for (let k = 0; k < names.length; k++) for (let r = 0; r < count; r++) margins[(rows ? rows[from + r] : from + r) * names.length + k] = scores[k * (scores.length / names.length) + r];
    });
  fill(matrix, null, theta);
  const rows = shuffle(Int32Array.from({ length: matrix.rows }, (_, i) => i), sequence(watch.seed, 'svm-folds'));
  const folds = params.probabilities === 'folds' && matrix.rows >= 2 * params.folds ? params.folds : 0;
  for (let part = 0; part < folds && !watch.isStopped(); part++) {
    const [inside, outside] = [true, false].map((is) => rows.filter((_, i) => (i % folds === part) === is).sort());
    const others = { ...problem, matrix: takeMatrix(matrix, outside), truth: Float64Array.from(outside, (row) => problem.truth[row]) };
    const by = await machines(others, names, params, watch);
    if (!watch.isStopped()) fill(takeMatrix(matrix, inside), inside, by);
  }
  return { margins, truth: problem.truth, weight: matrix.weight };
}
