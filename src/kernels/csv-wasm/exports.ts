// What the module exports; every pointer is a byte offset, and what a function means stands in assembly/.
export type Exports = {
  isAscii(at: number, end: number): number;
  tokenize(cursor: number, window: number, starts: number, ends: number, quoted: number, columns: number, capacity: number, delimiter: number, quote: number, newline: number, isStrict: number): number;
  numbers(window: number, starts: number, ends: number, stride: number, rows: number, values: number, bits: number, odd: number, decimal: number, words: number, counts: number, fives: number): void;
  booleans(window: number, starts: number, ends: number, stride: number, rows: number, values: number, bits: number, odd: number, words: number, counts: number): void;
  times(window: number, starts: number, ends: number, stride: number, rows: number, values: number, bits: number, odd: number, words: number, counts: number, facts: number): void;
  strings(dictionary: number, window: number, starts: number, ends: number, quoted: number, columns: number, from: number, rows: number, codes: number, bits: number, scratch: number, words: number, counts: number, escapes: number): number;
  texts(window: number, starts: number, ends: number, quoted: number, columns: number, rows: number, bytes: number, offsets: number, base: number, bits: number, words: number, counts: number, escapes: number): number;
  relink(dictionary: number): void;
  rangeOf(values: number, count: number, range: number): void;
  narrow(values: number, count: number, to: number, bytes: number): void;
  narrowCodes(codes: number, count: number, to: number, bytes: number): void;
  widenCodes(codes: number, count: number, bytes: number, to: number, counts: number): void;
  emptyAhead(starts: number, ends: number, stride: number, rows: number): number;
};
