import { expect, test } from 'vitest';
import type { Breach, ColumnContract, Contract } from '../../../../../../src/core/contract/contract.ts';
import { parseContract } from '../../../../../../src/core/contract/parse-contract.ts';
import { countByColumn, groupBreaches, ruleKey } from '../../../../../../src/studio/pages/data/contract/breach-groups.ts';
import { fieldsOf, readLines, readNumber, toKind } from '../../../../../../src/studio/pages/data/contract/column-fields.ts';
import { goneColumns, unknownColumns, withColumn, withNewColumns, withoutColumn, withoutRule, withRule } from '../../../../../../src/studio/pages/data/contract/contract-edits.ts';
import { alsoWords, readTime, timeWords, valuesWords } from '../../../../../../src/studio/pages/data/contract/contract-words.ts';
import { draftRule, ruleCards, ruleLack, withInput } from '../../../../../../src/studio/pages/data/contract/rule-fields.ts';
import { ruleTypes } from '../../../../../../src/core/contract/parse-contract.ts';

const age: ColumnContract = { name: 'age', kind: 'number', required: true, missing: 'warn', range: { min: 17, max: 90 }, outside: 'warn', levels: null, unseen: 'accept', example: 40, integers: 'warn' };
const contract: Contract = { version: 1, columns: [age, { ...age, name: 'sex', kind: 'category', range: null, levels: ['f', 'm'], integers: undefined }].map((column) => JSON.parse(JSON.stringify(column)) as ColumnContract) };

test('a field that is cleared is not kept, so a contract that asks nothing more stays as it was', () => {
  const more = withColumn(contract, 'age', { length: { min: 1, max: 2, policy: 'warn' } });
  expect(withColumn(more, 'age', { length: undefined })).toEqual(contract);
  expect(Object.keys(withColumn(contract, 'age', { integers: undefined }).columns[0]!)).not.toContain('integers');
  expect(contract.columns[0]!.integers).toBe('warn');
});

test('columns that came and went', () => {
  const schema = [{ name: 'sex', kind: 'category' as const }, { name: 'city', kind: 'text' as const }];
  expect(unknownColumns(contract, schema)).toEqual([schema[1]]);
  expect(goneColumns(contract, schema)).toEqual(['age']);
  expect(withNewColumns(contract, null, schema).columns.map((column) => column.name)).toEqual(['age', 'sex', 'city']);
  const inferred: Contract = { version: 1, columns: [{ ...age, name: 'city', kind: 'text', range: null, length: { min: 1, max: 9, policy: 'warn' } }] };
  expect(withNewColumns(contract, inferred, schema).columns[2]!.length!.max).toBe(9);
  expect(withoutColumn(contract, 'age').columns.map((column) => column.name)).toEqual(['sex']);
});

test('another kind takes out what it cannot be asked; every kind parses', () => {
  const full: ColumnContract = { ...age, pattern: { text: 'a', policy: 'warn' }, order: { direction: 'increasing', strict: false, policy: 'warn' }, unique: 'warn', fromNow: { min: null, max: 0, policy: 'warn' }, missingShare: { max: 0.1, policy: 'warn' } };
  expect(Object.keys(toKind(full, 'text')).sort()).toEqual(['example', 'kind', 'levels', 'missing', 'missingShare', 'name', 'outside', 'pattern', 'range', 'required', 'unique', 'unseen'].sort());
  for (const kind of ['number', 'category', 'boolean', 'time', 'text'] as const) expect(parseContract({ version: 1, columns: [toKind(full, kind)] }).columns[0]!.kind).toBe(kind);
  expect(fieldsOf('boolean').map((field) => field.label)).toEqual(['Unique', 'Missing at most', 'Different values']);
});

