// Made-up rows and a fit over the reference kernels, for the tests of boosting.
import { defaults } from '../../../../../src/core/base/params.ts';
import { randomUnit } from '../../../../../src/core/base/random.ts';
import { quiet } from '../../../../../src/core/base/task.ts';
import { gbt } from '../../../../../src/core/learners/gbt/gbt.ts';
import type { FitContext } from '../../../../../src/core/learners/learner.ts';
import { referenceTrees } from '../../../../../src/core/learners/trees/reference.ts';
import type { Matrix, Target } from '../../../../../src/core/table/matrix.ts';

export const context: FitContext = { ...quiet, seed: 1, valid: null, kernels: { trees: referenceTrees as never, nets: () => Promise.reject(new Error('unused')) } };
export const fit = (data: Matrix, params: object = {}, extra: Partial<FitContext> = {}) => gbt.fit(data, { ...defaults(gbt.params), trees: 20, minLeafRows: 5, ...params }, { ...context, ...extra });

export type Made = 'binary' | 'multiclass' | 'regression' | 'counts';

/** Four numbers and a nominal feature of six levels; some cells are missing. The target follows an interaction and the levels. */
export function made(task: Made, rows: number, seed: number): Matrix {
  const unit = (use: number, row: number) => randomUnit(seed, use, row);
  const columns = [0, 1, 2, 3].map((use) => Float32Array.from({ length: rows }, (_, i) => (unit(use + 20, i) < 0.05 ? NaN : unit(use, i) * 2 - 1)));
  const levels = Float32Array.from({ length: rows }, (_, i) => (unit(30, i) < 0.03 ? NaN : Math.floor(unit(5, i) * 6)));
  const signal = (i: number) => 2 * unit(0, i) + ([0, 2, 4].includes(levels[i]) ? 1 : -1) * unit(1, i) + 0.2 * unit(6, i);
  return {
    rows,
    features: [...columns.map((_, f) => ({ name: `x${f}`, source: `x${f}` })), { name: 'kind', source: 'kind', levels: 6 }],
    data: [...columns, levels],
    target: targetOf(task, rows, signal),
    weight: null,
  };
}

function targetOf(task: Made, rows: number, signal: (i: number) => number): Target {
  if (task === 'regression') return { kind: 'value', values: Float64Array.from({ length: rows }, (_, i) => 10 * signal(i)) };
  if (task === 'counts') return { kind: 'value', values: Float64Array.from({ length: rows }, (_, i) => Math.max(0, Math.round(2 * signal(i)))) };
  if (task === 'binary') return { kind: 'class', classes: ['no', 'yes'], codes: Int32Array.from({ length: rows }, (_, i) => Number(signal(i) > 1.1)) };
  return { kind: 'class', classes: ['a', 'b', 'c'], codes: Int32Array.from({ length: rows }, (_, i) => (signal(i) < 0.7 ? 0 : signal(i) < 1.5 ? 1 : 2)) };
}
