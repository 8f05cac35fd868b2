// Trees served by the WASM kernel give the bits that core gives: every shape of tree, cuts, sets, missing values, outputs, counts of rows.
import { describe, expect, test } from 'vitest';
import { sequence, type Random } from '../../src/core/base/random.ts';
import { quantizeModel } from '../../src/core/compress/quantize-model.ts';
import type { Model } from '../../src/core/models/model.ts';
import { predictModel } from '../../src/core/models/predict-model.ts';
import { scoreTrees } from '../../src/core/models/trees.ts';
import { treesModel, type PackedNode, type PackedTree } from '../../src/core/models/trees-model.ts';
import type { Matrix } from '../../src/core/table/matrix.ts';
import { loadTreeServer } from '../../src/kernels/trees-serve-wasm/index.ts';
import { planTrees } from '../../src/kernels/trees-serve-wasm/plan-trees.ts';

type Kind = { readonly levels: number; readonly cuts: number };
const number = (cuts: number): Kind => ({ levels: 0, cuts });
const codes = (levels: number): Kind => ({ levels, cuts: 0 });

/** Grown at random leaves, or as a chain, which is the deepest. */
function treeOf(random: Random, kinds: readonly Kind[], size: number, isChain: boolean): PackedTree {
  const nodes: PackedNode[] = [];
  const ends: { at: number; side: 'left' | 'right' }[] = [];
  for (let n = 0; n < size; n++) {
    const [end] = n > 0 ? ends.splice(isChain ? ends.length - 1 : random.below(ends.length), 1) : [];
    if (end) nodes[end.at][end.side] = n;
    const feature = random.below(kinds.length);
    const { levels, cuts } = kinds[feature];
    const divisor = 2 + random.below(4);
    const set = levels ? Array.from({ length: levels }, (_, code) => code).filter((code) => ((code % 200) * 7919) % divisor === 0) : null;
    nodes.push({ feature, threshold: random.below(cuts || 1) / 8, set, missingLeft: random.below(2) === 1, left: 0, right: 0, gain: 1 });
    const two = [{ at: n, side: 'left' as const }, { at: n, side: 'right' as const }];
    ends.push(...(random.below(2) ? two : two.reverse()));
  }
  ends.forEach((end, leaf) => { nodes[end.at][end.side] = ~leaf; });
  return { nodes, values: Float32Array.from({ length: size + 1 }, () => random.normal()) };
}

function modelOf(seed: number, kinds: readonly Kind[], sizes: readonly number[], outputs = 1): Model {
  const random = sequence(seed, 'serving');
  const trees = sizes.map((size, t) => treeOf(random, kinds, size, t % 5 === 4));
  const classes = outputs > 1 ? Array.from({ length: outputs }, (_, k) => `c${k}`) : [];
  return treesModel({ task: outputs > 1 ? 'multiclass' : 'regression', classes, features: kinds.length, outputs, base: Float64Array.from({ length: outputs }, (_, k) => k / 3 + 0.1), trees });
}

function rowsOf(seed: number, kinds: readonly Kind[], rows: number): Matrix {
  const random = sequence(seed, 'rows');
  const cell = ({ levels, cuts }: Kind) => (random.below(8) === 0 ? NaN : levels ? random.below(levels + 3) - 1 : random.below(3) ? random.below(cuts) / 8 : random.normal() * cuts);
  return { rows, features: [], data: kinds.map((kind) => Float32Array.from({ length: rows }, () => cell(kind))), target: null, weight: null };
}

const sizes = [0, 1, 2, 6, 7, 8, 15, 16, 30, 31, 62, 63, 64, 127, 200, 255, 256, 300, 700];
const cases: [string, readonly Kind[], number][] = [
  ['numbers', [number(3), number(16), number(17), number(60), number(250)], 1],
  ['more cuts than a byte counts', [number(255), number(256), number(900)], 1],
  ['sets', [codes(2), codes(9), codes(150)], 1],
  ['numbers and sets of many levels, three classes', [number(40), codes(30), codes(4000), number(500)], 3],
];

describe.each(cases)('%s', (_, kinds, outputs) => {
  const model = modelOf(7, kinds, [...sizes, ...sizes], outputs);

  test.each([1, 2, 3, 4, 5, 15, 16, 17, 48, 49, 63, 64, 65, 255, 256, 257, 600])('%i rows', async (rows) => {
    const serving = (await loadTreeServer())!;
    expect(planTrees(model, 256)).not.toBeNull();
    const matrix = rowsOf(rows, kinds, rows);
    const served = new Float64Array(rows * outputs);
    expect(serving.addTrees(model, matrix, served)).toBe(true);
    expect(scoreTrees(model, matrix, serving)).toEqual(scoreTrees(model, matrix));
    expect(predictModel(model, matrix, serving).values).toEqual(predictModel(model, matrix).values);
  });

  test('leaves in 8 bits', async () => {
    const small = quantizeModel(model, 8);
    const matrix = rowsOf(3, kinds, 100);
    expect(scoreTrees(small, matrix, await loadTreeServer())).toEqual(scoreTrees(small, matrix));
  });
});

test('many models in turn, none forgotten', async () => {
  const kinds = [number(20), codes(5)];
  const matrix = rowsOf(1, kinds, 70);
  const serving = await loadTreeServer();
  const models = Array.from({ length: 7 }, (_, seed) => modelOf(seed, kinds, [30, 5, 12]));
  for (const model of [...models, ...models]) expect(scoreTrees(model, matrix, serving)).toEqual(scoreTrees(model, matrix));
});

test('groups beyond a byte and no trees at all are left to core', async () => {
  const serving = (await loadTreeServer())!;
  const node = (code: number): PackedNode => ({ feature: 0, threshold: 0, set: [code], missingLeft: false, left: ~0, right: ~1, gain: 1 });
  const many = treesModel({ task: 'regression', classes: [], features: 1, outputs: 1, base: Float64Array.of(0), trees: Array.from({ length: 300 }, (_, code) => ({ nodes: [node(code)], values: Float32Array.of(code, 0) })) });
  const matrix = rowsOf(1, [codes(300)], 40);
  expect(serving.addTrees(many, matrix, new Float64Array(40))).toBe(false);
  expect(scoreTrees(many, matrix, serving)).toEqual(scoreTrees(many, matrix));
  const none = treesModel({ task: 'regression', classes: [], features: 1, outputs: 1, base: Float64Array.of(2), trees: [] });
  expect(predictModel(none, matrix, serving).values).toEqual(new Float64Array(40).fill(2));
});
