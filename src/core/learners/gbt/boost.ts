// The boosting loop: binned rows in, trees out; gradients -> quantise -> grow -> refit leaves -> update scores, per round.
// Randomness is a function of (seed, use, tree, row or draw), so trees do not depend on the backend. The best round on the
// validation rows is kept; a stop keeps the trees so far. Row weights scale gradients and hessians: weight 2 counts as the
// row twice, within the rounding of quantised gradients.
import { BarnacleError } from '../../base/errors.ts';
import { mix32, randomUnit, sequence, shuffle, streamOf } from '../../base/random.ts';
import type { FitContext } from '../learner.ts';
import { growTree } from './grow.ts';
import type { Tree } from './grow.ts';
import { quantumLimit } from './kernels.ts';
import type { Objective, TreeSession } from './kernels.ts';
import { meanLoss } from './loss.ts';
import type { GbtParams } from './params.ts';

/** About so many evenly spaced training rows give the training loss of the curve; the validation loss takes every row. */
const TRAIN_LOSS_ROWS = 20_000;

export type BoostData = { objective: Objective; target: Float64Array; weight: Float32Array | null; validTarget: Float64Array | null; validWeight: Float32Array | null };
export type GrownTree = { nodes: Tree['nodes']; values: Float32Array };

/** Trees round by round, `outputs` to a round, up to the best round on the validation rows (all, when there are none). */
export async function boost(session: TreeSession, data: BoostData, start: Float64Array, params: GbtParams, context: FitContext): Promise<GrownTree[]> {
  const { plan } = session;
  startAt(session, data, start);
  const trees: GrownTree[] = [];
  const step = Math.max(1, Math.floor(plan.rows / TRAIN_LOSS_ROWS));
  const validLoss = () => (data.validTarget ? meanLoss(data.objective, session.arrays.validScores, data.validTarget, data.validWeight, plan.outputs) : null);
  let best = { round: 0, loss: validLoss() ?? Infinity };
  for (let round = 0; round < params.trees; round++) {
    const began = context.now();
    session.gradients(data.objective);
    let splits = 0;
    for (let k = 0; k < plan.outputs; k++) {
      const tree = boostTree(session, k, round * plan.outputs + k, params, context.seed);
      splits += tree.nodes.length;
      trees.push(tree);
    }
    if (splits === 0) {
      trees.length = round * plan.outputs;
      if (params.rows < 1 || params.columns < 1) params = { ...params, rows: 1, columns: 1 };
      else break;
      round--;
      continue;
    }
    const train = meanLoss(data.objective, session.arrays.scores, data.target, data.weight, plan.outputs, step);
    const valid = validLoss();
    if (valid !== null && valid < best.loss) best = { round: round + 1, loss: valid };
    const ms = context.now() - began;
    context.report({ stage: 'fit', done: (round + 1) / params.trees, text: `tree ${round + 1} of at most ${params.trees}`, point: { step: round + 1, train, valid, rowsPerSecond: ms > 0 ? Math.round((plan.rows * 1000) / ms) : null } });
    if ((await context.breathe()) === 'stop') break;
    if (valid !== null && params.patience > 0 && round + 1 - best.round >= params.patience) break;
  }
  return data.validTarget ? trees.slice(0, Math.max(1, best.round) * plan.outputs) : trees;
}

function startAt(session: TreeSession, data: BoostData, start: Float64Array): void {
  const { arrays, plan } = session;
  arrays.target.set(data.target);
  if (data.weight) arrays.weight.set(data.weight);
  for (let k = 0; k < plan.outputs; k++) {
    arrays.scores.fill(start[k], k * plan.rows, (k + 1) * plan.rows);
    arrays.validScores.fill(start[k], k * plan.validRows, (k + 1) * plan.validRows);
  }
}

/** One tree of one output, added to the scores. */
function boostTree(session: TreeSession, output: number, index: number, params: GbtParams, seed: number): GrownTree {
  const { plan } = session;
  const limit = quantumLimit(plan.rows);
  if (!Number.isFinite(session.arrays.ranges[2 * output])) throw new BarnacleError('numeric-failure', 'gradients leave single precision; scale the target down', { where: 'gbt gradients', value: null });
  const units = { gradient: session.arrays.ranges[2 * output] / limit, hessian: session.arrays.ranges[2 * output + 1] / limit };
  const inverse = (unit: number) => (unit > 0 ? 1 / unit : 0);
  const sampled = params.rows < 1 ? sampleRows(plan.rows, params.rows, seed, index) : null;
  const rows = session.quantize(output, inverse(units.gradient), inverse(units.hessian), roundingKey(seed, index), sampled);
  const tree = growTree(session, rows, sampleColumns(plan.bins.length, params.columns, seed, index), units, params);
  const values = new Float32Array(tree.leaves.length);
  if (tree.nodes.length === 0) return { nodes: [], values };
  session.sumLeaves(output, tree.leaves);
  const sums = session.arrays.leafSums;
  for (let i = 0; i < values.length; i++) values[i] = (-params.learningRate * sums[2 * i]) / (sums[2 * i + 1] + params.l2);
  writeTree(session, tree, values);
  if (sampled) session.addTree(0, output);
  else session.addLeaves(output);
  if (plan.validRows > 0) session.addTree(1, output);
  return { nodes: tree.nodes, values };
}

function writeTree(session: TreeSession, tree: Tree, values: Float32Array): void {
  tree.nodes.forEach((node, i) => session.arrays.nodes.set([node.feature, (node.bin << 1) | Number(node.missingLeft), node.left, node.right], 4 * i));
  session.arrays.leaves.set(values);
}

/** mix32(key ^ row) is randomBits(seed, stream, row). */
const roundingKey = (seed: number, tree: number): number => mix32(mix32((seed + 0x9e3779b9) | 0) ^ ((streamOf('gbt-rounding') + tree) | 0)) | 0;

function sampleRows(rows: number, share: number, seed: number, tree: number): Int32Array {
  const stream = (streamOf('gbt-rows') + tree) | 0;
  const out = new Int32Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) if (randomUnit(seed, stream, row) < share) out[kept++] = row;
  return kept > 0 ? out.subarray(0, kept) : Int32Array.of(0);
}

function sampleColumns(features: number, share: number, seed: number, tree: number): Int32Array {
  const all = Int32Array.from({ length: features }, (_, i) => i);
  if (share >= 1) return all;
  return shuffle(all, sequence(seed, (streamOf('gbt-columns') + tree) | 0)).slice(0, Math.max(1, Math.round(share * features))).sort();
}
