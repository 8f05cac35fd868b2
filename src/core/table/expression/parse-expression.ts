// Text -> an Expression, by precedence climbing (Pratt, 1973), in time linear in the text.
// From loose to tight: or; and; not; = != < <= > >= in between is; &; + -; * / %; - before; ^ (to the right, above the minus
// before it: -2^2 is -4). Words are read in any case; nothing is evaluated and no text becomes code.
import type { BinaryOp, Expression } from './expression.ts';
import { columnText, expressionError, nearest, RESERVED } from './expression-error.ts';
import { functionOf, functions } from './functions.ts';
import { tokenize, type Token } from './tokenize.ts';

export const MOST_CHARACTERS = 10_000;
export const MOST_DEPTH = 200;

const BINDS: { readonly [op: string]: number | undefined } = { or: 1, and: 2, '=': 4, '!=': 4, '<': 4, '<=': 4, '>': 4, '>=': 4, in: 4, between: 4, is: 4, not: 4, '&': 5, '+': 6, '-': 6, '*': 7, '/': 7, '%': 7, '^': 9 };
const COMPARES = 4;
const BEFORE = 8;

/** Throws bad-expression (place and reason), too-large. */
export function parseExpression(text: string): Expression {
  if (text.length > MOST_CHARACTERS) throw expressionError(MOST_CHARACTERS, `expression has ${text.length} characters, more than ${MOST_CHARACTERS}; compute it in steps`);
  const tokens = tokenize(text);
  let at = 0;
  const depths = new WeakMap<Expression, number>();
  const peek = (): Token => tokens[at];
  const wordOf = (token: Token): string => (token.type === 'symbol' ? token.text : token.type === 'name' ? token.text.toLowerCase() : '');
  const isNext = (word: string): boolean => wordOf(peek()) === word;
  const made = (node: Expression, ...parts: readonly Expression[]): Expression => {
    let depth = 1;
    for (const part of parts) depth = Math.max(depth, (depths.get(part) ?? 0) + 1);
    if (depth > MOST_DEPTH) throw tooDeep(node.at);
    depths.set(node, depth);
    return node;
  };
  const expect = (word: string, why: string): Token => {
    const token = peek();
    if (wordOf(token) !== word) throw expressionError(token.at, `${shown(token)} where "${word}" is expected ${why}`);
    at++;
    return token;
  };

  function expression(tightness: number, depth: number): Expression {
    if (depth > MOST_DEPTH) throw tooDeep(peek().at);
    let left = operand(depth);
    let compared = false;
    for (;;) {
      const op = wordOf(peek());
      const binds = Object.hasOwn(BINDS, op) ? BINDS[op]! : 0;
      if (!binds || binds <= tightness) return left;
      if (binds === COMPARES && compared) throw expressionError(peek().at, 'comparisons do not chain; write "a < b and b < c"');
      compared = binds === COMPARES;
      at++;
      left = binds === COMPARES ? comparison(left, op, depth) : binary(left, op as BinaryOp, expression(op === '^' ? BEFORE : binds, depth + 1));
    }
  }
  const binary = (left: Expression, op: BinaryOp, right: Expression): Expression => made({ node: 'binary', op, left, right, at: left.at, to: right.to }, left, right);

  function comparison(left: Expression, op: string, depth: number): Expression {
    if (op === 'is') {
      const negated = isNext('not') && ++at > 0;
      const end = expect('missing', 'behind "is"');
      return made({ node: 'is-missing', of: left, negated, at: left.at, to: end.to }, left);
    }
    const negated = op === 'not';
    const word = negated ? wordOf(peek()) : op;
    if (negated) {
      if (word !== 'in' && word !== 'between') throw expressionError(peek().at, '"not" behind a value needs "in" or "between"; "not" before it denies it');
      at++;
    }
    if (word === 'in') {
      expect('(', 'behind "in"');
      const list = listUntilClosed(depth, 'in');
      if (!list.length) throw expressionError(tokens[at - 1].at, 'the list is empty; write at least one value');
      return made({ node: 'in', of: left, list, negated, at: left.at, to: tokens[at - 1].to }, left, ...list);
    }
    if (word === 'between') {
      const low = expression(COMPARES, depth + 1);
      expect('and', 'between the two limits');
      const high = expression(COMPARES, depth + 1);
      return made({ node: 'between', of: left, low, high, negated, at: left.at, to: high.to }, left, low, high);
    }
    return binary(left, op as BinaryOp, expression(COMPARES, depth + 1));
  }

  function listUntilClosed(depth: number, name: string): Expression[] {
    const list: Expression[] = [];
    if (isNext(')')) return void at++, list;
    for (;;) {
      list.push(expression(0, depth + 1));
      if (isNext(',')) {
        at++;
        continue;
      }
      expect(')', `to close ${name}(`);
      return list;
    }
  }

  function operand(depth: number): Expression {
    const token = peek();
    at++;
    if (token.type === 'number') {
      const value = Number(token.text);
      if (!Number.isFinite(value)) throw expressionError(token.at, `${token.text.slice(0, 20)} is beyond what a number can hold`);
      return made({ node: 'literal', value, at: token.at, to: token.to });
    }
    if (token.type === 'text') return made({ node: 'literal', value: token.text, at: token.at, to: token.to });
    if (token.type === 'column') return made({ node: 'column', name: token.text, at: token.at, to: token.to });
    const word = wordOf(token);
    if (word === '-' || word === '+') {
      const of = expression(BEFORE, depth + 1);
      return word === '+' ? of : made({ node: 'unary', op: '-', of, at: token.at, to: of.to }, of);
    }
    if (word === 'not') {
      const of = expression(3, depth + 1);
      return made({ node: 'unary', op: 'not', of, at: token.at, to: of.to }, of);
    }
    if (word === '(') {
      const of = expression(0, depth + 1);
      expect(')', 'to close the bracket');
      return of;
    }
    if (token.type === 'name' && wordOf(peek()) === '(' && word !== 'in' && word !== 'and' && word !== 'or') {
      const known = functionOf(word);
      if (!known) throw expressionError(token.at, `function "${token.text}" is not known${meant(nearest(word, functions.map((f) => f.name)))}`);
      at++;
      const args = listUntilClosed(depth, known.name);
      return made({ node: 'call', name: known.name, args, at: token.at, to: tokens[at - 1].to }, ...args);
    }
    if (word === 'true' || word === 'false') return made({ node: 'literal', value: word === 'true', at: token.at, to: token.to });
    if (word === 'missing') return made({ node: 'literal', value: null, at: token.at, to: token.to });
    if (token.type === 'name' && !RESERVED.has(word)) return made({ node: 'column', name: token.text, at: token.at, to: token.to });
    throw expressionError(token.at, `${shown(token)} where a value is expected; write a column, a number, "text" or a function`);
  }

  if (peek().type === 'end') throw expressionError(0, 'the expression is empty; write a column, a number, "text" or a function');
  const whole = expression(0, 1);
  const rest = peek();
  if (rest.type !== 'end') throw expressionError(rest.at, `${shown(rest)} where an operator is expected${rest.type === 'name' || rest.type === 'number' ? '; names with blanks stand in [brackets]' : ''}`);
  return whole;
}

const tooDeep = (at: number) => expressionError(at, `more than ${MOST_DEPTH} levels deep; compute it in steps`);
const shown = (token: Token): string => (token.type === 'end' ? 'the end' : token.type === 'text' ? `the text ${JSON.stringify(token.text.slice(0, 30))}` : token.type === 'column' ? `the column ${columnText(token.text).slice(0, 40)}` : `"${token.text.slice(0, 30)}"`);
const meant = (names: readonly string[]): string => (names.length ? `; did you mean ${names.join(' or ')}?` : '; see the list of functions');
