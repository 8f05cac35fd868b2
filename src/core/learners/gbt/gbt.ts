// Gradient-boosted decision trees: histograms, leaf-wise growth, missing values routed by gain, early stopping.
// Matrix in, a `trees` model out; the same bytes whatever kernels are passed in. Constant features are left out.
// After LightGBM (Ke et al., NeurIPS 2017) and quantised training (Shi et al., NeurIPS 2022).
import { BarnacleError } from '../../base/errors.ts';
import type { Model } from '../../models/model.ts';
import { treesModel } from '../../models/trees-model.ts';
import type { Matrix, Target } from '../../table/matrix.ts';
import { defineLearner } from '../learner.ts';
import type { FitContext } from '../learner.ts';
import { taskOf } from '../task-of.ts';
import { findCuts } from './bin.ts';
import { boost } from './boost.ts';
import { objectiveOf, startScores } from './loss.ts';
import { gbtParams } from './params.ts';
import type { GbtParams } from './params.ts';

export const gbt = defineLearner<GbtParams>({
  type: 'gbt',
  label: 'Gradient-boosted trees',
  help: 'Many small trees, each correcting the ones before. Assumes nothing about scale or shape and takes missing values as they are: the first choice for most tables.',
  tasks: ['binary', 'multiclass', 'regression'],
  params: gbtParams,
  makes: 'trees',
  fitsOn: 'trees',
  steps: 'trees',
  validates: true,
  exact: true,
  fit: fitTrees,
});

async function fitTrees(matrix: Matrix, params: GbtParams, context: FitContext): Promise<Model> {
  const { target, rows } = matrix;
  if (!target) throw new BarnacleError('bad-target', 'the rows carry no target; choose one', { column: '', reason: 'absent' });
  if (rows === 0) throw new BarnacleError('no-rows', 'there are no rows to train on; choose another split', { what: 'training rows' });
  const classes = target.kind === 'class' ? target.classes : [];
  const task = taskOf(target);
  const objective = objectiveOf(task);
  const outputs = task === 'multiclass' ? classes.length : 1;
  const valid = context.valid && context.valid.rows > 0 && context.valid.target ? context.valid : null;
  const data = { objective, target: numbersOf(target), weight: matrix.weight, validTarget: valid?.target ? numbersOf(valid.target) : null, validWeight: valid?.weight ?? null };
  const start = startScores(objective, data.target, data.weight, outputs);

  context.report({ stage: 'bin', done: 0, text: `cutting ${matrix.features.length} features into bins` });
  const cuts: Float32Array[] = [];
  const used: number[] = [];
  for (let f = 0; f < matrix.data.length; f++) {
    const found = findCuts(matrix.data[f], params.bins, context.seed, f);
    if (found.length > 0 || hasBoth(matrix.data[f])) {
      used.push(f);
      cuts.push(found);
    }
    if ((await context.breathe()) === 'stop') break;
  }
  const empty = { task, classes, features: matrix.features.length, base: start, outputs };
  if (used.length === 0) return treesModel({ ...empty, trees: [] });
  const plan = { rows, validRows: valid?.rows ?? 0, bins: Int32Array.from(cuts, (c) => c.length + 2), outputs, leaves: params.leaves, weighted: data.weight !== null };
  const session = context.kernels.trees.open(plan);
  try {
    session.bin(0, used.map((f) => matrix.data[f]), cuts);
    if (valid) session.bin(1, used.map((f) => valid.data[f]), cuts);
    const grown = await boost(session, data, start, params, context);
    const trees = grown.map(({ nodes, values }) => ({
      values,
      nodes: nodes.map(({ feature, bin, missingLeft, left, right, gain }) => ({ feature: used[feature], threshold: thresholdOf(cuts[feature], bin), missingLeft, left, right, gain })),
    }));
    return treesModel({ ...empty, trees });
  } finally {
    session.close();
  }
}

/** Bin b holds values up to cut b - 1; the last has no cut: every value goes left there, and only missing ones right. */
const thresholdOf = (cuts: Float32Array, bin: number): number => (bin - 1 < cuts.length ? cuts[bin - 1] : 3.4028234663852886e38);

const numbersOf = (target: Target): Float64Array => (target.kind === 'class' ? Float64Array.from(target.codes) : target.values);

/** True when some value is missing and some is not: a feature of one value may still split. */
function hasBoth(values: Float32Array): boolean {
  const first = Number.isNaN(values[0]);
  for (let i = 1; i < values.length; i++) if (Number.isNaN(values[i]) !== first) return true;
  return false;
}
