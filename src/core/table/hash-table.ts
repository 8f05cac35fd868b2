// The content hash of a table: equal cells, names, kinds and order give equal hashes, through whatever door it came.
// Number arrays hash as their stored type, so a reader must choose that type from the values alone.
import { hashArray, hashJson } from '../base/hash.ts';
import type { Hash, Json } from '../base/json.ts';
import { heldBytes } from './held-bytes.ts';
import type { Column, Table } from './table.ts';

export function hashTable(table: Table): Hash {
  return hashJson({ rows: table.rows, columns: table.columns.map(columnDigest) });
}

function columnDigest(column: Column): Json {
  const head = { name: column.name, kind: column.kind, missing: column.missing ? hashArray(column.missing) : null };
  switch (column.kind) {
    case 'text':
      return { ...head, bytes: hashArray(column.bytes), offsets: hashArray(column.offsets) };
    case 'category':
      return { ...head, codes: hashArray(column.codes), levels: hashJson(column.levels) };
    case 'time':
      return { ...head, unit: column.unit, values: hashArray(column.values) };
    default:
      return { ...head, type: column.values.constructor.name, values: hashArray(column.values) };
  }
}

/** Bytes that a table holds, the strings of its levels included. */
export const tableBytes = (table: Table): number => heldBytes([table]);
