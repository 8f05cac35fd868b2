// One field of a record batch: views over its buffers with random access to values, whatever the type.
// Every buffer must hold what the rows need before a view is made over it, so a lying length is an Error, not an allocation.
import type { ArrowField, ArrowType } from './schema.ts';

export type Value = null | boolean | number | bigint | string | Uint8Array | Value[] | { [key: string]: Value };

export interface Vector {
  readonly length: number;
  readonly nulls: number;
  isNull(row: number): boolean;
  /** Null when missing; integers of 64 bits as bigint; strings as their bytes; lists and structs as plain values. */
  get(row: number): Value;
  /** Codes of a dictionary vector and the values they point to. */
  readonly dictionary?: { code(row: number): number; values: Vector };
  readonly children?: readonly Vector[];
}

/** Hands out the nodes and buffers of a batch in order. */
export interface BatchCursor {
  node(): { length: number; nulls: number };
  buffer(): Uint8Array;
  /** The number of variadic buffers of the next view column. */
  variadic(): number;
  dictionary(id: number): Vector;
  /** Counts rows that cost no byte of the file. Throws when they are too many. */
  free(rows: number): void;
}

const decoder = new TextDecoder();

export function readVector(field: ArrowField, cursor: BatchCursor): Vector {
  if (!field.dictionary) return readPlain(field, field.type, cursor);
  const codes = readPlain({ ...field, children: [] }, field.dictionary.index, cursor);
  const values = cursor.dictionary(field.dictionary.id);
  const code = (row: number): number => {
    const k = Number(codes.get(row));
    if (!(k >= 0 && k < values.length)) throw new Error(`column "${field.name}" points to entry ${k} of a dictionary of ${values.length}`);
    return k;
  };
  return { length: codes.length, nulls: codes.nulls, isNull: (row) => codes.isNull(row) || values.isNull(code(row)), get: (row) => (codes.isNull(row) ? null : values.get(code(row))), dictionary: { code, values } };
}

function readPlain(field: ArrowField, type: ArrowType, cursor: BatchCursor): Vector {
  const { length, nulls } = cursor.node();
  if (type.kind === 'null' || type.kind === 'runEnds' || (type.kind === 'fixedBinary' && type.width === 0) || (type.kind === 'struct' && !field.children.length)) cursor.free(length);
  if (type.kind === 'null') return { length, nulls: length, isNull: () => true, get: () => null };
  if (type.kind === 'union') return readUnion(field, type, length, cursor);
  if (type.kind === 'runEnds') return readRuns(field, length, cursor);
  const validity = cursor.buffer();
  const checked = nulls > 0 && validity.length > 0;
  if (checked) needs(validity, Math.ceil(length / 8), field);
  const isNull = checked ? (row: number): boolean => (validity[row >> 3] & (1 << (row & 7))) === 0 : (): boolean => false;
  const value = readValues(field, type, length, cursor);
  return { length, nulls: checked ? nulls : 0, isNull, get: checked ? (row) => (isNull(row) ? null : value.get(row)) : value.get, children: value.children };
}

function needs(bytes: Uint8Array, count: number, field: ArrowField): void {
  if (bytes.length < count) throw new Error(`column "${field.name}" holds ${bytes.length} bytes where ${count} are needed`);
}

type Values = { get(row: number): Value; children?: readonly Vector[] };

/** A DataView-free typed array over bytes that may lie at any offset. */
function typed<T>(make: { new (buffer: ArrayBufferLike, offset: number, length: number): T; BYTES_PER_ELEMENT: number }, bytes: Uint8Array, length: number, field: ArrowField): T {
  const size = make.BYTES_PER_ELEMENT;
  needs(bytes, length * size, field);
  if (bytes.byteOffset % size === 0) return new make(bytes.buffer, bytes.byteOffset, length);
  const copy = bytes.slice(0, length * size);
  return new make(copy.buffer, 0, length);
}

