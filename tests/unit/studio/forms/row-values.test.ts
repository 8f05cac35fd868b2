import { expect, test } from 'vitest';
import type { ColumnContract, Contract } from '../../../../src/core/contract/contract.ts';
import { exampleValues, rawRow } from '../../../../src/studio/forms/row-values.ts';

const column = (name: string, kind: ColumnContract['kind'], example: ColumnContract['example']): ColumnContract => ({ name, kind, required: true, missing: 'accept', range: null, outside: 'warn', levels: null, unseen: 'warn', example });
const contract: Contract = { version: 1, columns: [column('age', 'number', 28.123456789), column('ok', 'boolean', true), column('day', 'time', Date.UTC(1990, 0, 8)), column('city', 'category', null)] };

test('a typical row as texts', () => {
  expect(exampleValues(contract)).toEqual({ age: '28.1235', ok: 'true', day: '1990-01-08', city: null });
});
test('texts become raw values by kind; what does not read is sent as it is', () => {
  expect(rawRow(contract, { age: '−3', ok: 'false', day: '1990-01-08', city: '' })).toEqual({ age: -3, ok: false, day: '1990-01-08', city: null });
  expect(rawRow(contract, { age: 'old' })).toEqual({ age: 'old', ok: null, day: null, city: null });
});
