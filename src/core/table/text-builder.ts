// A text column grown cell by cell: UTF-8 into one byte array that doubles, as Arrow lays it out.
// In: strings, null for missing, or whole cells of another text column (copied as bytes). Out: a TextColumn.
import { makeBits, setBit, type Bits } from '../base/bits.ts';
import { BarnacleError } from '../base/errors.ts';
import { makeText } from './build.ts';
import type { TextColumn } from './table.ts';

export interface TextBuilder {
  push(text: string | null): void;
  /** The cell of `column` at `row`, missing included. */
  copy(column: TextColumn, row: number): void;
  build(name: string): TextColumn;
}

const MOST_BYTES = 2 ** 32 - 1;

/** For exactly `rows` cells. Throws too-large when the text outgrows 4 GB, what 32-bit offsets can hold. */
export function makeTextBuilder(rows: number, bytesHint = rows * 16): TextBuilder {
  const encoder = new TextEncoder();
  const offsets = new Uint32Array(rows + 1);
  let bytes = new Uint8Array(Math.max(64, bytesHint));
  let missing: Bits | null = null;
  let row = 0;
  let end = 0;
  const reserve = (more: number): void => {
    if (end + more <= bytes.length) return;
    if (end + more > MOST_BYTES) throw new BarnacleError('too-large', `text column has more than ${MOST_BYTES} bytes; shorten its cells or take fewer rows`, { what: 'text column bytes', value: end + more, limit: MOST_BYTES });
    const grown = new Uint8Array(Math.min(MOST_BYTES, Math.max(end + more, bytes.length * 2)));
    grown.set(bytes.subarray(0, end));
    bytes = grown;
  };
  return {
    push(text) {
      if (text === null) setBit((missing ??= makeBits(rows)), row);
      else if (text.length) {
        reserve(text.length * 3);
        let i = 0;
        for (; i < text.length; i++) {
          const code = text.charCodeAt(i);
          if (code > 127) break;
          bytes[end + i] = code;
        }
        end += i === text.length ? i : i + encoder.encodeInto(i ? text.slice(i) : text, bytes.subarray(end + i)).written;
      }
      offsets[++row] = end;
    },
    copy(column, from) {
      if (column.missing && (column.missing[from >> 3] & (1 << (from & 7))) !== 0) return this.push(null);
      const start = column.offsets[from];
      const stop = column.offsets[from + 1];
      reserve(stop - start);
      for (let k = start; k < stop; k++) bytes[end++] = column.bytes[k];
      offsets[++row] = end;
    },
    build: (name) => makeText(name, bytes.slice(0, end), offsets, missing),
  };
}
