import { expect, test } from 'vitest';
import { sequence, shuffle } from '../../../../src/core/base/random.ts';
import { checkData } from '../../../../src/core/contract/check-data.ts';
import { inferContract } from '../../../../src/core/contract/infer-contract.ts';
import { inferDataContract } from '../../../../src/core/contract/infer-data-contract.ts';
import { inferShape } from '../../../../src/core/contract/infer-shape.ts';
import { categoriesOf, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { takeRows } from '../../../../src/core/table/take.ts';
import type { Table } from '../../../../src/core/table/table.ts';
import { hasSharedData, sharedTable, vegaTable } from '../../../flow/shared-data.ts';

const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const first = (table: Table) => inferContract(table, [table.columns[0].name]).columns[0];

test('whole numbers, identifiers, shares and lengths are proposed, and only from enough rows', () => {
  expect(first(makeTable([numbersOf('n', many(40, (i) => (i * 7) % 12))]))).toMatchObject({ integers: 'warn' });
  expect(first(makeTable([numbersOf('n', many(40, (i) => i / 2))]))).not.toHaveProperty('integers');
  expect(first(makeTable([numbersOf('n', many(19, (i) => i))]))).not.toHaveProperty('integers');
  expect(first(makeTable([numbersOf('customer_id', many(40, (i) => 3 * i))]))).toMatchObject({ unique: 'warn', integers: 'warn' });
  expect(first(makeTable([numbersOf('age', many(40, (i) => 3 * i))]))).not.toHaveProperty('unique');
  expect(first(makeTable([numbersOf('n', many(100, (i) => (i % 10 ? 1 : null)))]))).toMatchObject({ missingShare: { max: 0.19, policy: 'warn' } });
  expect(first(makeTable([textsOf('t', many(30, (i) => '\u00e4'.repeat(4 + (i % 3))))])).length).toEqual({ min: 2, max: 22, policy: 'warn' });
});

test('codes of one shape give their pattern', () => {
  expect(inferShape(many(60, (i) => `AB-${1000 + i}`))).toBe('^[A-Z]{2}-\\d{4}$');
  expect(inferShape(many(60, (i) => `AB-${i}`))).toBe('^[A-Z]{2}-\\d+$');
  expect(inferShape(many(30, (i) => `$${10 + i}.50`))).toBe('^\\$\\d+\\.\\d+$');
  expect(inferShape(many(676, (i) => String.fromCharCode(65 + (i % 26), 65 + Math.floor(i / 26))))).toBe('^[A-Z]{2}$');
  expect(inferShape([...many(60, (i) => `AB-${i}`), 'AB 12'])).toBeNull();
  expect(inferShape(many(60, (i) => 'abc'.repeat(1 + (i % 9))))).toBeNull();
  expect(inferShape(many(19, (i) => `A${i}`))).toBeNull();
  expect(first(makeTable([categoriesOf('zip', many(200, (i) => `0${1000 + i}`))]))).toMatchObject({ pattern: { text: '^\\d{5}$', policy: 'warn' }, unique: 'warn' });
});

test('a dataset gets rules too: its columns, times in order, sums', () => {
  const times = (shift: number) => Float64Array.from({ length: 60 }, (_, i) => (i + shift) * 86_400_000);
  const contract = inferDataContract(makeTable([makeTime('paid', times(3), 'day'), makeTime('ordered', times(0), 'day')]), [{ total: 't', a: 'x', b: 'y' }]);
  expect(contract.rules).toEqual([
    { type: 'row-count', min: 1, max: null, policy: 'warn' },
    { type: 'columns', extra: false, ordered: false, policy: 'warn' },
    { type: 'sum', columns: ['x', 'y'], equals: 't', tolerance: 0, policy: 'warn' },
    { type: 'compare', left: 'ordered', operator: '<=', right: 'paid', policy: 'warn' },
  ]);
  expect(contract.columns[0].order).toEqual({ direction: 'increasing', strict: false, policy: 'warn' });
});

const sets: [string, boolean, () => Promise<Table>][] = [
  ['penguins', true, () => vegaTable('penguins.json')],
  ...(['adult.csv.gz', 'titanic_kaggle.csv', 'diamonds.csv.gz', 'telco_churn.csv'] as const).map((name): [string, boolean, () => Promise<Table>] => [name, hasSharedData, () => sharedTable(name)]),
];
test.each(sets)('%s: what half of the rows suggest, the other half keeps', async (_, here, load) => {
  if (!here) return console.log('skipped: ../shared/data is not beside this checkout');
  const table = await load();
  for (const seed of [1, 2, 3]) {
    const order = shuffle(Int32Array.from({ length: table.rows }, (_, i) => i), sequence(seed, 'halves'));
    const [one, other] = [order.slice(0, table.rows >> 1), order.slice(table.rows >> 1)].map((rows) => takeRows(table, rows.sort()));
    const contract = inferDataContract(one);
    expect(checkData(contract, one)).toEqual({ breaches: [], total: 0, refusedRows: 0 });
    const held = checkData(contract, other);
    expect(held.refusedRows).toBe(0);
    const ofSeen = new Set(['outside', 'unseen', 'missing']);
    expect(held.breaches.filter((breach) => !ofSeen.has(breach.code)).map((breach) => breach.message)).toEqual([]);
    expect(held.total).toBeLessThan(0.02 * other.rows * other.columns.length);
  }
});