test('what is typed is read, or said to be wrong', () => {
  expect([readNumber(' 1\u202f200.5 '), readNumber('\u22123'), readNumber(''), readNumber('old')]).toEqual([1200.5, -3, null, undefined]);
  expect(readLines(' a \n\nb c\na\r\n')).toEqual(['a', 'b c']);
  expect([readTime('2024-02-29'), readTime('2024-02-29 13:05'), readTime('2023-02-29'), readTime('soon')]).toEqual([Date.UTC(2024, 1, 29), Date.UTC(2024, 1, 29, 13, 5), null, null]);
  for (const ms of [0, Date.UTC(2024, 4, 1, 13, 30), Date.UTC(2024, 4, 1, 13, 30, 7)]) expect(readTime(timeWords(ms))).toBe(ms);
});

test('a column in words', () => {
  expect(contract.columns.map(valuesWords)).toEqual(['17 to 90', '2 values: f, m']);
  expect(valuesWords({ ...age, range: { min: -Number.MAX_VALUE, max: 5 } })).toBe('at most 5');
  expect(alsoWords({ ...age, missingShare: { max: 0.19, policy: 'refuse' }, fromNow: { min: null, max: 0, policy: 'warn' }, unique: 'accept' })).toEqual([{ text: 'whole', policy: 'warn' }, { text: '19 % missing at most', policy: 'refuse' }, { text: 'not in the future', policy: 'warn' }]);
});

test('every rule can be drafted from a table with enough columns, and parses', () => {
  const schema = [{ name: 'a', kind: 'number' as const }, { name: 'b', kind: 'number' as const }, { name: 'city', kind: 'category' as const }];
  const shares = () => [{ level: 'Rome', share: 0.7 }, { level: 'Oslo', share: 0.3 }];
  expect(ruleCards.map((card) => card.type).sort()).toEqual([...ruleTypes].sort());
  for (const { type, inputs } of ruleCards) {
    const rule = draftRule(type, schema, shares)!;
    expect(parseContract({ version: 1, columns: [], rules: [rule] }).rules).toEqual([rule]);
    for (const input of inputs) if ('key' in input && input.key !== 'q') expect(Object.keys(rule)).toContain(input.key);
    if (type !== 'expression' && type !== 'figure') expect([type, ruleLack(rule)]).toEqual([type, null]);
    if (type !== 'expression' && type !== 'row-count' && type !== 'column-count' && type !== 'columns') expect([type, draftRule(type, [], () => [])]).toEqual([type, null]);
  }
  const figure = draftRule('figure', schema, shares)!;
  expect(withInput(withInput(figure, 'figure', 'quantile', shares), 'min', 2, shares)).toEqual({ type: 'figure', column: 'a', figure: 'quantile', q: 0.5, min: 2, max: null, policy: 'warn' });
  expect(ruleLack(withInput(figure, 'min', null, shares))).toBe('Give a lower or an upper bound.');
  expect(withoutRule(withRule(contract, null, figure), 0)).toEqual(contract);
  expect(withRule(withRule(contract, null, figure), 0, { type: 'row-count', min: 1, max: null, policy: 'warn' }).rules).toHaveLength(1);
});

test('findings as lines: refusals first, cells that were left off counted', () => {
  const of = (row: number | null, more?: Partial<Breach>): Breach => ({ column: 'age', row, policy: 'warn', code: 'outside', message: `age ${row}`, ...more });
  const breaches = [...Array.from({ length: 100 }, (_, i) => of(i)), of(null, { more: 50 }), of(7, { code: 'missing', policy: 'refuse' }), of(null, { column: '', code: 'rule', rule: 2 })];
  const groups = groupBreaches(breaches);
  expect(groups.map((group) => [group.breach.code, group.count, group.rows.length])).toEqual([['missing', 1, 1], ['outside', 150, 12], ['rule', 1, 0]]);
  expect(groups[1]!.rows.slice(0, 3)).toEqual([1, 2, 3]);
  expect([...countByColumn(breaches)]).toEqual([['age', 151], [ruleKey(2), 1]]);
});
