import { expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { quantizeModel } from '../../../../src/core/compress/quantize-model.ts';
import { checkModel } from '../../../../src/core/models/check-model.ts';
import { modelBytes } from '../../../../src/core/models/model-bytes.ts';
import type { Model, ModelArray } from '../../../../src/core/models/model.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { treesModel } from '../../../../src/core/models/trees-model.ts';
import type { PackedNode, TreesParts } from '../../../../src/core/models/trees-model.ts';
import { nodesOf } from '../../../../src/core/models/trees-nodes.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';

const node = (feature: number, threshold: number, missingLeft: boolean, left: number, right: number) => ({ feature, threshold, missingLeft, left, right, gain: 1 });
const parts: TreesParts = {
  task: 'regression', classes: [], features: 2, outputs: 1, base: Float64Array.of(10),
  trees: [
    { nodes: [node(1, 0.5, true, 1, ~2), node(0, 3, false, ~0, ~1)], values: Float32Array.of(1, 2, 4) },
    { nodes: [], values: Float32Array.of(0) },
    { nodes: [node(0, 0, true, ~0, ~1)], values: Float32Array.of(-8, 8) },
  ],
};
/** The first tree with its leaves in another order. */
const turned = { nodes: [node(1, 0.5, true, 1, ~0), node(0, 3, false, ~2, ~1)], values: Float32Array.of(4, 2, 1) };
const model = treesModel(parts);
/** Grown as gbt grows: some leaf becomes a node, its children the next leaves. */
function randomTree(seed: number, size: number): { nodes: PackedNode[]; values: Float32Array } {
  const random = sequence(seed, 'trees');
  const nodes: PackedNode[] = [];
  const ends: { at: number; side: 'left' | 'right' }[] = [];
  for (let n = 0; n < size; n++) {
    const [end] = n > 0 ? ends.splice(random.below(ends.length), 1) : [];
    if (end) nodes[end.at][end.side] = n;
    nodes.push({ ...node(random.below(300), random.normal(), random.below(2) === 1, 0, 0) });
    ends.push({ at: n, side: 'left' }, { at: n, side: 'right' });
  }
  ends.forEach((end, leaf) => { nodes[end.at][end.side] = ~leaf; });
  return { nodes, values: Float32Array.from(ends, () => random.normal()) };
}
const rowsOf = (...rows: [number, number][]): Matrix => ({ rows: rows.length, features: [], data: [Float32Array.from(rows, (r) => r[0]), Float32Array.from(rows, (r) => r[1])], target: null, weight: null });
const withArrays = (arrays: { [name: string]: ModelArray }): Model => ({ ...model, arrays: { ...model.arrays, ...arrays } });

test('rows follow thresholds (equal goes left) and missing values their side', () => {
  const rows = rowsOf([3, 0.5], [3.5, 0], [0, 0.6], [NaN, NaN]);
  expect([...predictModel(model, rows).values]).toEqual([10 + 1 + 8, 10 + 2 + 8, 10 + 4 - 8, 10 + 2 - 8]);
});

test('a row alone gives what it gave among a thousand', () => {
  const rows = rowsOf(...Array.from({ length: 1000 }, (_, i): [number, number] => [(i % 13) - 4, (i % 5) / 4]));
  const all = predictModel(model, rows).values;
  for (const i of [0, 255, 256, 999]) expect(predictModel(model, rowsOf([rows.data[0][i], rows.data[1][i]])).values[0]).toBe(all[i]);
});

test('a sound model passes, with leaves in 8 bits too', () => {
  checkModel(model);
  const stored = { ...withArrays({ leaves: Uint8Array.of(0, 1, 2, 3, 4, 5), 'leaves.min': Float32Array.of(-1), 'leaves.scale': Float32Array.of(0.5) }), json: { outputs: 1, trees: 3, blocks: { leaves: 64 } } };
  checkModel(stored);
  expect(predictModel(stored, rowsOf([3, 0.5])).values[0]).toBe(10 - 1 + 0.5 + 1.5);
});

test('stored as short as told: a bit for each node and leaf, cuts once, features that are asked', () => {
  expect(model.arrays.shape).toEqual(Uint8Array.of(0b0100_0011, 0b0));
  expect(model.arrays.features).toEqual(Uint8Array.of(0, 1));
  expect(model.arrays.counts).toEqual(Uint8Array.of(2, 1));
  expect(model.arrays.cuts).toEqual(Float32Array.of(0, 3, 0.5));
  expect(model.arrays.rules).toEqual(Uint8Array.of(0b0101_0011));
  expect(treesModel({ ...parts, trees: [parts.trees[0], parts.trees[1], turned] }).arrays).toEqual(treesModel({ ...parts, trees: [...parts.trees.slice(0, 2), parts.trees[0]] }).arrays);
});

test('what was packed is unpacked: preorder, the same rules and leaves', () => {
  const nodes = nodesOf(treesModel({ ...parts, trees: [turned] }));
  expect([...nodes.sizes]).toEqual([2]);
  expect([...nodes.left]).toEqual([1, ~0]);
  expect([...nodes.right]).toEqual([~2, ~1]);
  expect([...nodes.place].map((place, n) => [nodes.features[place], nodes.cuts[place][nodes.cut[n]], nodes.missing[n]])).toEqual([[1, 0.5, 1], [0, 3, 0]]);
});

test('a forest of random trees, cuts by the hundred: every rule comes back', () => {
  const trees = Array.from({ length: 40 }, (_, t) => randomTree(t, 1 + (t % 31)));
  const packed = treesModel({ ...parts, features: 300, trees });
  checkModel(packed);
  const nodes = nodesOf(packed);
  const leaves = packed.arrays.leaves;
  let first = 0;
  trees.forEach((tree, t) => {
    const follow = (id: number, to: number): void => {
      if (id < 0) return expect(leaves[first + t + ~to]).toBe(tree.values[~id]);
      const at = first + to;
      const place = nodes.place[at];
      expect([nodes.features[place], nodes.cuts[place][nodes.cut[at]], nodes.missing[at] === 1]).toEqual([tree.nodes[id].feature, Math.fround(tree.nodes[id].threshold), tree.nodes[id].missingLeft]);
      follow(tree.nodes[id].left, nodes.left[at]);
      follow(tree.nodes[id].right, nodes.right[at]);
    };
    expect(nodes.sizes[t]).toBe(tree.nodes.length);
    follow(0, 0);
    first += nodes.sizes[t];
  });
});

test('200 trees of 31 leaves, about a hundred cuts on each of 12 features: under 4 bytes a node with leaves in 8 bits, under 7 whole', () => {
  const round = (tree: ReturnType<typeof randomTree>) => ({ ...tree, nodes: tree.nodes.map((n) => ({ ...n, feature: n.feature % 12, threshold: Math.floor(n.threshold * 20) })) });
  const packed = treesModel({ ...parts, features: 12, trees: Array.from({ length: 200 }, (_, t) => round(randomTree(t, 30))) });
  expect(modelBytes(packed) / 6000).toBeLessThan(7);
  expect(modelBytes(quantizeModel(packed, 8)) / 6000).toBeLessThan(4);
  expect(packed.arrays.cuts.length).toBeGreaterThan(900);
});

const bitsAt = (array: ModelArray, at: number) => Uint8Array.from(array, (byte, i) => byte ^ (i === at >> 3 ? 1 << (at & 7) : 0));
test.each<[string, Model]>([
  ['a tree without its last leaf', withArrays({ leaves: Float32Array.of(1, 2, 4, 0, -8) })],
  ['a leaf too many', withArrays({ leaves: Float32Array.of(1, 2, 4, 0, -8, 8, 1) })],
  ['a leaf where a node was', withArrays({ shape: bitsAt(model.arrays.shape, 0) })],
  ['a node where a leaf was', withArrays({ shape: bitsAt(model.arrays.shape, 2) })],
  ['nodes without end', withArrays({ shape: new Uint8Array(100).fill(255) })],
  ['a shape with a byte behind it', withArrays({ shape: Uint8Array.of(model.arrays.shape[0], model.arrays.shape[1] ?? 0, 0) })],
  ['rules for nodes that are not there', withArrays({ rules: Uint8Array.of(...model.arrays.rules, 0) })],
  ['too few rules', withArrays({ rules: new Uint8Array(0) })],
  ['a feature too many', withArrays({ features: Uint8Array.of(0, 2) })],
  ['a feature twice', withArrays({ features: Uint8Array.of(1, 1) })],
  ['a cut that is no number', withArrays({ cuts: Float32Array.of(NaN, 3, 0.5) })],
  ['cuts that do not ascend', withArrays({ cuts: Float32Array.of(3, 3, 0.5) })],
  ['a feature without cuts', withArrays({ counts: Uint8Array.of(3, 0) })],
  ['counts beyond the cuts', withArrays({ counts: Uint8Array.of(2, 200) })],
  ['more cuts than counted', withArrays({ cuts: Float32Array.of(0, 3, 0.5, 4) })],
  ['a share of gain beyond all', withArrays({ gains: Float32Array.of(0.5, 7) })],
  ['an infinite leaf', withArrays({ leaves: Float32Array.of(1, 2, Infinity, 0, -8, 8) })],
  ['no shape', { ...model, arrays: Object.fromEntries(Object.entries(model.arrays).filter(([name]) => name !== 'shape')) }],
  ['a float for an index', withArrays({ features: Float64Array.of(0, 1) })],
  ['a foreign count of outputs', { ...model, json: { outputs: 5, trees: 3 } }],
  ['a foreign count of trees', { ...model, json: { outputs: 1, trees: 2 } }],
  ['a starting score that is no number', withArrays({ base: Float64Array.of(NaN) })],
])('%s is refused', (_, bad) => {
  expect(() => checkModel(bad)).toThrowError(expect.objectContaining({ code: 'bad-bundle' }));
});

test('a place beyond the last and a bit behind the last rule are refused', () => {
  const three = treesModel({ ...parts, features: 3, trees: [{ nodes: [node(0, 1, false, 1, ~3), node(1, 1, false, 2, ~2), node(2, 1, false, ~0, ~1)], values: Float32Array.of(1, 2, 3, 4) }] });
  checkModel(three);
  expect(() => checkModel({ ...three, arrays: { ...three.arrays, rules: three.arrays.rules.map((byte) => byte | 3) } })).toThrowError(/asks feature 3 of 3/);
  expect(() => checkModel({ ...three, arrays: { ...three.arrays, rules: bitsAt(three.arrays.rules, 15) } })).toThrowError(/more rules than nodes/);
});
