// Matrix and params -> a forest as a `trees` model: the mean of trees that were grown apart, each on its own draw of rows and,
// at every split, of features (Breiman, Random Forests, 2001), or with random thresholds on all rows (Geurts, Ernst and
// Wehenkel, Extremely Randomized Trees, 2006; drawn among the bins that occur, so evenly in ranks where values are many).
// Classes: a tree for each class and round on 0 and 1 (one when there are two), leaves are shares of the class.
import { BarnacleError } from '../../base/errors.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import type { Model } from '../../models/model.ts';
import { treesModel } from '../../models/trees-model.ts';
import type { Matrix } from '../../table/matrix.ts';
import { newState } from '../gbt/boost-state.ts';
import type { BoostState, GrownTree } from '../gbt/boost-state.ts';
import { checkpointMaker, packTree, readCheckpoint } from '../gbt/checkpoint.ts';
import type { ModelHead } from '../gbt/checkpoint.ts';
import { checkSpread } from '../gbt/check-spread.ts';
import { lossRows } from '../gbt/loss-rows.ts';
import { classWeights } from '../gbt/objectives/class-weights.ts';
import { meanTarget } from '../gbt/objectives/mean-target.ts';
import type { LossRows } from '../gbt/objectives/objective.ts';
import type { FitContext } from '../learner.ts';
import { taskOf } from '../task-of.ts';
import { binFeatures } from '../trees/bin-features.ts';
import type { BinnedFeatures } from '../trees/bin-features.ts';
import { growTree, treeKey } from '../trees/grow.ts';
import type { LeafTotals, TreeKernels, TreeSession, Units } from '../trees/kernels.ts';
import { openFit } from '../trees/open-fit.ts';
import { keyOf } from '../trees/sample-rows.ts';
import { checkTreeMemory } from '../trees/tree-memory.ts';
import { bagUnits, drawBag, fillBag } from './bag.ts';
import type { Sampling } from './bag.ts';
import { countOutside, outOfBag } from './out-of-bag.ts';
import type { ForestParams } from './params.ts';

/** About so many evenly spaced rows give the out-of-bag loss of the curve; the last one takes every row. */
const CURVE_ROWS = 20_000;

type Job = { session: TreeSession; train: LossRows; base: Float64Array; params: ForestParams; sampling: Sampling; share: number; seed: number; isClass: boolean; /** Every weight is a whole number. */ isWhole: boolean };

export async function fitForest(matrix: Matrix, params: ForestParams, context: FitContext, kernels: TreeKernels): Promise<Model> {
  const { target } = matrix;
  if (!target) throw new BarnacleError('bad-target', 'the rows carry no target; choose one', { column: '', reason: 'absent' });
  if (matrix.rows === 0) throw new BarnacleError('no-rows', 'there are no rows to train on; choose another split', { what: 'training rows' });
  const task = taskOf(target);
  const classes = target.kind === 'class' ? target.classes : [];
  const outputs = task === 'multiclass' ? classes.length : 1;
  const train = lossRows(matrix, target, params.balance === 'balanced' && target.kind === 'class' ? classWeights(target, matrix.weight) : null);
  if (task === 'regression') checkSpread(train);
  const base = task === 'regression' ? Float64Array.of(meanTarget(train)) : new Float64Array(outputs);
  const head: ModelHead = { task, classes, features: matrix.features.length, outputs, base, ...(task === 'regression' ? {} : { link: 'share' as const }) };
  checkTreeMemory({ rows: matrix.rows, validRows: 0, features: matrix.features.length, outputs, leaves: params.leaves, bins: params.bins, weighted: false, threads: kernels.threads });
  context.report({ stage: 'bin', done: 0, text: `cutting ${matrix.features.length} features into bins` });
  const features = await binFeatures(matrix, params.bins, new Int8Array(matrix.features.length), context.seed, kernels);
  const session = await openFit(matrix, null, features, { outputs, leaves: params.leaves, weighted: false }, kernels);
  try {
    const job: Job = { session, train, base, params, sampling: samplingOf(params), share: shareOf(params, features.used.length, task !== 'regression'), seed: context.seed, isClass: task !== 'regression', isWhole: train.weight === null || train.weight.every(Number.isInteger) };
    const state = context.resume ? readCheckpoint('forest', context.resume, head, features, { leaves: params.leaves, isDart: false }).state : newState(features.used.length, false);
    const judged = await growForest(job, state, context, () => context.keep?.(state.round, checkpointMaker('forest', head, [], features, state)));
    return modelOf(head, features, state, judged);
  } finally {
    session.close();
  }
}

const samplingOf = ({ sampling, splits, rows }: ForestParams): Sampling => ({ how: sampling === 'auto' ? (splits === 'best' ? 'bootstrap' : 'all') : sampling, rows });

/** The share of features that a split may choose from. */
function shareOf({ columns }: ForestParams, features: number, isClass: boolean): number {
  const how = columns === 'auto' ? (isClass ? 'root' : 'third') : columns;
  return how === 'root' ? Math.sqrt(features) / Math.max(1, features) : how === 'third' ? 1 / 3 : 1;
}

