// Keeps the trees of a model and fits the values of their leaves again to new rows, round by round, as LightGBM's refit does:
// each value becomes decay times the old one and 1 - decay times the one that the new rows ask for at the scores so far.
// Leaves that no row reaches keep their value, unless a monotone direction moves them. A stop leaves the later rounds as they were.
import type { Model } from '../../models/model.ts';
import { treesModel } from '../../models/trees-model.ts';
import type { PackedNode, PackedTree, TreesParts } from '../../models/trees-model.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { FitContext } from '../learner.ts';
import { sumByLeaf } from '../trees/leaf-sums.ts';
import { leafStep } from '../trees/leaf-values.ts';
import type { LossRows, Objective, OpenObjective } from './objectives/objective.ts';
import { orderLeaves } from './order-leaves.ts';
import type { GbtParams } from './params.ts';

/** `monotone`: a sign for each feature of the matrix, kept by the trees that are refitted. */
export type RefitJob = { objective: Objective; open: OpenObjective; train: LossRows; valid: LossRows | null; params: GbtParams; monotone: Int8Array };
const NONE = 65535;

export async function refitLeaves({ objective, open, train, valid, params, monotone }: RefitJob, matrix: Matrix, validMatrix: Matrix | null, parts: TreesParts, context: FitContext): Promise<Model> {
  const { outputs, base } = parts;
  const { rows } = matrix;
  const scores = startOf(base, rows);
  const validScores = startOf(base, validMatrix?.rows ?? 0);
  const gradients = new Float32Array(2 * rows * outputs);
  const ranges = new Float32Array(2 * outputs);
  const leafOf = new Uint16Array(rows);
  const validLeafOf = new Uint16Array(validMatrix?.rows ?? 0);
  const trees: PackedTree[] = [...parts.trees];
  const rounds = trees.length / outputs;
  for (let round = 0; round < rounds; round++) {
    const began = context.now();
    open.gradients(scores, gradients, ranges);
    for (let k = 0; k < outputs; k++) {
      const index = round * outputs + k;
      const tree = trees[index];
      findLeaves(tree, matrix, leafOf);
      const sums = new Float64Array(2 * tree.values.length);
      sumByLeaf(gradients, 2 * k * rows, leafOf, rows, tree.values.length, ranges[2 * k], ranges[2 * k + 1], sums);
      const steps = Float64Array.from(tree.values, (_, leaf) => leafStep(sums[2 * leaf], sums[2 * leaf + 1], params.l1, params.l2));
      open.renew?.(scores, { leafOf, leaves: tree.values.length }, steps);
      const hessians = tree.values.map((_, leaf) => sums[2 * leaf + 1]);
      const asked = steps.map((step, leaf) => (hessians[leaf] > 0 ? params.learningRate * Math.min(objective.maxStep, Math.max(-objective.maxStep, step)) : tree.values[leaf]));
      const free = asked.slice();
      orderLeaves(tree.nodes, monotone, asked, hessians);
      const values = tree.values.map((old, leaf) => (hessians[leaf] > 0 || asked[leaf] !== free[leaf] ? params.decay * old + (1 - params.decay) * asked[leaf] : old));
      trees[index] = { ...tree, values };
      for (let row = 0; row < rows; row++) scores[k * rows + row] += values[leafOf[row]];
      if (validMatrix) {
        findLeaves(tree, validMatrix, validLeafOf);
        for (let row = 0; row < validMatrix.rows; row++) validScores[k * validMatrix.rows + row] += values[validLeafOf[row]];
      }
    }
    const ms = context.now() - began;
    const point = { step: round + 1, train: open.mean(scores, train), valid: valid ? open.mean(validScores, valid) : null, rowsPerSecond: ms > 0 ? Math.round((rows * 1000) / ms) : null };
    context.report({ stage: 'fit', done: (round + 1) / rounds, text: `refitted tree ${round + 1} of ${rounds}`, point });
    if ((await context.breathe()) === 'stop') break;
  }
  return treesModel({ ...parts, trees });
}

const startOf = (base: Float64Array, rows: number): Float64Array => {
  const scores = new Float64Array(base.length * rows);
  base.forEach((value, k) => scores.fill(value, k * rows, (k + 1) * rows));
  return scores;
};

/** The leaf of each row, by value. */
function findLeaves({ nodes }: PackedTree, matrix: Matrix, leafOf: Uint16Array): void {
  if (nodes.length >= NONE) throw new RangeError(`a tree of ${nodes.length} nodes has more leaves than can be told apart`);
  const sets = nodes.map(({ set }) => (set ? lookupOf(set) : null));
  for (let row = 0; row < matrix.rows; row++) {
    let node = nodes.length > 0 ? 0 : ~0;
    while (node >= 0) node = isLeft(nodes[node], sets[node], matrix.data[nodes[node].feature][row]) ? nodes[node].left : nodes[node].right;
    leafOf[row] = ~node;
  }
}

function lookupOf(set: readonly number[]): Uint8Array {
  const found = new Uint8Array(set.reduce((most, code) => Math.max(most, code + 1), 0));
  for (const code of set) found[code] = 1;
  return found;
}

function isLeft({ threshold, missingLeft }: PackedNode, set: Uint8Array | null, value: number): boolean {
  if (value !== value) return missingLeft;
  return set ? set[value] === 1 : value <= threshold;
}
