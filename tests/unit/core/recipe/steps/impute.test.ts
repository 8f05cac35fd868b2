import { expect, test } from 'vitest';
import { defaults } from '../../../../../src/core/base/params.ts';
import { impute } from '../../../../../src/core/recipe/steps/impute.ts';
import { categoriesOf, makeBoolean, makeNumber, makeTable, numbersOf } from '../../../../../src/core/table/build.ts';
import { cellValue } from '../../../../../src/core/table/cell.ts';
import type { Table } from '../../../../../src/core/table/table.ts';

const table = makeTable([
  numbersOf('n', [1, 2, 2, 10, null, NaN]),
  categoriesOf('c', ['x', 'y', 'y', null, 'x', null]),
  makeBoolean('b', Uint8Array.of(1, 1, 0, 0, 0, 1), Uint8Array.of(0b001000)),
  makeNumber('small', Int8Array.of(1, 2, 3, 5, 0, 0), Uint8Array.of(0b110000)),
]);
const names = ['n', 'c', 'b', 'small'];
const fill = (params: Partial<Parameters<typeof impute.fit>[2]>, on: Table = table) => {
  const all = { ...defaults(impute.params), ...params };
  const context = { seed: 1, target: null, training: false, sources: new Map<string, string>() };
  const out = impute.apply(on, names, all, impute.fit(table, names, all, context), context);
  return Object.fromEntries(out.columns.map((c) => [c.name, Array.from({ length: on.rows }, (_, i) => cellValue(c, i))]));
};

test('median with flags; fractions do not get lost in whole-number columns', () => {
  expect(fill({})).toEqual({
    n: [1, 2, 2, 10, 2, 2], c: ['x', 'y', 'y', 'x', 'x', 'x'], b: [true, true, false, true, false, true], small: [1, 2, 3, 5, 2.5, 2.5],
    'n is missing': [false, false, false, false, true, true], 'c is missing': [false, false, false, true, false, true], 'b is missing': [false, false, false, true, false, false], 'small is missing': [false, false, false, false, true, true],
  });
});
test('mean, most frequent and constants, without flags', () => {
  expect(fill({ strategy: 'mean', indicator: false }).n).toEqual([1, 2, 2, 10, 3.75, 3.75]);
  expect(fill({ strategy: 'most-frequent', indicator: false })).toMatchObject({ n: [1, 2, 2, 10, 2, 2], small: [1, 2, 3, 5, 1, 1] });
  expect(fill({ strategy: 'constant', value: -1, level: 'none', indicator: false })).toMatchObject({ n: [1, 2, 2, 10, -1, -1], c: ['x', 'y', 'y', 'none', 'x', 'none'] });
});
test('later rows are filled with what training taught', () => {
  const later = makeTable([numbersOf('n', [null, 100]), categoriesOf('c', [null, 'q']), makeBoolean('b', Uint8Array.of(1, 1)), numbersOf('small', [null, 1])]);
  expect(fill({ indicator: false }, later)).toMatchObject({ n: [2, 100], c: ['x', 'q'], small: [2.5, 1] });
});
