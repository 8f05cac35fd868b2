// Comparisons of two columns of values, and the logic of three values (Kleene): missing is "not known".
// Text is ordered by code unit. A text against one constant is compared once for each spelling.
import { anyMissing, booleans, flagOfText, soleText, textAt, type BooleanValues, type Mask, type NumberValues, type TextValues, type Values } from './values.ts';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

const NUMBERS: { readonly [op in Comparison]: (x: number, y: number) => boolean } = { '=': (x, y) => x === y, '!=': (x, y) => x !== y, '<': (x, y) => x < y, '<=': (x, y) => x <= y, '>': (x, y) => x > y, '>=': (x, y) => x >= y };
const TEXTS: { readonly [op in Comparison]: (x: string, y: string) => boolean } = { '=': (x, y) => x === y, '!=': (x, y) => x !== y, '<': (x, y) => x < y, '<=': (x, y) => x <= y, '>': (x, y) => x > y, '>=': (x, y) => x >= y };

/** Both of one type. */
export function compare(op: Comparison, a: Values, b: Values, rows: number): BooleanValues {
  if (a.type === 'text') return compareTexts(op, a, b as TextValues, rows);
  const x = a.values;
  const y = (b as NumberValues).values;
  const f = NUMBERS[op];
  const out = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) out[i] = f(x[i], y[i]) ? 1 : 0;
  return booleans(out, anyMissing([a, b]));
}

function compareTexts(op: Comparison, a: TextValues, b: TextValues, rows: number): BooleanValues {
  const f = TEXTS[op];
  const right = soleText(b);
  if (right !== null) return booleans(flagOfText(a, (text) => f(text, right)), a.missing);
  const left = soleText(a);
  if (left !== null) return booleans(flagOfText(b, (text) => f(left, text)), b.missing);
  const out = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) out[i] = f(textAt(a, i), textAt(b, i)) ? 1 : 0;
  return booleans(out, anyMissing([a, b]));
}

export function kleene(op: 'and' | 'or', a: BooleanValues, b: BooleanValues): BooleanValues {
  const rows = a.values.length;
  const out = new Uint8Array(rows);
  const decides = op === 'and' ? 0 : 1;
  const either = anyMissing([a, b]);
  const missing: Mask = either ? new Uint8Array(rows) : null;
  for (let i = 0; i < rows; i++) {
    const knowsA = !a.missing?.[i];
    const knowsB = !b.missing?.[i];
    if ((knowsA && a.values[i] === decides) || (knowsB && b.values[i] === decides)) out[i] = decides;
    else if (knowsA && knowsB) out[i] = 1 - decides;
    else missing![i] = 1;
  }
  return booleans(out, missing);
}

/** True where it equals one of the list; missing where it does not, but one of the list is missing. */
export function isOneOf(x: Values, list: readonly Values[], rows: number): BooleanValues {
  const words = list.map(soleText);
  if (x.type === 'text' && words.every((word) => word !== null)) {
    const set = new Set(words);
    return booleans(flagOfText(x, (text) => set.has(text)), x.missing);
  }
  return list.map((item) => compare('=', x, item, rows)).reduce((a, b) => kleene('or', a, b));
}
