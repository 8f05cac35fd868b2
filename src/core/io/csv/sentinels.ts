// Numbers and dates that look like "no value": an end of the column's range that recurs and lies far off all the rest, and is
// one of the writings that people and systems use for it. Told in a Note with the count; the values stay.
import type { Note } from '../../base/task.ts';
import { timeText } from '../../table/cell.ts';
import type { Column } from '../../table/table.ts';
import { getBit } from '../../base/bits.ts';
import { NO_DATES, SENTINELS } from './disguised.ts';

/** `range` are the ends that the builder kept (0 among them): most columns of numbers need no look at their values. */
export function tellSentinels(column: Column, rows: number, range: { low: number; high: number }, notes: Note[]): void {
  if (column.kind !== 'number' && column.kind !== 'time') return;
  const known = column.kind === 'number' ? SENTINELS : NO_DATES;
  const { values, missing } = column;
  if (!known.has(range.high) && (range.low === 0 ? !known.has(0) || values.indexOf(0) < 0 : !known.has(range.low))) return;
  const isMissing = (row: number): boolean => missing !== null && getBit(missing, row);
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < rows; row++) {
    const v = values[row];
    if ((v < low || v > high) && !isMissing(row)) {
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  for (const end of [low, high]) {
    if (!known.has(end)) continue;
    let count = 0;
    let innerLow = Infinity;
    let innerHigh = -Infinity;
    for (let row = 0; row < rows; row++) {
      const v = values[row];
      if (v === end) {
        if (!isMissing(row)) count++;
      } else if ((v < innerLow || v > innerHigh) && !isMissing(row)) {
        if (v < innerLow) innerLow = v;
        if (v > innerHigh) innerHigh = v;
      }
    }
    const gap = end === low ? innerLow - end : end - innerHigh;
    if (count < 2 || !(innerHigh > innerLow) || gap <= (innerHigh - innerLow) * (column.kind === 'time' ? 1 : 2) || (end === low && column.kind === 'number' && innerLow < 0)) continue;
    const text = column.kind === 'time' ? timeText(end, column.unit) : String(end);
    notes.push({ code: 'disguised-missing', message: `column "${column.name}": ${text} stands in ${count} cells, far from all other values; it may mean that no value is known, and is kept until you name it among the missing words`, column: column.name, rows: count, example: text });
  }
}
