// A column read as another kind, cell by cell, each distinct text once. What cannot be read becomes missing and is counted
// in a note; words for "missing" become missing without one. Refused (bad-param): readings that would be a guess.
import { getBit, makeBits, setBit, type Bits } from '../base/bits.ts';
import { BarnacleError } from '../base/errors.ts';
import type { Note } from '../base/task.ts';
import { columnRows, makeBoolean, makeNumber, makeTime } from '../table/build.ts';
import { isMissingText, parseBoolean } from '../table/parse-cell.ts';
import { makeTextBuilder } from '../table/text-builder.ts';
import { categoryOfTexts, textsOfColumn, unitOfTimes } from '../table/texts.ts';
import type { Column, Kind } from '../table/table.ts';
import { noteOf } from './each-column.ts';
import { numberReader, type NumberMarks } from './read-number.ts';
import { timeReader, type DateOrder } from './read-time.ts';

export type Reading = NumberMarks & { dates: DateOrder };

export function retypeColumn(column: Column, kind: Kind, reading: Reading, note: (note: Note) => void): Column {
  if (column.kind === kind) return column;
  if (kind === 'category') return categoryOfTexts(column.name, textsOfColumn(column));
  if (kind === 'text') return asText(column);
  if (kind === 'number' && (column.kind === 'time' || column.kind === 'boolean')) return makeNumber(column.name, column.values, column.missing);
  if ((kind === 'boolean' && column.kind === 'time') || (kind === 'time' && column.kind === 'boolean')) {
    throw new BarnacleError('bad-param', `retype.kind is "${kind}"; expected another kind for "${column.name}", which is of kind ${column.kind}`, { path: 'retype.kind', value: kind, expected: `number, category or text for a column of kind ${column.kind}` });
  }
  if (kind === 'number') return readCells(column, kind, numberReader(reading), note, (values, missing) => makeNumber(column.name, values, missing));
  if (kind === 'time') return readCells(column, kind, timeReader(reading.dates), note, (values, missing) => makeTime(column.name, values, unitOfTimes(values, missing), missing));
  return readCells(column, kind, bitOf, note, (values, missing) => makeBoolean(column.name, Uint8Array.from(values), missing));
}

/** Reads each distinct text of a column; null from `read` is a cell that cannot be read. */
export function readCells(column: Column, kind: string, read: (text: string) => number | null, note: (note: Note) => void, make: (values: Float64Array, missing: Bits | null) => Column): Column {
  const { codes, levels, missing: mask } = textsOfColumn(column);
  const readings = levels.map(read);
  const rows = codes.length;
  const values = new Float64Array(rows);
  let missing: Bits | null = null;
  let unreadable = 0;
  let example: string | null = null;
  for (let i = 0; i < rows; i++) {
    const wasMissing = mask !== null && getBit(mask, i);
    const value = wasMissing ? null : readings[codes[i]];
    if (value !== null) {
      values[i] = value;
      continue;
    }
    setBit((missing ??= makeBits(rows)), i);
    if (wasMissing || isMissingText(levels[codes[i]])) continue;
    unreadable++;
    example ??= levels[codes[i]];
  }
  if (unreadable) note(noteOf('unreadable', `${unreadable} ${unreadable === 1 ? 'cell' : 'cells'} of "${column.name}" cannot be read as ${kind} and became missing`, column.name, unreadable, example));
  return make(values, missing);
}

function asText(column: Column): Column {
  const { codes, levels, missing } = textsOfColumn(column);
  const rows = columnRows(column);
  const builder = makeTextBuilder(rows);
  for (let i = 0; i < rows; i++) builder.push(missing && getBit(missing, i) ? null : levels[codes[i]]);
  return builder.build(column.name);
}

function bitOf(text: string): number | null {
  const value = parseBoolean(text);
  return value === null ? null : value ? 1 : 0;
}
