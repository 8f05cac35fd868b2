// Small literal and generated matrices for the learner tests.
import { quiet } from '../../../../src/core/base/task.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import type { FitContext, Kernels } from '../../../../src/core/learners/learner.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import type { Matrix, Target } from '../../../../src/core/table/matrix.ts';

export function matrixOf(columns: readonly (readonly number[])[], target: Target | null, weight: readonly number[] | null = null): Matrix {
  return {
    rows: columns[0].length,
    features: columns.map((_, j) => ({ name: `x${j}`, source: `x${j}` })),
    data: columns.map((c) => Float32Array.from(c)),
    target,
    weight: weight ? Float32Array.from(weight) : null,
  };
}
export const classTarget = (classes: readonly string[], codes: readonly number[]): Target => ({ kind: 'class', classes, codes: Int32Array.from(codes) });
export const valueTarget = (values: readonly number[]): Target => ({ kind: 'value', values: Float64Array.from(values) });

/** Gaussian features; the target follows the first two with noise. */
export function toy(task: 'binary' | 'multiclass' | 'regression', rows: number, features = 3, seed = 1): Matrix {
  const random = sequence(seed, 'toy');
  const columns = Array.from({ length: features }, () => Array.from({ length: rows }, () => random.normal()));
  const signal = columns[0].map((x, i) => 2 * x - (columns[1]?.[i] ?? 0) + 0.5 * random.normal());
  if (task === 'regression') return matrixOf(columns, valueTarget(signal.map((s) => 100 + 10 * s)));
  if (task === 'binary') return matrixOf(columns, classTarget(['no', 'yes'], signal.map((s) => (s > 0 ? 1 : 0))));
  return matrixOf(columns, classTarget(['a', 'b', 'c'], signal.map((s) => (s < -1 ? 0 : s < 1 ? 1 : 2))));
}

export const contextOf = (seed: number, valid: Matrix | null = null, over: Partial<FitContext> = {}): FitContext => ({
  ...quiet, seed, valid,
  kernels: { trees: null as unknown as Kernels['trees'], nets: async () => referenceNets },
  ...over,
});
