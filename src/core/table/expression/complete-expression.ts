// What may stand at the caret of an expression being typed: columns, functions and words where a value is expected;
// operators behind a value. A suggestion takes the place of the word that ends at the caret, its opening [ or ` included.
import { compile } from './compile.ts';
import { columnText } from './expression-error.ts';
import { functions } from './functions.ts';
import { parseExpression } from './parse-expression.ts';
import { tokenize, type Token } from './tokenize.ts';
import type { Schema } from '../table.ts';

export type Suggestion = { text: string; detail: string; kind: 'column' | 'function' | 'operator' | 'keyword' };

const MOST = 50;
const OPERATORS: readonly (readonly [text: string, detail: string, after: 'all' | 'number' | 'text' | 'boolean'])[] = [
  ['=', 'equals', 'all'], ['!=', 'differs from', 'all'], ['<', 'is less than', 'all'], ['<=', 'is at most', 'all'], ['>', 'is more than', 'all'], ['>=', 'is at least', 'all'],
  ['and', 'both hold', 'boolean'], ['or', 'one of them holds', 'boolean'],
  ['+', 'plus', 'number'], ['-', 'minus', 'number'], ['*', 'times', 'number'], ['/', 'divided by', 'number'], ['%', 'remainder', 'number'], ['^', 'to the power of', 'number'],
  ['&', 'written behind', 'text'], ['in (', 'is one of a list', 'all'], ['between', 'lies within: between 1 and 5', 'all'], ['is missing', 'has no value', 'all'], ['is not missing', 'has a value', 'all'],
];
const KEYWORDS: readonly (readonly [string, string])[] = [['not', 'denies what follows'], ['true', 'yes'], ['false', 'no'], ['missing', 'no value']];

/** At most 50, best first. */
export function completeExpression(text: string, caret: number, schema: Schema): Suggestion[] {
  const before = text.slice(0, Math.max(0, Math.min(caret, text.length, 10_000)));
  const tokens = tokenize(before, true).filter((token) => token.type !== 'end');
  const last = tokens.at(-1);
  if (last?.type === 'text' && last.to === before.length && !isClosed(before, last)) return [];
  const typing = last !== undefined && last.to === before.length && (last.type === 'name' || (last.type === 'column' && !isClosed(before, last))) ? last : null;
  const word = (typing?.text ?? '').toLowerCase();
  const previous = typing ? tokens.at(-2) : last;
  if (isValueEnd(previous)) return operatorsAfter(before.slice(0, typing?.at ?? before.length), schema, word);
  const columns = schema.map(({ name, kind }): Suggestion => ({ text: columnText(name), detail: kind, kind: 'column' })).filter((_, i) => fits(schema[i].name, word));
  columns.sort((a, b) => rank(a.text, word) - rank(b.text, word));
  if (typing?.type === 'column') return columns.slice(0, MOST);
  const calls = functions.filter((f) => f.name.startsWith(word)).map((f): Suggestion => ({ text: f.name, detail: `${f.signature}: ${f.help}`, kind: 'function' }));
  const words = KEYWORDS.filter(([k]) => k.startsWith(word)).map(([k, detail]): Suggestion => ({ text: k, detail, kind: 'keyword' }));
  return word ? [...columns.slice(0, 30), ...calls, ...words].slice(0, MOST) : [...columns.slice(0, 12), ...calls, ...words].slice(0, MOST);
}

const isClosed = (text: string, token: Token): boolean => token.to - token.at > 1 && text[token.to - 1] === ({ '[': ']', '`': '`', '"': '"', "'": "'" } as { [open: string]: string })[text[token.at]];

function isValueEnd(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.type === 'number' || token.type === 'text' || token.type === 'column') return true;
  if (token.type === 'symbol') return token.text === ')';
  return token.type === 'name' && !['and', 'or', 'not', 'in', 'between', 'is'].includes(token.text.toLowerCase());
}

function operatorsAfter(text: string, schema: Schema, word: string): Suggestion[] {
  const type = typeBefore(text, schema);
  const group = type === 'text' || type === 'category' ? 'text' : type === 'time' ? 'number' : type;
  const fitting = OPERATORS.filter(([op, , after]) => op.startsWith(word) && (after === 'all' || group === null || after === group || (after === 'boolean' && group === 'boolean')));
  const first = fitting.filter(([, , after]) => after === group);
  return [...first, ...fitting.filter((op) => !first.includes(op))].map(([op, detail]) => ({ text: op, detail, kind: 'operator' as const }));
}

/** The type of what stands before the caret when that is an expression by itself; null = not known. */
function typeBefore(text: string, schema: Schema): string | null {
  try {
    return compile(parseExpression(text), new Map(schema.map(({ name, kind }) => [name, kind]))).type;
  } catch {
    return null;
  }
}

const fits = (name: string, word: string): boolean => word === '' || name.toLowerCase().includes(word);
const rank = (text: string, word: string): number => (text.replace(/^\[/, '').toLowerCase().startsWith(word) ? 0 : 1);
