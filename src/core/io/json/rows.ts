// JSON objects, row by row -> columns. Objects within are flattened with dots ("home.city") down to a few levels; lists and
// deeper objects are kept as JSON text with a Note. Keys are data: they go into a Map, so none can reach a prototype.
import { BarnacleError } from '../../base/errors.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import type { Note } from '../../base/task.ts';
import { makeTable } from '../../table/build.ts';
import type { Table } from '../../table/table.ts';
import { fitNames } from '../build/names.ts';
import { finishScalars, makeScalarBuilder, pushScalar, type ScalarBuilder } from '../build/scalar-builder.ts';

const DEEPEST = 4;
const MOST_COLUMNS = 100_000;
const MOST_CELLS = 2 ** 31;

export interface RowsBuilder {
  rows: number;
  readonly columns: Map<string, ScalarBuilder>;
  /** Names of the columns to keep, or null for all. */
  readonly kept: ReadonlySet<string> | null;
}
export const makeRows = (kept: ReadonlySet<string> | null = null): RowsBuilder => ({ rows: 0, columns: new Map(), kept });

/** Adds one row. */
export function pushRow(b: RowsBuilder, record: JsonObject): void {
  flatten(b, b.rows, record, '', 0);
  b.rows++;
}

/** Adds one cell of a row; null is missing. */
export function pushCell(b: RowsBuilder, row: number, name: string, value: Json | undefined): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) flatten(b, row, value as JsonObject, `${name}.`, 1);
  else pushLeaf(b, row, name, value);
}

/** The table; a key that is null here and an object elsewhere makes no column of its own. Throws too-large when rows x columns would not fit in memory. */
export function finishRows(b: RowsBuilder, notes: Note[]): Table {
  if (b.rows * b.columns.size > MOST_CELLS) throw new BarnacleError('too-large', `the rows have ${b.columns.size} different keys, which makes ${b.rows * b.columns.size} cells; at most ${MOST_CELLS} fit`, { what: 'cells', value: b.rows * b.columns.size, limit: MOST_CELLS });
  const parents = new Set([...b.columns.keys()].flatMap((name) => name.split('.').slice(0, -1).map((_, k, parts) => parts.slice(0, k + 1).join('.'))));
  const columns = [...b.columns.values()].filter((column) => column.values.length > 0 || !parents.has(column.name));
  const names = fitNames(columns.map((column) => column.name), notes);
  return makeTable(columns.map((column, k) => finishScalars(column, b.rows, names[k], notes)), b.rows);
}

function flatten(b: RowsBuilder, row: number, record: JsonObject, prefix: string, depth: number): void {
  for (const key of Object.keys(record)) {
    const value = record[key];
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isObject && depth < DEEPEST && Object.keys(value).length > 0) flatten(b, row, value as JsonObject, `${prefix}${key}.`, depth + 1);
    else pushLeaf(b, row, prefix + key, value);
  }
}

function pushLeaf(b: RowsBuilder, row: number, name: string, value: Json | undefined): void {
  if (b.kept && !b.kept.has(name)) return;
  let column = b.columns.get(name);
  if (!column) {
    if (b.columns.size >= MOST_COLUMNS) throw new BarnacleError('too-large', `the rows have more than ${MOST_COLUMNS} different keys; give each row the same few`, { what: 'columns', value: b.columns.size + 1, limit: MOST_COLUMNS });
    column = makeScalarBuilder(name);
    b.columns.set(name, column);
  }
  if (value === null || value === undefined) return;
  if (column.rows.length && column.rows[column.rows.length - 1] === row) return;
  if (typeof value === 'object') {
    column.nested++;
    pushScalar(column, row, JSON.stringify(value));
  } else pushScalar(column, row, value as number | boolean | string);
}
