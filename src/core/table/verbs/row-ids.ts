// Equal cells get equal numbers: each row of one or more columns gets an id 0, 1, 2, ... in order of first appearance.
// Exact (hashes only find candidates), one pass per column, no object per row. Missing is a value of its own; 0 and -0 are
// one, and so are all NaN.
import { getBit } from '../../base/bits.ts';
import { mix32 } from '../../base/random.ts';
import type { Column, NumberArray, TextColumn } from '../table.ts';

/** ids[row] < count; first[id] is the first row with that id. */
export type RowIds = { ids: Int32Array; count: number; first: Int32Array };

/** Ids of rows by all those columns; without columns all rows are one. */
export function rowIds(columns: readonly Column[], rows: number): RowIds {
  if (!columns.length) return { ids: new Int32Array(rows), count: rows ? 1 : 0, first: rows ? Int32Array.of(0) : new Int32Array(0) };
  return columns.slice(1).reduce((sofar, column) => (sofar.count === rows ? sofar : pairIds(sofar, columnIds(column))), columnIds(columns[0]));
}

/** Ids of the cells of one column. */
export function columnIds(column: Column): RowIds {
  const { missing } = column;
  if (column.kind === 'category') return denseIds(column.codes, 0, column.levels.length, missing);
  if (column.kind === 'boolean') return denseIds(column.values, 0, 2, missing);
  if (column.kind === 'text') return textIds(column);
  return numberIds(column.values, missing);
}

/** Ids of pairs of ids. */
export function pairIds(a: RowIds, b: RowIds): RowIds {
  const rows = a.ids.length;
  if (a.count * b.count <= Math.max(1 << 16, 4 * rows)) {
    const keys = new Int32Array(rows);
    for (let i = 0; i < rows; i++) keys[i] = a.ids[i] * b.count + b.ids[i];
    return denseIds(keys, 0, a.count * b.count, null);
  }
  return hashedIds(rows, (i) => Math.imul(a.ids[i], 0x9e3779b1) ^ mix32(b.ids[i]), (i, j) => a.ids[i] === a.ids[j] && b.ids[i] === b.ids[j]);
}

/** Values low .. low + span - 1 by a direct table. */
function denseIds(values: NumberArray, low: number, span: number, missing: Uint8Array | null): RowIds {
  const rows = values.length;
  const table = new Int32Array(span + 1).fill(-1);
  const ids = new Int32Array(rows);
  const first = new Int32Array(Math.min(rows, span + 1));
  let count = 0;
  for (let i = 0; i < rows; i++) {
    const key = missing !== null && getBit(missing, i) ? span : values[i] - low;
    let id = table[key];
    if (id < 0) {
      first[count] = i;
      table[key] = id = count++;
    }
    ids[i] = id;
  }
  return { ids, count, first: first.slice(0, count) };
}

function numberIds(values: NumberArray, missing: Uint8Array | null): RowIds {
  if (!values.length) return { ids: new Int32Array(0), count: 0, first: new Int32Array(0) };
  let low = Infinity;
  let high = -Infinity;
  let whole = true;
  for (let i = 0; i < values.length && whole; i++) {
    const value = values[i];
    if (!Number.isInteger(value)) whole = false;
    else if (value < low) low = value;
    if (value > high) high = value;
  }
  if (whole && high - low < Math.max(1 << 16, 4 * values.length)) return denseIds(values, low, high - low + 1, missing);
  const double = Float64Array.from(values, (value) => value + 0);
  const words = new Int32Array(double.buffer);
  const gone = (i: number): boolean => missing !== null && getBit(missing, i);
  return hashedIds(
    values.length,
    (i) => (gone(i) ? 1 : double[i] !== double[i] ? 2 : Math.imul(words[2 * i], 0x9e3779b1) ^ mix32(words[2 * i + 1])),
    (i, j) => (gone(i) || gone(j) ? gone(i) && gone(j) : double[i] === double[j] || (double[i] !== double[i] && double[j] !== double[j])),
  );
}

function textIds({ bytes, offsets, missing }: TextColumn): RowIds {
  const gone = (i: number): boolean => missing !== null && getBit(missing, i);
  const hash = (i: number): number => {
    if (gone(i)) return 1;
    let h = 0x811c9dc5;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) h = Math.imul(h ^ bytes[k], 0x01000193);
    return h;
  };
  const equal = (i: number, j: number): boolean => {
    if (gone(i) || gone(j)) return gone(i) && gone(j);
    const length = offsets[i + 1] - offsets[i];
    if (offsets[j + 1] - offsets[j] !== length) return false;
    for (let k = 0, a = offsets[i], b = offsets[j]; k < length; k++) if (bytes[a + k] !== bytes[b + k]) return false;
    return true;
  };
  return hashedIds(offsets.length - 1, hash, equal);
}

/** Open addressing over 32-bit hashes, each kept beside its id so that most unequal rows are told apart without a look. */
function hashedIds(rows: number, hash: (row: number) => number, equal: (a: number, b: number) => boolean): RowIds {
  const bits = Math.max(4, 33 - Math.clz32(rows));
  const slots = new Int32Array(1 << bits).fill(-1);
  const marks = new Int32Array(1 << bits);
  const ids = new Int32Array(rows);
  const first = new Int32Array(rows);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    const mark = mix32(hash(i)) | 0;
    let slot = mark >>> (32 - bits);
    for (;;) {
      const id = slots[slot];
      if (id < 0) {
        marks[slot] = mark;
        first[count] = i;
        slots[slot] = ids[i] = count++;
        break;
      }
      if (marks[slot] === mark && equal(i, first[id])) {
        ids[i] = id;
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }
  return { ids, count, first: first.slice(0, count) };
}

/** Rows per id, sorted by id: those of id g are rows[starts[g] .. starts[g + 1]), in their order. */
export function rowsById({ ids, count }: Pick<RowIds, 'ids' | 'count'>): { starts: Int32Array; rows: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < ids.length; i++) if (ids[i] >= 0) starts[ids[i] + 1]++;
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const rows = new Int32Array(starts[count]);
  for (let i = 0; i < ids.length; i++) if (ids[i] >= 0) rows[next[ids[i]]++] = i;
  return { starts, rows };
}
