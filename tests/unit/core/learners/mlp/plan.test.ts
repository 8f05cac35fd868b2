import { expect, test } from 'vitest';
import { defaults } from '../../../../../src/core/base/params.ts';
import { fitFeatures } from '../../../../../src/core/learners/mlp/fit-features.ts';
import { mlp } from '../../../../../src/core/learners/mlp/mlp.ts';
import { openBatches } from '../../../../../src/core/learners/mlp/batch-source.ts';
import { inputsOf, planNet, startOf } from '../../../../../src/core/learners/mlp/net-plan.ts';
import { scoresOf } from '../../../../../src/core/learners/mlp/reference/pass.ts';
import { flatThenDown, shareAt } from '../../../../../src/core/learners/mlp/schedules.ts';
import { slotsOf } from '../../../../../src/core/models/net/net.ts';
import { matrixOf, toy, valueTarget } from '../toy.ts';

const params = defaults(mlp.params);

test('median and quartiles, a flag by half its range, a constant as nothing', () => {
  const features = fitFeatures(matrixOf([[1, 2, 3, 4, 5], [0, 0, 0, 0, 1], [7, 7, 7, 7, 7], [NaN, NaN, NaN, NaN, NaN]], null));
  expect(features).toEqual([
    { as: 'number', fill: 3, center: 3, scale: 0.5 },
    { as: 'flag', fill: 0, center: 0, scale: 2 },
    { as: 'flag', fill: 7, center: 7, scale: 0 },
    { as: 'flag', fill: 0, center: 0, scale: 0 },
  ]);
});

test('schedules: coslog4 comes back to 0 four times, cosine rises and falls, flat then down', () => {
  for (const t of [0, 1 / 15, 3 / 15, 7 / 15, 1]) expect(shareAt('coslog4', t)).toBeCloseTo(0, 6);
  expect(shareAt('coslog4', (Math.SQRT2 - 1) / 15)).toBeCloseTo(1, 6);
  expect([0.025, 0.05, 0.525, 1].map((t) => shareAt('cosine', t))).toEqual([expect.closeTo(0.5, 6), expect.closeTo(1, 6), expect.closeTo(0.5, 6), expect.closeTo(0, 6)]);
  expect([0, 0.5, 0.75, 1].map(flatThenDown)).toEqual([1, expect.closeTo(1, 9), expect.closeTo(0.5, 9), expect.closeTo(0, 9)]);
});

test('RealMLP starts with units of spread 1; its weights move at the rate of NTP', () => {
  const data = toy('regression', 300, 5);
  const plan = planNet(data, { ...params, hidden: [16], architecture: 'realmlp', encoding: 'pbld' });
  const { x, codes } = inputsOf(plan, data, Int32Array.from({ length: 300 }, (_, i) => i));
  const before = { inputs: plan.net.inputs, layers: plan.net.layers.slice(0, 2) };
  const z = scoresOf(before, Float64Array.from(startOf(plan, 1)), x, codes, 300);
  for (let unit = 0; unit < 16; unit++) {
    const column = Array.from({ length: 300 }, (_, r) => z[r * 16 + unit]);
    const mean = column.reduce((a, b) => a + b, 0) / 300;
    expect(Math.sqrt(column.reduce((s, v) => s + (v - mean) ** 2, 0) / 300)).toBeCloseTo(1, 0);
  }
  const at = (name: string): { rate: number; decay: number } => {
    const s = slotsOf(plan.net).findIndex((slot) => slot.name === name);
    return { rate: plan.optimizer.rates[s], decay: plan.optimizer.decays[s] };
  };
  expect(at('1.weights')).toEqual({ rate: 1 / Math.sqrt(5 * 4), decay: 0.02 });
  expect(at('1.bias')).toEqual({ rate: 0.1, decay: 0 });
  expect(at('0.scale').rate).toBe(6);
});

test('TabM starts with one sign for all that a number became, and pieces that rise', () => {
  const plan = planNet(toy('binary', 300, 2), { ...params, architecture: 'tabm', members: 4 });
  const slots = slotsOf(plan.net);
  const start = startOf(plan, 1);
  const of = (name: string): Float32Array => { const s = slots.find((slot) => slot.name === name)!; return start.subarray(s.offset, s.offset + s.size); };
  const signs = of('1.scale');
  expect(new Set(signs)).toEqual(new Set([1, -1]));
  for (let at = 0; at < signs.length; at += 8) expect(new Set(signs.subarray(at, at + 8)).size).toBe(1);
  const edges = of('inputs.edges').subarray(0, 33);
  expect([...edges].every((e, i) => i === 0 || e >= edges[i - 1])).toBe(true);
  expect(of('inputs.weights').every((w) => w === 0)).toBe(true);
});

test('epochs fall with rows and size of the net, within bounds', () => {
  const epochs = (rows: number, hidden: number[]): number => planNet({ ...toy('binary', 10), rows, data: [new Float32Array(rows)], features: [{ name: 'a', source: 'a' }], target: { kind: 'class', classes: ['a', 'b'], codes: new Int32Array(rows) } }, { ...params, hidden }).epochs;
  expect(epochs(100, [8])).toBe(256);
  expect(epochs(20_000, [256, 256, 256])).toBeLessThan(100);
  expect(epochs(1_000_000, [256, 256, 256])).toBe(3);
});

test('a batch is what gathering its rows gives; shares are weights over their mean', () => {
  const data = { ...toy('regression', 40), weight: Float32Array.from({ length: 40 }, (_, i) => i % 3) };
  const plan = planNet(data, { ...params, batch: 8 });
  expect(plan.rows).toHaveLength(26);
  const order = plan.rows.slice().reverse();
  const batch = openBatches(plan).batch(order, 3, 8);
  expect(batch.x).toEqual(inputsOf(plan, data, order.slice(3, 8)).x);
  expect(batch.share[0]).toBeCloseTo(data.weight[order[3]] / plan.meanWeight / 5, 6);
  expect(batch.truth[0]).toBeCloseTo(((data.target as { values: Float64Array }).values[order[3]] - plan.shift) / plan.spread, 5);
  const flat = planNet({ ...data, target: valueTarget(Array<number>(40).fill(3)) }, params);
  expect([flat.shift, flat.spread]).toEqual([3, 1]);
});
