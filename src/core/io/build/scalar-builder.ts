// Plain JSON values pushed row by row -> a column. The kind is settled by all values: numbers, booleans, strings (or times
// when every string is a date), and a mixture becomes strings with a Note. Rows never pushed are missing.
import type { Note } from '../../base/task.ts';
import { makeBoolean, makeNumber, makeTime } from '../../table/build.ts';
import type { Column } from '../../table/table.ts';
import { parseTime, type TimeCell } from '../text/parse-time.ts';
import { finishMask, makeMask, markRow, type GrowingMask } from './growing.ts';
import { makeNumberBuilder, finishDoubles, finishNumbers, pushMissingNumbers, pushNumber } from './number-builder.ts';
import { finishStrings, makeStringBuilder, pushMissingStrings, pushString } from './string-builder.ts';

export type Scalar = number | boolean | string;

export interface ScalarBuilder {
  readonly name: string;
  /** The values in order, and the row of each. */
  readonly values: Scalar[];
  readonly rows: number[];
  counts: { number: number; boolean: number; string: number };
  /** Nested values kept as JSON text. */
  nested: number;
}
export const makeScalarBuilder = (name: string): ScalarBuilder => ({ name, values: [], rows: [], counts: { number: 0, boolean: 0, string: 0 }, nested: 0 });

export function pushScalar(b: ScalarBuilder, row: number, value: Scalar): void {
  b.values.push(value);
  b.rows.push(row);
  b.counts[typeof value as 'number' | 'boolean' | 'string']++;
}

export function finishScalars(b: ScalarBuilder, rows: number, name: string, notes: Note[]): Column {
  const { counts, values } = b;
  const about = (code: string, message: string, count: number, example: string | null): void => void notes.push({ code, message, column: name, rows: count, example });
  if (b.nested) about('nested', `column "${name}": ${b.nested} lists or objects are kept as JSON text`, b.nested, null);
  if (values.length === 0) about('all-missing', `column "${name}" holds no value at all`, rows, null);
  const kinds = (counts.number > 0 ? 1 : 0) + (counts.boolean > 0 ? 1 : 0) + (counts.string > 0 ? 1 : 0);
  if (kinds > 1) {
    const rare = Math.min(...Object.values(counts).filter((n) => n > 0));
    const example = values.find((v) => counts[typeof v as 'number' | 'boolean' | 'string'] === rare);
    about('mixed-kinds', `column "${name}" mixes ${counts.number} numbers, ${counts.boolean} booleans and ${counts.string} strings; it is read as strings`, rare, String(example).slice(0, 60));
  }
  if (kinds <= 1 && !counts.string) return counts.boolean ? booleans(b, rows, name) : numbers(b, rows, name, about);
  if (kinds === 1) {
    const times = timesOf(b, rows, name);
    if (times) return times;
  }
  return strings(b, rows, name);
}

function numbers(b: ScalarBuilder, rows: number, name: string, about: (code: string, message: string, count: number, example: string | null) => void): Column {
  const builder = makeNumberBuilder();
  b.values.forEach((value, i) => {
    if (b.rows[i] > builder.rows) pushMissingNumbers(builder, b.rows[i] - builder.rows);
    pushNumber(builder, value as number);
  });
  if (rows > builder.rows) pushMissingNumbers(builder, rows - builder.rows);
  const { values, missing } = finishNumbers(builder);
  if (builder.infinite) about('infinite', `column "${name}": ${builder.infinite} infinite values are kept as missing`, builder.infinite, null);
  return makeNumber(name, values, missing);
}

function booleans(b: ScalarBuilder, rows: number, name: string): Column {
  const values = new Uint8Array(rows);
  b.values.forEach((value, i) => (values[b.rows[i]] = value ? 1 : 0));
  return makeBoolean(name, values, finishMask(gaps(b, rows), rows));
}

function strings(b: ScalarBuilder, rows: number, name: string): Column {
  const builder = makeStringBuilder();
  const encoder = new TextEncoder();
  let scratch = new Uint8Array(256);
  b.values.forEach((value, i) => {
    if (b.rows[i] > builder.rows) pushMissingStrings(builder, b.rows[i] - builder.rows);
    const text = String(value);
    if (text.length * 3 > scratch.length) scratch = new Uint8Array(text.length * 6);
    const { written } = encoder.encodeInto(text, scratch);
    pushString(builder, scratch, 0, written);
  });
  if (rows > builder.rows) pushMissingStrings(builder, rows - builder.rows);
  return finishStrings(builder, name);
}

/** A time column when every string is a date whose order is told; else null. */
function timesOf(b: ScalarBuilder, rows: number, name: string): Column | null {
  const cell: TimeCell = { monthFirst: 0, dayFirst: 0, unit: 0, zoned: false, open: false };
  const encoder = new TextEncoder();
  const scratch = new Uint8Array(160);
  const month = new Float64Array(b.values.length);
  const day = new Float64Array(b.values.length);
  let unit = 0;
  let isOpen = false;
  let isMonth = true;
  let isDay = true;
  for (let i = 0; i < b.values.length; i++) {
    const text = b.values[i] as string;
    if (text.length < 8 || text.length > 40 || !parseTime(scratch, 0, encoder.encodeInto(text, scratch).written, cell)) return null;
    month[i] = cell.monthFirst;
    day[i] = cell.dayFirst;
    isOpen ||= cell.open;
    isMonth &&= month[i] === month[i];
    isDay &&= day[i] === day[i];
    if (cell.unit > unit) unit = cell.unit;
  }
  if ((!isMonth && !isDay) || (isOpen && isMonth && isDay)) return null;
  const builder = makeNumberBuilder();
  const source = isMonth ? month : day;
  for (let i = 0; i < source.length; i++) {
    if (b.rows[i] > builder.rows) pushMissingNumbers(builder, b.rows[i] - builder.rows);
    pushNumber(builder, source[i]);
  }
  if (rows > builder.rows) pushMissingNumbers(builder, rows - builder.rows);
  return makeTime(name, finishDoubles(builder), (['day', 'second', 'ms'] as const)[unit], finishMask(builder.mask, rows));
}

function gaps(b: ScalarBuilder, rows: number): GrowingMask {
  const mask = makeMask();
  let next = 0;
  for (const row of b.rows) {
    for (; next < row; next++) markRow(mask, next);
    next = row + 1;
  }
  for (; next < rows; next++) markRow(mask, next);
  return mask;
}
