// The tools for nets on nets whose trouble is known.
import { describe, expect, test } from 'vitest';
import { deadUnits } from '../../../../src/core/debug/dead-units.ts';
import { gradientFlow } from '../../../../src/core/debug/gradient-flow.ts';
import { numberTrace } from '../../../../src/core/debug/number-trace.ts';
import { overfitBatch } from '../../../../src/core/debug/overfit-batch.ts';
import { judge, rateRange } from '../../../../src/core/debug/rate-range.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import type { NetLayer } from '../../../../src/core/models/net/net.ts';
import { context, reluNet, studyNet, subjectOf } from './subject.ts';

const withNet = (layers: NetLayer[], rate: number, ...more: Parameters<typeof studyNet> extends [unknown, unknown, ...infer R] ? R : never) => subjectOf('mlp', {}, { study: studyNet(layers, rate, ...more) });
const act = (by: 'relu' | 'tanh' | 'silu'): NetLayer => ({ kind: 'activate', by, mixed: false });
const dense = (units: number): NetLayer => ({ kind: 'dense', units, bias: true });

describe('overfit one batch', () => {
  test('a sound net learns it by heart', async () => {
    const found = await overfitBatch.run(withNet(reluNet, 0.01), context);
    expect(found.verdict).toBe('pass');
    expect(found.headline).toMatch(/^It learns 64 rows by heart/);
    expect(found.curve?.kind).toBe('loss');
  });
  test('a layer whose relu is dead by a huge bias is named as the one that starves', async () => {
    const found = await overfitBatch.run(withNet(reluNet, 0.001, { '2.bias': () => -1000 }), context);
    expect(found.verdict).toBe('fail');
    expect(found.headline).toContain('layer 4 (relu activation, 24 wide) starves, 100 % of its units are dead');
  });
  test('a rate that is far too low is told from a net that cannot', async () => {
    const found = await overfitBatch.run(withNet(reluNet, 1e-6), context);
    expect(found.verdict).toBe('fail');
    expect(found.headline).toContain('The learning rate 1e-6 is off');
    expect(found.explanation).toContain('too low');
  });
  test('a loss that is no number from the first step fails, and sends to the trace of numbers', async () => {
    const found = await overfitBatch.run(withNet(reluNet, 0.003, { '0.bias': () => NaN }), context);
    expect(found.verdict).toBe('fail');
    expect(found.explanation).toContain('run the trace of numbers');
    for (const { value } of found.figures) if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  });
  test('a bottleneck that passes nothing on is named by its gradient', async () => {
    const found = await overfitBatch.run(withNet([dense(8), act('silu'), { kind: 'scale', member: false }, dense(1)], 0.003, { '2.scale': () => 0, '3.weights': () => 0 }, { rates: [0, 0, 0, 0, 1] }), context);
    expect(found.verdict).not.toBe('pass');
  });
});

describe('learning-rate range', () => {
  test('suggests a rate at which the net learns, below where it diverges', async () => {
    const found = await rateRange.run(withNet(reluNet, 0.003), context);
    if (found.curve?.kind !== 'rates' || found.curve.suggested === null) throw new Error(found.headline);
    expect(found.curve.suggested).toBeGreaterThan(1e-4);
    expect(found.curve.suggested).toBeLessThan(1);
    expect(found.verdict).toBe('pass');
  });
  test('a rate beyond where it diverges fails', async () => {
    const found = await rateRange.run(withNet(reluNet, 100), context);
    expect(found.verdict).toBe('fail');
    expect(found.headline).toContain('lies where training diverges');
  });
  test('a net that cannot learn has no rate', async () => {
    const found = await rateRange.run(withNet([dense(1)], 0.01, {}, { rates: [0, 0] }), context);
    expect([found.verdict, found.headline]).toEqual(['fail', 'No learning rate makes the loss fall']);
  });
  test('reads a curve as worked by hand', () => {
    const rates = Array.from({ length: 13 }, (_, k) => 10 ** (k - 8));
    const losses = [1, 1, 1, 1, 1, 1, 0.9, 0.4, 0.3, 0.3, 2, 9, NaN];
    const points = rates.map((rate, k) => ({ rate, loss: losses[k], smooth: losses[k] }));
    const found = judge(points, 0.001);
    if (found.curve?.kind !== 'rates') throw new Error('no curve');
    expect(found.curve.diverges).toBe(rates[10]);
    expect(found.curve.suggested).not.toBe(null);
    expect(judge(points, 500).verdict).toBe('fail');
    expect(judge(points, 1e-8).verdict).toBe('warn');
  });
});

