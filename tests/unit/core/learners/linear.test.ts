import { describe, expect, test } from 'vitest';
import { defaults } from '../../../../src/core/base/params.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { makeDesign } from '../../../../src/core/learners/linear/design.ts';
import { lbfgs } from '../../../../src/core/learners/linear/lbfgs.ts';
import { newton } from '../../../../src/core/learners/linear/newton.ts';
import { linear } from '../../../../src/core/learners/linear/linear.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';
import { classTarget, contextOf, matrixOf, toy, valueTarget } from './toy.ts';

const params = defaults(linear.params);
/** Weights and bias as they are for the features as given. */
async function coefficients(matrix: Matrix, l2: number) {
  const { arrays } = await linear.fit(matrix, { ...params, l2 }, contextOf(1));
  const { weights, scale, center, bias } = arrays;
  const raw = [...weights].map((w, i) => w * scale[i % scale.length]);
  return { raw, bias: [...bias].map((b, k) => b - raw.slice(k * scale.length, (k + 1) * scale.length).reduce((s, w, j) => s + w * center[j], 0)) };
}

const x = [[1, 2, 3, 4, 5, 6, 7, 8], [2.5, -1, 0, 3, 1, -2, 4, 0.5]];

describe('the optimum of scikit-learn 1.9 (tol=1e-12)', () => {
  test.each([
    [1, [0.9627097722225447, -0.4286310086662395], -2.902877770323519],
    [0.1, [2.4043095741098295, -1.3877376871828717], -6.998161347574571],
  ])('logistic, l2 %d', async (l2, weights, bias) => {
    const found = await coefficients(matrixOf(x, classTarget(['a', 'b'], [0, 0, 1, 0, 1, 1, 1, 1])), l2);
    weights.forEach((w, j) => expect(found.raw[j]).toBeCloseTo(w, 6));
    expect(found.bias[0]).toBeCloseTo(bias, 6);
  });
  test('logistic with weights', async () => {
    const found = await coefficients(matrixOf(x, classTarget(['a', 'b'], [0, 0, 1, 0, 1, 1, 1, 1]), [1, 2, 1, 3, 1, 1, 2, 1]), 1);
    [1.232446835209521, -0.576067478601463].forEach((w, j) => expect(found.raw[j]).toBeCloseTo(w, 6));
    expect(found.bias[0]).toBeCloseTo(-4.35716721955153, 6);
  });
  test('softmax of three classes', async () => {
    const found = await coefficients(matrixOf(x, classTarget(['a', 'b', 'c'], [0, 0, 1, 1, 2, 2, 0, 2])), 1);
    [-0.36444638983937044, 0.3493284167734609, -0.26473181036545373, 0.19963952263442844, 0.6291782002047565, -0.5489679394078983].forEach((w, j) => expect(found.raw[j]).toBeCloseTo(w, 6));
    expect(found.bias[0] - found.bias[1]).toBeCloseTo(1.4529538856654818 - 0.9273281343749056, 6);
  });
  test('ridge, l2 2', async () => {
    const found = await coefficients(matrixOf(x, valueTarget([3, 1, 4, 1, 5, 9, 2, 6])), 2);
    [0.5376693766937669, -0.7716350496838302].forEach((w, j) => expect(found.raw[j]).toBeCloseTo(w, 8));
    expect(found.bias[0]).toBeCloseTo(2.227122854561879, 8);
  });});

test('least squares without a penalty finds the line that made the rows', async () => {
  const { raw, bias } = await coefficients(matrixOf([[1, 2, 3, 4], [0, 1, 0, 1]], valueTarget([5, 9, 9, 13])), 0);
  expect(raw[0]).toBeCloseTo(2, 9);
  expect(raw[1]).toBeCloseTo(2, 9);
  expect(bias[0]).toBeCloseTo(3, 9);
});

test('columns that repeat each other neither fail nor explode', async () => {
  const { raw } = await coefficients(matrixOf([[1, 2, 3, 4], [1, 2, 3, 4], [7, 7, 7, 7]], valueTarget([2, 4, 6, 8])), 0);
  expect(raw[0] + raw[1]).toBeCloseTo(2, 6);
  expect(raw[2]).toBe(0);
});

test('features a thousand times as large, with the penalty to match, give the same probabilities', async () => {
  const near = toy('binary', 300);
  const far: Matrix = { ...near, data: near.data.map((c) => c.map((v) => v * 1024)) };
  const a = predictModel(await linear.fit(near, { ...params, l2: 1 }, contextOf(1)), near);
  const b = predictModel(await linear.fit(far, { ...params, l2: 1024 ** 2 }, contextOf(1)), far);
  a.values.forEach((p, i) => expect(b.values[i]).toBeCloseTo(p, 7));
});

