// Functions of text. Characters are counted by code point, positions from 1; comparison is letter by letter, case included.
import { parseNumber } from '../parse-cell.ts';
import { shortTime } from '../texts.ts';
import { defineFunction, type ExpressionFunction } from './function.ts';
import { anyMissing, booleans, flagOfText, mapText, numberOfText, soleText, textAt, textRows, texts, type NumberValues, type TextValues, type TimeValues, type BooleanValues, type Values } from './values.ts';

const of1 = (name: string, help: string, f: (text: string) => string): ExpressionFunction =>
  defineFunction({ name, signature: `${name}(text)`, help, takes: ['text'], fewest: 1, gives: 'text', run: ([a]) => mapText(a as TextValues, f) });

const test = (name: string, help: string, f: (text: string, part: string) => boolean): ExpressionFunction =>
  defineFunction({
    name, signature: `${name}(text, part)`, help, takes: ['text', 'text'], fewest: 2, gives: 'boolean',
    run([a, b], rows) {
      const part = soleText(b);
      if (part !== null) return booleans(flagOfText(a as TextValues, (text) => f(text, part)), a.missing);
      const out = new Uint8Array(rows);
      for (let i = 0; i < rows; i++) out[i] = f(textAt(a as TextValues, i), textAt(b as TextValues, i)) ? 1 : 0;
      return booleans(out, anyMissing([a, b]));
    },
  });

/** Text from a text and further arguments: once for each spelling where those are the same in every row. */
const textWith = (name: string, signature: string, help: string, takes: ExpressionFunction['takes'], f: (text: string, ...rest: (string | number)[]) => string | null, fewest = takes.length): ExpressionFunction =>
  defineFunction({
    name, signature, help, takes, fewest, gives: 'text',
    run(args, rows) {
      const [a, ...rest] = args;
      const fixed = rest.map(soleValue);
      if (fixed.every((value) => value !== null)) return mapText(a as TextValues, (text) => f(text, ...(fixed as (string | number)[])));
      return textRows(rows, anyMissing(args), (i) => f(textAt(a as TextValues, i), ...rest.map((arg) => (arg.type === 'text' ? textAt(arg, i) : (arg as NumberValues).values[i]))));
    },
  });

export const textFunctions: readonly ExpressionFunction[] = [
  of1('lower', 'In small letters.', (t) => t.toLowerCase()),
  of1('upper', 'In capitals.', (t) => t.toUpperCase()),
  of1('trim', 'Without blanks at both ends; inside, runs of blanks become one.', (t) => t.trim().replace(/\s+/g, ' ')),
  defineFunction({ name: 'length', signature: 'length(text)', help: 'How many characters.', takes: ['text'], fewest: 1, gives: 'number', run: ([a]) => ({ type: 'number', ...numberOfText(a as TextValues, codePoints) }) }),
  test('contains', 'Whether the part stands anywhere in the text.', (t, part) => t.includes(part)),
  test('starts', 'Whether the text begins with the part.', (t, part) => t.startsWith(part)),
  test('ends', 'Whether the text ends with the part.', (t, part) => t.endsWith(part)),
  textWith('replace', 'replace(text, find, with)', 'Every "find" becomes "with".', ['text', 'text', 'text'], (t, find, to) => (find === '' ? t : t.replaceAll(find as string, () => to as string))),
  textWith('left', 'left(text, n)', 'The first n characters.', ['text', 'number'], (t, n) => part(t, 0, n as number)),
  textWith('right', 'right(text, n)', 'The last n characters.', ['text', 'number'], (t, n) => ((n as number) >= 1 ? [...t].slice(-Math.trunc(n as number)).join('') : '')),
  textWith('mid', 'mid(text, start, n)', 'n characters from position start, counted from 1; to the end when n is left out.', ['text', 'number', 'number'], (t, start, n = Infinity) => part(t, Math.max(0, Math.trunc(start as number) - 1), n as number), 2),
  textWith('split', 'split(text, by, n)', 'The n-th part of the text cut at "by", from 1; -1 is the last. Missing when there is none.', ['text', 'text', 'number'], (t, by, n) => (by === '' ? null : (t.split(by as string).at(n as number > 0 ? Math.trunc(n as number) - 1 : Math.trunc(n as number) || 1e9)?.trim() ?? null))),
  defineFunction({
    name: 'concat', signature: 'concat(a, b, ...)', help: 'The arguments written one behind the other, like a & b.', takes: ['any'], fewest: 1, repeats: true, gives: 'text',
    run: (args, rows) => args.map(asText).reduce((a, b) => joined(a, b, rows)),
  }),
  defineFunction({ name: 'text', signature: 'text(x)', help: 'The value written as text.', takes: ['any'], fewest: 1, gives: 'text', run: ([a]) => asText(a) }),
  defineFunction({
    name: 'number', signature: 'number(x)', help: 'The number that a text holds (missing when it holds none); yes is 1, no is 0.', takes: ['any'], fewest: 1, gives: 'number',
    run([a]) {
      if (a.type === 'text') return { type: 'number', ...numberOfText(a, (t) => parseNumber(t) ?? NaN) };
      return { type: 'number', values: Float64Array.from(a.values), missing: a.missing };
    },
  }),
];

/** Any values as text, as cells are written. */
export function asText(a: Values): TextValues {
  if (a.type === 'text') return a;
  if (a.type === 'boolean') return texts(Int32Array.from((a as BooleanValues).values), ['false', 'true'], a.missing);
  const { values } = a as NumberValues | TimeValues;
  const codes = new Int32Array(values.length);
  const index = new Map<number, number>();
  const levels: string[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] + 0;
    let code = index.get(value);
    if (code === undefined) {
      index.set(value, (code = levels.length));
      levels.push(a.type === 'time' ? shortTime(value) : String(value));
    }
    codes[i] = code;
  }
  return texts(codes, levels.length ? levels : [''], a.missing);
}

/** Two texts one behind the other; rows that are missing in one are missing. */
export function joined(a: TextValues, b: TextValues, rows: number): TextValues {
  const left = soleText(a);
  const right = soleText(b);
  if (right !== null) return mapText(a, (t) => t + right);
  if (left !== null) return mapText(b, (t) => left + t);
  return textRows(rows, anyMissing([a, b]), (i) => textAt(a, i) + textAt(b, i));
}

function soleValue(a: Values): string | number | null {
  if (a.type === 'text') return soleText(a);
  const { values } = a as NumberValues;
  if (a.missing || !values.length) return null;
  const first = values[0];
  for (let i = 1; i < values.length; i++) if (values[i] !== first) return null;
  return first;
}

function codePoints(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) n++;
  return n;
}
function part(text: string, start: number, n: number): string {
  const count = Math.trunc(n);
  if (!(count > 0)) return '';
  return [...text].slice(start, start + count).join('');
}
