// A number from the bytes of a cell, without making a string on the common path. NaN = it is not a number.
// Exact: a mantissa below 2^53 times or over a power of ten up to 22 is correctly rounded (Clinger 1990); the rest goes to
// Number(). Refused: leading zeros ("007" is a code), integers that a double cannot hold (an id would change).
// Words for infinity give an infinity, which the builders count and keep as missing.
export type NumberStyle = { readonly decimal: number; readonly group: number };

const DOT = 46;
const COMMA = 44;
/** What may stand behind digits, and at the front of a word for infinity. */
const LETTER_E = 101;
const LETTER_I = 105;
const SPACE = 32;
const APOSTROPHE = 39;
/** How numbers may be written: 3.14 · 3,14 · 1,234.5 · 1.234,5 and, only on the person's word, 1 234,5 · 1 234.5 · 1'234.5 */
export const STYLES: readonly NumberStyle[] = [{ decimal: DOT, group: 0 }, { decimal: COMMA, group: 0 }, { decimal: DOT, group: COMMA }, { decimal: COMMA, group: DOT }, { decimal: COMMA, group: SPACE }, { decimal: DOT, group: SPACE }, { decimal: DOT, group: APOSTROPHE }];
const POWERS = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const SCRATCH = new Uint8Array(64);

/** The number that bytes [start, end) spell with a decimal point; NaN when they do not. */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  let d = bytes[i];
  const negative = d === 45;
  if (negative || d === 43) d = bytes[++i];
  if (i >= end) return NaN;
  const first = i;
  let mantissa = 0;
  while (i < end && (d = bytes[i] - 48) >= 0 && d <= 9) {
    mantissa = mantissa * 10 + d;
    i++;
  }
  const whole = i - first;
  if (whole > 1 && bytes[first] === 48) return NaN;
  if (i === end) return mantissa <= 9007199254740991 ? (negative ? 0 - mantissa : mantissa) : parseSlow(bytes, start, end);
  if (bytes[i] === DOT) {
    const point = ++i;
    while (i < end && (d = bytes[i] - 48) >= 0 && d <= 9) {
      mantissa = mantissa * 10 + d;
      i++;
    }
    const scale = i - point;
    if (whole + scale === 0) return NaN;
    if (i === end && scale <= 22 && mantissa <= 9007199254740991) {
      const value = mantissa / POWERS[scale];
      return negative ? 0 - value : value;
    }
  }
  if (i < end && (bytes[i] | 32) !== (i > first ? LETTER_E : LETTER_I)) return NaN;
  return parseSlow(bytes, start, end);
}

/** As parseNumber, written in that style; groups must be of three digits after one to three. No-break spaces are spaces. */
export function parseStyled(bytes: Uint8Array, start: number, end: number, style: NumberStyle): number {
  if (style.group === 0 && style.decimal === DOT) return parseNumber(bytes, start, end);
  if (end - start > SCRATCH.length) return NaN;
  let n = 0;
  let sinceGroup = -1;
  let digits = 0;
  let whole = true;
  for (let i = start; i < end; i++) {
    let c = bytes[i];
    if (style.group === SPACE && c > 127) {
      const width = spaceWidth(bytes, i, end);
      if (width) {
        c = SPACE;
        i += width - 1;
      }
    }
    if (whole && style.group !== 0 && c === style.group) {
      if (digits === 0 || (sinceGroup < 0 ? digits > 3 : sinceGroup !== 3)) return NaN;
      sinceGroup = 0;
    } else if (c === style.decimal) {
      if (!whole || (sinceGroup >= 0 && sinceGroup !== 3)) return NaN;
      whole = false;
      SCRATCH[n++] = DOT;
    } else {
      if (c === DOT || c === COMMA) return NaN;
      if (whole && c >= 48 && c <= 57) {
        digits++;
        if (sinceGroup >= 0) sinceGroup++;
      }
      SCRATCH[n++] = c;
    }
  }
  if (whole && sinceGroup >= 0 && sinceGroup !== 3) return NaN;
  return parseNumber(SCRATCH, 0, n);
}

/** How many bytes a no-break space (U+00A0, U+202F) or thin space (U+2009) takes; 0 when there is none. */
function spaceWidth(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] === 0xc2 && at + 1 < end && bytes[at + 1] === 0xa0) return 2;
  return bytes[at] === 0xe2 && at + 2 < end && bytes[at + 1] === 0x80 && (bytes[at + 2] === 0xaf || bytes[at + 2] === 0x89) ? 3 : 0;
}

const SPELLING = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?$/;
const INFINITY = /^([+-]?)(?:inf|infinity)$/i;

function parseSlow(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 400) return NaN;
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]);
  if (!SPELLING.test(text)) {
    const found = INFINITY.exec(text);
    return found ? (found[1] === '-' ? -Infinity : Infinity) : NaN;
  }
  const value = Number(text);
  if (/^[+-]?\d+$/.test(text) && Math.abs(value) > 9007199254740991 && String(value) !== text.replace('+', '')) return NaN;
  return value === 0 ? 0 : value;
}