/** Grows rounds into the state until the params or the person end it. Returns the out-of-bag judgement of all rows. */
async function growForest(job: Job, state: BoostState, context: FitContext, keep: () => void): Promise<Json> {
  const { session, train, base, params } = job;
  const { rows, outputs } = session.plan;
  const counts = new Uint8Array(rows);
  const outside = new Uint16Array(rows);
  const step = Math.max(1, Math.floor(rows / CURVE_ROWS));
  for (let round = 0; round < state.round; round++) recount(job, state.trees.slice(round * outputs, (round + 1) * outputs), counts, outside, round);
  while (state.round < params.trees) {
    const began = context.now();
    const bag = drawBag(counts, job.sampling, job.seed, state.round);
    countOutside(outside, counts);
    let [gain, leaves] = [0, 0];
    for (let k = 0; k < outputs; k++) {
      const tree = await growBagged(job, k, state.round * outputs + k, bag, counts);
      state.trees.push(tree);
      for (const node of tree.nodes) gain += node.gain;
      for (const node of tree.nodes) state.gains[node.feature] += node.gain;
      leaves += tree.values.length;
    }
    state.round++;
    const judged = outOfBag(session.arrays.scores, outside, train, base, job.isClass, step);
    const ms = context.now() - began;
    keep();
    context.report({ stage: 'fit', done: state.round / params.trees, text: `tree ${state.round} of ${params.trees}`, point: { step: state.round, train: null, valid: judged ? judged.squared : null, rowsPerSecond: ms > 0 ? Math.round((rows * 1000) / ms) : null, extra: { gain, leaves } } });
    if ((await context.breathe()) === 'stop') break;
  }
  return outOfBag(session.arrays.scores, outside, train, base, job.isClass);
}

async function growBagged({ session, train, base, params, share, seed, isWhole }: Job, output: number, index: number, bag: Int32Array | null, counts: Uint8Array): Promise<GrownTree> {
  const { arrays, plan } = session;
  fillBag(arrays, train, counts, base, output);
  const units = bagUnits(arrays.ranges[2 * output], arrays.ranges[2 * output + 1], plan.rows, isWhole);
  session.select(output, units.gradient > 0 ? 1 / units.gradient : 0, units.hessian > 0 ? 1 / units.hessian : 0, keyOf(seed, 'forest-rounding', index), bag);
  const tree = await growTree(session, {
    search: { units, l1: 0, l2: 0, minGain: params.minGain, minLeafRows: params.minLeafRows, random: params.splits === 'random', smooth: params.smooth, nominalL2: 0, nominalMost: params.nominalMost },
    rows: bag ? bag.length : plan.rows,
    leaves: params.leaves,
    depth: params.depth,
    order: 'gain',
    features: Int32Array.from(plan.features, (_, f) => f),
    nodeColumns: share,
    ...(share < 1 ? { widens: (totals: LeafTotals) => !isPure(totals, units) } : {}),
    groups: null,
    key: treeKey(keyOf(seed, 'forest-nodes', index)),
  });
  session.sumLeaves(output, tree.leaves.length);
  const sums = arrays.leafSums;
  const values = Float32Array.from(tree.leaves, (_, leaf) => (sums[2 * leaf + 1] > 0 ? -sums[2 * leaf] / sums[2 * leaf + 1] : 0));
  if (bag) session.addTree(0, output, tree.nodes, Float64Array.from(values), true);
  return { nodes: tree.nodes, values, covers: Float64Array.from(tree.leaves, (leaf) => leaf.rows) };
}

/** True when all rows of the leaf hold the same class. */
const isPure = ({ gradient, hessian }: LeafTotals, units: Units): boolean => gradient === 0 || Math.abs(Math.abs(gradient) * units.gradient - hessian * units.hessian) <= 1e-9 * hessian * units.hessian;

/** The out-of-bag sums of a round that was grown before. */
function recount({ session, sampling, seed }: Job, trees: readonly GrownTree[], counts: Uint8Array, outside: Uint16Array, round: number): void {
  if (!drawBag(counts, sampling, seed, round)) return;
  countOutside(outside, counts);
  const { leafOf } = session.arrays;
  for (let row = 0; row < counts.length; row++) leafOf[row] = counts[row] > 0 ? 0 : session.plan.leaves;
  trees.forEach((tree, k) => session.addTree(0, k, tree.nodes, Float64Array.from(tree.values), true));
}

/** Leaves hold their part of the mean over trees. */
function modelOf(head: ModelHead, features: BinnedFeatures, state: BoostState, judged: Json): Model {
  const gains = new Float64Array(head.features);
  features.used.forEach((f, place) => { gains[f] = state.gains[place]; });
  const trees = state.trees.map((tree) => packTree({ ...tree, values: tree.values.map((value) => value / state.round) }, features));
  const model = treesModel({ ...head, trees, gains });
  return { ...model, json: { ...(model.json as JsonObject), outOfBag: judged } };
}
