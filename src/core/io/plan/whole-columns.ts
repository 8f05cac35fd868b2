// Bytes of each column of a whole file, from the columns of a sample of its rows.
// Numbers keep the type of the sample (which has the last rows too, so that growing ids show); for strings the number of
// levels in the whole is estimated from how many are met once in the sample (GEE: Charikar et al. 2000), which decides
// between category and text by the readers' rule.
import { countBits, getBit } from '../../base/bits.ts';
import { levelsBytes } from '../../table/held-bytes.ts';
import { LEVEL_LIMIT } from '../build/string-builder.ts';
import { columnRows } from '../../table/build.ts';
import type { CategoryColumn, Column, TextColumn } from '../../table/table.ts';

export type PlannedColumn = { name: string; kind: string; bytes: number };

/** `rows` of the whole file; exactly the column's bytes when that is its length. */
export function wholeColumn(column: Column, rows: number): PlannedColumn {
  const sampled = columnRows(column);
  const missing = countBits(column.missing, sampled);
  const mask = missing ? rows / 8 : 0;
  if (column.kind === 'category' || column.kind === 'text') return wholeStrings(column, rows, sampled - missing, mask);
  return { name: column.name, kind: column.kind, bytes: Math.round(rows * column.values.BYTES_PER_ELEMENT + mask) };
}

function wholeStrings(column: CategoryColumn | TextColumn, rows: number, present: number, mask: number): PlannedColumn {
  const { distinct, once, length } = countStrings(column);
  const sampled = columnRows(column);
  const scale = sampled ? rows / sampled : 1;
  const levels = Math.min(present * scale, Math.sqrt(scale) * once + (distinct - once));
  const isText = scale === 1 ? column.kind === 'text' : levels > LEVEL_LIMIT || (levels > 200 && levels * 2 > present * scale);
  const bytes = isText ? rows * 4 + length * scale : rows * 4 + levelsBytes(Math.round(levels), distinct ? length / Math.max(1, present) : 0);
  return { name: column.name, kind: isText ? 'text' : 'category', bytes: Math.round(bytes + mask) };
}

/** Different strings, those that occur once, and the UTF-8 bytes of all rows. */
function countStrings(column: CategoryColumn | TextColumn): { distinct: number; once: number; length: number } {
  const counts = new Map<string | number, number>();
  const rows = columnRows(column);
  const isMissing = (row: number): boolean => column.missing !== null && getBit(column.missing, row);
  let length = 0;
  if (column.kind === 'category') {
    for (let row = 0; row < rows; row++) if (!isMissing(row)) counts.set(column.codes[row], (counts.get(column.codes[row]) ?? 0) + 1);
    for (const [code, count] of counts) length += new TextEncoder().encode(column.levels[code as number]).length * count;
  } else {
    const decoder = new TextDecoder();
    length = column.bytes.length;
    for (let row = 0; row < rows; row++) {
      if (isMissing(row)) continue;
      const text = decoder.decode(column.bytes.subarray(column.offsets[row], column.offsets[row + 1]));
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  let once = 0;
  for (const count of counts.values()) if (count === 1) once++;
  return { distinct: counts.size, once, length };
}
