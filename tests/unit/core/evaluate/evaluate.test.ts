import { expect, test } from 'vitest';
import { canonicalJson } from '../../../../src/core/base/hash.ts';
import type { Json } from '../../../../src/core/base/json.ts';
import { sigmoid } from '../../../../src/core/base/numerics.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { resampleRows } from '../../../../src/core/evaluate/bootstrap.ts';
import { wilson } from '../../../../src/core/evaluate/calibration.ts';
import { evaluate } from '../../../../src/core/evaluate/evaluate.ts';
import { rankingMetrics } from '../../../../src/core/metrics/ranking-metrics.ts';
import type { ClassTarget, Prediction, ValueTarget } from '../../../../src/core/table/matrix.ts';

function binaryCase(rows: number, seed = 1): { prediction: Prediction; target: ClassTarget } {
  const random = sequence(seed, 'binary-case');
  const values = Float64Array.from({ length: rows }, () => sigmoid(2 * random.normal()));
  const codes = Int32Array.from(values, (p) => (random.unit() < p ? 1 : 0));
  return { prediction: { task: 'binary', classes: ['no', 'yes'], rows, width: 1, values }, target: { kind: 'class', classes: ['no', 'yes'], codes } };
}
const all = (task: Prediction['task'], resamples = 60) => ({ metrics: rankingMetrics(task), seed: 3, resamples });

test('intervals hold their value, are seeded, and other seeds move them', async () => {
  const { prediction, target } = binaryCase(800);
  const first = await evaluate(prediction, target, null, all('binary'), quiet);
  expect(Object.keys(first.metrics)).toEqual(rankingMetrics('binary'));
  for (const { value, low, high } of Object.values(first.metrics)) {
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  }
  expect(await evaluate(prediction, target, null, all('binary'), quiet)).toEqual(first);
  expect((await evaluate(prediction, target, null, { ...all('binary'), seed: 4 }, quiet)).metrics).not.toEqual(first.metrics);
});

test('the width of an accuracy interval is that of the normal approximation, drawn and Poisson alike', async () => {
  for (const rows of [4000, 40000]) {
    const { prediction, target } = binaryCase(rows);
    const { value, low, high } = (await evaluate(prediction, target, null, { metrics: ['accuracy'], seed: 1, resamples: 400 }, quiet)).metrics.accuracy;
    const expected = 2 * 1.96 * Math.sqrt((value * (1 - value)) / rows);
    expect((high - low) / expected).toBeGreaterThan(0.85);
    expect((high - low) / expected).toBeLessThan(1.15);
  }
});

test('Poisson counts have mean 1 and variance 1, and differ from one resample to the next', () => {
  const counts = new Float32Array(200001);
  resampleRows(counts, null, 5, 0);
  const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
  const variance = counts.reduce((a, b) => a + (b - mean) ** 2, 0) / counts.length;
  expect(mean).toBeCloseTo(1, 1);
  expect(variance).toBeCloseTo(1, 1);
  const other = new Float32Array(200001);
  resampleRows(other, null, 5, 1);
  expect(other.reduce((same, c, i) => same + (c === counts[i] ? 1 : 0), 0) / counts.length).toBeLessThan(0.35);
});

test('curves are thinned to 200 points with both ends, thresholds and confusion agree at 0.5', async () => {
  const { prediction, target } = binaryCase(20000);
  const { roc, pr, thresholds, confusion, calibration } = await evaluate(prediction, target, null, all('binary', 0), quiet);
  expect(roc[0].points.length).toBeLessThanOrEqual(200);
  expect(roc[0].points.length).toBeGreaterThan(80);
  expect(roc[0].points[0]).toMatchObject({ fpr: 0, tpr: 0 });
  expect(roc[0].points.at(-1)).toMatchObject({ fpr: 1, tpr: 1 });
  expect(pr[0].points.length).toBeLessThanOrEqual(200);
  expect(pr[0].points.at(-1)!.recall).toBe(1);
  expect(pr[0].points.at(-1)!.precision).toBeCloseTo(pr[0].base, 12);
  const half = thresholds[50];
  expect(thresholds.length).toBe(101);
  expect([[half.tn, half.fp], [half.fn, half.tp]]).toEqual(confusion!.counts);
  expect(thresholds[0]).toMatchObject({ threshold: 0, tn: 0, fn: 0 });
  expect(calibration[0].bins.length).toBe(10);
  expect(calibration[0].bins.every((bin) => bin.count === 2000 && bin.low < bin.observed && bin.high > bin.observed)).toBe(true);
  expect(calibration[0].ece).toBeLessThan(0.02);
});

test('thresholds compare exactly: a probability of 0.29 is at least 0.29', async () => {
  const prediction: Prediction = { task: 'binary', classes: ['a', 'b'], rows: 3, width: 1, values: Float64Array.of(0.29, 0.57, 1) };
  const { thresholds } = await evaluate(prediction, { kind: 'class', classes: ['a', 'b'], codes: Int32Array.of(0, 1, 1) }, null, all('binary', 0), quiet);
  for (const t of thresholds) expect(t.tp + t.fp).toBe([0.29, 0.57, 1].filter((p) => p >= t.threshold).length);
});

