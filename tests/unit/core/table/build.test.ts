import { describe, expect, test } from 'vitest';
import { categoriesOf, columnRows, findColumn, getColumn, makeNumber, makeTable, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { cellText } from '../../../../src/core/table/cell.ts';

describe('makeTable', () => {
  test('refuses equal names and unequal lengths', () => {
    expect(() => makeTable([numbersOf('a', [1]), numbersOf('a', [2])])).toThrow(expect.objectContaining({ code: 'duplicate-column' }) as Error);
    expect(() => makeTable([numbersOf('a', [1]), numbersOf('b', [1, 2])])).toThrow('2 rows');
  });

  test('knows its rows without a column', () => {
    expect([makeTable([], 5).rows, makeTable([]).rows, makeTable([textsOf('a', ['x', null])]).rows]).toEqual([5, 0, 2]);
  });
});

test('plain values', () => {
  const n = numbersOf('n', [1, null, NaN, 0, undefined]);
  expect([Array.from(n.values), [...n.missing!]]).toEqual([[1, 0, 0, 0, 0], [0b10110]]);
  const c = categoriesOf('c', ['b', 'a', null, 'b', '']);
  expect([c.levels, Array.from(c.codes), [...c.missing!]]).toEqual([['b', 'a', ''], [0, 1, 0, 0, 2], [0b100]]);
  const t = textsOf('t', ['é', null, '', 'xy']);
  expect([Array.from(t.offsets), cellText(t, 0), cellText(t, 1), cellText(t, 2), cellText(t, 3)]).toEqual([[0, 2, 2, 2, 4], 'é', null, '', 'xy']);
  expect(numbersOf('n', [1, 2]).missing).toBeNull();
});

test('columns by name', () => {
  const table = makeTable([numbersOf('a', [1]), makeNumber('b', Int8Array.of(2))]);
  expect(columnRows(getColumn(table, 'b'))).toBe(1);
  expect(findColumn(table, 'c')).toBeNull();
  expect(() => getColumn(table, 'c')).toThrow(expect.objectContaining({ code: 'missing-column', details: { column: 'c', known: ['a', 'b'] } }) as Error);
});
