import { expect, test } from 'vitest';
import { injectErrors } from '../../../../src/cli/bench/raha-inject.ts';
import { sameCell, scoreOf } from '../../../../src/cli/bench/raha-score.ts';
import { categoriesOf, makeTable, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { cellText } from '../../../../src/core/table/cell.ts';

test('cells found wrong, by hand', () => {
  const raw = makeTable([textsOf('a', ['x', 'y', 'z', null]), textsOf('b', ['1', '2', '3', '4'])]);
  const clean = makeTable([textsOf('A', ['x', 'Y', 'Z', null]), textsOf('B', ['1', '2', '3', '5'])]);
  const { all, byDetector, byColumn } = scoreOf(raw, clean, new Map([['1 0', 'typo'], ['0 1', 'typo'], ['3 1', 'format']]));
  expect(all).toMatchObject({ cells: 8, wrong: 3, found: 3, hit: 2, precision: 2 / 3, recall: 2 / 3 });
  expect(byDetector.get('typo')).toMatchObject({ found: 2, hit: 1, precision: 0.5, recall: 1 / 3 });
  expect(byColumn.get(0)).toMatchObject({ wrong: 2, hit: 1, precision: 1, recall: 0.5 });
});
test('equal cells: as text or as numbers', () => {
  expect([sameCell('12.0', '12'), sameCell('0.052000000000000005', '0.052'), sameCell('', ''), sameCell('', '0'), sameCell('a', 'A'), sameCell('12 oz', '12')]).toEqual([true, true, true, false, false, false]);
});
test('errors are put where they are said to be, and nowhere else', () => {
  const table = makeTable([numbersOf('n', Array.from({ length: 400 }, (_, i) => i + 1)), categoriesOf('c', Array.from({ length: 400 }, (_, i) => ['yellow', 'green', 'blue'][i % 3]))]);
  const { dirty, kinds } = injectErrors(table, 0.1, 1);
  const changed = table.columns.flatMap((column, c) => Array.from({ length: 400 }, (_, row) => (cellText(column, row) === cellText(dirty.columns[c], row) ? null : `${row} ${column.name}`)).filter((x) => x !== null));
  expect(new Set(kinds.keys())).toEqual(new Set(changed));
  expect(kinds.size).toBeGreaterThan(40);
  expect(new Set(kinds.values()).size).toBeGreaterThanOrEqual(5);
});
