// The whole fit of a linear model: open the problem, choose the strength, solve, judge the weights, keep what was found.
// A stop keeps the best so far and leaves out what would come after it.
import type { Note } from '../../base/task.ts';
import type { Model } from '../../models/model.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { FitContext } from '../learner.ts';
import { assembleModel } from './assemble-model.ts';
import { crossValidate, type PathFound } from './cross-validate.ts';
import { dispersionOf, huberDispersion, quantileDispersion, type Dispersion } from './dispersion.ts';
import { withFacts } from './facts.ts';
import { fitHuber } from './huber.ts';
import { explainedBy, inferErrors, inferenceMost, type Inference } from './inference.ts';
import { evaluatePoint, hessianWork, type Problem } from './objective.ts';
import { openProblem, priorStart, ridgeOf, type Opened } from './open-problem.ts';
import type { LinearParams } from './params.ts';
import { penaltiesOf, strengths } from './path.ts';
import { weightOf } from './weight-of.ts';
import { proxNewton } from './prox-newton.ts';
import { fitQuantile } from './quantile.ts';
import { solveSmooth } from './solve-smooth.ts';
import { watchFit, type Watch } from './watch-fit.ts';

type Solved = { readonly theta: Float64Array; readonly problem: Problem; readonly path: PathFound | null; readonly chosen: number; readonly iterations: number; readonly judge: (() => Dispersion | null) | null; readonly why: string | null };

export async function fitLinear(data: Matrix, params: LinearParams, context: FitContext): Promise<Model> {
  const named = params.objective === 'auto' || data.target!.kind === 'class' ? null : params.objective;
  const isSparse = params.penalty === 'lasso' || params.penalty === 'elastic' || params.strength !== 'given';
  const loss = named === null || named === 'huber' || named === 'quantile' ? (named === null ? null : 'squared') : named;
  const opened = openProblem(data, loss, params, named === 'huber' || named === 'quantile' || !isSparse, true, context.kernels.linear ?? null);
  const start = priorStart(opened.problem);
  const isDecided = opened.task !== 'regression' && opened.present.length < 2;
  const watch = watchFit(opened, context);
  const solved: Solved = isDecided ? { ...plain(opened.problem, start), why: 'all rows have one class' } : named === 'huber' ? await solveHuber(opened, params, watch) : named === 'quantile' ? await solveQuantile(opened, params, watch) : await solvePenalised(opened, params, start, watch);
  const { model, copies } = assembleModel(data, opened, solved.theta);
  const { inference, why, explained } = await judge(solved, params, watch);
  const found = { theta: solved.theta, inference, why, path: solved.path, chosen: solved.chosen, notes: notesOf(data, opened, solved, params, explained, watch), meanLoss: watch.lastLoss() };
  return withFacts(model, opened, found, named === 'huber' && isSparse ? { ...params, penalty: 'none' } : named === 'quantile' ? { ...params, penalty: 'none' } : params, copies);
}

const plain = (problem: Problem, theta: Float64Array): Solved => ({ theta, problem, path: null, chosen: 0, iterations: 0, judge: null, why: null });

async function solvePenalised(opened: Opened, params: LinearParams, start: Float64Array, watch: Watch): Promise<Solved> {
  const { problem } = opened;
  const ratio = params.penalty === 'lasso' ? 1 : params.penalty === 'elastic' ? params.l1Ratio : 0;
  const weight = weightOf(problem);
  if (params.penalty !== 'none' && params.strength !== 'given') {
    const prior = await evaluatePoint(problem, start, 'gradient', { ...watch.context, breathe: async () => 'go' });
    const span = (ratio >= 1e-3 ? (problem.matrix.rows > problem.design.features ? 1e-4 : 1e-2) : 1e-8) * reachOf(opened, ratio);
    const lambdas = strengths(problem, prior!.gradient, ratio, params.strengths, span, weight);
    const path = await crossValidate(problem, { lambdas, ratio, folds: Math.min(params.folds, Math.max(2, problem.matrix.rows)), seed: watch.seed, start }, watch.context);
    if (!path) return plain(problem, start);
    const chosen = params.strength === 'best' ? path.best : path.simplest;
    const { l2 } = penaltiesOf(problem.design, problem.outputs, path.points[chosen].lambda, ratio, weight);
    return { ...plain({ ...problem, penalty: l2 }, path.points[chosen].theta), path, chosen, why: ratio > 0 ? chosenWhy : null };
  }
  if (ratio > 0 && params.penalty !== 'ridge') {
    const { l1, l2 } = penaltiesOf(problem.design, problem.outputs, params.alpha, ratio, weight);
    const penalised = { ...problem, penalty: l2 };
    const found = await proxNewton(penalised, l1, start, params.iterations, 1e-13, watch.context, watch.seen);
    return { ...plain(penalised, found?.theta ?? start), iterations: watch.iterations() + 1, why: chosenWhy };
  }
  const l2 = params.penalty === 'none' ? 0 : params.penalty === 'ridge' ? params.l2 : params.alpha * weight;
  const penalised = { ...problem, penalty: ridgeOf(problem, l2) };
  const found = await solveSmooth(penalised, start, params.iterations, watch.context, watch.seen);
  return { ...plain(penalised, found?.theta ?? start), iterations: watch.iterations() };
}

