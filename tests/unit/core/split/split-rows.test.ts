import { expect, test } from 'vitest';
import { splitRows } from '../../../../src/core/split/split-rows.ts';
import { strataOf } from '../../../../src/core/split/strata-of.ts';
import { categoriesOf, makeTable, makeTime, numbersOf } from '../../../../src/core/table/build.ts';
import type { Target } from '../../../../src/core/table/matrix.ts';

const times = (...days: number[]) => makeTable([makeTime('t', Float64Array.from(days), 'day')]);
const byTime = (test: number, valid: number) => ({ kind: 'time', column: 't', test, valid }) as const;

test('time takes the latest rows whatever their order in the table', () => {
  const { train, valid, test: held } = splitRows(times(5, 1, 4, 2, 3, 10, 9, 8, 7, 6), byTime(0.2, 0.25), null, 1);
  expect([[...train], [...valid], [...held]]).toEqual([[0, 1, 2, 3, 4, 9], [7, 8], [5, 6]]);
});
test('time: a tie at the border moves whole, to the nearer side', () => {
  expect([...splitRows(times(1, 2, 3, 4, 5, 5, 5, 5), byTime(0.25, 0), null, 1).test]).toEqual([4, 5, 6, 7]);
  expect([...splitRows(times(1, 1, 1, 1, 1, 2, 3, 4), byTime(0.5, 0), null, 1).test]).toEqual([5, 6, 7]);
});
test('time: rows without a time train', () => {
  const table = makeTable([numbersOf('t', [null, 1, 2, 3, 4, NaN, 5, 6, 7, 8])]);
  const { train, test: held } = splitRows(table, byTime(0.2, 0), null, 1);
  expect([...held]).toEqual([8, 9]);
  expect([...train]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
test('group: rows without a group stay together, parts are near their share, a giant group trains', () => {
  const cells = Array.from({ length: 1000 }, (_, i) => (i < 600 ? 'giant' : i < 620 ? null : `g${i % 50}`));
  const { train, valid, test: held } = splitRows(makeTable([categoriesOf('g', cells)]), { kind: 'group', column: 'g', test: 0.2, valid: 0.1 }, null, 3);
  const partOf = (row: number) => (train.includes(row) ? 0 : valid.includes(row) ? 1 : held.includes(row) ? 2 : 3);
  expect(new Set([600, 605, 619].map(partOf)).size).toBe(1);
  expect(partOf(0)).toBe(0);
  expect(Math.abs(held.length - 200)).toBeLessThan(10);
  expect(Math.abs(valid.length - 80)).toBeLessThan(10);
});
test('group: two groups make two parts, not three', () => {
  const table = makeTable([categoriesOf('g', ['a', 'a', 'a', 'b'])]);
  expect(splitRows(table, { kind: 'group', column: 'g', test: 0.2, valid: 0 }, null, 1).test.length).toBe(1);
  expect(() => splitRows(table, { kind: 'group', column: 'g', test: 0.2, valid: 0.1 }, null, 1)).toThrow(expect.objectContaining({ code: 'bad-split' }));
});
test('number targets are stratified by tenths, so that a rare tail is in every part', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 1000 + i : i % 7));
  const target: Target = { kind: 'value', values };
  expect(strataOf(target).count).toBeLessThanOrEqual(10);
  const { test: held } = splitRows({ rows: 1000, columns: [] }, { kind: 'stratified', column: null, test: 0.1, valid: 0.1 }, target, 1);
  expect([...held].filter((i) => values[i] >= 1000).length).toBe(10);
});
test('stratified needs a target', () => {
  expect(() => splitRows(times(1, 2, 3, 4), { kind: 'stratified', column: null, test: 0.2, valid: 0 }, null, 1)).toThrow(expect.objectContaining({ code: 'bad-split' }));
});