function readValues(field: ArrowField, type: ArrowType, length: number, cursor: BatchCursor): Values {
  const numbers = (bits: number, signed: boolean): Values => {
    const bytes = cursor.buffer();
    const values = bits === 8 ? (signed ? typed(Int8Array, bytes, length, field) : typed(Uint8Array, bytes, length, field)) : bits === 16 ? (signed ? typed(Int16Array, bytes, length, field) : typed(Uint16Array, bytes, length, field)) : bits === 32 ? (signed ? typed(Int32Array, bytes, length, field) : typed(Uint32Array, bytes, length, field)) : signed ? typed(BigInt64Array, bytes, length, field) : typed(BigUint64Array, bytes, length, field);
    return { get: (row) => values[row] };
  };
  const slices = (starts: ArrayLike<number | bigint>, ends: (row: number) => number, limit: number, cut: (from: number, to: number) => Value): Values => ({
    get: (row) => {
      const from = Number(starts[row]);
      const to = ends(row);
      if (!(from >= 0 && from <= to && to <= limit)) throw new Error(`column "${field.name}" refers to bytes outside of it in row ${row}`);
      return cut(from, to);
    },
  });
  const offsets = (isWide: boolean): ArrayLike<number | bigint> => {
    const bytes = cursor.buffer();
    if (length === 0) return [0, 0];
    const starts = isWide ? typed(BigInt64Array, bytes, length + 1, field) : typed(Int32Array, bytes, length + 1, field);
    for (let row = 0; row < length; row++) if (starts[row + 1] < starts[row]) throw new Error(`column "${field.name}" runs backwards in row ${row}`);
    return starts;
  };
  const child = (k = 0): Vector => {
    if (!field.children[k]) throw new Error(`column "${field.name}" lacks its child`);
    return readVector(field.children[k], cursor);
  };
  switch (type.kind) {
    case 'int':
      return numbers(type.bits, type.signed);
    case 'date':
      return numbers(type.isDays ? 32 : 64, true);
    case 'time':
      return numbers(type.bits, true);
    case 'timestamp':
    case 'duration':
      return numbers(64, true);
    case 'float': {
      const bytes = cursor.buffer();
      if (type.bits === 16) {
        const halves = typed(Uint16Array, bytes, length, field);
        return { get: (row) => halfOf(halves[row]) };
      }
      const values = type.bits === 32 ? typed(Float32Array, bytes, length, field) : typed(Float64Array, bytes, length, field);
      return { get: (row) => values[row] };
    }
    case 'bool': {
      const bytes = cursor.buffer();
      needs(bytes, Math.ceil(length / 8), field);
      return { get: (row) => (bytes[row >> 3] & (1 << (row & 7))) !== 0 };
    }
    case 'decimal':
    case 'fixedBinary':
    case 'interval': {
      const width = type.kind === 'decimal' ? type.bits / 8 : type.kind === 'fixedBinary' ? type.width : [4, 8, 16][type.unit] ?? 16;
      const bytes = cursor.buffer();
      needs(bytes, length * width, field);
      return { get: (row) => bytes.subarray(row * width, (row + 1) * width) };
    }
    case 'utf8':
    case 'binary':
    case 'largeUtf8':
    case 'largeBinary': {
      const starts = offsets(type.kind === 'largeUtf8' || type.kind === 'largeBinary');
      const bytes = cursor.buffer();
      return slices(starts, (row) => Number(starts[row + 1]), bytes.length, (from, to) => bytes.subarray(from, to));
    }
    case 'utf8View':
    case 'binaryView':
      return views(field, length, cursor);
    case 'list':
    case 'largeList':
    case 'map': {
      const starts = offsets(type.kind === 'largeList');
      const items = child();
      return slices(starts, (row) => Number(starts[row + 1]), items.length, (from, to) => listOf(items, from, to));
    }
    case 'listView':
    case 'largeListView': {
      const make = type.kind === 'listView' ? Int32Array : BigInt64Array;
      const starts = typed(make as typeof Int32Array, cursor.buffer(), length, field);
      const sizes = typed(make as typeof Int32Array, cursor.buffer(), length, field);
      const items = child();
      return slices(starts, (row) => Number(starts[row]) + Number(sizes[row]), items.length, (from, to) => listOf(items, from, to));
    }
    case 'fixedList': {
      if (type.size === 0) cursor.free(length);
      const items = child();
      if (items.length < length * type.size) throw new Error(`column "${field.name}" lacks items`);
      return { get: (row) => listOf(items, row * type.size, (row + 1) * type.size) };
    }
    case 'struct': {
      const children = field.children.map((_, k) => child(k));
      if (children.some((c) => c.length < length)) throw new Error(`column "${field.name}" has a part that is too short`);
      return { get: (row) => Object.fromEntries(children.map((c, k) => [field.children[k].name, plainOf(c.get(row))])), children };
    }
  }
  throw new Error(`column "${field.name}" is of a type that is not read`);
}

const listOf = (items: Vector, from: number, to: number): Value => Array.from({ length: to - from }, (_, i) => plainOf(items.get(from + i)));
/** Within lists and structs strings are strings. */
const plainOf = (value: Value): Value => (value instanceof Uint8Array ? decoder.decode(value) : value);

function views(field: ArrowField, length: number, cursor: BatchCursor): Values {
  const bytes = cursor.buffer();
  needs(bytes, length * 16, field);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = Array.from({ length: cursor.variadic() }, () => cursor.buffer());
  return {
    get: (row) => {
      const size = view.getInt32(row * 16, true);
      if (size >= 0 && size <= 12) return bytes.subarray(row * 16 + 4, row * 16 + 4 + size);
      const from = view.getInt32(row * 16 + 12, true);
      const buffer = data[view.getInt32(row * 16 + 8, true)];
      if (!buffer || size < 0 || from < 0 || from + size > buffer.length) throw new Error(`column "${field.name}" refers to bytes outside of it in row ${row}`);
      return buffer.subarray(from, from + size);
    },
  };
}

function readUnion(field: ArrowField, type: ArrowType & { kind: 'union' }, length: number, cursor: BatchCursor): Vector {
  const ids = cursor.buffer();
  needs(ids, length, field);
  const offsets = type.isDense ? typed(Int32Array, cursor.buffer(), length, field) : null;
  const children = field.children.map((child) => readVector(child, cursor));
  const place = new Map(field.children.map((_, k) => [type.ids[k] ?? k, k]));
  const get = (row: number): Value => {
    const child = children[place.get(ids[row]) ?? -1];
    const at = offsets ? offsets[row] : row;
    if (!child || at < 0 || at >= child.length) throw new Error(`column "${field.name}" refers to a value outside of it in row ${row}`);
    return child.get(at);
  };
  return { length, nulls: length, isNull: (row) => get(row) === null, get };
}

function readRuns(field: ArrowField, length: number, cursor: BatchCursor): Vector {
  if (field.children.length !== 2) throw new Error(`column "${field.name}" lacks its runs`);
  const ends = readVector(field.children[0], cursor);
  const values = readVector(field.children[1], cursor);
  if (values.length < ends.length) throw new Error(`column "${field.name}" has runs without a value`);
  const at = (row: number): number => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Number(ends.get(middle)) > row) high = middle;
      else low = middle + 1;
    }
    if (low >= ends.length) throw new Error(`column "${field.name}" has too few runs`);
    return low;
  };
  return { length, nulls: length, isNull: (row) => values.isNull(at(row)), get: (row) => values.get(at(row)) };
}

function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
