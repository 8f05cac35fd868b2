import { describe, expect, test } from 'vitest';
import { isBarnacleError } from '../../../../../src/core/base/errors.ts';
import type { Expression } from '../../../../../src/core/table/expression/expression.ts';
import { columnsRead } from '../../../../../src/core/table/expression/expression.ts';
import { parseExpression } from '../../../../../src/core/table/expression/parse-expression.ts';

/** The tree as nested brackets. */
function shape(e: Expression): string {
  switch (e.node) {
    case 'literal': return JSON.stringify(e.value);
    case 'column': return e.name;
    case 'unary': return `(${e.op} ${shape(e.of)})`;
    case 'binary': return `(${shape(e.left)} ${e.op} ${shape(e.right)})`;
    case 'call': return `${e.name}(${e.args.map(shape).join(', ')})`;
    case 'in': return `(${shape(e.of)} ${e.negated ? 'not ' : ''}in ${e.list.map(shape).join(', ')})`;
    case 'between': return `(${shape(e.of)} ${e.negated ? 'not ' : ''}between ${shape(e.low)} ${shape(e.high)})`;
    case 'is-missing': return `(${shape(e.of)} is ${e.negated ? 'not ' : ''}missing)`;
  }
}
const tree = (text: string) => shape(parseExpression(text));

test.each([
  ['1 + 2 * 3', '(1 + (2 * 3))'],
  ['-2 ^ 2', '(- (2 ^ 2))'],
  ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
  ['2 ^ -1', '(2 ^ (- 1))'],
  ['a - b - c', '((a - b) - c)'],
  ['not a = 1 and b or c', '(((not (a = 1)) and b) or c)'],
  ['a && !b || c', '((a and (not b)) or c)'],
  ['a & b & "x" = c', '(((a & b) & "x") = c)'],
  ['x NOT IN (1, 2) AND y Is Not Missing', '((x not in 1, 2) and (y is not missing))'],
  ['x between 1 and 2 and y', '((x between 1 2) and y)'],
  ['[two words] + `back tick` * [odd ]] one]', '(two words + (back tick * odd ] one))'],
  ['"say ""hi""" & \'it\'\'s\'', '("say \\"hi\\"" & "it\'s")'],
  ['IF(a <> 1, missing, .5e1)', 'if((a != 1), null, 5)'],
  ['year + year(when)', '(year + year(when))'],
  ['größe.max >= 1.', '(größe.max >= 1)'],
])('%s', (text, expected) => expect(tree(text)).toBe(expected));

const failure = (text: string) => {
  try {
    parseExpression(text);
  } catch (error) {
    if (isBarnacleError(error, 'bad-expression')) return error.details;
    throw error;
  }
  return null;
};

describe('what cannot be read says where and why', () => {
  test.each([
    ['', 0, 'empty'], ['1 +', 3, 'the end where a value'], ['(1', 2, 'where ")"'], ['1 2', 2, 'where an operator'], ['a b', 2, '[brackets]'],
    ['"abc', 0, 'not closed'], ['[abc', 0, 'not closed'], ['1 < 2 < 3', 6, 'do not chain'], ['x is 3', 5, '"missing"'], ['x in 3', 5, '"("'], ['x in ()', 6, 'empty'],
    ['lenght(x)', 0, 'did you mean length'], ['a # b', 2, 'means nothing'], ['if(a, 1,)', 8, 'where a value'], ['1e999', 0, 'beyond'], ['and 1', 0, 'where a value'], ['x between 1', 11, '"and"'],
  ] as const)('%s', (text, at, reason) => {
    const details = failure(text);
    expect(details?.at).toBe(at);
    expect(details?.reason).toContain(reason);
  });
});

test('depth and length are bounded, and long texts are read in linear time', () => {
  expect(failure('('.repeat(5000))?.reason).toContain('deep');
  expect(failure('-'.repeat(5000))?.reason).toContain('deep');
  expect(failure(`${'a+'.repeat(300)}a`)?.reason).toContain('deep');
  expect(failure('a'.repeat(10_001))?.reason).toContain('10001 characters');
  expect(tree('('.repeat(100) + 'a' + ')'.repeat(100))).toBe('a');
  for (const text of ['[', '"', '`', '1.', '((((((', 'a.', 'not ', '<', 'in('].map((part) => part.repeat(9999).slice(0, 9999))) {
    const start = performance.now();
    expect(() => { try { parseExpression(text); } catch (error) { if (!isBarnacleError(error)) throw error; } }).not.toThrow();
    expect(performance.now() - start, 'a hang, not a speed').toBeLessThan(20_000);
  }
});

test('knows the columns it reads', () => expect(columnsRead(parseExpression('if(a > [b c], a, coalesce(d, 1)) in (a, e)'))).toEqual(['a', 'b c', 'd', 'e']));

test('random bytes give an expression or a typed error', () => {
  const pieces = ['a', '[b]', '1', '"t"', '(', ')', ',', '+', '-', '*', '/', '%', '^', '&', '=', '<', 'and', 'or', 'not', 'in', 'between', 'is', 'missing', 'if', 'true', ' ', '\u{1f600}', '\\', '`', "'"];
  let seed = 7;
  const next = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let k = 0; k < 3000; k++) {
    const text = Array.from({ length: 1 + next(12) }, () => pieces[next(pieces.length)]).join(' ');
    try {
      parseExpression(text);
    } catch (error) {
      expect(isBarnacleError(error, 'bad-expression')).toBe(true);
    }
  }
});
