// docs/contract.md promises fields and counts: both must be true.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ruleTypes } from '../../../../src/core/contract/parse-contract.ts';

const root = join(import.meta.dirname, '../../../..');
const text = readFileSync(join(root, 'docs/contract.md'), 'utf8');
const fields = [...readFileSync(join(root, 'src/core/contract/contract.ts'), 'utf8').matchAll(/^ {2}(\w+)\??:/gm)].map((match) => match[1]);

test('every expectation is answered by fields and rules that there are, and the count is true', () => {
  const rows = text.split('\n').filter((line) => /^\| (expect_|unexpected_)/.test(line)).map((line) => line.split('|').map((cell) => cell.trim()));
  const named = rows.flatMap((row) => [...row[2].matchAll(/`([^`]+)`/g)].map((match) => match[1]));
  expect(named.filter((name) => !fields.includes(name) && !(ruleTypes as string[]).includes(name))).toEqual([]);
  expect(text).toContain(`${rows.filter((row) => row[2] !== '\u2013').length} of the ${rows.length} expectations`);
  expect(new Set(rows.map((row) => row[1])).size).toBe(rows.length);
});

test('every field and every rule is described', () => {
  expect([...fields, ...ruleTypes].filter((name) => !text.includes(`\`${name}\``))).toEqual(['name', 'example']);
});
