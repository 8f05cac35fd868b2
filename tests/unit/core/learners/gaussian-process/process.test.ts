// The Gaussian process against scikit-learn's at fixed sizes (mean, deviation, evidence), and sizes found against its optimiser.
import { expect, test } from 'vitest';
import { openProcess, sizeProcess } from '../../../../../src/core/learners/gaussian-process/process.ts';
import golden from '../../../../golden/learners/process.json';

const data = { points: Float64Array.from(golden.points.flat()), features: 3, truth: Float64Array.from(golden.truth) };
const fixed = { lengths: Float64Array.from([0.8, 1.5, 4], Math.log), signal: Math.log(1.3), noise: Math.log(0.05) };

test('mean, deviation and evidence are those of scikit-learn', () => {
  const process = openProcess(data, fixed);
  const { mean, variance } = process.at(Float64Array.from(golden.asked.flat()));
  golden.mean.forEach((m, i) => expect(mean[i]).toBeCloseTo(m, 8));
  golden.deviation.forEach((d, i) => expect(Math.sqrt(variance[i])).toBeCloseTo(d, 7));
  expect(process.evidence).toBeCloseTo(golden.evidence, 6);
});

test('the sizes found are as likely as those of its optimiser with restarts', async () => {
  const seen: number[] = [];
  const size = await sizeProcess(data, 80, async (_, evidence) => {
    seen.push(evidence);
    return false;
  });
  expect(openProcess(data, size).evidence).toBeGreaterThan(golden.best - 0.1);
  for (let i = 1; i < seen.length; i++) expect(seen[i]).toBeGreaterThanOrEqual(seen[i - 1]);
});

test('a point twice does not break the factor, and a weight is a precision', () => {
  const twice = { points: Float64Array.of(0, 0, 1), features: 1, truth: Float64Array.of(1, -1, 0), weight: Float64Array.of(3, 1, 1) };
  const { mean } = openProcess(twice, { lengths: Float64Array.of(0), signal: 0, noise: -30 }).at(Float64Array.of(0));
  expect(mean[0]).toBeCloseTo(0.5, 3);
});

test('points that are no numbers are said so, not sought for ever', () => {
  const broken = { points: Float64Array.of(0, NaN, 1), features: 1, truth: Float64Array.of(1, -1, 0) };
  expect(() => openProcess(broken, { lengths: Float64Array.of(0), signal: 0, noise: -3 })).toThrow(/does not factor/);
});
