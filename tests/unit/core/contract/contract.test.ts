import { expect, test } from 'vitest';
import { checkTable, inferContract, tableFromRows } from '../../../../src/core/contract/index.ts';
import { categoriesOf, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { cellValue } from '../../../../src/core/table/cell.ts';

const table = makeTable([
  numbersOf('age', [20, 30, null, 50]),
  categoriesOf('sex', ['m', 'f', 'f', 'm']),
  makeBoolean('member', Uint8Array.of(1, 0, 1, 1)),
  makeTime('since', Float64Array.of(0, 86400000, 2 * 86400000, 3 * 86400000), 'day'),
  textsOf('note', ['a', 'b', null, 'c']),
]);
const contract = inferContract(table, ['age', 'sex', 'member', 'since', 'note']);
const row = (i: number, t = table) => Object.fromEntries(t.columns.map((c) => [c.name, cellValue(c, i)]));

test('inferred from what training rows hold', () => {
  expect(contract.columns.map((c) => [c.kind, c.missing, c.range, c.levels, c.example])).toEqual([
    ['number', 'accept', { min: 20, max: 50 }, null, 30],
    ['category', 'warn', null, ['f', 'm'], 'f'],
    ['boolean', 'warn', null, ['false', 'true'], true],
    ['time', 'warn', { min: 0, max: 3 * 86400000 }, null, '1970-01-02'],
    ['text', 'accept', null, null, null],
  ]);
  expect(JSON.parse(JSON.stringify(contract))).toEqual(contract);
  expect(checkTable(contract, table)).toEqual([]);
});
test('training rows as objects come back as the same cells, without a breach', () => {
  const { table: back, breaches } = tableFromRows(contract, [0, 1, 2, 3].map((i) => row(i)));
  expect(breaches).toEqual([]);
  for (let i = 0; i < 4; i++) expect({ ...row(i, back), since: 0 }).toEqual({ ...row(i), since: 0 });
  expect(back.columns[3]).toMatchObject({ values: Float64Array.of(0, 86400000, 2 * 86400000, 3 * 86400000) });
});
test('strings are read, blanks and missing words are missing, strangers are reported', () => {
  const { table: read, breaches } = tableFromRows(contract, [{ age: '25', sex: 'm', member: 'yes', since: '1970-01-03', other: 9 }, { age: 'old', sex: 'x', member: '', since: '3 May', note: '?' }, { age: 99 }]);
  expect(cellValue(read.columns[0], 0)).toBe(25);
  expect(cellValue(read.columns[2], 0)).toBe(true);
  expect(read.columns.map((c) => c.name)).toEqual(['age', 'sex', 'member', 'since', 'note']);
  expect([0, 2, 3, 4].map((c) => cellValue(read.columns[c], 1))).toEqual([null, null, null, null]);
  expect(breaches.map((b) => `${b.row} ${b.column} ${b.code} ${b.policy}`).sort()).toEqual(['1 age not-readable warn', '1 member missing warn', '1 sex unseen warn', '1 since not-readable warn', '2 age outside warn', '2 member missing warn', '2 sex missing warn', '2 since missing warn']);
});
test('a missing word that training knew as a level is that level', () => {
  const known = inferContract(makeTable([categoriesOf('grade', ['A', 'None', 'None'])]), ['grade']);
  const { table: read, breaches } = tableFromRows(known, [{ grade: 'None' }, { grade: 'NA' }]);
  expect([0, 1].map((i) => cellValue(read.columns[0], i))).toEqual(['None', null]);
  expect(breaches.map((b) => b.code)).toEqual(['missing']);
});
test('hostile rows do no harm', () => {
  const rows = JSON.parse('[{"__proto__":{"age":1},"age":1e999,"sex":{"a":1}},null,7,[1]]') as { [k: string]: string }[];
  const { table: read } = tableFromRows(contract, rows);
  expect(read.rows).toBe(4);
  expect(({} as { age?: number }).age).toBeUndefined();
  const odd = tableFromRows(inferContract(makeTable([numbersOf('constructor', [1, 2])]), ['constructor']), [{}]);
  expect(odd.breaches[0].code).toBe('missing');
});
test('absent columns are refused, other kinds are read, long lists are cut', () => {
  const odd = makeTable([categoriesOf('age', Array.from({ length: 300 }, () => 'old')), categoriesOf('sex', Array.from({ length: 300 }, () => 'm'))]);
  const breaches = checkTable(contract, odd);
  expect(breaches.filter((b) => b.code === 'missing-column').map((b) => [b.column, b.policy])).toEqual([['member', 'refuse'], ['since', 'refuse'], ['note', 'refuse']]);
  expect(breaches.filter((b) => b.code === 'not-readable').length).toBe(101);
  expect(breaches.find((b) => b.row === null && b.column === 'age')!.message).toContain('200 more');
});
