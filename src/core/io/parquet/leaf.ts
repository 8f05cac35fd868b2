// The columns that a Parquet schema holds: its leaves, what each means, and which of them are nested in lists.
// A struct's fields become columns of their own ("home.city"); a list or map stays one column of JSON text.
import type { ParquetType, SchemaElement, SchemaTree } from 'hyparquet';

/** What the values of a leaf stand for. */
export type Meaning = 'integer' | 'unsigned' | 'float' | 'half' | 'boolean' | 'decimal' | 'date' | 'millis' | 'micros' | 'nanos' | 'int96' | 'clock' | 'string' | 'uuid' | 'bytes';

export interface Leaf {
  readonly name: string;
  /** Where it stands in the schema, as column chunks name it. */
  readonly path: string;
  readonly element: SchemaElement;
  readonly type: ParquetType;
  /** Definition level of a present value; 0 = always present. */
  readonly top: number;
  readonly meaning: Meaning;
}

export type Field = { kind: 'leaf'; leaf: Leaf } | { kind: 'nested'; name: string };

/** The columns in order. */
export function fieldsOf(root: SchemaTree): Field[] {
  return root.children.flatMap((child) => (isRepeated(child) ? [{ kind: 'nested' as const, name: child.element.name }] : leavesOf(child, 0)));
}

function isRepeated(node: SchemaTree): boolean {
  if (node.element.repetition_type === 'REPEATED' || node.element.logical_type?.type === 'VARIANT') return true;
  return node.children.some(isRepeated);
}

function leavesOf(node: SchemaTree, level: number): Field[] {
  const top = level + (node.element.repetition_type === 'OPTIONAL' ? 1 : 0);
  if (node.children.length) return node.children.flatMap((child) => leavesOf(child, top));
  const { element } = node;
  if (!element.type) return [];
  const name = node.path.join('.');
  return [{ kind: 'leaf', leaf: { name, path: name, element, type: element.type, top, meaning: meaningOf(element) } }];
}

function meaningOf(element: SchemaElement): Meaning {
  const { type, converted_type: old, logical_type: logical } = element;
  if (old === 'DECIMAL' || logical?.type === 'DECIMAL') return 'decimal';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'FLOAT' || type === 'DOUBLE') return 'float';
  if (type === 'INT96') return 'int96';
  if (logical?.type === 'FLOAT16') return 'half';
  if (old === 'DATE' || logical?.type === 'DATE') return 'date';
  if (logical?.type === 'TIMESTAMP') return logical.unit === 'MILLIS' ? 'millis' : logical.unit === 'MICROS' ? 'micros' : 'nanos';
  if (old === 'TIMESTAMP_MILLIS') return 'millis';
  if (old === 'TIMESTAMP_MICROS') return 'micros';
  if (logical?.type === 'TIME' || old === 'TIME_MILLIS' || old === 'TIME_MICROS') return 'clock';
  if (type === 'INT32' || type === 'INT64') return old?.startsWith('UINT') || (logical?.type === 'INTEGER' && !logical.isSigned) ? 'unsigned' : 'integer';
  if (logical?.type === 'UUID') return 'uuid';
  if (logical?.type === 'GEOMETRY' || logical?.type === 'GEOGRAPHY' || old === 'BSON' || old === 'INTERVAL') return 'bytes';
  if (type === 'FIXED_LEN_BYTE_ARRAY') return old === 'UTF8' ? 'string' : 'bytes';
  return 'string';
}