test('a missing value counts as the training mean', async () => {
  const model = await linear.fit(matrixOf([[1, 2, NaN, 4, 5]], valueTarget([1, 2, 3, 4, 5])), params, contextOf(1));
  const [mean, missing] = predictModel(model, matrixOf([[3, NaN]], null)).values;
  expect(missing).toBe(mean);
});

test('separable classes end in finite weights, one class in its rate', async () => {
  const split = await linear.fit(matrixOf([[0, 1, 2, 3]], classTarget(['a', 'b'], [0, 0, 1, 1])), { ...params, l2: 0 }, contextOf(1));
  expect([...split.arrays.weights].every(Number.isFinite)).toBe(true);
  const one = await linear.fit(matrixOf([[0, 1, 2, 3]], classTarget(['a', 'b'], [0, 0, 0, 0])), params, contextOf(1));
  expect(predictModel(one, matrixOf([[9]], null)).values[0]).toBeCloseTo(1 / 6, 9);
});

test('the quasi-Newton way ends at the same optimum as Newton', async () => {
  const data = toy('multiclass', 400, 12, 3);
  const design = makeDesign(data);
  const truth = Float64Array.from((data.target as { codes: Int32Array }).codes);
  const problem = { matrix: data, design, loss: 'softmax' as const, outputs: 3, truth, penalty: Float64Array.from({ length: 39 }, (_, p) => (p % 13 === 12 ? 0 : 1)) };
  const [a, b] = [await newton(problem, new Float64Array(39), 100, quiet, () => {}), await lbfgs(problem, new Float64Array(39), { iterations: 1000, precondition: null }, quiet, () => {})];
  expect(b!.value).toBeCloseTo(a!.value, 7);
  a!.theta.forEach((t, p) => p % 13 !== 12 && expect(b!.theta[p]).toBeCloseTo(t, 3));
});

test('reports a falling loss, with that of the validation rows', async () => {
  const points: { train: number | null; valid: number | null }[] = [];
  await linear.fit(toy('binary', 500), params, contextOf(1, toy('binary', 100, 3, 2), { report: (p) => p.point && points.push(p.point) }));
  expect(points.length).toBeGreaterThan(3);
  const codes = [...(toy('binary', 500).target as { codes: Int32Array }).codes];
  const rate = codes.reduce((s, c) => s + c, 0) / 500;
  expect(points[0].train).toBeCloseTo(-rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate), 9);
  expect(points.at(-1)!.train).toBeLessThan(points[0].train!);
  expect(points.at(-1)!.valid).toBeLessThan(0.4);
});

test('rows of weight 0 count for nothing, though no other row has their class', async () => {
  const codes = [0, 0, 1, 1, 2, 2, 0, 3];
  const model = await linear.fit(matrixOf(x, classTarget(['a', 'b', 'c', 'd'], codes), [1, 1, 1, 1, 1, 1, 1, 0]), params, contextOf(1));
  const without = await linear.fit(matrixOf(x.map((c) => c.slice(0, 7)), classTarget(['a', 'b', 'c'], codes.slice(0, 7))), params, contextOf(1));
  const [a, b] = [model, without].map((m) => predictModel(m, matrixOf(x, null)).values);
  for (let row = 0; row < 8; row++) {
    for (let k = 0; k < 3; k++) expect(a[row * 4 + k]).toBeCloseTo(b[row * 3 + k], 6);
    expect(a[row * 4 + 3]).toBeLessThan(1e-9);
  }
});

test.each([
  ['cross-validated ridge', { strength: 'best' }],
  ['a cross-validated elastic net', { penalty: 'elastic', strength: 'best' }],
  ['Huber', { objective: 'huber' }],
] as const)('%s learns as well whatever the unit of the target', async (_, over) => {
  const data = toy('regression', 80);
  const { values } = data.target as { values: Float64Array };
  const missOf = async (unit: number) => {
    const target = valueTarget([...values].map((v) => v * unit));
    const said = predictModel(await linear.fit({ ...data, target }, { ...params, ...over }, contextOf(1)), data).values;
    return said.reduce((sum, v, i) => sum + Math.abs(v / unit - values[i]), 0);
  };
  const [one, million] = [await missOf(1), await missOf(1e6)];
  expect(million / one).toBeGreaterThan(0.95);
  expect(million / one).toBeLessThan(1.05);
});
