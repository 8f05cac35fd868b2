import { expect, test } from 'vitest';
import { categoriesOf, makeNumber, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { hashTable, tableBytes } from '../../../../src/core/table/hash-table.ts';
import type { Column } from '../../../../src/core/table/table.ts';

const hash = (...columns: Column[]): string => hashTable(makeTable(columns));

test('equal cells, equal hash', () => {
  expect(hash(numbersOf('a', [1, null]), textsOf('b', ['x', 'y']))).toBe(hash(numbersOf('a', [1, null]), textsOf('b', ['x', 'y'])));
});

test('name, kind, order, value, mask and level order all count', () => {
  const hashes = [
    hash(numbersOf('a', [1, 0])),
    hash(numbersOf('b', [1, 0])),
    hash(numbersOf('a', [1, null])),
    hash(numbersOf('a', [0, 1])),
    hash(makeNumber('a', Int8Array.of(1, 0))),
    hash(makeTime('a', Float64Array.of(1, 0), 'day')),
    hash(makeTime('a', Float64Array.of(1, 0), 'ms')),
    hash(categoriesOf('a', ['x', 'y'])),
    hash(categoriesOf('a', ['y', 'x'])),
    hash(textsOf('a', ['x', 'y'])),
    hash(textsOf('a', ['xy', ''])),
    hash(numbersOf('a', [1, 0]), numbersOf('b', [1, 0])),
    hash(numbersOf('b', [1, 0]), numbersOf('a', [1, 0])),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('bytes of the arrays', () => {
  expect(tableBytes(makeTable([numbersOf('a', [1, null]), textsOf('b', ['xy', 'z'])]))).toBe(16 + 1 + 3 + 12);
});