/** The top of a path grows with the target's unit and its squared part does not, so a path that has one goes further down. */
function reachOf({ problem: { loss, truth, matrix } }: Opened, ratio: number): number {
  if (loss !== 'squared' || ratio === 1) return 1;
  let [total, squares] = [0, 0];
  truth.forEach((y, row) => {
    const weight = matrix.weight ? matrix.weight[row] : 1;
    total += weight;
    squares += weight * y * y;
  });
  return 1 / Math.max(1, Math.sqrt(squares / Math.max(total, 1e-300)));
}

const chosenWhy = 'weights chosen by an L1 penalty have no standard errors of the usual kind: the choice itself is uncertain; fit the chosen features without a penalty on fresh rows';

async function solveHuber({ problem }: Opened, params: LinearParams, watch: Watch): Promise<Solved> {
  // of the target in deviations: scikit-learn's alpha would outweigh the errors of a target in thousands
  const l2 = params.penalty === 'ridge' ? params.l2 : 0;
  const penalised = { ...problem, penalty: ridgeOf(problem, l2) };
  const found = await fitHuber(penalised, params.huberEpsilon, params.iterations, watch.context, (point, step) => watch.say(step, point.value / Math.max(1e-300, weightOf(problem)), null));
  const theta = found?.theta ?? priorStart(problem);
  return { ...plain(penalised, theta), iterations: watch.iterations(), judge: () => (found ? huberDispersion(penalised, theta, found.scale, params.huberEpsilon) : null) };
}

async function solveQuantile({ problem }: Opened, params: LinearParams, watch: Watch): Promise<Solved> {
  const found = await fitQuantile(problem, params.quantile, Math.min(200, params.iterations), watch.context, (point, step) => watch.say(step, point.mean, null));
  const theta = found?.theta ?? priorStart(problem);
  return { ...plain(problem, theta), judge: () => quantileDispersion(problem, theta, params.quantile) };
}

async function judge(solved: Solved, params: LinearParams, watch: Watch): Promise<{ inference: Inference | null; why: string | null; explained: number[] }> {
  const no = (why: string) => ({ inference: null, why, explained: [] });
  const { problem, theta } = solved;
  if (solved.why !== null) return no(solved.why);
  if (!params.errors) return no('not asked for');
  if (watch.isStopped()) return no('training was stopped');
  if (theta.length > inferenceMost) return no(`the model has ${theta.length} parameters, more than the ${inferenceMost} whose covariance is worked out`);
  const work = problem.matrix.rows * hessianWork(problem) + theta.length ** 3;
  if (work > 4e10) return no(`${problem.matrix.rows} rows of ${problem.design.features} features would take minutes more`);
  const of = solved.judge ? solved.judge() : dispersionOf(problem, theta);
  if (!of) return no('there are no more rows than parameters, or their errors have no spread');
  const point = await evaluatePoint(of.problem, theta, 'whole', watch.context);
  if (!point) return no('training was stopped');
  const inference = inferErrors(of.problem, point, of.dispersion);
  return { inference: of.isNormal ? { ...inference, degrees: null } : inference, why: null, explained: explainedBy(of.problem, point) };
}

function notesOf(data: Matrix, { problem, task }: Opened, { theta, path, chosen, iterations }: Solved, params: LinearParams, explained: readonly number[], watch: Watch): Note[] {
  const notes: Note[] = [];
  const { features } = problem.design;
  const add = (code: string, message: string, column: string | null = null) => notes.push({ code, message, column, rows: null, example: null });
  if (explained.length > 0 && params.penalty === 'none') {
    const names = explained.slice(0, 5).map((j) => `"${data.features[j].name}"`).join(', ');
    add('collinear', `${explained.length === 1 ? 'feature' : `${explained.length} features, among them`} ${names} ${explained.length === 1 ? 'is' : 'are'} explained by others exactly, so the weight is 0 and has no standard error; drop ${explained.length === 1 ? 'it' : 'them'} or choose ridge`, data.features[explained[0]].source);
  }
  let most = 0;
  for (let p = 0; p < theta.length; p++) if (p % (features + 1) !== features) most = Math.max(most, Math.abs(theta[p]));
  if (task !== 'regression' && params.penalty === 'none' && (most > 25 || (watch.lastLoss() ?? 1) < 1e-5)) add('separated', `the features tell the classes apart without error, so weights grow without bound (the largest is ${most.toPrecision(3)} per standard deviation) and their standard errors mean nothing; choose ridge`);
  if (iterations >= params.iterations && !watch.isStopped()) add('not-converged', `the solver was ended at ${params.iterations} iterations before it had converged; raise "iterations" or the penalty`);
  if (path && !watch.isStopped() && chosen === path.points.length - 1 && path.points.length > 2) add('path-end', 'the weakest strength of the path was best: a penalty hardly helps here');
  return notes;
}
