// Exact TreeSHAP against the definition: Shapley values of small trees by summing over all subsets, path-dependent and
// interventional, with missing values, sets, repeated features, several outputs and one-hots that roll up.
import { expect, test } from 'vitest';
import { randomUnit, sequence } from '../../../../src/core/base/random.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { routeCovers } from '../../../../src/core/explain/route-covers.ts';
import { treeShap } from '../../../../src/core/explain/tree-shap.ts';
import type { Model } from '../../../../src/core/models/model.ts';
import { scoreTrees } from '../../../../src/core/models/trees.ts';
import { treesModel, type PackedNode } from '../../../../src/core/models/trees-model.ts';
import { goesLeft, nodesOf } from '../../../../src/core/models/trees-nodes.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';
import { loadShapKernels } from '../../../../src/kernels/trees-shap-wasm/index.ts';

const features = 5;

/** A random tree of `size` nodes: feature 4 is nominal with codes 0 to 6. */
function randomTree(size: number, seed: number): { nodes: PackedNode[]; values: Float32Array; covers: number[] } {
  const random = sequence(seed, 'shap-tree');
  const nodes: PackedNode[] = [];
  let leaves = 0;
  const grow = (budget: number): number => {
    if (budget === 0) return ~leaves++;
    const feature = random.below(features);
    const id = nodes.push({ feature, threshold: random.below(7) - 3, set: feature === 4 ? [0, 1, 2, 3, 4, 5, 6].filter(() => random.below(2)) : null, missingLeft: random.below(2) === 1, left: 0, right: 0, gain: 1 }) - 1;
    const left = random.below(budget);
    nodes[id].left = grow(left);
    nodes[id].right = grow(budget - 1 - left);
    return id;
  };
  grow(size);
  return { nodes, values: Float32Array.from({ length: size + 1 }, () => random.normal()), covers: Array.from({ length: size + 1 }, () => 1 + random.below(40)) };
}

function randomModel(trees: number, size: number, outputs = 1): Model {
  const classes = outputs > 1 ? ['a', 'b', 'c'] : ['no', 'yes'];
  return treesModel({ task: outputs > 1 ? 'multiclass' : 'binary', classes, features, outputs, base: new Float64Array(outputs).fill(0.25), trees: Array.from({ length: trees }, (_, t) => randomTree(t === 1 ? 0 : size, t + 31 * size)) });
}

function randomRows(rows: number, seed: number): Matrix {
  const data = Array.from({ length: features }, (_, f) => Float32Array.from({ length: rows }, (_, i) => (randomUnit(seed, f, i) < 0.15 ? NaN : f === 4 ? Math.floor(randomUnit(seed, f + 50, i) * 8) : Math.floor(randomUnit(seed, f + 50, i) * 9) - 4)));
  return { rows, features: ['x', 'y', 'y', 'z', 'w'].map((source, f) => ({ name: `${source}${f}`, source, ...(f === 4 ? { levels: 8 } : {}) })), data, target: null, weight: null };
}

/** Shapley values by feature from a game over sets of features (bits). */
function shapley(game: (known: number) => number): number[] {
  const factorial = [1, 1, 2, 6, 24, 120];
  const worth = Array.from({ length: 1 << features }, (_, known) => game(known));
  return Array.from({ length: features }, (_, f) => {
    let sum = 0;
    for (let known = 0; known < 1 << features; known++) {
      if (known & (1 << f)) continue;
      const size = [0, 1, 2, 3, 4].filter((g) => known & (1 << g)).length;
      sum += ((factorial[size] * factorial[features - 1 - size]) / factorial[features]) * (worth[known | (1 << f)] - worth[known]);
    }
    return sum;
  });
}

/** What the model says of a row when only some features are known: both ways by cover for the others. */
function pathGame(model: Model, rows: Matrix, row: number, output: number): (known: number) => number {
  const nodes = nodesOf(model);
  const covers = nodes.covers!;
  const leaves = model.arrays.leaves;
  const outputs = model.arrays.base.length;
  return (known) => {
    let sum = model.arrays.base[output];
    for (let tree = 0, first = 0; tree < nodes.sizes.length; first += nodes.sizes[tree++]) {
      if (tree % outputs !== output) continue;
      const cover = (at: number): number => (at < 0 ? covers[first + tree + ~at] : cover(nodes.left[first + at]) + cover(nodes.right[first + at]));
      const value = (at: number): number => {
        if (at < 0) return leaves[first + tree + ~at];
        const feature = nodes.features[nodes.place[first + at]];
        const [left, right] = [nodes.left[first + at], nodes.right[first + at]];
        if (known & (1 << feature)) return value(goesLeft(nodes, first + at, rows.data[feature][row]) ? left : right);
        return (value(left) * cover(left) + value(right) * cover(right)) / cover(at);
      };
      sum += value(nodes.sizes[tree] > 0 ? 0 : ~0);
    }
    return sum;
  };
}

