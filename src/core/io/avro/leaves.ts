// An Avro type -> the columns it becomes: a record's fields are columns of their own ("home.city"), arrays, maps, unions of
// several kinds and types that hold themselves one column of JSON text.
import { bigOf, decimalOf, hexOf, jsonBytes, makeTypedColumn, TooWide, type Meaning, type TypedColumn } from '../build/typed-column.ts';
import { makeDecode, readCount, type AvroValue, type Cursor, type Decode } from './decode.ts';
import type { AvroType } from './schema.ts';

export interface Leaf {
  readonly name: string;
  readonly column: TypedColumn;
}
/** Reads one value from the cursor into its columns; `missing` fills them where a parent is null. */
export type Plan = { readonly leaves: Leaf[]; read(cursor: Cursor): void; missing(): void };

const MOST_PLANS = 20_000;

export function makePlan(type: AvroType, name: string, asText: ReadonlySet<string>, above: readonly AvroType[] = [], left = { plans: MOST_PLANS }): Plan {
  if (--left.plans < 0) throw new Error('its schema unrolls into too many columns');
  if (type.kind === 'record' && type.fields.length && !above.includes(type) && above.length < 16) {
    const parts = type.fields.map((field) => makePlan(field.type, name ? `${name}.${field.name}` : field.name, asText, [...above, type], left));
    return { leaves: parts.flatMap((part) => part.leaves), read: (c) => parts.forEach((part) => part.read(c)), missing: () => parts.forEach((part) => part.missing()) };
  }
  if (type.kind === 'union') {
    const rest = type.branches.filter((branch) => branch.kind !== 'null');
    if (rest.length === 1) return nullable(type.branches, makePlan(rest[0], name, asText, above, left));
  }
  return makeLeaf(type, name, asText);
}

function nullable(branches: readonly AvroType[], plan: Plan): Plan {
  return {
    leaves: plan.leaves,
    missing: plan.missing,
    read(c) {
      const k = readCount(c);
      if (!(k >= 0 && k < branches.length)) throw new Error(`branch ${k} of a union of ${branches.length} is unknown`);
      if (branches[k].kind === 'null') plan.missing();
      else plan.read(c);
    },
  };
}

function makeLeaf(type: AvroType, name: string, asText: ReadonlySet<string>): Plan {
  const meaning = asText.has(name) ? 'text' : meaningOf(type);
  const column = makeTypedColumn(meaning, type.kind === 'enum' ? { kind: 'category' } : {});
  const decode: Decode = makeDecode(type);
  const push = pushOf(type, meaning, name, column);
  return {
    leaves: [{ name, column }],
    missing: () => column.pushMissing(),
    read(c) {
      const value = decode(c);
      if (value === null) column.pushMissing();
      else push(value);
    },
  };
}

function meaningOf(type: AvroType): Meaning {
  switch (type.kind) {
    case 'boolean':
      return 'boolean';
    case 'null':
    case 'float':
    case 'double':
      return 'number';
    case 'int':
    case 'long':
      if (type.logical === 'date') return 'day';
      if (type.logical === 'ms' || type.logical === 'us' || type.logical === 'ns') return 'time';
      return type.logical === 'time-ms' || type.logical === 'time-us' ? 'clock' : 'number';
    case 'string':
    case 'enum':
      return 'text';
    case 'bytes':
      return type.logical === 'decimal' ? 'number' : 'text';
    case 'fixed':
      return type.logical === 'decimal' ? 'number' : type.logical === 'uuid' ? 'text' : 'hex';
    case 'union': {
      const kinds = new Set(type.branches.filter((branch) => branch.kind !== 'null').map(meaningOf));
      if (kinds.size === 1 && !kinds.has('hex') && type.branches.every((branch) => ['null', 'int', 'long', 'float', 'double', 'string', 'boolean'].includes(branch.kind))) return [...kinds][0];
      return kinds.has('json') || kinds.has('hex') ? 'json' : 'text';
    }
  }
  return 'json';
}

function pushOf(type: AvroType, meaning: Meaning, name: string, column: TypedColumn): (value: AvroValue) => void {
  const encoder = new TextEncoder();
  if (meaning === 'json') return (value) => column.pushBytes(jsonBytes(value instanceof Uint8Array ? new TextDecoder().decode(value) : value));
  if (type.kind === 'fixed' && type.logical === 'uuid') return (value) => column.pushBytes(encoder.encode(hexOf(value as Uint8Array).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')));
  if (meaning === 'text' || meaning === 'hex') return (value) => column.pushBytes(value instanceof Uint8Array ? value : encoder.encode(String(value)));
  if ((type.kind === 'bytes' || type.kind === 'fixed') && type.logical === 'decimal') return (value) => column.pushNumber(decimalOf(bigOf(value as Uint8Array, false), type.scale));
  const logical = type.kind === 'int' || type.kind === 'long' ? type.logical : null;
  if (logical === 'date') return (value) => column.pushNumber(Number(value) * 86400000);
  if (logical === 'us' || logical === 'time-us') return (value) => column.pushNumber(Number(value) / 1000);
  if (logical === 'ns') return (value) => column.pushNumber(Number(value) / 1e6);
  if (logical) return (value) => column.pushNumber(Number(value));
  return (value) => {
    if (typeof value === 'bigint') throw new TooWide(name);
    column.pushNumber(Number(value));
  };
}
