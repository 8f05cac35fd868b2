// What profile and contract say of odd tables must survive a bundle: no NaN, no field that the shapes do not know.
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../../src/core/base/hash.ts';
import type { Json } from '../../../../src/core/base/json.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { contract, profile } from '../../../../src/core/bundle/shapes.ts';
import { inferContract } from '../../../../src/core/contract/infer-contract.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { categoriesOf, makeBoolean, makeNumber, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import type { Table } from '../../../../src/core/table/table.ts';

const odd: [string, Table][] = [
  ['no rows', makeTable([numbersOf('n', []), categoriesOf('c', []), textsOf('t', [])], 0)],
  ['one row', makeTable([numbersOf('n', [3]), categoriesOf('c', ['x']), textsOf('t', ['words']), makeBoolean('b', Uint8Array.of(1)), makeTime('w', Float64Array.of(0), 'day')])],
  ['all missing', makeTable([numbersOf('n', [null, null, null]), categoriesOf('c', [null, null, null]), textsOf('t', [null, null, null])])],
  ['constant', makeTable([numbersOf('n', [2, 2, 2, 2]), numbersOf('m', [2, 2, 2, 2]), categoriesOf('c', ['x', 'x', 'x', 'x'])])],
  ['infinite and huge', makeTable([makeNumber('n', Float64Array.of(Infinity, -Infinity, 1e308, -1e308, 1)), makeNumber('m', Float64Array.of(1e308, 1e308, 1e308, 1e308, 1))])],
  ['hostile names', makeTable([numbersOf('__proto__', [1, 2, 3]), numbersOf('constructor', [3, 2, 1]), categoriesOf('', ['a', 'b', 'c'])])],
  ['plain', makeTable([numbersOf('n', [1, 2, null, 4, 5, 6]), categoriesOf('c', ['x', 'X ', 'y', null, 'x', 'y']), textsOf('t', ['a b', 'c', '', null, 'd', 'e'])])],
];

test.each(odd)('%s', async (_, table) => {
  const through = (value: Json): Json => JSON.parse(canonicalJson(value)) as Json;
  const seen = await profileTable(table, quiet);
  expect(profile(through(seen), 'baseline')).toEqual(seen);
  const agreed = inferContract(table, table.columns.map((column) => column.name));
  expect(contract(through(agreed), 'contract')).toEqual(agreed);
});
