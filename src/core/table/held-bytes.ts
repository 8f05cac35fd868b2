// How much memory tables hold: every buffer once, however many columns and tables share it, and the strings of levels with what
// an engine adds to each. Strings: V8 lays a header of 12 to 16 bytes before one byte per Latin-1 character (two otherwise),
// rounded up to 8, and a list keeps a pointer of 4 to 8 bytes for each; in between is counted.
import type { Table } from './table.ts';

const STRING_HEADER = 14;
const POINTER = 6;

/** Bytes held by all of them together. */
export function heldBytes(tables: Iterable<Table>): number {
  const seen = new Set<unknown>();
  let bytes = 0;
  const buffer = (array: { readonly buffer: { readonly byteLength: number } } | null): void => {
    if (array === null || seen.has(array.buffer)) return;
    seen.add(array.buffer);
    bytes += array.buffer.byteLength;
  };
  for (const { columns } of tables) {
    for (const column of columns) {
      buffer(column.missing);
      if (column.kind === 'text') {
        buffer(column.bytes);
        buffer(column.offsets);
      } else if (column.kind === 'category') {
        buffer(column.codes);
        if (seen.has(column.levels)) continue;
        seen.add(column.levels);
        for (const level of column.levels) bytes += stringBytes(level);
      } else buffer(column.values);
    }
  }
  return bytes;
}

/** Bytes of `count` strings of `length` Latin-1 characters on average, and of the list of them. */
export const levelsBytes = (count: number, length: number): number => count * (STRING_HEADER + length + 4 + POINTER);

function stringBytes(text: string): number {
  return ((STRING_HEADER + text.length * (isLatin(text) ? 1 : 2) + 7) & ~7) + POINTER;
}

function isLatin(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return false;
  return true;
}
