// TreeSHAP against the Python shap package and LightGBM's pred_contrib on LightGBM's own models (make-golden.py wrote the
// *.json: model, rows, background and the values they gave). Path-dependent ones are in doubles on both sides. shap keeps the
// weights of its interventional ones in single precision: its own values miss the score by 3e-8 of their size, ours by 1e-15.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Task } from '../../../src/core/base/task.ts';
import { quiet } from '../../../src/core/base/task.ts';
import { treeShap } from '../../../src/core/explain/tree-shap.ts';
import { treesModel, type PackedNode } from '../../../src/core/models/trees-model.ts';
import type { Matrix } from '../../../src/core/table/matrix.ts';
import { loadShapKernels } from '../../../src/kernels/trees-shap-wasm/index.ts';

type Values = { base: number[]; values: number[][][] };
type Golden = { task: Task; classes: string[]; outputs: number; trees: { nodes: PackedNode[]; values: number[]; covers: number[] }[]; rows: (number | null)[][]; background: (number | null)[][]; contrib: Values; path?: Values; interventional?: Values };

const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json')).sort();

const matrixOf = (rows: (number | null)[][]): Matrix => ({
  rows: rows.length, features: rows[0].map((_, f) => ({ name: `x${f}`, source: `x${f}` })), data: rows[0].map((_, f) => Float32Array.from(rows, (row) => row[f] ?? NaN)), target: null, weight: null,
});

test('every kind of model has its file', () => {
  expect(files).toEqual(['binary.json', 'multiclass.json', 'nominal.json', 'regression.json']);
});

for (const file of files) {
  const golden = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Golden;
  const { task, classes, outputs, trees } = golden;
  const features = golden.rows[0].length;
  const model = treesModel({ task, classes, features, outputs, base: new Float64Array(outputs), trees: trees.map((tree) => ({ ...tree, values: Float32Array.from(tree.values) })) });
  const matrix = matrixOf(golden.rows);
  for (const [kind, expected] of Object.entries({ contrib: golden.contrib, path: golden.path, interventional: golden.interventional })) {
    if (!expected) continue;
    test(`${file}: ${kind === 'contrib' ? "LightGBM's pred_contrib" : `shap's ${kind}`} values`, async () => {
      const found = await treeShap({ model, matrix, kernels: await loadShapKernels(), background: kind === 'interventional' ? matrixOf(golden.background) : null }, quiet);
      const scale = Math.max(...expected.values.flat(2).map(Math.abs));
      const worst = Math.max(...expected.values.flat(2).map((value, at) => Math.abs(value - found.values[at])), ...expected.base.map((value, k) => Math.abs(value - found.base[k])));
      expect(found.values.length).toBe(expected.values.flat(2).length);
      expect(scale).toBeGreaterThan(0.1);
      expect(worst / scale).toBeLessThan(kind === 'interventional' ? 1e-7 : 1e-9);
      expect(found.error / scale).toBeLessThan(1e-12);
    });
  }
}
