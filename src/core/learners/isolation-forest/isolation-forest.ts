// The isolation forest (Liu, Ting and Zhou, 2008) as a learner: trees that never look at the target while they grow score how
// unlike the others a row is; a logistic curve over that score, fitted to the target, says how often such rows are the
// second class. Matrix in, a `trees` model out: leaves sum to the logarithm of the anomaly score.
import { BarnacleError } from '../../base/errors.ts';
import { exp } from '../../base/numerics.ts';
import { treesModel } from '../../models/trees-model.ts';
import type { PackedNode, PackedTree, TreesParts } from '../../models/trees-model.ts';
import { scoreTrees } from '../../models/trees.ts';
import type { Matrix } from '../../table/matrix.ts';
import { averagePath, ISOLATION_SAMPLE, isolationTree } from '../../table/verbs/isolation-trees.ts';
import type { IsolationTree } from '../../table/verbs/isolation-trees.ts';
import { defineLearner } from '../learner.ts';
import type { FitContext } from '../learner.ts';
import { fitSigmoid } from './fit-sigmoid.ts';

const LN2 = 0.6931471805599453;
/** The curve is fitted to at most so many evenly spaced rows. */
const CURVE_ROWS = 100_000;

export const isolationForest = defineLearner<{ trees: number }>({
  type: 'isolation-forest',
  label: 'Isolation forest',
  help: 'For a rare class that is unlike the rest (fraud, faults). Its trees never look at the target, only at how easily a row is told apart; the target sets the scale of the probability. Weak where both classes are common.',
  tasks: ['binary'],
  params: { trees: { kind: 'number', label: 'Trees', help: 'Each is grown on 256 rows; 100 to 200 are enough.', fallback: 150, min: 1, max: 2000, integer: true, log: true } },
  makes: 'trees',
  fitsOn: 'core',
  steps: 'trees',
  validates: false,
  exact: true,
  unsupervised: true,
  async fit(matrix, { trees: wanted }, context) {
    const { target, rows } = matrix;
    if (target?.kind !== 'class' || target.classes.length > 2) throw new BarnacleError('bad-target', 'the isolation forest needs a target of two classes; choose one', { column: '', reason: 'not two classes' });
    if (rows === 0) throw new BarnacleError('no-rows', 'there are no rows to train on; choose another split', { what: 'training rows' });
    const grown = await growTrees(matrix, wanted, context);
    const norm = averagePath(Math.min(ISOLATION_SAMPLE, rows)) * grown.length;
    const head = { task: 'binary' as const, classes: target.classes, features: matrix.features.length, outputs: 1, base: new Float64Array(1) };
    const trees = grown.map((tree) => packed(tree, -LN2 / norm));
    const { a, b } = fitCurve({ ...head, trees }, matrix, target.codes);
    return treesModel({ ...head, trees, link: { type: 'isolation', a, b } });
  },
});

async function growTrees(matrix: Matrix, wanted: number, context: FitContext): Promise<IsolationTree[]> {
  const grown: IsolationTree[] = [];
  while (grown.length < wanted) {
    const tree = isolationTree(matrix.data, matrix.rows, context.seed, grown.length);
    grown.push(tree);
    context.report({ stage: 'fit', done: grown.length / wanted, text: `tree ${grown.length} of ${wanted}`, point: { step: grown.length, train: null, valid: null, rowsPerSecond: null, extra: { leaves: (tree.feature.length + 1) / 2 } } });
    if ((await context.breathe()) === 'stop') break;
  }
  return grown;
}

/** Nodes in preorder, with leaves counted apart; a leaf's value is its path length times `unit`. */
function packed({ feature, cut, right, missingLeft, rows }: IsolationTree, unit: number): PackedTree {
  let [inner, leaf] = [0, 0];
  const id = Array.from(feature, (f) => (f >= 0 ? inner++ : ~leaf++));
  const nodes: PackedNode[] = [];
  const values = new Float32Array(leaf);
  const covers = new Float64Array(leaf);
  feature.forEach((f, n) => {
    if (f >= 0) nodes.push({ feature: f, threshold: cut[n], missingLeft: missingLeft[n] === 1, left: id[n + 1], right: id[right[n]], gain: 0 });
    else {
      values[~id[n]] = unit * cut[n];
      covers[~id[n]] = rows[n];
    }
  });
  return { nodes, values, covers };
}

function fitCurve(parts: TreesParts, matrix: Matrix, codes: Int32Array): { a: number; b: number } {
  const step = Math.max(1, Math.ceil(matrix.rows / CURVE_ROWS));
  const rows = Int32Array.from({ length: Math.ceil(matrix.rows / step) }, (_, i) => i * step);
  const few: Matrix = { ...matrix, rows: rows.length, data: matrix.data.map((values) => Float32Array.from(rows, (row) => values[row])), target: null, weight: null };
  const scores = scoreTrees(treesModel(parts), few).map(exp);
  const { weight } = matrix;
  return fitSigmoid(scores, Int32Array.from(rows, (row) => codes[row]), weight ? Float32Array.from(rows, (row) => weight[row]) : null);
}
