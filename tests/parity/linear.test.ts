// Linear models have the same bytes with the WASM loops as with the plain ones: every loss, odd row counts, missing and sparse columns.
import { expect, test } from 'vitest';
import { defaults } from '../../src/core/base/params.ts';
import { sequence } from '../../src/core/base/random.ts';
import { linear } from '../../src/core/learners/linear/linear.ts';
import { svm } from '../../src/core/learners/linear/svm.ts';
import { hashModel } from '../../src/core/models/hash-model.ts';
import type { Matrix } from '../../src/core/table/matrix.ts';
import { loadLinearKernels } from '../../src/kernels/linear-wasm/index.ts';
import { contextOf, toy, valueTarget } from '../unit/core/learners/toy.ts';

function wide(task: 'binary' | 'multiclass' | 'regression', rows: number): Matrix {
  const data = toy(task, rows, 7);
  const random = sequence(5, 'parity');
  const more = [Float32Array.from({ length: rows }, () => Number(random.below(9) === 0)), Float32Array.from({ length: rows }, () => (random.below(8) === 0 ? NaN : random.normal() * 900 + 5))];
  return { ...data, data: [...data.data, ...more], features: [...data.features, ...[7, 8].map((j) => ({ name: `x${j}`, source: `x${j}` }))], weight: Float32Array.from({ length: rows }, () => random.below(3)) };
}
const positive = (data: Matrix): Matrix => ({ ...data, target: valueTarget([...(data.target as { values: Float64Array }).values].map((y) => Math.abs(y))) });

test.each([
  ['logistic', linear, wide('binary', 1237), {}],
  ['lasso of classes', linear, wide('multiclass', 601), { penalty: 'lasso', alpha: 0.01 }],
  ['softmax', linear, wide('multiclass', 601), {}],
  ['ridge', linear, wide('regression', 999), {}],
  ['chosen elastic net', linear, wide('regression', 515), { penalty: 'elastic', strength: 'best', strengths: 12 }],
  ['poisson', linear, positive(wide('regression', 513)), { objective: 'poisson' }],
  ['gamma', linear, positive(wide('regression', 513)), { objective: 'gamma' }],
  ['huber', linear, wide('regression', 700), { objective: 'huber' }],
  ['quantile', linear, wide('regression', 300), { objective: 'quantile' }],
  ['svm', svm, wide('binary', 777), {}],
] as const)('%s', async (_, learner, data, params) => {
  const kernels = await loadLinearKernels();
  expect(kernels?.backend).toBe('wasm');
  const fit = (fast: boolean) => {
    const context = contextOf(1);
    return learner.fit(data, { ...(defaults(learner.params as never) as object), ...params } as never, { ...context, kernels: { ...context.kernels, linear: fast ? kernels : null } });
  };
  expect(hashModel(await fit(true))).toBe(hashModel(await fit(false)));
});
