import { expect, test } from 'vitest';
import { splitPicture } from '../../../../../src/studio/pages/features/split-picture.ts';
import { moved, stepTitle } from '../../../../../src/studio/pages/features/step-edits.ts';
import type { SplitSpec } from '../../../../../src/core/split/split.ts';

const spec = (kind: SplitSpec['kind']): SplitSpec => ({ kind, column: 'day', test: 0.2, valid: 0.1 });
const tally = (cells: readonly string[]) => ['train', 'valid', 'test'].map((part) => cells.filter((cell) => cell === part).length);

test('every kind of split keeps its shares in fifty cells', () => {
  for (const kind of ['random', 'stratified', 'time', 'group'] as const) expect(tally(splitPicture(spec(kind), null).cells)).toEqual([36, 4, 10]);
});
test('time is drawn in order, random is not', () => {
  expect(splitPicture(spec('time'), null).cells.slice(-10).every((cell) => cell === 'test')).toBe(true);
  expect(splitPicture(spec('random'), null).cells.slice(-10).every((cell) => cell === 'test')).toBe(false);
});
test('exact counts win over declared shares', () => {
  expect(splitPicture(spec('time'), { train: 50, valid: 0, test: 50 }).finding).toBe('50 % of the rows test: the latest by day');
});
test('steps move by one and stop at the ends', () => {
  const steps = ['a', 'b', 'c'].map((id) => ({ id, type: id, columns: [], params: {} }));
  expect(moved(steps, 'a', 1).map((step) => step.id)).toEqual(['b', 'a', 'c']);
  expect(moved(steps, 'a', -1).map((step) => step.id)).toEqual(['a', 'b', 'c']);
});
test('a step says its columns', () => {
  expect(stepTitle({ id: 's', type: 't', columns: [], params: {} })).toBe('every column that fits');
  expect(stepTitle({ id: 's', type: 't', columns: ['a', 'b', 'c', 'd', 'e'], params: {} })).toBe('a, b, c, d and 1 more');
});
