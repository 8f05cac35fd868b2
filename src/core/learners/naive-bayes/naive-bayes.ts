// Naive Bayes in one pass: normal densities for numbers (variances smoothed as scikit-learn's GaussianNB does: by a share of
// the largest variance), smoothed shares for nominal features and for flags. Missing cells are left out, not
// filled. Weighted counts, so weight 2 is the row twice.
import { log } from '../../base/numerics.ts';
import type { Model } from '../../models/model.ts';
import { bayes as kind } from '../../models/bayes.ts';
import type { Matrix } from '../../table/matrix.ts';
import { defineLearner } from '../learner.ts';
import { taskOf } from '../task-of.ts';

export type NaiveBayesParams = { smoothing: number; counts: number; prior: 'rates' | 'equal' };

export const naiveBayes = defineLearner<NaiveBayesParams>({
  type: 'naive-bayes',
  label: 'Naive Bayes',
  help: 'Multiplies what each feature says alone, as if they were independent. Learns in one pass from few rows; its probabilities are often too sure.',
  tasks: ['binary', 'multiclass'],
  params: {
    smoothing: {
      kind: 'number',
      label: 'Variance smoothing',
      help: 'Added to each variance, as a share of the largest (scikit-learn: 1e-9).',
      fallback: 1e-9,
      min: 1e-15,
      max: 1,
      integer: false,
      log: true,
    },
    counts: {
      kind: 'number',
      label: 'Count smoothing',
      help: 'Rows that each level of a category is given in each class before counting (Laplace: 1).',
      fallback: 1,
      min: 1e-6,
      max: 1000,
      integer: false,
      log: true,
    },
    prior: {
      kind: 'choice',
      label: 'Class rates',
      help: 'As often as in the training rows, or all alike.',
      fallback: 'rates',
      choices: [
        { value: 'rates', label: 'As in the data' },
        { value: 'equal', label: 'Equal' },
      ],
    },
  },
  makes: 'bayes',
  fitsOn: 'core',
  steps: 'features',
  validates: false,
  exact: true,
  exactWeights: true,
  nominal: true,
  byDefault: false,
  async fit(data, params, context) {
    const { model, features } = await count(data, params, async () => (await context.breathe()) === 'stop');
    context.report({ stage: 'fit', done: 1, text: `counted ${features} features`, point: { step: features, train: null, valid: null, rowsPerSecond: null } });
    return model;
  },
});

type Moments = { readonly total: Float64Array; readonly mean: Float64Array; readonly square: Float64Array };

async function count(data: Matrix, params: NaiveBayesParams, isStopped: () => Promise<boolean>): Promise<{ model: Model; features: number }> {
  const target = data.target!;
  const { codes, classes } = target.kind === 'class' ? target : { codes: new Int32Array(data.rows), classes: [] };
  const each = Math.max(2, classes.length);
  const rates = new Float64Array(each);
  for (let row = 0; row < data.rows; row++) rates[codes[row]] += data.weight ? data.weight[row] : 1;
  const total = rates.reduce((a, b) => a + b, 0);
  const prior = rates.map((n) => (params.prior === 'equal' ? 0 : log(Math.max(n, 1e-9 * Math.max(1, total)) / Math.max(1e-300, total))));
  const counted = data.features.map((feature, j) => feature.levels ?? (isFlag(data.data[j]) ? 2 : null));
  const moments = counted.map((levels, j) => (levels === null ? momentsOf(data, j, codes, each) : null));
  const largest = moments.reduce((most, m) => Math.max(most, m ? spreadOf(m) : 0), 0);
  const [mean, sharp, level, table]: number[][] = [[], [], [], []];
  let features = 0;
  let stopped = false;
  for (let j = 0; j < data.features.length; j++) {
    stopped ||= await isStopped();
    const held = moments[j];
    if (held) {
      const pooled = stopped ? 0 : spreadOf(held);
      const center = pooledMean(held);
      for (let c = 0; c < each; c++) {
        const own = !stopped && held.total[c] > 0 ? held.square[c] / held.total[c] : pooled;
        const variance = own + params.smoothing * Math.max(largest, 1e-30);
        const speaks = !stopped && pooled > 0;
        mean.push(held.total[c] > 0 ? held.mean[c] : center);
        sharp.push(speaks ? 1 / (2 * variance) : 0);
        level.push(speaks ? -0.5 * log(2 * Math.PI * variance) : 0);
      }
    } else table.push(...logShares(data, j, codes, rates, counted[j]!, stopped ? Infinity : params.counts));
    if (!stopped) features++;
  }
  const arrays = { prior, mean: Float64Array.from(mean), sharp: Float64Array.from(sharp), level: Float64Array.from(level), table: Float64Array.from(table) };
  return { model: { type: kind.type, task: taskOf(target), classes, features: data.features.length, json: { levels: counted }, arrays }, features };
}

/** Nothing but 0, 1 and missing, as one-hot encoding makes: counted, since a normal density fits it badly. */
const isFlag = (column: Float32Array): boolean => column.every((x) => x === 0 || x === 1 || x !== x);

/** Weighted mean and sum of squared gaps of each class; two passes. */
function momentsOf(data: Matrix, j: number, codes: Int32Array, each: number): Moments {
  const column = data.data[j];
  const [total, mean, square] = [new Float64Array(each), new Float64Array(each), new Float64Array(each)];
  const weight = (row: number) => (data.weight ? data.weight[row] : 1);
  for (let row = 0; row < data.rows; row++) {
    const x = column[row];
    if (x !== x) continue;
    total[codes[row]] += weight(row);
    mean[codes[row]] += weight(row) * x;
  }
  for (let c = 0; c < each; c++) if (total[c] > 0) mean[c] /= total[c];
  for (let row = 0; row < data.rows; row++) {
    const gap = column[row] - mean[codes[row]];
    if (gap === gap) square[codes[row]] += weight(row) * gap * gap;
  }
  return { total, mean, square };
}

function pooledMean({ total, mean }: Moments): number {
  let [rows, sum] = [0, 0];
  for (let c = 0; c < total.length; c++) {
    rows += total[c];
    sum += total[c] * mean[c];
  }
  return rows > 0 ? sum / rows : 0;
}

/** Variance over all classes together. */
function spreadOf(moments: Moments): number {
  const { total, mean, square } = moments;
  const center = pooledMean(moments);
  let [rows, sum] = [0, 0];
  for (let c = 0; c < total.length; c++) {
    rows += total[c];
    sum += square[c] + total[c] * (mean[c] - center) ** 2;
  }
  return rows > 0 ? sum / rows : 0;
}

/** K x levels logs of smoothed shares; smoothing Infinity = all alike. */
function logShares(data: Matrix, j: number, codes: Int32Array, rates: Float64Array, levels: number, smoothing: number): number[] {
  const column = data.data[j];
  const counts = new Float64Array(rates.length * levels);
  const there = new Float64Array(rates.length);
  for (let row = 0; row < data.rows; row++) {
    const code = column[row];
    if (!(code >= 0 && code < levels)) continue;
    const weight = data.weight ? data.weight[row] : 1;
    counts[codes[row] * levels + code] += weight;
    there[codes[row]] += weight;
  }
  return Array.from(counts, (n, i) => (smoothing === Infinity ? -log(levels) : log((n + smoothing) / (there[Math.floor(i / levels)] + smoothing * levels))));
}
