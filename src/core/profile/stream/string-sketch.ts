// One column of strings as a stream of blocks (categories with levels of their own, or text) -> the facts of a category or a
// text column. Exact while the different strings fit a dictionary (EXACT_LIMIT of them, MOST_CHARS characters in all); then
// distinct goes on over hashes (exact to EXACT_LIMIT, HyperLogLog beyond), the most frequent as counts with a known error.
// Category or text is decided at the end over all rows, by the readers' rule.
import { getBit } from '../../base/bits.ts';
import { mix32 } from '../../base/random.ts';
import type { CategoryColumn, TextColumn } from '../../table/table.ts';
import { EXACT_LIMIT, makeDistinctCounter, type DistinctCounter } from '../count-distinct.ts';
import { addTopText, makeTopTexts, topTexts, type TopTexts } from './top-texts.ts';

const MOST_CHARS = 1 << 24;
const TEXT_LEVELS = 200;
const TOP_LEVELS = 50;
/** What stands for a missing cell in the hash of a row. */
export const NOTHING_HIGH = 0x7f4a7c15;
export const NOTHING_LOW = 0x1b873593;

export type StringsKind = 'auto' | 'category' | 'text';
export type StringFacts = {
  kind: 'category' | 'text';
  present: number;
  missing: number;
  distinct: number;
  distinctIsExact: boolean;
  /** Every level with its rows, or null when there were too many. */
  all: { levels: string[]; counts: Float64Array } | null;
  /** The most frequent, and by how much a count may be too low. */
  top: { level: string; count: number }[];
  topError: number;
  text: { minLength: number; maxLength: number; meanLength: number } | null;
};

export interface StringSketch {
  /** Adds a block; `high` and `low` (one per row) receive the hash of each string. */
  add(column: CategoryColumn | TextColumn, rows: number, high: Uint32Array, low: Uint32Array): void;
  finish(kind: StringsKind): StringFacts;
  /** The levels in order of first appearance, while they are all known. */
  order(): readonly string[] | null;
}

type Estimates = { counter: DistinctCounter; top: TopTexts; min: number; max: number; characters: number };
/** Codes of the levels that a block names; kept from block to block while its list only grows. */
type Known = { list: readonly string[]; codes: number[]; high: number[]; low: number[] };

