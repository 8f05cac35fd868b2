import { expect, test } from 'vitest';
import { breachLines } from '../../../src/cli/breach-lines.ts';
import type { Breach } from '../../../src/core/contract/contract.ts';

const outside = (row: number | null, message: string): Breach => ({ column: 'age', row, policy: 'warn', code: 'outside', message });

test('one line for a column and finding: the first row as its example, counted from 1, and how many more', () => {
  expect(breachLines([outside(4, 'age is 99'), outside(7, 'age is 98'), { ...outside(2, 'age is empty'), code: 'missing' }])).toEqual(['warn: age is 99 (row 5, and 1 more)', 'warn: age is empty (row 3)']);
});

test('findings beyond the listed ones are told, and whole columns have no row', () => {
  expect(breachLines([outside(0, 'age is 99'), outside(null, 'age has 9 more such cells')])).toEqual(['warn: age is 99 (row 1); age has 9 more such cells']);
  expect(breachLines([{ column: 'port', row: null, policy: 'refuse', code: 'missing-column', message: 'port is missing' }])).toEqual(['refuse: port is missing']);
});