test('tie groups are never split between calibration bins', async () => {
  const values = Float64Array.from({ length: 100 }, (_, i) => (i < 55 ? 0.2 : 0.3 + i / 200));
  const prediction: Prediction = { task: 'binary', classes: ['a', 'b'], rows: 100, width: 1, values };
  const { calibration } = await evaluate(prediction, { kind: 'class', classes: ['a', 'b'], codes: Int32Array.from(values, (_, i) => i % 2) }, null, all('binary', 0), quiet);
  expect(calibration[0].bins.map((bin) => bin.count)).toEqual([60, 10, 10, 10, 10]);
});

test('three classes get a curve each; a class that does not occur gets no ROC', async () => {
  const classes = ['a', 'b', 'c'];
  const prediction: Prediction = { task: 'multiclass', classes, rows: 4, width: 3, values: Float64Array.of(0.6, 0.3, 0.1, 0.2, 0.7, 0.1, 0.5, 0.4, 0.1, 0.3, 0.6, 0.1) };
  const found = await evaluate(prediction, { kind: 'class', classes, codes: Int32Array.of(0, 1, 1, 0) }, null, all('multiclass', 5), quiet);
  expect(found.roc.map((curve) => curve.positive)).toEqual(['a', 'b']);
  expect(found.confusion!.counts).toEqual([[1, 1, 0], [1, 1, 0], [0, 0, 0]]);
  expect(found.thresholds).toEqual([]);
});

test('residuals of a regression', async () => {
  const target: ValueTarget = { kind: 'value', values: Float64Array.from({ length: 2000 }, (_, i) => i) };
  const prediction: Prediction = { task: 'regression', classes: [], rows: 2000, width: 1, values: Float64Array.from({ length: 2000 }, (_, i) => i - (i % 5)) };
  const { residuals, confusion, metrics } = await evaluate(prediction, target, null, all('regression'), quiet);
  expect(confusion).toBeNull();
  expect(residuals!.mean).toBe(2);
  expect(residuals!.quantiles.find((q) => q.q === 0.5)!.value).toBe(2);
  expect(residuals!.histogram.reduce((sum, bin) => sum + bin.count, 0)).toBe(2000);
  expect(residuals!.sample.length).toBe(500);
  expect(metrics.mae.value).toBe(2);
});

test('undefined metrics are left out, and the record survives JSON', async () => {
  const prediction: Prediction = { task: 'binary', classes: ['a', 'b'], rows: 3, width: 1, values: Float64Array.of(0.1, 0.2, 0.9) };
  const found = await evaluate(prediction, { kind: 'class', classes: ['a', 'b'], codes: new Int32Array(3) }, null, all('binary', 20), quiet);
  expect(Object.keys(found.metrics)).not.toContain('roc-auc');
  expect(found.roc).toEqual([]);
  expect(JSON.parse(canonicalJson(found as Json))).toEqual(found);
});

test('without resamples an interval is its value', async () => {
  const { prediction, target } = binaryCase(40);
  const { metrics, resamples } = await evaluate(prediction, target, null, all('binary', 0), quiet);
  expect(resamples).toBe(0);
  for (const { value, low, high } of Object.values(metrics)) expect([low, high]).toEqual([value, value]);
});

test('no rows is refused; a stop keeps the resamples so far', async () => {
  const { prediction, target } = binaryCase(50);
  await expect(evaluate({ ...prediction, rows: 0, values: new Float64Array(0) }, { ...target, codes: new Int32Array(0) }, null, all('binary'), quiet)).rejects.toMatchObject({ code: 'no-rows' });
  let calls = 0;
  const stopping = { ...quiet, breathe: async () => (++calls > 30 ? ('stop' as const) : ('go' as const)) };
  const found = await evaluate(prediction, target, null, all('binary', 500), stopping);
  expect(found.resamples).toBeLessThan(40);
  expect(found.resamples).toBeGreaterThan(5);
});

test('Wilson interval of 8 in 10 is that of the literature', () => {
  expect(wilson(8, 10).low).toBeCloseTo(0.4902, 4);
  expect(wilson(8, 10).high).toBeCloseTo(0.9433, 4);
  expect(wilson(0, 5).low).toBe(0);
});

test('rows of one group are drawn together: ten copies of each row do not narrow the interval', async () => {
  const alone = binaryCase(300);
  const tenfold = Int32Array.from({ length: 3000 }, (_, i) => i % 300);
  const copies = { prediction: { ...alone.prediction, rows: 3000, values: Float64Array.from(tenfold, (i) => alone.prediction.values[i]) }, target: { ...alone.target, codes: tenfold.map((i) => alone.target.codes[i]) } };
  const width = async (groups: Int32Array | null) => {
    const { low, high } = (await evaluate(copies.prediction, copies.target, null, { metrics: ['accuracy'], seed: 1, resamples: 300, groups }, quiet)).metrics.accuracy;
    return high - low;
  };
  const single = (await evaluate(alone.prediction, alone.target, null, { metrics: ['accuracy'], seed: 1, resamples: 300 }, quiet)).metrics.accuracy;
  expect((await width(tenfold)) / (single.high - single.low)).toBeCloseTo(1, 0);
  expect((await width(null)) / (single.high - single.low)).toBeLessThan(0.5);
});