export function makeStringSketch(): StringSketch {
  const index = new Map<string, number>();
  const levels: string[] = [];
  let counts = new Float64Array(64);
  let characters = 0;
  let present = 0;
  let missing = 0;
  let estimates: Estimates | null = null;
  let known: Known = { list: [], codes: [], high: [], low: [] };
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let scratch = new Uint8Array(256);
  const hash = { a: 0, b: 0, length: 0, end: 0 };

  const encode = (text: string): void => {
    if (text.length * 3 > scratch.length) scratch = new Uint8Array(text.length * 6);
    hash.end = encoder.encodeInto(text, scratch).written;
    hashBytes(scratch, 0, hash.end, hash);
  };
  const intern = (text: string): number => {
    const held = index.get(text);
    if (held !== undefined) return held;
    if (levels.length === EXACT_LIMIT || characters + text.length > MOST_CHARS) return -1;
    index.set(text, levels.length);
    characters += text.length;
    if (levels.length === counts.length) {
      const larger = new Float64Array(counts.length * 2);
      larger.set(counts);
      counts = larger;
    }
    return levels.push(text) - 1;
  };
  const count = (into: Estimates, times: number, bytes: Uint8Array, start: number, end: number): void => {
    into.counter.add(hash.a, hash.b);
    addTopText(into.top, hash.a, hash.b, times, bytes, start, end);
    into.characters += hash.length * times;
    if (hash.length < into.min) into.min = hash.length;
    if (hash.length > into.max) into.max = hash.length;
  };
  const spill = (): Estimates => {
    const out: Estimates = { counter: makeDistinctCounter(2 ** 31), top: makeTopTexts(), min: Infinity, max: 0, characters: 0 };
    levels.forEach((level, code) => {
      if (counts[code] === 0) return;
      encode(level);
      count(out, counts[code], scratch, 0, hash.end);
    });
    index.clear();
    levels.length = 0;
    return out;
  };
  const addCategory = (column: CategoryColumn, rows: number, high: Uint32Array, low: Uint32Array): void => {
    if (known.list !== column.levels) known = { list: column.levels, codes: [], high: [], low: [] };
    for (let k = known.codes.length; k < column.levels.length; k++) {
      encode(column.levels[k]);
      known.high.push(hash.a);
      known.low.push(hash.b);
      known.codes.push(0);
      if (!estimates && (known.codes[k] = intern(column.levels[k])) < 0) estimates = spill();
    }
    const times = estimates ? new Float64Array(column.levels.length) : null;
    for (let i = 0; i < rows; i++) {
      if (column.missing !== null && getBit(column.missing, i)) {
        high[i] = NOTHING_HIGH;
        low[i] = NOTHING_LOW;
        missing++;
        continue;
      }
      const k = column.codes[i];
      high[i] = known.high[k];
      low[i] = known.low[k];
      present++;
      if (times) times[k]++;
      else counts[known.codes[k]]++;
    }
    if (times && estimates) for (let k = 0; k < times.length; k++) if (times[k]) {
      encode(column.levels[k]);
      count(estimates, times[k], scratch, 0, hash.end);
    }
  };
  const addText = (column: TextColumn, rows: number, high: Uint32Array, low: Uint32Array): void => {
    for (let i = 0; i < rows; i++) {
      if (column.missing !== null && getBit(column.missing, i)) {
        high[i] = NOTHING_HIGH;
        low[i] = NOTHING_LOW;
        missing++;
        continue;
      }
      const [start, end] = [column.offsets[i], column.offsets[i + 1]];
      present++;
      hashBytes(column.bytes, start, end, hash);
      const { a, b } = hash;
      high[i] = a;
      low[i] = b;
      const code = estimates ? -1 : intern(decoder.decode(column.bytes.subarray(start, end)));
      if (code >= 0) counts[code]++;
      else {
        estimates ??= spill();
        hashBytes(column.bytes, start, end, hash);
        count(estimates, 1, column.bytes, start, end);
      }
    }
  };
  return {
    add(column, rows, high, low) {
      if (column.kind === 'category') addCategory(column, rows, high, low);
      else addText(column, rows, high, low);
    },
    order: () => (estimates ? null : levels),
    finish(kind) {
      const isMany = (distinct: number): boolean => distinct > EXACT_LIMIT || (distinct > TEXT_LEVELS && distinct * 2 > present);
      const kindOf = (distinct: number): 'category' | 'text' => (kind === 'auto' ? (isMany(distinct) ? 'text' : 'category') : kind);
      if (estimates) {
        const { counter, top, min, max, characters: sum } = estimates;
        const distinct = Math.min(counter.count(), present);
        return { kind: kindOf(distinct), present, missing, distinct, distinctIsExact: counter.isExact(), all: null, top: topTexts(top, TOP_LEVELS), topError: top.error, text: present ? { minLength: min, maxLength: max, meanLength: sum / present } : null };
      }
      const lengths = levels.map((level) => [...level].length);
      const used = levels.map((_, code) => code).filter((code) => counts[code] > 0);
      const often = used.filter((code) => counts[code] > 1 || used.length <= TOP_LEVELS).sort((x, y) => counts[y] - counts[x] || x - y).slice(0, TOP_LEVELS);
      const sum = used.reduce((n, code) => n + lengths[code] * counts[code], 0);
      const [min, max] = used.reduce(([low, high], code) => [Math.min(low, lengths[code]), Math.max(high, lengths[code])], [Infinity, 0]);
      return { kind: kindOf(used.length), present, missing, distinct: used.length, distinctIsExact: true, all: { levels, counts: counts.slice(0, levels.length) }, top: often.map((code) => ({ level: levels[code].slice(0, 200), count: counts[code] })), topError: 0, text: present ? { minLength: min, maxLength: max, meanLength: sum / present } : null };
    },
  };
}

/** The hash of profile-text and the length in code points. */
function hashBytes(bytes: Uint8Array, start: number, end: number, out: { a: number; b: number; length: number }): void {
  let a = 0x811c9dc5;
  let b = 0x2545f491;
  let length = 0;
  for (let k = start; k < end; k++) {
    const byte = bytes[k];
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b + byte, 0x85ebca6b) ^ (b >>> 13);
    if ((byte & 0xc0) !== 0x80) length++;
  }
  out.a = mix32(a);
  out.b = mix32(b);
  out.length = length;
}
