import { expect, test } from 'vitest';
import { curveFinding } from '../../../../../src/studio/pages/train/curve-finding.ts';
import { isBeyond, placeOf, scaleOf } from '../../../../../src/studio/pages/train/score-scale.ts';
import { sizeFinding } from '../../../../../src/studio/pages/train/size-finding.ts';
import { runShare } from '../../../../../src/studio/state/run-share.ts';

const curve = (values: number[]) => values.map((valid, i) => ({ step: i + 1, train: valid, valid, rowsPerSecond: null }));
test('a curve is falling, settled, flat or rising', () => {
  expect(curveFinding(curve([5, 4, 3, 2, 1]))).toBe('Validation loss still falls after 5 steps');
  expect(curveFinding(curve([5, 1, 0.9999, 0.9998, 0.9997]))).toBe('Validation loss has settled after 5 steps');
  expect(curveFinding(curve([5, ...Array.from({ length: 18 }, (_, i) => 1 - i * 1e-5), 1]))).toBe('Validation loss has settled after 20 steps');
  expect(curveFinding(curve([5, 1, 2, 3, 4]))).toBe('Validation loss was best at step 2 and rises since');
  expect(curveFinding(curve([5, 1, 1.01, 1.01]))).toBe('Validation loss is flat from step 2');
  expect(curveFinding(curve([5, 1, 2, 3, 4]), 'epochs')).toBe('Validation loss was best at epoch 2 and rises since');
});
test('better is right, whichever way the metric goes; bounds hold', () => {
  const up = scaleOf([{ value: 0.5, low: 0.4, high: 0.6 }, { value: 0.9, low: 0.8, high: 1 }], 'higher', [0, 1]);
  expect(up.high).toBe(1);
  expect(placeOf(up, 0.9)).toBeGreaterThan(placeOf(up, 0.5));
  const down = scaleOf([{ value: 1, low: 0, high: 2 }, { value: 5, low: 4, high: 6 }], 'lower', [0, Infinity]);
  expect([down.low, down.rightText]).toEqual([0, '0']);
  expect(placeOf(down, 1)).toBeGreaterThan(placeOf(down, 5));
  expect([isBeyond(down, { value: 9, low: 8, high: 10 }), isBeyond(down, { value: 6, low: 5, high: 7 })]).toEqual([true, false]);
});
test('size against score in words', () => {
  const point = (name: string, bytes: number, value: number) => ({ name, bytes, value, low: value - 0.02, high: value + 0.02 });
  expect(sizeFinding([point('A', 10, 0.9), point('B', 20, 0.8)])).toBe('The best model is also the smallest');
  expect(sizeFinding([point('A', 1000, 0.9), point('B', 20, 0.88)])).toBe('B: tied with the best, 50 times smaller');
  expect(sizeFinding([point('A', 1000, 0.9), point('B', 20, 0.5)])).toBe('Smaller models cost score');
});
test('progress never runs back from stage to stage', () => {
  const shares = [['prepare', 0], ['prepare', 1], ['bin', 0], ['fit', 0.5], ['evaluate', 0], ['intervals', 1]].map(([stage, done]) => runShare({ stage: stage as string, done: done as number, text: '' })!);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  expect(runShare({ stage: 'fit', done: null, text: '' })).toBeNull();
});
