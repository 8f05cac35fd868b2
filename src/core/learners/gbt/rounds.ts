// The boosting loop: gradients -> which rows -> a tree for each output -> scores -> losses, round after round.
// Randomness is a function of (seed, use, tree or round, row), so trees do not depend on the backend. The best round on the
// validation rows is kept; a stop keeps the trees so far; after every round the fit can be kept and later gone on with.
import { BarnacleError } from '../../base/errors.ts';
import type { FitContext } from '../learner.ts';
import type { TreeSession } from '../trees/kernels.ts';
import { sampleRows } from '../trees/sample-rows.ts';
import type { BoostState, GrownTree } from './boost-state.ts';
import { valuesAt } from './boost-state.ts';
import { chooseDropped, dartScales } from './dart.ts';
import { sampleByGradient } from './goss.ts';
import { growOne } from './grow-one.ts';
import type { LossRows, Objective, OpenObjective } from './objectives/objective.ts';
import type { GbtParams } from './params.ts';

/**
 * About so many evenly spaced training rows give the training loss of the curve (half with several outputs): it is only looked
 * at, so its noise of a percent or two costs nothing. The validation loss, which decides, takes every row.
 */
const TRAIN_LOSS_ROWS = 4_000;

export type BoostJob = {
  /** Rows that equal rows were merged into, and what they stand for; null = each row is itself. */
  readonly copies: Uint8Array | null;
  /** Training rows, copies counted. */
  readonly rows: number;
  readonly session: TreeSession;
  readonly objective: Objective;
  readonly open: OpenObjective;
  readonly train: LossRows;
  readonly valid: LossRows | null;
  readonly params: GbtParams;
  /** Features that may meet on a path, by number in the plan; null = all. */
  readonly interactions: readonly (readonly number[])[] | null;
  readonly seed: number;
  /** Trees that were there before this fit: randomness goes on counting from them. */
  readonly before: number;
};

/** Adds rounds to the state until the params, the validation rows or the person end it. `keep` is told after each. */
export async function boostRounds(job: BoostJob, state: BoostState, context: FitContext, keep: () => void): Promise<void> {
  const { session, params, valid } = job;
  const { plan } = session;
  const step = Math.max(1, Math.floor((plan.rows * Math.min(2, plan.outputs)) / TRAIN_LOSS_ROWS));
  const validLoss = () => (valid ? job.open.mean(session.arrays.validScores, valid) : null);
  if (state.best.loss === null && valid) state.best = { round: 0, loss: validLoss() };
  while (state.round < params.trees && !isSpent(state, params)) {
    const began = context.now();
    const grown = await oneRound(job, state);
    if (grown === null) break;
    const train = job.open.mean(session.arrays.scores, job.train, step);
    const loss = validLoss();
    if (loss !== null && (state.best.loss === null || loss < state.best.loss)) {
      state.best = { round: state.round, loss };
      state.bestGains = state.gains.slice();
      if (state.dart) state.dart.bestWeights = state.dart.weights.slice();
    }
    const ms = context.now() - began;
    const point = { step: state.round, train, valid: loss, rowsPerSecond: ms > 0 ? Math.round((job.rows * 1000) / ms) : null, extra: measure(grown) };
    keep();
    context.report({ stage: 'fit', done: state.round / params.trees, text: `tree ${state.round} of at most ${params.trees}`, point });
    if ((await context.breathe()) === 'stop') break;
  }
}

/** True when the validation loss has not improved for so many rounds as patience allows. */
const isSpent = (state: BoostState, params: GbtParams): boolean => state.best.loss !== null && params.patience > 0 && state.round - state.best.round >= params.patience;

