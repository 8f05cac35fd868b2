// Naive Bayes against scikit-learn's GaussianNB and CategoricalNB (golden), missing cells and unseen levels.
import { expect, test } from 'vitest';
import { defaults } from '../../../../../src/core/base/params.ts';
import { naiveBayes } from '../../../../../src/core/learners/naive-bayes/naive-bayes.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import type { Matrix } from '../../../../../src/core/table/matrix.ts';
import golden from '../../../../golden/learners/bayes.json';
import { classTarget, contextOf, matrixOf } from '../toy.ts';

const target = classTarget(['a', 'b', 'c'], golden.codes);
const params = defaults(naiveBayes.params);
const coded = (codes: readonly number[], truth: Matrix['target']): Matrix => {
  const plain = matrixOf([codes], truth);
  return { ...plain, features: [{ name: 'x0', source: 'x0', levels: 4 }] };
};

test('numbers as GaussianNB', async () => {
  const said = predictModel(await naiveBayes.fit(matrixOf(golden.x, target), params, contextOf(1)), matrixOf(golden.query, null));
  golden.gaussian.flat().forEach((p, i) => expect(said.values[i]).toBeCloseTo(p, 6));
});

test('levels as CategoricalNB; an unseen or missing one leaves the class rates', async () => {
  const model = await naiveBayes.fit(coded(golden.level, target), params, contextOf(1));
  const said = predictModel(model, coded([0, 1, 2, 3, 9, NaN], null));
  golden.categorical.flat().forEach((p, i) => expect(said.values[i]).toBeCloseTo(p, 6));
  const rates = [0, 1, 2].map((c) => golden.codes.filter((code) => code === c).length / 80);
  for (let i = 12; i < 18; i++) expect(said.values[i]).toBeCloseTo(rates[i % 3], 9);
});

test('a missing cell says nothing', async () => {
  const model = await naiveBayes.fit(matrixOf(golden.x, target), params, contextOf(1));
  const two = await naiveBayes.fit(matrixOf(golden.x.slice(0, 2), target), params, contextOf(1));
  const hole = predictModel(model, matrixOf([[0.5], [-0.25], [NaN]], null));
  const without = predictModel(two, matrixOf([[0.5], [-0.25]], null));
  hole.values.forEach((p, i) => expect(p).toBeCloseTo(without.values[i], 6));
});

test('a flag is counted, as the level of a category is', async () => {
  const flags = golden.level.map((code) => Number(code > 1));
  const said = predictModel(await naiveBayes.fit(matrixOf([flags], target), params, contextOf(1)), matrixOf([[1]], null));
  const own = [0, 1, 2].map((c) => (golden.codes.filter((code, i) => code === c && flags[i] === 1).length + 1) / (golden.codes.filter((code) => code === c).length + 2));
  const joint = own.map((p, c) => (p * golden.codes.filter((code) => code === c).length) / 80);
  joint.forEach((p, c) => expect(said.values[c]).toBeCloseTo(p / joint.reduce((a, b) => a + b, 0), 9));
});
