// Text -> tokens, in one pass. Columns in [brackets] or `backticks` (the closing mark doubled stands for itself), text in
// "double" or 'single' quotes (likewise), numbers as 1, 1.5, .5, 1e-3; names are letters, digits, _ and points.
import { expressionError } from './expression-error.ts';

/** `name`: a bare word, `column`: a quoted one. `text` is the symbol or the unquoted content; `to` is behind the last character. */
export type Token = { readonly type: 'number' | 'text' | 'name' | 'column' | 'symbol' | 'end'; readonly text: string; readonly at: number; readonly to: number };

const BLANK = /\s/u;
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_.]*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const SYMBOLS = ['<=', '>=', '!=', '<>', '==', '&&', '||', '+', '-', '*', '/', '%', '^', '&', '=', '<', '>', '(', ')', ',', '!'];
const CLOSING: { readonly [open: string]: { close: string; type: 'text' | 'column' } } = { '"': { close: '"', type: 'text' }, "'": { close: "'", type: 'text' }, '`': { close: '`', type: 'column' }, '[': { close: ']', type: 'column' } };

/** Throws bad-expression; with `lenient` what cannot be read ends the list instead (for completion). */
export function tokenize(text: string, lenient = false): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (type: Token['type'], content: string, to: number): void => {
    tokens.push({ type, text: content, at, to });
    at = to;
  };
  while (at < text.length) {
    if (BLANK.test(text[at])) {
      at++;
      continue;
    }
    const quote = Object.hasOwn(CLOSING, text[at]) ? CLOSING[text[at]] : null;
    if (quote) {
      const end = closingAt(text, at, quote.close);
      if (end < 0) {
        if (!lenient) throw expressionError(at, `${quote.type === 'text' ? 'text' : 'column name'} is not closed; write ${quote.close} behind it`);
        push(quote.type, text.slice(at + 1), text.length);
        break;
      }
      push(quote.type, text.slice(at + 1, end).replaceAll(quote.close + quote.close, quote.close), end + 1);
      continue;
    }
    NUMBER.lastIndex = NAME.lastIndex = at;
    const number = NUMBER.exec(text);
    const name = number ? null : NAME.exec(text);
    const symbol = number || name ? undefined : SYMBOLS.find((s) => text.startsWith(s, at));
    if (number) push('number', number[0], at + number[0].length);
    else if (name) push('name', name[0], at + name[0].length);
    else if (symbol) push('symbol', ALIASES[symbol] ?? symbol, at + symbol.length);
    else if (lenient) break;
    else throw expressionError(at, `${JSON.stringify(String.fromCodePoint(text.codePointAt(at)!))} means nothing here; write columns with odd characters in [brackets]`);
  }
  tokens.push({ type: 'end', text: '', at: text.length, to: text.length });
  return tokens;
}

const ALIASES: { readonly [symbol: string]: string | undefined } = { '<>': '!=', '==': '=', '&&': 'and', '||': 'or', '!': 'not' };

function closingAt(text: string, open: number, close: string): number {
  let end = text.indexOf(close, open + 1);
  while (end >= 0 && text[end + 1] === close) end = text.indexOf(close, end + 2);
  return end;
}
