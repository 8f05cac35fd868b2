import { expect, test } from 'vitest';
import { isBarnacleError } from '../../../../src/core/base/errors.ts';
import { hashJson } from '../../../../src/core/base/hash.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import type { Contract } from '../../../../src/core/contract/contract.ts';
import { parseContract, readContract, ruleTypes } from '../../../../src/core/contract/parse-contract.ts';
import { writeContract } from '../../../../src/core/contract/write-contract.ts';

const old: Contract = { version: 1, columns: [{ name: 'age', kind: 'number', required: true, missing: 'warn', range: { min: 1, max: 9 }, outside: 'warn', levels: null, unseen: 'accept', example: 3 }] };
const full: Contract = {
  version: 1,
  columns: [{ ...old.columns[0], integers: 'refuse', pattern: { text: '^\\d+$', policy: 'warn' }, length: { min: 1, max: null, policy: 'warn' }, forbidden: { values: ['9'], policy: 'warn' }, fromNow: { min: null, max: 0, policy: 'warn' }, unique: 'warn', missingShare: { max: 0.2, policy: 'warn' }, order: { direction: 'increasing', strict: true, policy: 'warn' }, distinct: { min: 2, max: 5, policy: 'warn' }, contains: { values: ['3'], policy: 'warn' } }],
  rules: [
    { type: 'row-count', min: 1, max: null, policy: 'refuse' },
    { type: 'column-count', min: 1, max: 2, policy: 'warn' },
    { type: 'columns', extra: false, ordered: true, policy: 'warn' },
    { type: 'compare', left: 'a', operator: '<=', right: 'b', policy: 'warn' },
    { type: 'unique-together', columns: ['a', 'b'], policy: 'warn' },
    { type: 'distinct-within', columns: ['a', 'b'], policy: 'warn' },
    { type: 'sum', columns: ['a', 'b'], equals: 'c', tolerance: 0, policy: 'warn' },
    { type: 'expression', text: 'a > 1', policy: 'warn' },
    { type: 'figure', column: 'a', figure: 'quantile', q: 0.9, min: 1, max: 2, policy: 'warn' },
    { type: 'z-score', column: 'a', most: 4, policy: 'warn' },
    { type: 'most-common', column: 'a', values: ['x'], policy: 'warn' },
    { type: 'shares', column: 'a', shares: [{ level: 'x', share: 1 }], most: 0.1, policy: 'warn' },
  ],
};

test('every rule and field survives writing and reading; the same contract is the same text', () => {
  expect(full.rules!.map((rule) => rule.type).sort()).toEqual([...ruleTypes].sort());
  expect(readContract(writeContract(full))).toEqual(full);
  const shuffled = JSON.parse(JSON.stringify(full), (_, value: unknown) => (value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value)) as Contract;
  expect(writeContract(shuffled)).toBe(writeContract(full));
});

test('an old contract stays what it was', () => {
  const again = parseContract(JSON.parse(JSON.stringify(old)));
  expect(again).toEqual(old);
  expect(Object.keys(again)).toEqual(['version', 'columns']);
  expect(hashJson(again)).toBe(hashJson(old));
});

const bent = (change: (contract: { [key: string]: never }) => void): unknown => {
  const copy = JSON.parse(JSON.stringify(full)) as { [key: string]: never };
  change(copy);
  return copy;
};
test.each([
  ['no object', null, 'contract'],
  ['a stranger field', bent((c) => Object.assign(c, { extra: 1 })), 'contract.extra'],
  ['__proto__', JSON.parse('{"version":1,"columns":[],"__proto__":{"rules":[]}}'), 'contract.__proto__'],
  ['no such kind', bent((c) => Object.assign(c['columns'][0], { kind: 'money' })), 'contract.columns[0].kind'],
  ['no such policy', bent((c) => Object.assign(c['columns'][0], { unique: 'yes' })), 'contract.columns[0].unique'],
  ['a bad pattern', bent((c) => Object.assign(c['columns'][0], { pattern: { text: '(?=a)', policy: 'warn' } })), 'contract.columns[0].pattern.text'],
  ['bounds the wrong way', bent((c) => Object.assign(c['columns'][0], { length: { min: 3, max: 1, policy: 'warn' } })), 'contract.columns[0].length'],
  ['a share above one', bent((c) => Object.assign(c['columns'][0], { missingShare: { max: 2, policy: 'warn' } })), 'contract.columns[0].missingShare.max'],
  ['a rule without a type', bent((c) => Object.assign(c, { rules: [{ policy: 'warn' }] })), 'contract.rules[0].type'],
  ['a rule named for a prototype', bent((c) => Object.assign(c, { rules: [{ type: 'constructor', policy: 'warn' }] })), 'contract.rules[0].type'],
  ['a column twice', bent((c) => Object.assign(c, { columns: [full.columns[0], full.columns[0]] })), 'contract.columns'],
])('refuses %s', (_, value, path) => {
  expect(() => parseContract(value as never)).toThrow(expect.objectContaining({ code: 'bad-param', details: expect.objectContaining({ path }) }));
});

test('whatever is done to a contract file, it is a contract or a typed error', () => {
  const random = sequence(11, 'contract');
  const pool = [null, true, -1, 1e308, '', '__proto__', 'constructor', [], {}, [[]], { type: 'sum' }, 'warn'];
  const bend = (value: unknown, depth = 0): unknown => {
    if (random.unit() < 0.04 + 0.02 * depth) return pool[random.below(pool.length)];
    if (Array.isArray(value)) return value.filter(() => random.unit() > 0.02).map((item) => bend(item, depth + 1));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).filter(() => random.unit() > 0.01).map(([key, item]) => [random.unit() < 0.01 ? '__proto__' : key, bend(item, depth + 1)]));
  };
  let [fine, refused] = [0, 0];
  for (let i = 0; i < 3000; i++) {
    const start = i % 3 ? { ...full, rules: [full.rules![i % 12]] } : old;
    try {
      const made = parseContract(bend(start) as never);
      expect(parseContract(JSON.parse(JSON.stringify(made)))).toEqual(made);
      fine++;
    } catch (error) {
      expect(isBarnacleError(error)).toBe(true);
      refused++;
    }
  }
  expect(Math.min(fine, refused)).toBeGreaterThan(50);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('files that are none say so', () => {
  expect(() => readContract('no json')).toThrow(expect.objectContaining({ code: 'bad-file' }));
  expect(() => readContract('{"version":2,"columns":[]}')).toThrow(expect.objectContaining({ code: 'newer-version' }));
  expect(readContract(`\ufeff${writeContract(old)}`)).toEqual(old);
});
