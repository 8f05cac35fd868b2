import { expect, test } from 'vitest';
import { getBit } from '../../../../src/core/base/bits.ts';
import { checkRows, checkTable } from '../../../../src/core/contract/check-table.ts';
import type { ColumnContract, Contract } from '../../../../src/core/contract/contract.ts';
import { inferContract } from '../../../../src/core/contract/infer-contract.ts';
import { tableFromRows } from '../../../../src/core/contract/table-from-rows.ts';
import { categoriesOf, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';

const base: ColumnContract = { name: 'x', kind: 'text', required: true, missing: 'accept', range: null, outside: 'accept', levels: null, unseen: 'accept', example: null };
const of = (change: Partial<ColumnContract>): Contract => ({ version: 1, columns: [{ ...base, ...change }] });
const codes = (contract: Contract, cells: (string | number | null)[], now?: number) => {
  const column = typeof cells.find((cell) => cell !== null) === 'number' ? numbersOf('x', cells as number[]) : textsOf('x', cells as string[]);
  return checkTable(contract, makeTable([column]), now === undefined ? {} : { now }).map((b) => `${b.row} ${b.code} ${b.policy}`);
};

test('patterns, lengths, forbidden values and levels, in text and in categories alike', () => {
  const contract = of({ pattern: { text: '^[A-Z]+$', policy: 'warn' }, length: { min: 2, max: 3, policy: 'refuse' }, forbidden: { values: ['XX'], policy: 'refuse' }, levels: ['AB', 'XX', 'ABCD'], unseen: 'warn' });
  const cells = ['AB', 'XX', null, 'ABCD', 'aB', '\u{1f600}\u{1f600}'];
  const expected = ['1 forbidden refuse', '3 length refuse', '4 unseen warn', '4 pattern warn', '5 unseen warn', '5 pattern warn'];
  expect(codes(contract, cells)).toEqual(expected);
  const category = { ...contract, columns: [{ ...contract.columns[0], kind: 'category' as const }] };
  expect(checkTable(category, makeTable([categoriesOf('x', cells)])).map((b) => `${b.row} ${b.code} ${b.policy}`)).toEqual(expected);
  expect(codes(of({ pattern: { text: 'A', not: true, policy: 'warn' } }), ['A', 'B'])).toEqual(['0 pattern warn']);
});

test('whole numbers and forbidden numbers; what is accepted is not asked', () => {
  expect(codes(of({ kind: 'number', integers: 'refuse', forbidden: { values: ['-1', '999'], policy: 'warn' } }), [1, 1.5, 999, null, -1])).toEqual(['1 not-integer refuse', '2 forbidden warn', '4 forbidden warn']);
  expect(codes(of({ kind: 'number', integers: 'accept', pattern: { text: '(', policy: 'accept' } }), [1.5])).toEqual([]);
  expect(codes(of({ kind: 'number', levels: ['1', '2'], unseen: 'warn' }), [1, 3])).toEqual(['1 unseen warn']);
});

test('dates about now are asked only where a clock is given', () => {
  const day = 86_400_000;
  const contract = of({ kind: 'time', fromNow: { min: -30, max: 0, policy: 'warn' } });
  const table = makeTable([makeTime('x', Float64Array.of(0, 69 * day, 70 * day, 99 * day, 101 * day), 'day')]);
  expect(checkTable(contract, table, { now: 100 * day }).map((b) => `${b.row} ${b.message}`)).toEqual(['0 column "x" is 1970-01-01, not -30 to 0 days from now', '1 column "x" is 1970-03-11, not -30 to 0 days from now', '4 column "x" is 1970-04-12, not -30 to 0 days from now']);
  expect(checkTable(contract, table)).toEqual([]);
});

test('refused rows are all known, though only a hundred are listed', () => {
  const rows = 5000;
  const checked = checkRows(of({ kind: 'number', range: { min: 0, max: 9 }, outside: 'refuse' }), makeTable([numbersOf('x', Array.from({ length: rows }, (_, i) => (i % 2 ? 99 : 5)))]));
  expect([checked.breaches.length, checked.breaches.at(-1)!.more, checked.total]).toEqual([101, 2400, 2500]);
  expect(Array.from({ length: rows }, (_, i) => getBit(checked.refused!, i)).filter(Boolean).length).toBe(2500);
});

test('rows as objects: refused ones are known, with the reason', () => {
  const contract = of({ kind: 'number', missing: 'refuse', range: { min: 0, max: 9 }, outside: 'refuse' });
  const { breaches, refused } = tableFromRows(contract, [{ x: 5 }, { x: 'old' }, {}, { x: 11 }]);
  expect(breaches.map((b) => `${b.row} ${b.policy} ${b.message}`)).toEqual(['1 refuse column "x" is "old"; expected a number, read as missing', '2 refuse column "x" is empty; training rows had a value', '3 refuse column "x" is 11, outside 0 to 9']);
  expect([0, 1, 2, 3].map((row) => getBit(refused!, row))).toEqual([false, true, true, true]);
});

test('200,000 cells against a pattern take no longer than a moment', () => {
  const column = categoriesOf('x', Array.from({ length: 200_000 }, (_, i) => `AB-${i % 5000}`));
  const contract = inferContract(makeTable([column]), ['x']);
  const started = performance.now();
  checkTable({ ...contract, columns: [{ ...contract.columns[0], levels: null, pattern: { text: '^[A-Z]{2}-\\d+$', policy: 'warn' } }] }, makeTable([column]));
  expect(performance.now() - started, 'a hang, not a speed').toBeLessThan(30_000);
});
