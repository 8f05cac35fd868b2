// One tree of one output of boosting, grown, valued and added to the scores of training and validation rows.
// Its shape comes from quantised gradients, the values of its leaves from exact sums: -(G soft L1) / (H + L2), within the
// bounds of monotone constraints; objectives without curvature renew them, and are put in order afterwards: bounds from their
// gradients are in another unit than their residuals.
import type { Units } from '../trees/kernels.ts';
import { quantumLimit } from '../trees/kernels.ts';
import { growTree, treeKey } from '../trees/grow.ts';
import type { Tree } from '../trees/grow.ts';
import { boundStep, leafStep } from '../trees/leaf-values.ts';
import { sampleColumns } from '../trees/sample-columns.ts';
import { keyOf } from '../trees/sample-rows.ts';
import type { GrownTree } from './boost-state.ts';
import { onGrid } from './dart.ts';
import { orderLeaves } from './order-leaves.ts';
import type { BoostJob } from './rounds.ts';

export type TreeOrder = {
  output: number;
  /** Of all trees of the model: what randomness counts by. */
  index: number;
  /** The rows that grow it, ascending; null = all. */
  rows: Int32Array | null;
  /** What its values count for: the learning rate, with dropout less. */
  rate: number;
  /** With dropout: the grid of its values as they count; 0 = none. Values are then kept as before the rate. */
  grid: number;
  /** Share of the features. */
  columns: number;
};

/** A tree without nodes is not added: no row or feature there could split. */
export async function growOne(job: BoostJob, order: TreeOrder): Promise<GrownTree> {
  const { session, params, seed } = job;
  const { plan, arrays } = session;
  const { output, index, rows, rate, grid } = order;
  const limit = quantumLimit(plan.rows);
  const units: Units = { gradient: arrays.ranges[2 * output] / limit, hessian: arrays.ranges[2 * output + 1] / limit };
  session.select(output, inverse(units.gradient), inverse(units.hessian), keyOf(seed, 'gbt-rounding', index), rows);
  const { l1, l2, minGain, minLeafRows, smooth, nominalL2, nominalMost } = params;
  const tree = await growTree(session, {
    search: { units, l1, l2, minGain, minLeafRows, random: false, smooth, nominalL2, nominalMost },
    rows: rows ? rows.length : job.rows,
    copies: job.copies,
    leaves: params.leaves,
    depth: params.depth,
    order: params.growth === 'depth' ? 'depth' : 'gain',
    features: sampleColumns(plan.features.length, order.columns, seed, 'gbt-columns', index),
    nodeColumns: params.columnsPerNode,
    groups: job.interactions,
    key: treeKey(keyOf(seed, 'gbt-nodes', index)),
  });
  const covers = Float64Array.from(tree.leaves, (leaf) => leaf.rows);
  if (tree.nodes.length === 0) return { nodes: [], values: new Float32Array(1), covers };
  session.sumLeaves(output, tree.leaves.length);
  const raw = leafSteps(job, tree);
  const values = Float32Array.from(raw, (value) => (grid > 0 ? value : rate * value));
  const added = Float64Array.from(values, (value) => (grid > 0 ? onGrid(value * rate, grid) : value));
  if (rows) session.addTree(0, output, tree.nodes, added, false);
  else session.addLeaves(output, added);
  if (plan.validRows > 0) session.addTree(1, output, tree.nodes, added, false);
  return { nodes: tree.nodes, values, covers };
}

const FREE = { low: -Infinity, high: Infinity };
const inverse = (unit: number): number => (unit > 0 ? 1 / unit : 0);

/** The values of the leaves before the learning rate. */
function leafSteps({ session, params, objective, open }: BoostJob, { nodes, leaves }: Tree): Float64Array {
  const { leafSums, leafOf, scores } = session.arrays;
  const values = Float64Array.from(leaves, (_, leaf) => leafStep(leafSums[2 * leaf], leafSums[2 * leaf + 1], params.l1, params.l2));
  if (!open.renew) return values.map((value, leaf) => boundStep(value, leaves[leaf], objective.maxStep));
  open.renew(scores, { leafOf, leaves: leaves.length }, values);
  orderLeaves(nodes, session.plan.features.map(({ monotone }) => monotone), values, leaves.map((_, leaf) => leafSums[2 * leaf + 1]));
  return values.map((value) => boundStep(value, FREE, objective.maxStep));
}
