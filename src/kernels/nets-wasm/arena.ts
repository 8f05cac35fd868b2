// Room for arrays, given out one after another before anything is allocated; and the table of buffers that operations name.
import { ARRAYS, PAGE } from '../team/words.ts';

export interface Arena {
  /** The first byte of a new array, on 64 bytes. */
  take(bytes: number): number;
  /** A buffer of so many floats a row for every row of the arena; its number. */
  buffer(rowFloats: number): number;
  /** First byte and bytes of a row of each buffer; number 0 is none. */
  readonly buffers: readonly (readonly [number, number])[];
  readonly bytes: number;
  readonly pages: number;
}

export function openArena(rows: number): Arena {
  let at = ARRAYS;
  const buffers: (readonly [number, number])[] = [[0, 0]];
  const take = (bytes: number): number => {
    const from = at;
    // an odd number of lines, so that arrays of 2^n bytes do not all fall on the same places of a cache
    at += (Math.ceil(bytes / 128) * 2 + 1) * 64;
    return from;
  };
  return {
    take,
    buffer: (rowFloats) => buffers.push([take(4 * rowFloats * rows), 4 * rowFloats]) - 1,
    buffers,
    get bytes() { return at; },
    get pages() { return Math.ceil(at / PAGE); },
  };
}
