// Nominal features, covers and links in stored trees: what is packed comes back, serves by plain rules, and is refused when broken.
import { expect, test } from 'vitest';
import { exp } from '../../../../src/core/base/numerics.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import { packServing, unpackServing } from '../../../../src/core/bundle/serving.ts';
import { quantizeModel } from '../../../../src/core/compress/quantize-model.ts';
import { checkModel } from '../../../../src/core/models/check-model.ts';
import { modelBytes } from '../../../../src/core/models/model-bytes.ts';
import type { Model, ModelArray } from '../../../../src/core/models/model.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { treesModel, type PackedNode, type PackedTree, type TreesParts } from '../../../../src/core/models/trees-model.ts';
import { goesLeft, nodeCovers, nodesOf } from '../../../../src/core/models/trees-nodes.ts';
import { partsOf } from '../../../../src/core/models/trees-parts.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';
import { makeFixture } from '../bundle/fixture.ts';

const cut = (feature: number, threshold: number, left: number, right: number): PackedNode => ({ feature, threshold, missingLeft: false, left, right, gain: 1 });
const set = (feature: number, codes: number[], missingLeft: boolean, left: number, right: number): PackedNode => ({ feature, threshold: 0, set: codes, missingLeft, left, right, gain: 1 });
const parts: TreesParts = {
  task: 'regression', classes: [], features: 2, outputs: 1, base: Float64Array.of(0),
  trees: [
    { nodes: [set(1, [5, 2, 7], true, 1, ~2), cut(0, 3, ~0, ~1)], values: Float32Array.of(1, 2, 4), covers: [10, 300, 20] },
    { nodes: [set(1, [9], false, ~0, ~1)], values: Float32Array.of(16, 32), covers: [5, 325] },
  ],
};
const model = treesModel(parts);
const matrixOf = (...rows: number[][]): Matrix => ({ rows: rows.length, features: [], data: rows[0].map((_, j) => Float32Array.from(rows, (r) => r[j])), target: null, weight: null });
const withArrays = (arrays: { [name: string]: ModelArray }): Model => ({ ...model, arrays: { ...model.arrays, ...arrays } });

/** The trees as they were given, followed literally. */
function plainly({ trees }: TreesParts, row: readonly number[]): number {
  return trees.reduce((sum, { nodes, values }) => {
    let id = nodes.length ? 0 : ~0;
    while (id >= 0) {
      const { feature, threshold, set: codes, missingLeft, left, right } = nodes[id];
      const value = row[feature];
      id = (Number.isNaN(value) ? missingLeft : codes ? codes.includes(value) : value <= Math.fround(threshold)) ? left : right;
    }
    return sum + values[~id];
  }, 0);
}

test('codes in the set go left, others and unknown ones right, missing ones by their side', () => {
  expect([...predictModel(model, matrixOf([3, 5], [4, 7], [0, 9], [0, 3], [0, NaN], [0, 1e9], [0, -1], [NaN, 2])).values]).toEqual([33, 34, 20, 36, 33, 36, 36, 34]);
});

test('codes that no set tells apart share a group, sets are stored once', () => {
  expect(model.arrays.groups).toEqual(Uint8Array.of(0, 3));
  expect(model.arrays.levels).toEqual(Uint8Array.of(0, 10));
  expect(model.arrays.counts).toEqual(Uint8Array.of(1, 2));
  expect(model.arrays.cuts).toEqual(Float32Array.of(3));
  expect(model.arrays.sets).toEqual(Uint8Array.of(0b1001));
  const many = treesModel({ ...parts, trees: Array.from({ length: 500 }, () => parts.trees[0]) });
  expect([...(many.arrays.counts as Uint8Array)]).toEqual([1, 1]);
});

/** Eight features: 0 to 3 numbers, 4 to 7 nominal with 3, 40, 300 and 5000 codes; missing everywhere now and then. */
const levels = [0, 0, 0, 0, 3, 40, 300, 5000];
function randomParts(seed: number, trees: number, size: number): TreesParts {
  const random = sequence(seed, 'sets');
  const setsFor = levels.map((n) => Array.from({ length: 30 }, () => Array.from({ length: n }, (_, code) => code).filter((code) => (code % 37) * 7919 % 5 === random.below(5))));
  const tree = (): PackedTree => {
    const nodes: PackedNode[] = [];
    const ends: { at: number; side: 'left' | 'right' }[] = [];
    for (let n = 0; n < size; n++) {
      const [end] = n > 0 ? ends.splice(random.below(ends.length), 1) : [];
      if (end) nodes[end.at][end.side] = n;
      const feature = random.below(8);
      nodes.push(levels[feature] ? set(feature, setsFor[feature][random.below(30)], random.below(2) === 1, 0, 0) : { ...cut(feature, random.normal(), 0, 0), missingLeft: random.below(2) === 1 });
      ends.push({ at: n, side: 'left' }, { at: n, side: 'right' });
    }
    ends.forEach((end, leaf) => { nodes[end.at][end.side] = ~leaf; });
    return { nodes, values: Float32Array.from(ends, () => random.normal()), covers: ends.map(() => random.below(70_000)) };
  };
  return { ...parts, features: 8, trees: Array.from({ length: trees }, tree) };
}
const randomRows = (seed: number, rows: number): number[][] => {
  const random = sequence(seed, 'rows');
  return Array.from({ length: rows }, () => levels.map((n) => (random.below(9) === 0 ? NaN : n ? random.below(n + 2) : Math.fround(random.normal()))));
};