describe('trace of numbers', () => {
  test('a sound net passes', async () => {
    expect(await numberTrace.run(withNet(reluNet, 0.01), context)).toMatchObject({ verdict: 'pass', headline: 'Every result of 100 steps is a finite number' });
  });
  test('a rate of 1e6 is traced to the first op', async () => {
    const found = await numberTrace.run(withNet(reluNet, 1e6, {}, { kind: 'sgd' }), context);
    expect(found.verdict).toBe('fail');
    expect(found.headline).toMatch(/^-?(NaN|Infinity) .*(layer \d|loss).*in step \d+$/);
    expect(found.explanation).toContain('rate');
  });
  test('adamw at a rate of 1e6 fails too, numbers or not', async () => {
    expect((await numberTrace.run(withNet(reluNet, 1e6), context)).verdict).toBe('fail');
  });
  test('what comes in broken is named as such', async () => {
    const found = await numberTrace.run(withNet(reluNet, 0.01, { '2.bias': (i) => (i === 3 ? NaN : 0) }), context);
    expect(found.headline).toBe('NaN is in the weights it starts from of layer 3 (dense, 24 wide) (2.bias), in step 1');
  });
});

describe('dead and saturated units', () => {
  test('a sound net passes', async () => {
    expect((await deadUnits.run(withNet(reluNet, 0.003), context)).verdict).toBe('pass');
  });
  test('a huge bias kills a relu layer, which is reported with its share', async () => {
    const found = await deadUnits.run(withNet(reluNet, 0.001, { '0.bias': () => -1000 }), context);
    expect(found).toMatchObject({ verdict: 'fail', headline: '100 % of the 24 units of layer 2 (relu activation, 24 wide) are dead' });
    expect(found.figures[0]).toEqual({ label: 'dead in layer 2 (relu activation, 24 wide)', value: 1 });
  });
  test('half a layer saturated is a warning', async () => {
    const found = await deadUnits.run(withNet([dense(10), act('tanh'), dense(1)], 0.001, { '0.bias': (i) => (i % 2 ? 50 : 0) }), context);
    expect(found).toMatchObject({ verdict: 'warn', headline: '50 % of the 10 units of layer 2 (tanh activation, 10 wide) are saturated' });
  });
  test('silu cannot die, and a net without activations is skipped', async () => {
    expect((await deadUnits.run(withNet([dense(4), act('silu'), dense(1)], 0.001), context)).headline).toContain('No unit can die');
    expect((await deadUnits.run(withNet([dense(1)], 0.001), context)).verdict).toBe('skipped');
  });
});

describe('gradient flow', () => {
  test('a sound net passes', async () => {
    expect((await gradientFlow.run(withNet(reluNet, 0.003), context)).verdict).toBe('pass');
  });
  test('a layer behind a dead one gets nothing', async () => {
    const found = await gradientFlow.run(withNet(reluNet, 0.001, { '2.bias': () => -1000 }), context);
    expect(found).toMatchObject({ verdict: 'fail', headline: 'No gradient reaches layer 1 (dense, 24 wide)' });
  });
  test('many saturating layers of small weights vanish, large ones explode', async () => {
    const deep = Array.from({ length: 8 }, () => [dense(8), act('tanh')]).flat();
    const small = Object.fromEntries(Array.from({ length: 8 }, (_, l) => [`${2 * l}.weights`, (i: number) => 0.02 * ((i % 3) - 1)]));
    const found = await gradientFlow.run(withNet([...deep, dense(1)], 1e-5, small), context);
    expect(found.verdict).not.toBe('pass');
    expect(found.headline).toContain('vanish');
    const large = await gradientFlow.run(withNet([dense(8), act('relu'), dense(8), act('relu'), dense(1)], 1e-6, { '0.weights': () => 1e-3, '2.weights': (i) => 3000 * ((i % 3) - 0.9), '4.weights': () => 3000 }), context);
    expect(large.headline).toContain('explode');
  });
});

test('no tool leaves a session behind', () => {
  expect(referenceNets.tensors()).toBe(0);
});

test('a loss that comes near zero is not taken for one that diverges', () => {
  const points = [1, 1, 1, 0.9, 0.5, 0.1, 0.01, 0.001, 0.02, 0.1].map((loss, k) => ({ rate: 10 ** (k - 8), loss, smooth: loss }));
  const found = judge(points, 0.001);
  expect(found.curve).toMatchObject({ kind: 'rates', diverges: null });
});
