// One table of an SQLite database -> a Table, read from the pages of the file, without SQL and without changing a byte.
// SQLite's cells have kinds of their own; a column that mixes them becomes strings with a Note, as in JSON.
import { BarnacleError, isBarnacleError } from '../../base/errors.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import { makeTable } from '../../table/build.ts';
import { fitNames } from '../build/names.ts';
import { finishScalars, makeScalarBuilder, pushScalar, type Scalar, type ScalarBuilder } from '../build/scalar-builder.ts';
import { hexOf } from '../build/typed-column.ts';
import type { ByteSource, ReadResult } from '../reader.ts';
import { parseCreateTable, type SqlColumn } from './create-table.ts';
import { openDatabase, type Cell, type Database } from './pages.ts';

type Found = { name: string; root: number; columns: SqlColumn[]; refused: string | null };
type State = { builder: ScalarBuilder; wide: number; binary: number; isFlag: boolean };

const MOST_ROWS = 2 ** 30;
/** Tables are counted over so many leaf pages to find the largest. */
const COUNT_PAGES = 20_000;

export async function readSqlite(source: ByteSource, wanted: string, context: WorkContext): Promise<ReadResult> {
  try {
    const database = await openDatabase(source);
    const notes: Note[] = [];
    const tables = await tablesOf(database);
    if (!tables.length) throw new BarnacleError('bad-file', `database "${source.name}" holds no table`, { format: 'sqlite', reason: 'no table' });
    const table = await chooseTable(database, tables, wanted, source.name, notes);
    if (table.refused) throw new BarnacleError('unsupported-format', `table "${table.name}" of "${source.name}" is not read: ${table.refused}; export it as CSV`, { format: 'sqlite', reason: table.refused });
    if (database.isWal) notes.push({ code: 'wal', message: 'the database keeps a log of changes in a file beside it ("-wal"); changes that are only there are not seen', column: null, rows: null, example: null });
    const result = await readRows(database, table, source, context, notes);
    return { table: result, notes, rejected: [], how: { table: table.name, tables: tables.map((t) => t.name), pages: database.pages } };
  } catch (error) {
    if (isBarnacleError(error)) throw error;
    const said = error instanceof Error ? error.message : String(error);
    const reason = error instanceof TypeError || error instanceof RangeError ? `its bytes contradict each other (${said})` : said;
    throw new BarnacleError('bad-file', `file "${source.name}" is not a whole SQLite database: ${reason}; copy it again while nothing writes to it`, { format: 'sqlite', reason }, { cause: error });
  }
}

async function tablesOf(database: Database): Promise<Found[]> {
  const tables: Found[] = [];
  for await (const { cells } of database.rows(1)) {
    const [type, name, , root, sql] = cells;
    if (type !== 'table' || typeof name !== 'string' || name.startsWith('sqlite_') || typeof sql !== 'string') continue;
    if (typeof root !== 'number' || root < 1) tables.push({ name, root: 0, columns: [], refused: 'it is virtual: its rows are made by an extension' });
    else {
      const { columns, hasRowid } = parseCreateTable(sql);
      tables.push({ name, root, columns, refused: hasRowid ? null : 'it was made WITHOUT ROWID, whose rows lie in an index' });
    }
  }
  return tables;
}

async function chooseTable(database: Database, tables: readonly Found[], wanted: string, file: string, notes: Note[]): Promise<Found> {
  if (wanted) {
    const found = tables.find((t) => t.name === wanted);
    const known = tables.map((t) => t.name).join(', ').slice(0, 300);
    if (!found) throw new BarnacleError('bad-param', `database "${file}" has no table "${wanted}"; it has ${known}`, { path: 'params.table', value: wanted, expected: `one of ${known}` });
    return found;
  }
  const readable = tables.filter((t) => !t.refused);
  if (tables.length === 1 || !readable.length) return tables[0];
  let best = readable[0];
  let most = -1;
  for (const table of readable) {
    const rows = await database.count(table.root, COUNT_PAGES).catch(() => -1);
    if (rows > most) [best, most] = [table, rows];
  }
  notes.push({ code: 'several-tables', message: `the database holds ${tables.length} tables (${tables.slice(0, 8).map((t) => t.name).join(', ')}); the largest, "${best.name}", was read`, column: null, rows: null, example: best.name });
  return best;
}

async function readRows(database: Database, table: Found, source: ByteSource, context: WorkContext, notes: Note[]): Promise<ReturnType<typeof makeTable>> {
  const lost = table.columns.filter((c) => !c.isStored);
  for (const { name } of lost) notes.push({ code: 'computed', message: `column "${name}" is computed by the database and not stored; it is left out`, column: name, rows: null, example: null });
  const columns = table.columns.filter((c) => c.isStored);
  const states: State[] = columns.map((c) => ({ builder: makeScalarBuilder(c.name), wide: 0, binary: 0, isFlag: /^bool/i.test(c.type) }));
  let rows = 0;
  for await (const { rowid, cells } of database.rows(table.root)) {
    if (cells.length > columns.length) throw new Error(`row ${rows + 1} has ${cells.length} cells for ${columns.length} columns`);
    for (let k = 0; k < columns.length; k++) pushCell(states[k], rows, k >= cells.length ? columns[k].fallback : cells[k] === null && columns[k].isRowid ? rowid : cells[k]);
    if (++rows >= MOST_ROWS) throw new BarnacleError('too-large', `table "${table.name}" has over ${MOST_ROWS} rows`, { what: 'rows', value: rows, limit: MOST_ROWS });
    if (rows % 5000 !== 0) continue;
    context.report({ stage: 'read', done: null, text: `${rows} rows` });
    if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
  }
  context.report({ stage: 'read', done: 1, text: `${rows} rows of ${source.name}` });
  if (rows === 0) notes.push({ code: 'no-rows', message: `table "${table.name}" holds no rows`, column: null, rows: 0, example: null });
  const names = fitNames(columns.map((c) => c.name), notes);
  return makeTable(states.map((state, k) => finish(state, rows, names[k], notes)), rows);
}

function pushCell(state: State, row: number, cell: Cell): void {
  const { builder } = state;
  if (cell === null) return;
  if (typeof cell === 'bigint') {
    state.wide++;
    pushScalar(builder, row, String(cell));
  } else if (cell instanceof Uint8Array) {
    state.binary++;
    pushScalar(builder, row, hexOf(cell.subarray(0, 1000)));
  } else pushScalar(builder, row, cell);
}

function finish(state: State, rows: number, name: string, notes: Note[]): ReturnType<typeof finishScalars> {
  const { builder } = state;
  if (state.binary) notes.push({ code: 'binary', message: `column "${name}" holds ${state.binary} blobs; they are shown as hexadecimal digits`, column: name, rows: state.binary, example: null });
  if (state.wide) {
    notes.push({ code: 'wide-integers', message: `column "${name}" holds integers beyond 2^53; it is read as text so that none changes`, column: name, rows: state.wide, example: null });
    for (let i = 0; i < builder.values.length; i++) builder.values[i] = String(builder.values[i]);
    builder.counts = { number: 0, boolean: 0, string: builder.values.length };
  }
  if (state.isFlag && builder.counts.number === builder.values.length && builder.values.every((v) => v === 0 || v === 1)) {
    const values: Scalar[] = builder.values;
    for (let i = 0; i < values.length; i++) values[i] = values[i] === 1;
    builder.counts = { number: 0, boolean: builder.values.length, string: 0 };
  }
  return finishScalars(builder, rows, name, notes);
}
