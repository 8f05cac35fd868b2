import { expect, test } from 'vitest';
import { isBarnacleError } from '../../../../src/core/base/errors.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import { compilePattern } from '../../../../src/core/contract/pattern.ts';

test.each([
  ['^[A-Z]{2}-\\d{4}$', ['AB-1234'], ['AB-12345', 'ab-1234', 'xAB-1234', '']],
  ['a.c', ['xxabcxx', 'a-c'], ['a\nc', 'ac']],
  ['^(?:yes|no|)$', ['yes', 'no', ''], ['yesno', 'y']],
  ['^a{2,3}$', ['aa', 'aaa'], ['a', 'aaaa']],
  ['^[^\\d\\s-]+$', ['abc', '\u00e4\u{1f600}'], ['a1', 'a b', 'a-b', '']],
  ['^(a|b)*?c+$', ['c', 'ababcc'], ['ab', 'abca']],
  ['(?i)^stra\u00dfe [a-f]\\x41$', ['STRA\u00dfE Ba', 'stra\u00dfe fA'], ['strasse aA']],
  ['^\\p{Lu}\\p{Ll}+$', ['\u00c4pfel'], ['apfel', 'A1']],
  ['^[\\]\\-x.]+$', [']-x.'], ['a', '\\']],
  ['^.$', ['\u{1f600}', 'x'], ['xx']],
  ['b$|^$', ['ab', ''], ['ba']],
  ['^[a-]$', ['a', '-'], ['b']],
])('%s', (text, yes, no) => {
  const pattern = compilePattern(text);
  expect(yes.filter((each) => !pattern(each))).toEqual([]);
  expect(no.filter((each) => pattern(each))).toEqual([]);
});

test('agrees with RegExp on random patterns and texts', () => {
  const random = sequence(7, 'pattern');
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.unit() * list.length)];
  const make = (depth: number): string => {
    const kind = depth > 3 ? 0 : Math.floor(random.unit() * 6);
    if (kind <= 1) return pick(['a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '1']);
    if (kind === 2) return `(${make(depth + 1)}|${make(depth + 1)})`;
    if (kind === 3) return `(?:${make(depth + 1)})${pick(['*', '+', '?', '{2}', '{1,3}', '{2,}'])}`;
    return make(depth + 1) + make(depth + 1);
  };
  let hits = 0;
  for (let i = 0; i < 400; i++) {
    const text = pick(['', '^']) + make(0) + pick(['', '$']);
    const [own, theirs] = [compilePattern(text), new RegExp(text, 'u')];
    for (let k = 0; k < 20; k++) {
      const cell = Array.from({ length: Math.floor(random.unit() * 7) }, () => pick(['a', 'b', 'c', '1'])).join('');
      if (theirs.test(cell)) hits++;
      expect([text, cell, own(cell)]).toEqual([text, cell, theirs.test(cell)]);
    }
  }
  expect(hits).toBeGreaterThan(1000);
});

test.each(['(?=a)', '(?<!a)b', '(?<n>a)', '\\1', 'a\\b', '(a', 'a)', '[a', '*a', 'a**', 'a++', 'a{3,2}', 'a{2000}', 'a{x}', '^*', '[z-a]', '\\', '\\u12', '\\p{Greek}', '(((a{100}){100}){100})', '(((){1000}){1000}){1000}', 'a'.repeat(1001), '('.repeat(60) + ')'.repeat(60)])('refuses %s', (text) => {
  let thrown: unknown = null;
  try { compilePattern(text); } catch (error) { thrown = error; }
  expect(isBarnacleError(thrown, 'bad-param')).toBe(true);
});

test('no text makes it slow: what ruins backtracking takes milliseconds', () => {
  const started = performance.now();
  for (const text of ['^(a+)+$', '^(a|aa)+$', '(.*)*b$', '^(a?){30}a{30}$']) expect(compilePattern(text)('a'.repeat(20_000) + '!')).toBe(false);
  expect(performance.now() - started, 'a hang, not a speed').toBeLessThan(30_000);
});
