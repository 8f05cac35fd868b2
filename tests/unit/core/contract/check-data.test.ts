import { expect, test } from 'vitest';
import { BarnacleError } from '../../../../src/core/base/errors.ts';
import { checkData } from '../../../../src/core/contract/check-data.ts';
import type { ColumnContract, Contract, TableRule } from '../../../../src/core/contract/contract.ts';
import { ruleText } from '../../../../src/core/contract/rule-words.ts';
import { categoriesOf, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';

const day = 86_400_000;
const table = makeTable([
  numbersOf('a', [1, 2, null, 4, 4]),
  numbersOf('b', [2, 2, 3, 3, 5]),
  numbersOf('sum', [3, 4, 9, 8, 9]),
  categoriesOf('city', ['Rome', 'Oslo', 'Rome', null, 'Rome']),
  textsOf('code', ['x', 'y', 'z', 'x', null]),
  makeTime('from', Float64Array.of(0, 1, 2, 3, 4).map((d) => d * day), 'day'),
]);
const asks = (name: string, change: Partial<ColumnContract>): Contract => ({ version: 1, columns: [{ name, kind: table.columns.find((c) => c.name === name)!.kind, required: true, missing: 'accept', range: null, outside: 'accept', levels: null, unseen: 'accept', example: null, ...change }] });
const found = (contract: Contract, options = {}) => checkData(contract, table, options).breaches.map((b) => `${b.row} ${b.code}: ${b.message}`);
const rules = (...list: TableRule[]): Contract => ({ version: 1, columns: table.columns.map(({ name, kind }) => ({ ...asks(name, {}).columns[0], kind })), rules: list });

test('rules that need the whole column', () => {
  expect(found(asks('code', { unique: 'warn' }))).toEqual(['3 repeated: column "code" is "x" again, first in row 1; each value may stand once']);
  expect(found(asks('city', { missingShare: { max: 0.1, policy: 'warn' } }))).toEqual(['null missing-share: column "city" is missing in 1 of 5 rows (20 %), at most 10 % is allowed']);
  expect(found(asks('city', { distinct: { min: 3, max: null, policy: 'warn' }, contains: { values: ['Oslo', 'Bonn'], policy: 'warn' } }))).toEqual(['null distinct: column "city" has 2 different values, expected at least 3', 'null absent: column "city" never is "Bonn", which must occur']);
  expect(found(asks('a', { order: { direction: 'increasing', strict: true, policy: 'warn' } }))).toEqual(['4 order: column "a" is 4 after 4; it must be strictly increasing']);
  expect(found(asks('a', { order: { direction: 'increasing', strict: false, policy: 'warn' } }))).toEqual([]);
  expect(found(asks('from', { order: { direction: 'decreasing', strict: false, policy: 'warn' } })).length).toBe(4);
});

test.each<[TableRule, string[]]>([
  [{ type: 'row-count', min: 6, max: null, policy: 'warn' }, ['null rule: table has 5 rows, expected at least 6']],
  [{ type: 'row-count', min: 5, max: 5, policy: 'warn' }, []],
  [{ type: 'column-count', min: null, max: 5, policy: 'warn' }, ['null rule: table has 6 columns, expected at most 5']],
  [{ type: 'columns', extra: false, ordered: true, policy: 'warn' }, []],
  [{ type: 'compare', left: 'a', operator: '<', right: 'b', policy: 'warn' }, ['1 rule: a < b does not hold: 2 and 2', '3 rule: a < b does not hold: 4 and 3']],
  [{ type: 'compare', left: 'city', operator: '!=', right: 'code', policy: 'warn' }, []],
  [{ type: 'compare', left: 'a', operator: '<', right: 'city', policy: 'warn' }, ['null rule-unfit: rule "a < city" cannot be asked: "a" is a number, "city" a category']],
  [{ type: 'unique-together', columns: ['city', 'code'], policy: 'warn' }, []],
  [{ type: 'unique-together', columns: ['city'], policy: 'warn' }, ['2 repeated: city is unique: (Rome) again, first in row 1', '4 repeated: city is unique: (Rome) again, first in row 1']],
  [{ type: 'distinct-within', columns: ['a', 'b'], policy: 'warn' }, ['1 rule: a, b differ within a row: found 2, 2']],
  [{ type: 'sum', columns: ['a', 'b'], equals: 'sum', tolerance: 0, policy: 'warn' }, ['3 rule: a + b = sum does not hold: 7 and 8']],
  [{ type: 'sum', columns: ['a', 'b'], equals: 'sum', tolerance: 1, policy: 'warn' }, []],
  [{ type: 'sum', columns: ['a', 'city'], equals: 3, tolerance: 1, policy: 'warn' }, ['null rule-unfit: rule "a + city = 3 \u00b1 1" cannot be asked: column "city" is a category; expected numbers']],
  [{ type: 'figure', column: 'b', figure: 'mean', min: 3.1, max: 9, policy: 'warn' }, ['null rule: mean of b 3.1 to 9: it is 3, expected 3.1 to 9']],
  [{ type: 'figure', column: 'b', figure: 'quantile', q: 0.25, min: 2, max: 2, policy: 'warn' }, []],
  [{ type: 'figure', column: 'b', figure: 'sd', min: null, max: 1, policy: 'warn' }, ['null rule: sd of b at most 1: it is 1.22474, expected at most 1']],
  [{ type: 'figure', column: 'from', figure: 'max', min: null, max: 2 * day, policy: 'warn' }, ['null rule: max of from at most 1970-01-03: it is 1970-01-05, expected at most 1970-01-03']],
  [{ type: 'figure', column: 'city', figure: 'distinct-share', min: 0.6, max: null, policy: 'warn' }, ['null rule: share of different values of city at least 0.6: it is 0.5, expected at least 0.6']],
  [{ type: 'figure', column: 'city', figure: 'mean', min: 0, max: 1, policy: 'warn' }, ['null rule-unfit: rule "mean of city 0 to 1" cannot be asked: column "city" is a category; expected numbers']],
  [{ type: 'z-score', column: 'sum', most: 1.3, policy: 'warn' }, []],
  [{ type: 'z-score', column: 'sum', most: 1.2, policy: 'warn' }, ['0 rule: column "sum" is 3, 1.25 standard deviations from its mean; at most 1.2']],
  [{ type: 'most-common', column: 'city', values: ['Oslo'], policy: 'warn' }, ['null rule: most frequent city: Oslo: it is "Rome" (3 rows)']],
  [{ type: 'shares', column: 'city', shares: [{ level: 'Rome', share: 0.75 }, { level: 'Oslo', share: 0.25 }], most: 0.001, policy: 'warn' }, []],
  [{ type: 'shares', column: 'city', shares: [{ level: 'Rome', share: 0.5 }, { level: 'Oslo', share: 0.5 }], most: 0.1, policy: 'warn' }, ['null rule: shares of city within 0.1 nats of those declared: they differ by 0.1308 nats']],
  [{ type: 'compare', left: 'a', operator: '<', right: 'gone', policy: 'warn' }, ['null rule-unfit: rule "a < gone" cannot be asked: column "gone" is missing']],
  [{ type: 'compare', left: 'a', operator: '<', right: 'b', policy: 'accept' }, []],
  [{ type: 'expression', text: 'a > 1', policy: 'warn' }, ['0 rule: "a > 1" does not hold']],
  [{ type: 'expression', text: 'city = "Rome" or a < 4', policy: 'warn' }, []],
  [{ type: 'expression', text: 'city = "Rome" or a < 2', policy: 'warn' }, ['1 rule: "city = "Rome" or a < 2" does not hold']],
  [{ type: 'expression', text: 'a + 1', policy: 'warn' }, ['null rule-unfit: rule "a + 1" cannot be asked: it gives a number, not true or false']],
])('%j', (rule, expected) => {
  expect(found(rules(rule))).toEqual(expected);
});

test('expressions are evaluated by the function that is passed in', () => {
  const holds = { evaluate: (text: string) => { expect(text).toBe('a > 1'); return makeBoolean('', Uint8Array.of(0, 1, 0, 1, 1), Uint8Array.of(4)); } };
  expect(found(rules({ type: 'expression', text: 'a > 1', policy: 'warn' }), holds)).toEqual(['0 rule: "a > 1" does not hold']);
  expect(found(rules({ type: 'expression', text: 'a + 1', policy: 'warn' }), { evaluate: () => numbersOf('', [1]) })).toEqual(['null rule-unfit: rule "a + 1" cannot be asked: it gives a number, not true or false']);
  const broken = { evaluate: () => { throw new BarnacleError('bad-param', 'expression has no end', { path: 'expression', value: 'a >', expected: 'an end' }); } };
  expect(found(rules({ type: 'expression', text: 'a >', policy: 'warn' }), broken)).toEqual(['null rule-unfit: rule "a >" cannot be asked: expression has no end']);
});

test('unknown columns and another order are told', () => {
  const contract = rules({ type: 'columns', extra: false, ordered: true, policy: 'refuse' });
  const other = makeTable([table.columns[1], table.columns[0], numbersOf('new', [1, 2, 3, 4, 5])]);
  expect(checkData({ ...contract, columns: contract.columns.slice(0, 2) }, other).breaches.map((b) => b.message)).toEqual(['table has a column that the contract does not know: new', 'columns are in another order: "b" stands where "a" is expected']);
});

test('refused rows are counted once, whatever refuses them', () => {
  const contract = rules({ type: 'compare', left: 'a', operator: '<', right: 'b', policy: 'refuse' });
  contract.columns[0] = { ...contract.columns[0], forbidden: { values: ['2'], policy: 'refuse' }, missing: 'refuse' };
  expect(checkData(contract, table)).toMatchObject({ total: 4, refusedRows: 3 });
  expect(ruleText(contract.rules![0])).toBe('a < b');
});
