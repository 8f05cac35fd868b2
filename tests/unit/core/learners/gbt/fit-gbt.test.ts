import { expect, test } from 'vitest';
import { defaults } from '../../../../../src/core/base/params.ts';
import { randomUnit } from '../../../../../src/core/base/random.ts';
import { quiet } from '../../../../../src/core/base/task.ts';
import type { CurvePoint } from '../../../../../src/core/base/task.ts';
import { gbt } from '../../../../../src/core/learners/gbt/gbt.ts';
import { referenceTrees } from '../../../../../src/core/learners/trees/reference.ts';
import type { FitContext } from '../../../../../src/core/learners/learner.ts';
import { checkModel } from '../../../../../src/core/models/check-model.ts';
import { hashModel } from '../../../../../src/core/models/hash-model.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import { nodesOf } from '../../../../../src/core/models/trees-nodes.ts';
import type { Matrix, Target } from '../../../../../src/core/table/matrix.ts';

const context: FitContext = { ...quiet, seed: 1, valid: null, kernels: { trees: referenceTrees as never, nets: () => Promise.reject(new Error('unused')) } };
const fit = (data: Matrix, params: object = {}, extra: Partial<FitContext> = {}) => gbt.fit(data, { ...defaults(gbt.params), trees: 30, ...params }, { ...context, ...extra });
const classes = (codes: Iterable<number>, names = ['no', 'yes']): Target => ({ kind: 'class', classes: names, codes: Int32Array.from(codes) });
const values = (v: Iterable<number>): Target => ({ kind: 'value', values: Float64Array.from(v) });
const matrix = (data: number[][], target: Target, weight: number[] | null = null): Matrix => ({ rows: target.kind === 'class' ? target.codes.length : target.values.length, features: data.map((_, f) => ({ name: `x${f}`, source: `x${f}` })), data: data.map((d) => Float32Array.from(d)), target, weight: weight ? Float32Array.from(weight) : null });
const range = (n: number, f: (i: number) => number) => Array.from({ length: n }, (_, i) => f(i));
const noisy = (rows: number, seed: number): Matrix => {
  const data = range(3, (f) => f).map((f) => range(rows, (i) => randomUnit(seed, f, i) * 2 - 1));
  return matrix(data, classes(range(rows, (i) => Number(data[0][i] * data[1][i] > 0 !== randomUnit(seed, 9, i) < 0.1))));
};

test('an interaction that no linear model sees is learned', async () => {
  const model = await fit(noisy(2000, 1));
  const other = noisy(1000, 2);
  const found = predictModel(model, other).values.reduce((sum, p, i) => sum + Number(p > 0.5 === ((other.target as { codes: Int32Array }).codes[i] === 1)), 0);
  expect(found / 1000).toBeGreaterThan(0.85);
});

test('training scores are the scores that the model gives', async () => {
  const points: CurvePoint[] = [];
  const data = matrix([range(300, (i) => (i % 7 ? i : NaN))], values(range(300, (i) => Math.abs(i - 150))));
  const model = await fit(data, {}, { report: (p) => p.point && points.push(p.point) });
  const { values: predicted } = predictModel(model, data);
  const mse = predicted.reduce((sum, p, i) => sum + (p - Math.abs(i - 150)) ** 2, 0) / 300;
  expect(points).toHaveLength(30);
  expect(points[29].train).toBeCloseTo(mse, 9);
  expect(points[29].train as number).toBeLessThan((points[0].train as number) / 5);
});

test('missing values are routed where they belong', async () => {
  const data = matrix([range(400, (i) => (i % 2 ? NaN : 1))], values(range(400, (i) => (i % 2 ? 5 : -5))));
  const { values: predicted } = predictModel(await fit(data, { trees: 100 }), data);
  expect(predicted[0]).toBeCloseTo(-5, 1);
  expect(predicted[1]).toBeCloseTo(5, 1);
});

test('early stopping keeps the best round', async () => {
  const points: CurvePoint[] = [];
  const model = await fit(noisy(500, 3), { trees: 300, patience: 5, learningRate: 0.3, minLeafRows: 2 }, { valid: noisy(300, 4), report: (p) => p.point && points.push(p.point) });
  const best = points.reduce((a, b) => ((b.valid as number) < (a.valid as number) ? b : a));
  expect(nodesOf(model).sizes.length).toBe(best.step);
  expect(points.length).toBe(best.step + 5);
});

test('a stop keeps the trees so far', async () => {
  let beats = 0;
  const model = await fit(noisy(500, 5), {}, { breathe: async () => (++beats >= 1 + 4 ? 'stop' : 'go') });
  expect(nodesOf(model).sizes.length).toBe(4);
  checkModel(model);
});

test('same seed, same bytes; another seed, others', async () => {
  const data = noisy(600, 6);
  const [a, b, c] = [await fit(data), await fit(data), await fit(data, {}, { seed: 2 })].map(hashModel);
  expect(a).toBe(b);
  expect(a).not.toBe(c);
});

test('weight 2 is nearly the row twice', async () => {
  const once = noisy(800, 7);
  const heavy = { ...once, weight: Float32Array.from({ length: 800 }, (_, i) => 1 + (i % 2)) };
  const rows = range(1200, (i) => (i < 800 ? i : (i - 800) * 2 + 1));
  const twice = matrix(once.data.map((d) => rows.map((r) => d[r])), classes(rows.map((r) => (once.target as { codes: Int32Array }).codes[r])));
  const [a, b] = [predictModel(await fit(heavy), once).values, predictModel(await fit(twice), once).values];
  expect(a.reduce((sum, p, i) => sum + Math.abs(p - b[i]), 0) / 800).toBeLessThan(0.05);
});

test('poor data give sound models: one row, one class, constant target, no features, no spread, all missing, zero weights', async () => {
  const cases: Matrix[] = [
    matrix([[1]], values([3])),
    matrix([range(50, (i) => i)], classes(range(50, () => 0))),
    matrix([range(50, (i) => i)], values(range(50, () => 7))),
    matrix([], classes([0, 1, 1, 1])),
    matrix([range(50, () => 4)], classes(range(50, (i) => i % 2))),
    matrix([range(50, () => NaN)], values(range(50, (i) => i))),
    matrix([range(50, (i) => i)], values(range(50, (i) => i)), range(50, () => 0)),
    matrix([range(60, (i) => i)], classes(range(60, (i) => i % 2), ['a', 'b', 'never'])),
  ];
  for (const data of cases) {
    const model = await fit(data, { minLeafRows: 1 });
    checkModel(model);
    const { values: predicted } = predictModel(model, data);
    expect(predicted.every(Number.isFinite)).toBe(true);
  }
  expect(predictModel(await fit(cases[2]), cases[2]).values[0]).toBe(7);
  expect(predictModel(await fit(cases[3]), cases[3]).values[0]).toBeCloseTo(0.75, 12);
});

test('a target beyond single precision is a typed error, not a model of NaN', async () => {
  await expect(fit(matrix([range(50, (i) => i)], values(range(50, (i) => (i % 2 ? 1e300 : -1e300)))))).rejects.toMatchObject({ code: 'numeric-failure' });
});

test('one class in three is learned', async () => {
  const data = matrix([range(900, (i) => i % 90)], classes(range(900, (i) => Math.floor((i % 90) / 30)), ['a', 'b', 'c']));
  const { values: p, width } = predictModel(await fit(data, { learningRate: 0.3 }), data);
  expect(width).toBe(3);
  for (const i of [0, 31, 89]) expect(p[i * 3 + Math.floor(i / 30)]).toBeGreaterThan(0.97);
});

