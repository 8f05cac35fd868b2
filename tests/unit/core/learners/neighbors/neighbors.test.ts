// Nearest neighbours against scikit-learn's votes and means (golden), and the choice of k.
import { expect, test } from 'vitest';
import { neighbors } from '../../../../../src/core/learners/neighbors/neighbors.ts';
import type { NeighborsParams } from '../../../../../src/core/learners/neighbors/neighbors.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import golden from '../../../../golden/learners/neighbors.json';
import { classTarget, contextOf, matrixOf, toy, valueTarget } from '../toy.ts';

const params = (over: Partial<NeighborsParams>): NeighborsParams => ({ k: 5, metric: 'euclidean', by: 'uniform', keep: 10_000, ...over });
const classes = matrixOf(golden.x, classTarget(['a', 'b', 'c'], golden.codes));
const numbers = matrixOf(golden.x, valueTarget(golden.values));
const query = matrixOf(golden.query, null);

test('five neighbours vote as scikit-learn counts, with one vote shared by the class rates', async () => {
  const said = predictModel(await neighbors.fit(classes, params({}), contextOf(1)), query);
  const rates = [0, 1, 2].map((c) => golden.codes.filter((code) => code === c).length / golden.codes.length);
  golden.votes.flat().forEach((votes, i) => expect(said.values[i]).toBeCloseTo((votes + rates[i % 3]) / 6, 6));
});

test('the mean of five values, by both distances', async () => {
  for (const metric of ['euclidean', 'manhattan'] as const) {
    const said = predictModel(await neighbors.fit(numbers, params({ metric }), contextOf(1)), query);
    golden[metric === 'euclidean' ? 'mean' : 'manhattan'].forEach((value, i) => expect(said.values[i]).toBeCloseTo(value, 5));
  }
});

test('a row that was seen is answered by itself when votes go by distance', async () => {
  const model = await neighbors.fit(numbers, params({ by: 'distance', k: 3 }), contextOf(1));
  const said = predictModel(model, numbers);
  golden.values.forEach((value, i) => expect(Math.abs(said.values[i] - value)).toBeLessThan(0.05));
});

test('k is chosen by leave-one-out loss, and fewer rows are kept when asked', async () => {
  const seen: { step: number; valid: number | null }[] = [];
  const context = contextOf(3, null, { report: (p) => p.point && seen.push(p.point) });
  const model = await neighbors.fit(toy('regression', 600), params({ k: 0, keep: 200 }), context);
  const best = seen.reduce((a, b) => (b.valid! <= a.valid! ? b : a));
  expect((model.json as { k: number }).k).toBe(best.step);
  expect(model.arrays.truth.length).toBe(200);
  expect(best.step).toBeGreaterThan(1);
});
