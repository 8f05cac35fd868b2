import { expect, test } from 'vitest';
import { traceNet } from '../../../../../src/core/learners/mlp/trace-net.ts';
import { slotsOf } from '../../../../../src/core/models/net/net.ts';
import { netCases } from '../../../../parity/net-cases.ts';

const one = netCases().find((c) => c.name === 'relu net, softmax');
if (!one) throw new Error('no such case');
const { open, batches, ats } = one;
const slot = (name: string) => slotsOf(open.net).find((s) => s.name === name)?.offset ?? NaN;
const withWeight = (name: string, value: number) => {
  const weights = open.weights.slice();
  weights[slot(name) + 1] = value;
  return { ...open, weights };
};

test('sound nets are traced to nothing', () => {
  for (const c of netCases()) expect(traceNet(c.open, c.batches[0], c.ats[0])).toBe(null);
});

test('what comes in is looked at first', () => {
  const x = batches[0].x.slice();
  x[5] = NaN;
  expect(traceNet(open, { ...batches[0], x }, ats[0])).toEqual({ phase: 'batch', layer: null, kind: 'x', slot: null, count: 1, of: x.length, example: 'NaN' });
  expect(traceNet(withWeight('2.weights', -Infinity), batches[0], ats[0])).toMatchObject({
    phase: 'weights',
    layer: 2,
    kind: 'dense',
    slot: '2.weights',
    count: 1,
    example: '-Infinity',
  });
});

test('the first op that overflows float32 is named, not those that follow', () => {
  const fault = traceNet(withWeight('2.weights', 3e38), batches[0], ats[0]);
  expect(fault).toMatchObject({ phase: 'forward', layer: 2, kind: 'dense', slot: null });
  expect(fault?.count).toBeGreaterThan(0);
});

test("a step that is too far is the optimiser's", () => {
  expect(traceNet(open, batches[0], { ...ats[0], rate: 1e39 })).toMatchObject({ phase: 'optimiser', layer: 0, kind: 'dense', slot: '0.weights' });
});

test('a gradient that overflows is named with its slot', () => {
  const truth = batches[0].truth.map(() => 3e38);
  expect(traceNet({ ...open, loss: { kind: 'squared' } }, { ...batches[0], truth }, ats[0])).toMatchObject({ phase: 'loss', layer: null, kind: 'loss' });
});