/** One tree for each output; null when none can split although every row and column was there. */
async function oneRound(job: BoostJob, state: BoostState): Promise<GrownTree[] | null> {
  const { session, params, seed } = job;
  const { plan } = session;
  const counted = job.before + state.round;
  const dropped = state.dart ? chooseDropped(state.round, params, seed) : [];
  for (const round of dropped) addRound(job, state, round, -1, false);
  fillGradients(job);
  const scales = state.dart ? dartScales(dropped.length, params.learningRate, params.dropScale) : { fresh: params.learningRate, dropped: 1 };
  for (;;) {
    const share = state.isWhole ? 1 : params.rows;
    const isGoss = params.sampling === 'goss' && !state.isWhole && counted * params.learningRate >= 1;
    const chosen = isGoss ? sampleByGradient(session.arrays, plan, params, seed, counted) : null;
    const grown: GrownTree[] = [];
    for (let k = 0; k < plan.outputs; k++) {
      const index = counted * plan.outputs + k;
      const rows = chosen ?? (params.sampling === 'rows' && share < 1 ? sampleRows(plan.rows, share, seed, 'gbt-rows', index) : null);
      grown.push(await growOne(job, { output: k, index, rows, rate: scales.fresh, grid: state.dart ? state.dart.grid : 0, columns: state.isWhole ? 1 : params.columns }));
    }
    if (grown.some((tree) => tree.nodes.length > 0)) {
      settle(job, state, grown, dropped, scales);
      return grown;
    }
    if (state.isWhole || (params.columns >= 1 && share >= 1 && !isGoss)) {
      for (const round of dropped) addRound(job, state, round, 1, false);
      return null;
    }
    state.isWhole = true;
    if (isGoss) fillGradients(job);
  }
}

/** Gradients and hessians at the scores now. Throws numeric-failure when they are not finite. */
export function fillGradients({ session, objective, open }: BoostJob): void {
  const { arrays, plan } = session;
  if (objective.kernel) session.gradients(objective.kernel);
  else open.gradients(arrays.scores, arrays.gradients, arrays.ranges);
  for (let k = 0; k < 2 * plan.outputs; k++) {
    if (!Number.isFinite(arrays.ranges[k])) throw new BarnacleError('numeric-failure', 'gradients leave single precision; scale the target down or lower the learning rate', { where: 'gbt gradients', value: null });
  }
}

/** The new round joins the state; dropped ones come back smaller (their training scores are without them still). */
function settle(job: BoostJob, state: BoostState, grown: readonly GrownTree[], dropped: readonly number[], scales: { fresh: number; dropped: number }): void {
  for (const tree of grown) {
    state.trees.push(tree);
    for (const node of tree.nodes) state.gains[node.feature] += node.gain;
  }
  if (state.dart) {
    state.dart.weights.push(scales.fresh);
    for (const round of dropped) {
      addRound(job, state, round, -1, true);
      state.dart.weights[round] *= scales.dropped;
      addRound(job, state, round, 1, true);
      addRound(job, state, round, 1, false);
    }
  }
  state.round++;
}

/** Adds the trees of a round, times the sign, to the scores of the training rows or of the validation rows. */
function addRound({ session }: BoostJob, state: BoostState, round: number, sign: 1 | -1, isValid: boolean): void {
  const { outputs, validRows } = session.plan;
  if (isValid && validRows === 0) return;
  for (let k = 0; k < outputs; k++) {
    const tree = state.trees[round * outputs + k];
    const values = Float64Array.from(valuesAt(state, round * outputs + k, outputs), (value) => sign * value);
    session.addTree(isValid ? 1 : 0, k, tree.nodes, values, false);
  }
}

function measure(grown: readonly GrownTree[]): { [name: string]: number } {
  let gain = 0;
  let leaves = 0;
  let depth = 0;
  for (const tree of grown) {
    for (const node of tree.nodes) gain += node.gain;
    leaves += tree.values.length;
    depth = Math.max(depth, depthOf(tree));
  }
  return { gain, leaves, depth };
}

function depthOf({ nodes }: GrownTree): number {
  const depths = new Int32Array(nodes.length);
  let deepest = 0;
  for (let n = 0; n < nodes.length; n++) {
    for (const child of [nodes[n].left, nodes[n].right]) if (child >= 0) depths[child] = depths[n] + 1;
    deepest = Math.max(deepest, depths[n] + 1);
  }
  return deepest;
}
