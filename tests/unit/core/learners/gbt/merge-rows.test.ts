import { expect, test } from 'vitest';
import { defaults } from '../../../../../src/core/base/params.ts';
import { randomBits } from '../../../../../src/core/base/random.ts';
import { quiet } from '../../../../../src/core/base/task.ts';
import { gbt } from '../../../../../src/core/learners/gbt/gbt.ts';
import { lossRows } from '../../../../../src/core/learners/gbt/loss-rows.ts';
import { mergeRows, MOST_COPIES } from '../../../../../src/core/learners/gbt/merge-rows.ts';
import { referenceTrees } from '../../../../../src/core/learners/trees/reference.ts';
import { hashModel } from '../../../../../src/core/models/hash-model.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import { nodesOf } from '../../../../../src/core/models/trees-nodes.ts';
import type { Matrix } from '../../../../../src/core/table/matrix.ts';
import { loadTreeKernels } from '../../../../../src/kernels/trees-wasm/index.ts';

/** Three features of few values; the class depends on them, with noise. */
function few(rows: number, levels = 6): Matrix {
  const draw = (stream: number) => Float32Array.from({ length: rows }, (_, i) => (randomBits(1, stream, i) % 11 === 0 ? NaN : randomBits(2, stream, i) % levels));
  const data = [draw(1), draw(2), draw(3)];
  const codes = Int32Array.from({ length: rows }, (_, i) => Number((data[0][i] > 2) !== (data[1][i] > 3) !== (randomBits(3, 9, i) % 10 === 0)));
  return { rows, features: data.map((_, f) => ({ name: `x${f}`, source: `x${f}` })), data, target: { kind: 'class', classes: ['no', 'yes'], codes }, weight: null };
}
const merge = (matrix: Matrix, least: number) => mergeRows(matrix, lossRows(matrix, matrix.target!, null), least);
const textOf = (matrix: Matrix, row: number): string => [...matrix.data.map((column) => column[row]), (matrix.target as { codes: Int32Array }).codes[row]].join();

test('every row is counted once, in a merged row equal to it', () => {
  const matrix = few(5000);
  const { matrix: merged, copies, train } = merge(matrix, 1000)!;
  const counts = (m: Matrix, times: (row: number) => number) => {
    const out = new Map<string, number>();
    for (let row = 0; row < m.rows; row++) out.set(textOf(m, row), (out.get(textOf(m, row)) ?? 0) + times(row));
    return [...out].sort();
  };
  expect(counts(merged, (row) => copies[row])).toEqual(counts(matrix, () => 1));
  expect(Array.from(train.weight!)).toEqual(Array.from(copies));
  expect(Math.max(...copies)).toBe(MOST_COPIES);
  expect(merged.rows).toBeLessThan(1500);
});

test('weights keep rows apart and are multiplied', () => {
  const matrix = { ...few(4000, 3), weight: Float32Array.from({ length: 4000 }, (_, i) => (i % 2 ? 0.5 : 2)) };
  const { matrix: merged, copies } = merge(matrix, 1000)!;
  expect(Array.from(merged.weight!, (w, i) => w / copies[i]).every((w) => w === 0.5 || w === 2)).toBe(true);
  expect(merged.weight!.reduce((a, b) => a + b, 0)).toBe(5000);
});

test('rows that differ, few rows and rows in queries are left alone', () => {
  const matrix = few(4000);
  expect(merge({ ...matrix, data: [...matrix.data, Float32Array.from({ length: 4000 }, (_, i) => i)] }, 1000)).toBeNull();
  expect(merge(matrix, 4001)).toBeNull();
  expect(mergeRows(matrix, { ...lossRows(matrix, matrix.target!, null), groups: new Int32Array(4000) }, 1000)).toBeNull();
});

test('a fit on merged rows is the fit on all of them, one hash for all kernels, covers in rows', async () => {
  const matrix = few(70_000);
  const params = { ...defaults(gbt.params), trees: 12, leaves: 8, columns: 1, minLeafRows: 300 };
  const context = { ...quiet, seed: 1, valid: null };
  const fit = async (data: Matrix, trees = referenceTrees) => gbt.fit(data, params, { ...context, kernels: { trees, nets: () => Promise.reject(new Error('unused')) } });
  const model = await fit(matrix);
  expect(hashModel(await fit(matrix, (await loadTreeKernels()).kernels))).toBe(hashModel(model));
  const { covers, sizes } = nodesOf(model);
  const rows = Array.from(covers!);
  expect(rows.slice(0, sizes[0] + 1).reduce((a, b) => a + b, 0)).toBe(70_000);
  expect(Math.min(...rows)).toBeGreaterThanOrEqual(200);
  const straight = await fit({ ...matrix, groups: Int32Array.from({ length: 70_000 }, (_, i) => i) });
  const a = predictModel(model, matrix).values;
  const b = predictModel(straight, matrix).values;
  expect(Math.max(...Array.from({ length: 2000 }, (_, i) => Math.abs(a[i] - b[i])))).toBeLessThan(0.01);
});
