// Gaussian-process regression as a learner: standardised features, sizes chosen on up to 256 rows, then conditioned on up to
// `keep` rows (drawn by the seed). Weights are precisions: a row of weight 2 has half the noise.
import { exp } from '../../base/numerics.ts';
import { BarnacleError } from '../../base/errors.ts';
import type { Model } from '../../models/model.ts';
import { gaussianProcess as kind } from '../../models/gaussian-process.ts';
import type { Matrix, ValueTarget } from '../../table/matrix.ts';
import { drawnRows } from '../drawn-rows.ts';
import { defineLearner, type FitContext } from '../learner.ts';
import { standardRows, standardScale, type StandardScale } from '../standard-scale.ts';
import { openProcess, sizeProcess, type ProcessData, type ProcessSize } from './process.ts';

export type GaussianProcessParams = { keep: number; steps: number };
/** Rows that lengths and noise are chosen by. */
const sized = 256;

export const gaussianProcess = defineLearner<GaussianProcessParams>({
  type: 'gaussian-process',
  label: 'Gaussian process',
  help: 'A smooth curve through few rows, with a length scale for each feature learnt from the data. For up to a few thousand rows: its cost grows with their cube.',
  tasks: ['regression'],
  params: {
    keep: {
      kind: 'number',
      label: 'Rows kept',
      help: 'At most so many training rows are conditioned on; time grows with their cube.',
      fallback: 1000,
      min: 10,
      max: 4000,
      integer: true,
      log: true,
    },
    steps: {
      kind: 'number',
      label: 'Steps',
      help: 'Of the search for length scales and noise.',
      fallback: 60,
      min: 1,
      max: 1000,
      integer: true,
      advanced: true,
    },
  },
  makes: 'gaussian-process',
  fitsOn: 'core',
  steps: 'steps',
  validates: false,
  exact: true,
  byDefault: false,
  async fit(data, params, context) {
    if (data.features.length === 0)
      throw new BarnacleError('no-features', 'no feature is left to measure distances in; keep a column in the recipe', { dropped: [] });
    const scaling = standardScale(data);
    const kept = drawnRows(data, params.keep, context.seed, 'process-keep');
    const few = drawnRows(data, Math.min(sized, params.keep), context.seed, 'process-size');
    const { mean, deviation } = momentsOf(data, kept);
    const size = await sizeProcess(dataOf(data, few, scaling, mean, deviation), params.steps, async (step, evidence) => {
      context.report({
        stage: 'fit',
        done: (0.8 * step) / params.steps,
        text: `step ${step}: log evidence ${evidence.toPrecision(5)}`,
        point: { step, train: -evidence / few.length, valid: null, rowsPerSecond: null },
      });
      return (await context.breathe()) === 'stop';
    });
    return condition(data, kept, scaling, size, { mean, deviation }, context);
  },
});

function condition(
  data: Matrix,
  kept: Int32Array,
  scaling: StandardScale,
  size: ProcessSize,
  { mean, deviation }: { mean: number; deviation: number },
  context: FitContext,
): Model {
  const given = dataOf(data, kept, scaling, mean, deviation);
  const { alpha } = openProcess(given, size);
  context.report({ stage: 'fit', done: 1, text: `conditioned on ${kept.length} rows` });
  const inverse = size.lengths.map((l, j) => (scaling.scale[j] === 0 ? 0 : exp(-l)));
  const points = given.points.map((v, i) => v * inverse[i % given.features]);
  const arrays = { ...scaling, inverse, points, alpha, bias: Float64Array.of(mean), spread: Float64Array.of(deviation * exp(size.signal)) };
  return { type: kind.type, task: 'regression', classes: [], features: data.features.length, json: {}, arrays };
}

function dataOf(data: Matrix, rows: Int32Array, scaling: StandardScale, mean: number, deviation: number): ProcessData {
  const { values } = data.target as ValueTarget;
  return {
    points: Float64Array.from(standardRows(data, rows, scaling)),
    features: data.features.length,
    truth: Float64Array.from(rows, (row) => (values[row] - mean) / deviation),
    weight: data.weight ? Float64Array.from(rows, (row) => data.weight![row]) : undefined,
  };
}

function momentsOf(data: Matrix, rows: Int32Array): { mean: number; deviation: number } {
  const { values } = data.target as ValueTarget;
  let [total, sum, squares] = [0, 0, 0];
  for (const row of rows) {
    const weight = data.weight ? data.weight[row] : 1;
    total += weight;
    sum += weight * values[row];
  }
  const mean = total > 0 ? sum / total : 0;
  for (const row of rows) squares += (data.weight ? data.weight[row] : 1) * (values[row] - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / Math.max(total, 1e-300)) || 1 };
}
