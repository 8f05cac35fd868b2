// Columns <-> one run of bytes: each array of each column in order, every one starting at a multiple of 8.
// Array types are kept, so a restored table has the content hash that it was stored under. Heads come from a database
// or a file and are hostile: every length is checked against the bytes that are there before anything is allocated.
import { BarnacleError } from '../core/base/errors.ts';
import { makeBoolean, makeCategory, makeNumber, makeTable, makeText, makeTime } from '../core/table/build.ts';
import type { Column, Kind, NumberArray, Table, TimeColumn } from '../core/table/table.ts';

const arrayTypes = { Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array };
export type ArrayType = keyof typeof arrayTypes;
type AnyArray = NumberArray;
/** `values` is the column's main array, `offsets` that of text, `levels` UTF-8 JSON of a category's levels. */
export type PartHead = { role: 'values' | 'offsets' | 'levels' | 'missing'; type: ArrayType; length: number };
export type ColumnHead = { name: string; kind: Kind; unit: TimeColumn['unit'] | null; parts: PartHead[] };

/** Not by bit operations: columns may pass 2 GB, and a hostile length any bound. */
const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** The heads of a table and its arrays as bytes, in the order in which they are laid out. */
export function columnBytes(table: Table): { heads: ColumnHead[]; parts: Uint8Array[]; bytes: number } {
  const heads: ColumnHead[] = [];
  const parts: Uint8Array[] = [];
  for (const column of table.columns) {
    const head: ColumnHead = { name: column.name, kind: column.kind, unit: column.kind === 'time' ? column.unit : null, parts: [] };
    for (const [role, array] of arraysOf(column)) {
      head.parts.push({ role, type: array.constructor.name as ArrayType, length: array.length });
      parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    }
    heads.push(head);
  }
  return { heads, parts, bytes: parts.reduce((sum, part) => sum + padded(part.byteLength), 0) };
}

function arraysOf(column: Column): [PartHead['role'], AnyArray][] {
  const out: [PartHead['role'], AnyArray][] = [];
  if (column.kind === 'text') out.push(['values', column.bytes], ['offsets', column.offsets]);
  else if (column.kind === 'category') out.push(['values', column.codes], ['levels', new TextEncoder().encode(JSON.stringify(column.levels))]);
  else out.push(['values', column.values]);
  if (column.missing) out.push(['missing', column.missing]);
  return out;
}

/** The parts, padded and cut into pieces of `size` bytes (the last may be shorter). One piece is in memory at a time. */
export function* cutParts(parts: readonly Uint8Array[], total: number, size: number): Generator<Uint8Array<ArrayBuffer>> {
  let left = total;
  let piece = new Uint8Array(Math.min(size, left));
  let used = 0;
  for (const part of parts) {
    const end = padded(part.byteLength);
    for (let at = 0; at < end; ) {
      const step = Math.min(end - at, piece.length - used);
      if (at < part.byteLength) piece.set(part.subarray(at, Math.min(at + step, part.byteLength)), used);
      used += step;
      at += step;
      if (used < piece.length) continue;
      left -= used;
      yield piece;
      piece = new Uint8Array(Math.min(size, left));
      used = 0;
    }
  }
}

/** Gives the bytes [start, end) of the run; called in rising order. */
export type ReadBytes = (start: number, end: number) => Promise<Uint8Array>;

/** The inverse of columnBytes. Throws storage-corrupt when heads and bytes do not fit each other. */
export async function readColumns(id: string, heads: readonly ColumnHead[], rows: number, total: number, read: ReadBytes): Promise<Table> {
  const columns: Column[] = [];
  let at = 0;
  for (const head of heads) {
    const found = new Map<PartHead['role'], AnyArray>();
    for (const part of head.parts) {
      const make = Object.hasOwn(arrayTypes, part.type) ? arrayTypes[part.type] : null;
      if (!make || !Number.isSafeInteger(part.length) || part.length < 0) throw corrupt(id, `column "${head.name}" has a bad part head`);
      const bytes = part.length * make.BYTES_PER_ELEMENT;
      if (at + padded(bytes) > total) throw corrupt(id, `column "${head.name}" needs ${bytes} bytes at ${at}, there are ${total}`);
      const own = new Uint8Array(bytes);
      own.set(await read(at, at + bytes));
      found.set(part.role, new make(own.buffer));
      at += padded(bytes);
    }
    columns.push(buildColumn(id, head, rows, found));
  }
  if (at !== total) throw corrupt(id, `columns end at byte ${at}, the data at ${total}`);
  return makeTable(columns, rows);
}

function buildColumn(id: string, head: ColumnHead, rows: number, found: Map<PartHead['role'], AnyArray>): Column {
  const { name, kind } = head;
  const values = found.get('values');
  const missing = found.get('missing') ?? null;
  const bad = (reason: string) => corrupt(id, `column "${name}" ${reason}`);
  if (missing && !(missing instanceof Uint8Array && missing.length === (rows + 7) >> 3)) throw bad('has a mask of another length');
  if (!values || (kind !== 'text' && values.length !== rows)) throw bad('has another number of rows');
  const mask = missing as Uint8Array | null;
  if (kind === 'number') return makeNumber(name, values, mask);
  if (kind === 'boolean' && values instanceof Uint8Array) return makeBoolean(name, values, mask);
  if (kind === 'time' && values instanceof Float64Array && head.unit) return makeTime(name, values, head.unit, mask);
  if (kind === 'category' && values instanceof Int32Array) {
    const levels = readLevels(found.get('levels'), bad);
    return makeCategory(name, checkCodes(values, levels, bad), levels, mask);
  }
  const offsets = found.get('offsets');
  if (kind === 'text' && values instanceof Uint8Array && offsets instanceof Uint32Array && offsets.length === rows + 1) return makeText(name, values, checkOffsets(offsets, values.length, bad), mask);
  throw bad(`of kind "${kind}" has arrays of another kind`);
}

function readLevels(bytes: AnyArray | undefined, bad: (reason: string) => Error): string[] {
  const levels: unknown = bytes instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(bytes)) : null;
  if (!Array.isArray(levels) || !levels.every((level) => typeof level === 'string')) throw bad('has no levels');
  return levels;
}

function checkCodes(codes: Int32Array, levels: readonly string[], bad: (reason: string) => Error): Int32Array {
  const limit = Math.max(1, levels.length);
  for (let i = 0; i < codes.length; i++) if (codes[i] < 0 || codes[i] >= limit) throw bad(`has code ${codes[i]} in row ${i}, there are ${levels.length} levels`);
  return codes;
}

function checkOffsets(offsets: Uint32Array, bytes: number, bad: (reason: string) => Error): Uint32Array {
  for (let i = 1; i < offsets.length; i++) if (offsets[i] < offsets[i - 1]) throw bad(`has offsets that fall at row ${i}`);
  if (offsets[0] !== 0 || offsets[offsets.length - 1] !== bytes) throw bad('has offsets that do not span its text');
  return offsets;
}

export const corrupt = (id: string, reason: string): BarnacleError<'storage-corrupt'> =>
  new BarnacleError('storage-corrupt', `dataset ${id} is damaged: ${reason}; import the file again`, { what: 'dataset', id, reason });