test('random trees with sets serve as they read, and come back from storage', () => {
  const given = randomParts(1, 30, 25);
  const packed = treesModel(given);
  checkModel(packed);
  const rows = randomRows(2, 300);
  const values = predictModel(packed, matrixOf(...rows)).values;
  rows.forEach((row, i) => expect(values[i]).toBe(plainly(given, row)));
  const again = partsOf(packed);
  rows.slice(0, 50).forEach((row, i) => expect(plainly(again, row)).toBe(values[i]));
  expect(predictModel(treesModel(again), matrixOf(...rows)).values).toEqual(values);
  expect(treesModel(again).arrays).toEqual({ ...packed.arrays, gains: expect.anything() });
});

test('goesLeft routes as serving does; covers of nodes are those of their leaves', () => {
  const nodes = nodesOf(model);
  expect([5, 3, NaN].map((value) => goesLeft(nodes, 0, value))).toEqual([true, false, true]);
  expect([3, 3.5, NaN].map((value) => goesLeft(nodes, 1, value))).toEqual([true, false, false]);
  expect(nodeCovers(nodes)).toEqual(Float64Array.of(330, 310, 330));
  expect(model.arrays.covers).toEqual(Uint16Array.of(10, 300, 20, 5, 325));
});

test('weights that are no counts are covers in single precision; trees without covers have none', () => {
  const weighed = treesModel({ ...parts, trees: parts.trees.map((tree) => ({ ...tree, covers: Array.from(tree.values, () => 0.5) })) });
  expect(weighed.arrays.covers).toEqual(new Float32Array(5).fill(0.5));
  const bare = treesModel({ ...parts, trees: parts.trees.map(({ nodes, values }) => ({ nodes, values })) });
  expect([bare.arrays.covers, nodesOf(bare).covers, nodeCovers(nodesOf(bare))]).toEqual([undefined, null, null]);
});

test('an export carries no covers and predicts the same; leaves in 8 bits keep sets', () => {
  const bundle = { ...makeFixture('trees', 'regression'), model };
  const { head, arrays } = packServing(bundle);
  const served = unpackServing(head, arrays).model;
  expect(served.arrays.covers).toBeUndefined();
  checkModel(served);
  const rows = matrixOf([3, 5], [4, NaN], [0, 9]);
  expect(predictModel(served, rows).values).toEqual(predictModel(model, rows).values);
  const large = treesModel(randomParts(3, 40, 30));
  const small = quantizeModel(large, 8);
  checkModel(small);
  expect(modelBytes(small)).toBeLessThan(modelBytes(large));
});

test('a link is applied and stored', () => {
  const counts = treesModel({ ...parts, link: 'exp' });
  checkModel(counts);
  expect(predictModel(counts, matrixOf([3, 5])).values[0]).toBe(exp(33));
  expect(partsOf(counts).link).toBe('exp');
  expect(() => checkModel({ ...counts, json: { ...(counts.json as object), link: 'share' } })).toThrowError(expect.objectContaining({ code: 'bad-bundle' }));
});

const without = (name: string): Model => ({ ...model, arrays: Object.fromEntries(Object.entries(model.arrays).filter(([key]) => key !== name)) });
test.each<[string, Model]>([
  ['sets left out', without('sets')], ['codes left out', without('codes')], ['groups left out', without('groups')], ['levels left out', without('levels')], ['covers left out', without('covers')],
  ['covers that nobody announced', { ...model, json: { outputs: 1, trees: 2 } }],
  ['covers below zero', withArrays({ covers: Float32Array.of(1, -1, 1, 1, 1) })],
  ['covers without end', withArrays({ covers: Float32Array.of(1, Infinity, 1, 1, 1) })],
  ['too few covers', withArrays({ covers: Uint8Array.of(1, 1) })],
  ['a set twice', withArrays({ sets: Uint8Array.of(0b0101) })],
  ['sets that descend', withArrays({ sets: Uint8Array.of(0b0110) })],
  ['a set too many', withArrays({ sets: Uint8Array.of(0b1001, 1) })],
  ['codes cut', withArrays({ codes: model.arrays.codes.slice(0, 1) as Uint8Array })],
  ['codes lengthened', withArrays({ codes: Uint8Array.of(...(model.arrays.codes as Uint8Array), 0) })],
  ['a group beyond the last', withArrays({ codes: Uint8Array.of(0, 255, 0) })],
  ['more groups than codes', withArrays({ groups: Uint8Array.of(0, 200) })],
  ['millions of codes from nowhere', withArrays({ levels: Uint32Array.of(0, 4e9) })],
  ['levels of a number', withArrays({ levels: Uint8Array.of(3, 10) })],
  ['a number made nominal', withArrays({ groups: Uint8Array.of(3, 3), levels: Uint8Array.of(10, 10) })],
  ['nominal made a number', withArrays({ groups: Uint8Array.of(0, 0), levels: Uint8Array.of(0, 0) })],
  ['counts beyond the sets', withArrays({ counts: Uint32Array.of(1, 2 ** 24) })],
])('%s is refused', (_, bad) => {
  expect(() => checkModel(bad)).toThrowError(expect.objectContaining({ code: 'bad-bundle' }));
});

test('a feature with sets and thresholds, and codes that are none, are the learner\'s error', () => {
  expect(() => treesModel({ ...parts, trees: [{ nodes: [set(0, [1], true, 1, ~2), cut(0, 3, ~0, ~1)], values: new Float32Array(3) }] })).toThrow(/nominal or it is not/);
  expect(() => treesModel({ ...parts, trees: [{ nodes: [set(0, [1.5], true, ~0, ~1)], values: new Float32Array(2) }] })).toThrow(/no code/);
});
