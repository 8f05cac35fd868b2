// Reading FlatBuffers as far as Arrow's metadata needs it: tables, scalars, strings and vectors. Every position goes through a
// DataView, which throws RangeError outside of the message; vector lengths are checked before anything is made of them.
export interface FlatTable {
  readonly view: DataView;
  readonly at: number;
}

/** The root table of a message. */
export const rootOf = (bytes: Uint8Array): FlatTable => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { view, at: view.getUint32(0, true) };
};

/** Where field `k` of a table lies, or 0 when it is absent. */
export function fieldAt({ view, at }: FlatTable, k: number): number {
  const vtable = at - view.getInt32(at, true);
  const slot = 4 + 2 * k;
  if (slot >= view.getUint16(vtable, true)) return 0;
  const offset = view.getUint16(vtable + slot, true);
  return offset === 0 ? 0 : at + offset;
}

export function intAt(table: FlatTable, k: number, bits: 8 | 16 | 32, fallback = 0): number {
  const at = fieldAt(table, k);
  if (at === 0) return fallback;
  return bits === 8 ? table.view.getUint8(at) : bits === 16 ? table.view.getInt16(at, true) : table.view.getInt32(at, true);
}

export function longAt(table: FlatTable, k: number): number {
  const at = fieldAt(table, k);
  return at === 0 ? 0 : longOf(table.view, at);
}

/** A 64-bit integer that must be a safe one. */
export function longOf(view: DataView, at: number): number {
  const value = Number(view.getBigInt64(at, true));
  if (!Number.isSafeInteger(value)) throw new Error('a number in its metadata is out of range');
  return value;
}

export function tableAt(table: FlatTable, k: number): FlatTable | null {
  const at = fieldAt(table, k);
  return at === 0 ? null : { view: table.view, at: at + table.view.getUint32(at, true) };
}

export function stringAt(table: FlatTable, k: number): string {
  const at = fieldAt(table, k);
  if (at === 0) return '';
  const start = at + table.view.getUint32(at, true);
  const length = table.view.getUint32(start, true);
  if (start + 4 + length > table.view.byteLength) throw new Error('a name in its metadata reaches past the end');
  return new TextDecoder().decode(new Uint8Array(table.view.buffer, table.view.byteOffset + start + 4, length));
}

/** The place and length of a vector of items of `size` bytes. */
export function vectorAt(table: FlatTable, k: number, size: number): { at: number; length: number } {
  const at = fieldAt(table, k);
  if (at === 0) return { at: 0, length: 0 };
  const start = at + table.view.getUint32(at, true);
  const length = table.view.getUint32(start, true);
  if (start + 4 + length * size > table.view.byteLength) throw new Error('a list in its metadata reaches past the end');
  return { at: start + 4, length };
}

/** The tables of a vector. */
export function tablesAt(table: FlatTable, k: number): FlatTable[] {
  const { at, length } = vectorAt(table, k, 4);
  return Array.from({ length }, (_, i) => ({ view: table.view, at: at + 4 * i + table.view.getUint32(at + 4 * i, true) }));
}
