// An Arrow field -> the columns it becomes: a struct's fields are columns of their own ("home.city"), lists, maps and unions
// one column of JSON text, a dictionary or run-end encoded field what its values are.
import { bigOf, decimalOf, hexOf, jsonBytes, makeTypedColumn, TooWide, type Hint, type Meaning, type TypedColumn } from '../build/typed-column.ts';
import type { ArrowField, ArrowType } from './schema.ts';
import type { Value, Vector } from './vector.ts';

export interface Leaf {
  readonly name: string;
  readonly column: TypedColumn;
  /** Adds the rows of a batch; `isGone` tells rows whose parent is missing. */
  append(vector: Vector, rows: number, isGone: (row: number) => boolean): void;
  readonly children?: readonly Leaf[];
}

export const columnsOf = (leaves: readonly Leaf[]): Leaf[] => leaves.flatMap((leaf) => (leaf.children ? columnsOf(leaf.children) : [leaf]));

/** `asText` names the integer columns to be read as text. */
export function makeLeaf(field: ArrowField, prefix: string, asText: ReadonlySet<string>, hints: ReadonlyMap<string, Hint>): Leaf {
  const name = prefix + field.name;
  const type = field.type.kind === 'runEnds' ? (field.children[1]?.type ?? field.type) : field.type;
  if (type.kind === 'struct' && !field.dictionary && field.type.kind === 'struct' && field.children.length) {
    const children = field.children.map((child) => makeLeaf(child, `${name}.`, asText, hints));
    const append: Leaf['append'] = (vector, rows, isGone) => {
      const isMissing = vector.nulls > 0 ? (row: number): boolean => isGone(row) || vector.isNull(row) : isGone;
      children.forEach((child, k) => child.append(vector.children![k], rows, isMissing));
    };
    return { name, column: children[0].column, append, children };
  }
  const meaning = asText.has(name) || isUuid(type, field.extension) ? 'text' : meaningOf(type);
  const column = makeTypedColumn(meaning, hints.get(name) ?? (field.dictionary ? { kind: 'category' } : {}));
  const push = pushOf(type, meaning, name, column, field.extension);
  const append: Leaf['append'] = (vector, rows, isGone) => {
    if (vector.length < rows) throw new Error(`column "${name}" has ${vector.length} of ${rows} rows`);
    const { dictionary } = vector;
    if (dictionary && column.meaning === 'text' && !asText.has(name)) {
      column.forget();
      for (let row = 0; row < rows; row++) {
        if (isGone(row) || vector.isNull(row)) column.pushMissing();
        else {
          const code = dictionary.code(row);
          column.pushKnown(code, () => dictionary.values.get(code) as Uint8Array);
        }
      }
      return;
    }
    for (let row = 0; row < rows; row++) {
      const value = isGone(row) ? null : vector.get(row);
      if (value === null) column.pushMissing();
      else push(value);
    }
  };
  return { name, column, append };
}

const isUuid = (type: ArrowType, extension: string): boolean => extension === 'arrow.uuid' && type.kind === 'fixedBinary' && type.width === 16;

function meaningOf(type: ArrowType): Meaning {
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'decimal':
    case 'null':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'date':
      return 'day';
    case 'timestamp':
      return 'time';
    case 'time':
      return 'clock';
    case 'duration':
      return 'duration';
    case 'utf8':
    case 'largeUtf8':
    case 'utf8View':
    case 'binary':
    case 'largeBinary':
    case 'binaryView':
      return 'text';
    case 'fixedBinary':
    case 'interval':
      return 'hex';
  }
  return 'json';
}

function pushOf(type: ArrowType, meaning: Meaning, name: string, column: TypedColumn, extension: string): (value: Value) => void {
  const encoder = new TextEncoder();
  if (meaning === 'json') return (value) => column.pushBytes(jsonBytes(value));
  if (isUuid(type, extension)) return (value) => column.pushBytes(encoder.encode(hexOf(value as Uint8Array).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')));
  if (type.kind === 'int' && meaning === 'text') return (value) => column.pushBytes(encoder.encode(String(value)));
  if (meaning === 'text' || meaning === 'hex') return (value) => column.pushBytes(value as Uint8Array);
  if (type.kind === 'int')
    return (value) => {
      const number = Number(value);
      if (typeof value === 'bigint' && !Number.isSafeInteger(number)) throw new TooWide(name);
      column.pushNumber(number);
    };
  if (type.kind === 'decimal') return (value) => column.pushNumber(decimalOf(bigOf(value as Uint8Array, true), type.scale));
  if (type.kind === 'bool') return (value) => column.pushNumber(value ? 1 : 0);
  if (type.kind === 'date') return (value) => column.pushNumber(type.isDays ? (value as number) * 86400000 : Number(value));
  if (type.kind === 'timestamp' || type.kind === 'time' || type.kind === 'duration') {
    const { unit } = type;
    if (unit === 0) return (value) => column.pushNumber(Number(value) * 1000);
    if (unit === 1) return (value) => column.pushNumber(Number(value));
    const per = unit === 2 ? 1000n : 1000000n;
    if (type.kind === 'timestamp') return (value) => column.pushNumber(Number((value as bigint) / per) + ((value as bigint) % per === 0n ? 0 : (value as bigint) < 0n ? -0.75 : 0.25));
    return (value) => column.pushNumber(Number(value) / Number(per));
  }
  return (value) => column.pushNumber(Number(value));
}
