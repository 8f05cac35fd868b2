import { expect, test } from 'vitest';
import { linePoints, lineText, liveLines } from '../../../../../src/studio/pages/train/live-lines.ts';

const point = (step: number, extra?: { [name: string]: number }, rowsPerSecond: number | null = null) => ({ step, train: null, valid: null, rowsPerSecond, ...(extra ? { extra } : {}) });

test('a line for each measure, known ones by name, others as they are called; those of one point are left out', () => {
  const lines = liveLines([point(1, { gain: 5, oddThing: 1 }, 10), point(2, { gain: 3, oddThing: 2, once: 1 }, 20)]);
  expect(lines.map((line) => [line.label, line.last])).toEqual([['Gain of a tree', 3], ['Odd thing', 2], ['Rows per second', 20]]);
  expect(liveLines([])).toEqual([]);
});

test('long curves are thinned to means, the last value stays exact', () => {
  const [line] = liveLines(Array.from({ length: 1000 }, (_, i) => point(i + 1, { gain: i })));
  expect(line!.values.length).toBeLessThanOrEqual(120);
  expect([line!.values[0], line!.last]).toEqual([4, 999]);
});

test('a line fills its box from 0 up, from below where there is less', () => {
  expect(linePoints([0, 5, 10], 100, 20)).toBe('0.0,20.0 50.0,10.0 100.0,0.0');
  expect(linePoints([-10, 10], 100, 20)).toBe('0.0,20.0 100.0,0.0');
});

test('what a net tells of itself has its units; its layers have a chart of their own', () => {
  const extra = { accuracy: 0.91234, rate: 0.0004, 'held.bytes': 2_400_000, 'held.tensors': 31, 'gradient.1': 1, 'weights.inputs': 1, 'dead.2': 0 };
  const lines = liveLines([point(1, extra, 1e5), point(2, extra, 123_456)]);
  expect(lines.map((line) => [line.label, lineText(line)])).toEqual([
    ['Accuracy on validation rows', '0.912'], ['Learning rate', '4.0e\u22124'], ['Memory held', '2.4 MB'], ['Tensors held', '31'], ['Rows per second', '123k'],
  ]);
});