const bySource = (phi: number[]): number[] => [phi[0], phi[1] + phi[2], phi[3], phi[4]];

for (const size of [1, 2, 3, 9, 25]) {
  test(`path-dependent contributions of trees of ${size} nodes are the Shapley values of all subsets`, async () => {
    for (const outputs of [1, 3]) {
      const model = randomModel(7, size, outputs);
      const rows = randomRows(9, size);
      const found = await treeShap({ model, matrix: rows }, quiet);
      expect(found.columns).toEqual(['x', 'y', 'z', 'w']);
      expect(found.error).toBeLessThan(1e-12);
      for (let row = 0; row < 9; row++) for (let k = 0; k < outputs; k++) {
        const game = pathGame(model, rows, row, k);
        expect(found.base[k]).toBeCloseTo(game(0), 12);
        bySource(shapley(game)).forEach((phi, c) => expect(found.values[(row * outputs + k) * 4 + c]).toBeCloseTo(phi, 11));
      }
    }
  });
  test(`interventional contributions of trees of ${size} nodes are the Shapley values of all subsets`, async () => {
    for (const outputs of [1, 3]) {
      const model = randomModel(5, size, outputs);
      const [rows, background] = [randomRows(7, size), randomRows(13, size + 100)];
      const found = await treeShap({ model, matrix: rows, background }, quiet);
      expect(found.error).toBeLessThan(1e-12);
      for (let row = 0; row < 7; row++) for (let k = 0; k < outputs; k++) {
        const phi = shapley((known) => {
          const mixed = { ...background, data: background.data.map((column, f) => (known & (1 << f) ? new Float32Array(13).fill(rows.data[f][row]) : column)) };
          return scoreTrees(model, mixed).reduce((sum, score, at) => sum + (at % outputs === k ? score / 13 : 0), 0);
        });
        bySource(phi).forEach((one, c) => expect(found.values[(row * outputs + k) * 4 + c]).toBeCloseTo(one, 11));
      }
    }
  });
}

test('the WASM twin gives the same bits, in blocks and alone', async () => {
  const kernels = await loadShapKernels();
  expect(kernels.reason).toBeNull();
  for (const size of [1, 9, 40, 200]) {
    const [model, rows] = [randomModel(6, size, 3), randomRows(50, size)];
    const [a, b] = [await treeShap({ model, matrix: rows }, quiet), await treeShap({ model, matrix: rows, kernels }, quiet)];
    expect(b.values).toEqual(a.values);
    expect(b.error).toBeLessThan(1e-12);
  }
});

test('covers may be counted from rows where a model holds none; without them it says so', async () => {
  const { covers: _rows, ...arrays } = randomModel(3, 6).arrays;
  const bare = { ...randomModel(3, 6), arrays, json: { outputs: 1, trees: 3 } };
  const rows = randomRows(40, 1);
  await expect(treeShap({ model: bare, matrix: rows }, quiet)).rejects.toThrow('training rows');
  const covers = routeCovers(bare, rows);
  expect(covers.reduce((sum, cover) => sum + cover, 0)).toBe(120);
  const found = await treeShap({ model: bare, matrix: rows, covers }, quiet);
  expect(found.error).toBeLessThan(1e-12);
});

test('a stop leaves out the rows that are not done', async () => {
  const found = await treeShap({ model: randomModel(3, 6), matrix: randomRows(5, 1) }, { ...quiet, breathe: async () => 'stop' });
  expect([found.rows, found.values.length]).toEqual([0, 0]);
});

test('paths of 70 distinct features stay exact to rounding, path-dependent and interventional', async () => {
  const wide = 70;
  const random = sequence(1, 'shap-deep');
  const nodes = Array.from({ length: wide }, (_, n): PackedNode => ({ feature: n, threshold: 0, missingLeft: false, left: n + 1 < wide ? n + 1 : ~wide, right: ~n, gain: 1 }));
  const tree = { nodes, values: Float32Array.from({ length: wide + 1 }, () => random.normal()), covers: Array.from({ length: wide + 1 }, (_, n) => wide + 1 - n) };
  const model = treesModel({ task: 'regression', classes: [], features: wide, outputs: 1, base: Float64Array.of(0), trees: [tree] });
  const make = (rows: number): Matrix => ({ rows, features: Array.from({ length: wide }, (_, f) => ({ name: `x${f}`, source: `x${f}` })), data: Array.from({ length: wide }, () => Float32Array.from({ length: rows }, () => random.normal() - 1.5)), target: null, weight: null });
  const matrix = make(20);
  expect((await treeShap({ model, matrix, kernels: await loadShapKernels() }, quiet)).error).toBeLessThan(1e-12);
  expect((await treeShap({ model, matrix, background: make(11) }, quiet)).error).toBeLessThan(1e-12);
});
