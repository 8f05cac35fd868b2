import { expect, test } from 'vitest';
import { sequence } from '../../../../../src/core/base/random.ts';
import { fitSigmoid } from '../../../../../src/core/learners/isolation-forest/fit-sigmoid.ts';
import { isolationForest } from '../../../../../src/core/learners/isolation-forest/isolation-forest.ts';
import { checkModel } from '../../../../../src/core/models/check-model.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import { partsOf } from '../../../../../src/core/models/trees-parts.ts';
import type { Matrix } from '../../../../../src/core/table/matrix.ts';
import { auc } from '../real-data.ts';
import { classTarget, contextOf, matrixOf } from '../toy.ts';

/** A cloud, and one row in twenty far from it. */
function odd(rows: number, seed: number, isFlipped = false): Matrix {
  const random = sequence(seed, 'odd');
  const codes = Array.from({ length: rows }, (_, i) => Number(i % 20 === 0));
  const columns = [0, 1, 2].map(() => codes.map((code) => random.normal() * (code ? 4 : 1)));
  columns[0][3] = NaN;
  return matrixOf(columns, classTarget(['usual', 'odd'].sort(), isFlipped ? codes : codes.map((code) => 1 - code)));
}
const fit = (data: Matrix, trees = 100) => isolationForest.fit(data, { trees }, contextOf(1));

test('rows unlike the rest are told, whichever class has them', async () => {
  for (const isFlipped of [false, true]) {
    const [data, fresh] = [odd(2000, 1, isFlipped), odd(2000, 2, isFlipped)];
    const model = await fit(data);
    checkModel(model);
    const { values } = predictModel(model, fresh);
    expect(auc((fresh.target as { codes: Int32Array }).codes, values)).toBeGreaterThan(0.85);
    const rate = values.reduce((sum, p) => sum + p, 0) / 2000;
    expect(Math.abs(rate - (isFlipped ? 0.05 : 0.95))).toBeLessThan(0.02);
  }
});

test('its trees do not look at the target', async () => {
  const [one, other] = [await fit(odd(500, 3), 5), await fit(odd(500, 3, true), 5)];
  expect(partsOf(one).trees).toEqual(partsOf(other).trees);
  expect(partsOf(one).link).not.toEqual(partsOf(other).link);
});

test('a stop keeps the trees so far as a forest of that size', async () => {
  let beats = 0;
  const stopped = await isolationForest.fit(odd(500, 4), { trees: 100 }, contextOf(1, null, { breathe: async () => (++beats >= 7 ? 'stop' : 'go') }));
  expect(partsOf(stopped).trees).toEqual(partsOf(await fit(odd(500, 4), 7)).trees);
});

test('covers of a tree are the rows of its sample', async () => {
  for (const { covers } of partsOf(await fit(odd(500, 5), 3)).trees) expect(Array.from(covers!).reduce((sum, n) => sum + n, 0)).toBe(256);
});

test('the logistic curve: rates of two groups, weights, one class, nothing', () => {
  const { a, b } = fitSigmoid(Float64Array.of(...Array<number>(400).fill(0), ...Array<number>(400).fill(1)), Array.from({ length: 800 }, (_, i) => Number(i < 400 ? i % 4 === 0 : i % 4 > 0)), null);
  expect(1 / (1 + Math.exp(-a))).toBeCloseTo(0.25, 2);
  expect(1 / (1 + Math.exp(-a - b))).toBeCloseTo(0.75, 2);
  const heavy = fitSigmoid(Float64Array.of(1, 2, 3, 4), [0, 1, 0, 1], [1, 2, 3, 0]);
  const repeated = fitSigmoid(Float64Array.of(1, 2, 2, 3, 3, 3), [0, 1, 1, 0, 0, 0], null);
  expect(heavy.a).toBeCloseTo(repeated.a, 8);
  expect(heavy.b).toBeCloseTo(repeated.b, 8);
  expect(fitSigmoid(new Float64Array(80).fill(0.5), new Uint8Array(80).fill(1), null).a).toBeGreaterThan(4);
  expect(fitSigmoid(new Float64Array(0), [], null)).toEqual({ a: 0, b: 0 });
});
