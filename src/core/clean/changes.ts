// How many cells of a column read otherwise than before: another value, become missing, or no longer missing.
// Two kinds are compared by their cells' text, so that a number read from "12" is no change and one from "12.0 oz" is.
import { getBit } from '../base/bits.ts';
import { columnRows } from '../table/build.ts';
import { textsOfColumn } from '../table/texts.ts';
import type { Column, TextColumn } from '../table/table.ts';

/** Columns of the same rows. */
export function countChanged(before: Column, after: Column): number {
  if (before === after) return 0;
  const rows = columnRows(before);
  const differ = differing(before, after);
  let changed = 0;
  for (let i = 0; i < rows; i++) {
    const wasMissing = before.missing !== null && getBit(before.missing, i);
    const isMissing = after.missing !== null && getBit(after.missing, i);
    if (wasMissing || isMissing ? wasMissing !== isMissing : differ(i)) changed++;
  }
  return changed;
}

function differing(before: Column, after: Column): (row: number) => boolean {
  if (before.kind === 'text' && after.kind === 'text') return (row) => !sameBytes(before, after, row);
  if ('values' in before && 'values' in after && before.kind === after.kind) return (row) => !Object.is(before.values[row] + 0, after.values[row] + 0);
  const a = textsOfColumn(before);
  const b = textsOfColumn(after);
  const index = new Map(a.levels.map((level, code) => [level, code]));
  const twin = Int32Array.from(b.levels, (level) => index.get(level) ?? -1);
  return (row) => twin[b.codes[row]] !== a.codes[row];
}

function sameBytes(a: TextColumn, b: TextColumn, row: number): boolean {
  const length = a.offsets[row + 1] - a.offsets[row];
  if (b.offsets[row + 1] - b.offsets[row] !== length) return false;
  for (let k = 0, i = a.offsets[row], j = b.offsets[row]; k < length; k++) if (a.bytes[i + k] !== b.bytes[j + k]) return false;
  return true;
}
