import { expect, test } from 'vitest';
import { netFinding, netWatch } from '../../../../../src/studio/pages/train/net-watch.ts';

const point = (step: number, extra: { [name: string]: number }) => ({ step, train: 1, valid: null, rowsPerSecond: null, extra });
const finding = (...extras: { [name: string]: number }[]) => netFinding(netWatch(extras.map((extra, i) => point(i + 1, extra)), 'epochs')!);

test('layers in their order, inputs first, the last is the output; what was not told is null', () => {
  const data = netWatch([point(1, { 'gradient.10': 3, 'gradient.2': 2, 'gradient.inputs': 1, 'weights.2': 5, rate: 0.1 }), point(2, { 'gradient.2': 4, 'dead.2': 0.25 })], 'epochs')!;
  expect(data.layers.map((layer) => layer.name)).toEqual(['Inputs', 'Layer 2', 'Output']);
  expect(data.layers[1]).toEqual({ name: 'Layer 2', gradient: [2, 4], weights: [5, null], dead: [null, 0.25] });
  expect(netWatch([point(1, { gain: 3 })], 'trees')).toBeNull();
});

test('a long run is thinned, its last epoch stays', () => {
  const data = netWatch(Array.from({ length: 1001 }, (_, i) => point(i + 1, { 'gradient.1': i })), 'epochs')!;
  expect(data.steps.length).toBeLessThanOrEqual(120);
  expect([data.steps.at(-1), data.layers[0]!.gradient.at(-1)]).toEqual([1001, 1000]);
});

test('gradients that reach every layer', () => {
  expect(finding({ 'gradient.1': 0.1, 'gradient.2': 1.2 })).toEqual({ title: 'Gradients reach every layer, at most 12 times apart', trouble: null });
});

test('gradients that vanish or explode from layer to layer, and none at all', () => {
  const vanishing = finding({ 'gradient.1': 1e-5, 'gradient.2': 0.01, 'gradient.3': 0.1 });
  expect([vanishing.title, vanishing.trouble?.word]).toEqual(['Gradients vanish towards the inputs: layer 1 has 10\u202f000 times less than the output', 'vanishing']);
  expect(finding({ 'gradient.1': 50, 'gradient.2': 0.01 }).trouble?.word).toBe('exploding');
  expect(finding({ 'gradient.1': 0, 'gradient.2': 1 }).title).toBe('No gradient reaches layer 1');
  expect(finding({ 'gradient.1': 0, 'gradient.2': 0 }).trouble?.word).toBe('no gradient');
  expect(finding({ 'gradient.1': 1, 'gradient.2': 999 }).trouble).toBeNull();
});

test('a gradient that bursts out of what it was, though all layers are alike', () => {
  const calm = Array.from({ length: 6 }, () => ({ 'gradient.1': 1, 'gradient.2': 1 }));
  expect(finding(...calm, { 'gradient.1': 2000, 'gradient.2': 2000 }).title).toBe('Gradients explode: layer 1 has 2\u202f000 times its usual');
  expect(finding(...calm, { 'gradient.1': 900, 'gradient.2': 900 }).trouble).toBeNull();
});

test('dead units above one half', () => {
  const gradients = { 'gradient.1': 1, 'gradient.2': 1, 'gradient.3': 1 };
  expect(finding({ ...gradients, 'dead.1': 0.2, 'dead.2': 0.62 }).title).toBe('62 % of the units of layer 2 are dead: no row of a batch moves them');
  expect(finding({ ...gradients, 'dead.1': 0.5 }).trouble).toBeNull();
});
