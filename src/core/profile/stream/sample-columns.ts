// The sample rows of a stream of blocks, gathered into columns: what relations are computed on, and what rules that look at
// single values see. Rows are known beforehand, so the sample is the one that profileTable would take.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import { makeBoolean, makeCategory, makeNumber, makeTime, textsOf } from '../../table/build.ts';
import { cellText } from '../../table/cell.ts';
import type { Column, Kind, TimeColumn } from '../../table/table.ts';

/** Texts are kept to so many characters. */
const CLIPPED = 1000;

export interface SampleColumn {
  /** Takes the sample rows [from, to) of `rows` out of a block that begins at row `first`. */
  add(column: Column, first: number, rows: Int32Array, from: number, to: number): void;
  /** `order`: levels as the whole column has them, where they are known; ties are settled by it. */
  finish(kind: Kind, order: readonly string[] | null): Column;
}

export function sampleColumn(name: string, size: number): SampleColumn {
  let values: Float64Array | null = null;
  let codes: Int32Array | null = null;
  let unit: TimeColumn['unit'] = 'day';
  let absent = 0;
  const missing = makeBits(size);
  const levels: string[] = [];
  const index = new Map<string, number>();
  const intern = (text: string): number => {
    const held = index.get(text);
    if (held !== undefined) return held;
    index.set(text, levels.length);
    return levels.push(text) - 1;
  };
  return {
    add(column, first, rows, from, to) {
      for (let k = from; k < to; k++) {
        const row = rows[k] - first;
        if (column.missing !== null && getBit(column.missing, row)) {
          setBit(missing, k);
          absent++;
        } else if (column.kind === 'category' || column.kind === 'text') (codes ??= new Int32Array(size))[k] = intern(column.kind === 'category' ? column.levels[column.codes[row]] : cellText(column, row)!.slice(0, CLIPPED));
        else (values ??= new Float64Array(size))[k] = column.values[row];
      }
      if (column.kind === 'time') unit = column.unit;
    },
    finish(kind, order) {
      const mask = absent ? missing : null;
      if (kind === 'category') return order ? ordered(name, codes ?? new Int32Array(size), levels, order, mask) : makeCategory(name, codes ?? new Int32Array(size), levels, mask);
      if (kind === 'text') return textsOf(name, Array.from({ length: size }, (_, k) => (codes === null || getBit(missing, k) ? null : levels[codes[k]])));
      if (kind === 'time') return makeTime(name, values ?? new Float64Array(size), unit, mask);
      return kind === 'boolean' ? makeBoolean(name, Uint8Array.from(values ?? new Float64Array(size)), mask) : makeNumber(name, values ?? new Float64Array(size), mask);
    },
  };
}

function ordered(name: string, codes: Int32Array, levels: readonly string[], order: readonly string[], missing: Bits | null): Column {
  const places = new Map(order.map((level, place) => [level, place]));
  const sorted = [...levels].sort((a, b) => (places.get(a) ?? Infinity) - (places.get(b) ?? Infinity));
  const moved = new Map(sorted.map((level, code) => [level, code]));
  const map = levels.map((level) => moved.get(level)!);
  return makeCategory(name, codes.map((code, k) => (missing && getBit(missing, k) ? 0 : map[code] ?? 0)), sorted, missing);
}
