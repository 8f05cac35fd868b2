// An Avro schema (JSON, from the file's header) -> a checked tree. Names live in a Map, so none can reach a prototype; a name
// may refer to a type that holds it (a linked list), which is a reference here and never unrolled.
import type { Json, JsonObject } from '../../base/json.ts';

export type Logical = 'date' | 'time-ms' | 'time-us' | 'ms' | 'us' | 'ns' | 'decimal' | 'uuid' | 'duration' | null;
export type AvroType =
  | { kind: 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string'; logical: Logical; scale: number }
  | { kind: 'fixed'; size: number; logical: Logical; scale: number }
  | { kind: 'enum'; symbols: readonly string[] }
  | { kind: 'array' | 'map'; items: AvroType }
  | { kind: 'union'; branches: readonly AvroType[] }
  | { kind: 'record'; name: string; fields: { name: string; type: AvroType }[] };

const MOST_TYPES = 100_000;
const DEEPEST = 64;
const PRIMITIVES = new Set(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']);
const LOGICALS: { readonly [name: string]: Logical } = { date: 'date', 'time-millis': 'time-ms', 'time-micros': 'time-us', 'timestamp-millis': 'ms', 'timestamp-micros': 'us', 'timestamp-nanos': 'ns', 'local-timestamp-millis': 'ms', 'local-timestamp-micros': 'us', 'local-timestamp-nanos': 'ns', decimal: 'decimal', uuid: 'uuid', duration: 'duration' };

/** Throws Error naming what is wrong. */
export function parseSchema(text: string): AvroType {
  const names = new Map<string, AvroType>();
  let left = MOST_TYPES;

  const parse = (schema: Json, space: string, depth: number): AvroType => {
    if (--left < 0 || depth > DEEPEST) throw new Error('its schema is too large');
    if (typeof schema === 'string') return PRIMITIVES.has(schema) ? plain(schema, {}) : byName(schema, space);
    if (Array.isArray(schema)) return { kind: 'union', branches: (schema as readonly Json[]).map((branch) => parse(branch, space, depth + 1)) };
    if (typeof schema !== 'object' || schema === null) throw new Error('its schema holds something that is no type');
    const object = schema as JsonObject;
    const type = object['type'];
    if (typeof type !== 'string') return parse(type ?? null, space, depth + 1);
    if (PRIMITIVES.has(type)) return plain(type, object);
    if (type === 'array' || type === 'map') return { kind: type, items: parse(object[type === 'array' ? 'items' : 'values'] ?? null, space, depth + 1) };
    const { full, inner } = fullName(object, space);
    if (type === 'enum') return keep(full, { kind: 'enum', symbols: strings(object['symbols']) });
    if (type === 'fixed') {
      const size = object['size'];
      if (typeof size !== 'number' || !Number.isInteger(size) || size < 0 || size > 2 ** 24) throw new Error(`its type "${full}" has no proper size`);
      return keep(full, { kind: 'fixed', size, ...logicalOf(object) });
    }
    if (type === 'record' || type === 'error') {
      const record: AvroType & { kind: 'record' } = { kind: 'record', name: full, fields: [] };
      keep(full, record);
      const fields = object['fields'];
      if (!Array.isArray(fields)) throw new Error(`its record "${full}" has no fields`);
      for (const field of fields as readonly Json[]) {
        if (typeof field !== 'object' || field === null || Array.isArray(field) || typeof (field as JsonObject)['name'] !== 'string') throw new Error(`its record "${full}" has a field without a name`);
        record.fields.push({ name: (field as JsonObject)['name'] as string, type: parse((field as JsonObject)['type'] ?? null, inner, depth + 1) });
      }
      return record;
    }
    return byName(type, space);
  };

  const keep = <T extends AvroType>(name: string, type: T): T => {
    names.set(name, type);
    return type;
  };
  const byName = (name: string, space: string): AvroType => {
    const found = names.get(name) ?? names.get(`${space}.${name}`);
    if (!found) throw new Error(`its schema refers to "${name.slice(0, 60)}", which it does not define`);
    return found;
  };
  return parse(JSON.parse(text) as Json, '', 0);
}

function plain(kind: string, object: JsonObject): AvroType {
  return { kind: kind as 'int', ...logicalOf(object) };
}

function logicalOf(object: JsonObject): { logical: Logical; scale: number } {
  const name = object['logicalType'];
  const scale = object['scale'];
  return { logical: typeof name === 'string' && Object.hasOwn(LOGICALS, name) ? LOGICALS[name] : null, scale: typeof scale === 'number' && Number.isInteger(scale) && scale >= 0 && scale < 1000 ? scale : 0 };
}

function fullName(object: JsonObject, space: string): { full: string; inner: string } {
  const name = typeof object['name'] === 'string' ? object['name'] : '';
  const own = typeof object['namespace'] === 'string' ? object['namespace'] : space;
  const full = name.includes('.') || own === '' ? name : `${own}.${name}`;
  return { full, inner: full.includes('.') ? full.slice(0, full.lastIndexOf('.')) : '' };
}

function strings(value: Json | undefined): string[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'string')) throw new Error('its enumeration has no symbols');
  return [...(value as string[])];
}
