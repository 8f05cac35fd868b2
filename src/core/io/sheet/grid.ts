// The cells of a sheet, row by row -> a Table. The first rows settle where the table begins (a title above it is set aside),
// whether its first row holds names, and how wide it is. Blank rows are skipped; notes below the table are rejected rows.
import { BarnacleError } from '../../base/errors.ts';
import type { Note } from '../../base/task.ts';
import { makeTable } from '../../table/build.ts';
import type { Table } from '../../table/table.ts';
import { fitNames } from '../build/names.ts';
import { finishScalars, makeScalarBuilder, pushScalar, type Scalar, type ScalarBuilder } from '../build/scalar-builder.ts';
import type { RejectedRow } from '../reader.ts';
import { MISSING_WORDS } from '../text/missing-words.ts';

/** `error` is the word that a spreadsheet shows for a failed formula; `clock` a time of day in milliseconds. */
export type GridCell = { column: number; value: Scalar | null; what?: 'error' | 'clock' | 'no-result' };
export type GridParams = { header: 'auto' | 'yes' | 'no'; firstRow: number };
type GridRow = { number: number; cells: GridCell[] };
type State = { builder: ScalarBuilder; errors: number; clocks: number; noResults: number };

const HEAD_ROWS = 200;
const MOST_CELLS = 40_000_000;
const MOST_REJECTED = 1000;
const words = new Set(MISSING_WORDS);

export interface Grid {
  /** A row that holds at least one cell; numbers (1-based) ascend. */
  addRow(number: number, cells: GridCell[]): void;
  readonly cells: number;
  finish(notes: Note[]): { table: Table; rejected: RejectedRow[]; how: { header: boolean; firstRow: number } };
}

export function makeGrid(params: GridParams): Grid {
  const columns = new Map<number, State>();
  const names = new Map<number, string>();
  const rejected: RejectedRow[] = [];
  let head: GridRow[] | null = [];
  let held: GridRow[] = [];
  let extent = { width: 0, firstRow: 0, header: false, above: [] as GridRow[] };
  let rows = 0;
  let last = 0;
  let cellCount = 0;
  let blank = 0;

  const settle = (): void => {
    const buffered = head ?? [];
    head = null;
    extent = extentOf(buffered, params);
    const start = buffered.findIndex((row) => row.number >= extent.firstRow);
    if (start < 0) return;
    if (extent.header) {
      for (const { column, value } of buffered[start].cells) if (value !== null) names.set(column, String(value));
      last = buffered[start].number;
    }
    for (const row of buffered.slice(start + (extent.header ? 1 : 0))) take(row);
  };
  const take = (row: GridRow): void => {
    const gap = last > 0 && row.number > last + 1;
    const isLone = extent.width >= 3 && row.cells.length === 1;
    if (isLone && (gap || held.length)) {
      held.push(row);
      last = row.number;
      if (held.length > MOST_REJECTED) release();
      return;
    }
    release();
    if (gap) blank += row.number - last - 1;
    last = row.number;
    push(row);
  };
  const release = (): void => {
    for (const row of held) push(row);
    held = [];
  };
  const push = ({ cells }: GridRow): void => {
    for (const cell of cells) {
      let state = columns.get(cell.column);
      if (!state) columns.set(cell.column, (state = { builder: makeScalarBuilder(''), errors: 0, clocks: 0, noResults: 0 }));
      if (cell.what === 'error') state.errors++;
      else if (cell.what === 'no-result') state.noResults++;
      else if (cell.value !== null) {
        if (cell.what === 'clock') state.clocks++;
        pushScalar(state.builder, rows, cell.value);
      }
    }
    rows++;
  };

  return {
    get cells() {
      return cellCount;
    },
    addRow(number, cells) {
      cellCount += cells.length;
      if (cellCount > MOST_CELLS) throw new BarnacleError('too-large', `the sheet holds more than ${MOST_CELLS} cells; save it as CSV`, { what: 'cells', value: cellCount, limit: MOST_CELLS });
      if (!cells.length) return;
      if (head === null) take({ number, cells });
      else if (head.push({ number, cells }) >= HEAD_ROWS) settle();
    },
    finish(notes) {
      if (head !== null) settle();
      for (const row of held) rejected.push({ line: row.number, text: textOf(row), reason: 'it stands alone below the table' });
      if (extent.above.length) notes.push({ code: 'preamble', message: `${extent.above.length} rows above the table were set aside`, column: null, rows: extent.above.length, example: textOf(extent.above[0]).slice(0, 60) });
      if (held.length) notes.push({ code: 'rejected', message: `${held.length} rows below the table were set aside`, column: null, rows: held.length, example: textOf(held[0]).slice(0, 60) });
      if (blank) notes.push({ code: 'blank-rows', message: `${blank} blank rows were skipped`, column: null, rows: blank, example: null });
      if (rows === 0) notes.push({ code: 'no-rows', message: 'the sheet holds no rows', column: null, rows: 0, example: null });
      const places = [...new Set([...columns.keys(), ...names.keys()])].sort((a, b) => a - b);
      const fit = fitNames(places.map((place) => names.get(place) ?? ''), notes);
      const table = makeTable(places.map((place, k) => finishColumn(columns.get(place) ?? null, rows, fit[k], notes)), rows);
      return { table, rejected, how: { header: extent.header, firstRow: extent.firstRow } };
    },
  };
}

function finishColumn(state: State | null, rows: number, name: string, notes: Note[]): Table['columns'][number] {
  const { builder, errors, clocks, noResults } = state ?? { builder: makeScalarBuilder(name), errors: 0, clocks: 0, noResults: 0 };
  const about = (code: string, message: string, count: number): void => void notes.push({ code, message, column: name, rows: count, example: null });
  if (errors) about('cell-errors', `column "${name}": ${errors} cells hold an error (#N/A, #DIV/0!, ...) and are missing`, errors);
  if (noResults) about('no-results', `column "${name}": ${noResults} formulas have no stored result and are missing; open the file in a spreadsheet and save it`, noResults);
  if (clocks) about('clock', `column "${name}" holds times of day or durations; they are read as milliseconds`, clocks);
  const { counts } = builder;
  if (counts.number > 0 && counts.string > 0 && builder.values.every((v) => typeof v !== 'string' || words.has(v.trim()))) {
    const dropped = counts.string;
    const kept = builder.values.map((v, i) => [v, builder.rows[i]] as const).filter(([v]) => typeof v !== 'string');
    builder.values.length = 0;
    builder.rows.length = 0;
    for (const [v, row] of kept) {
      builder.values.push(v);
      builder.rows.push(row);
    }
    counts.string = 0;
    about('missing-words', `column "${name}": ${dropped} cells hold a word for "no value" and are missing`, dropped);
  }
  return finishScalars(builder, rows, name, notes);
}

/** Where the table begins: the first row about as wide as most, and whether it holds names. */
function extentOf(head: readonly GridRow[], params: GridParams): { width: number; firstRow: number; header: boolean; above: GridRow[] } {
  if (!head.length) return { width: 0, firstRow: params.firstRow || 1, header: false, above: [] };
  const widths = head.map((row) => row.cells.filter((c) => c.value !== null || c.what).length).sort((a, b) => a - b);
  const usual = widths[widths.length >> 1];
  const width = Math.max(usual, 1);
  let start = head.findIndex((row) => (params.firstRow ? row.number >= params.firstRow : row.cells.length * 10 >= width * 6));
  if (start < 0) start = params.firstRow ? head.length - 1 : 0;
  const header = params.header === 'auto' ? isHeader(head[start], head.slice(start + 1)) : params.header === 'yes';
  return { width, firstRow: head[start].number, header, above: head.slice(0, start) };
}

function isHeader(row: GridRow, below: readonly GridRow[]): boolean {
  if (!row.cells.every((c) => typeof c.value === 'string' || isYear(c.value))) return false;
  if (row.cells.every((c) => isYear(c.value))) return false;
  const names = row.cells.map((c) => String(c.value).trim());
  if (row.cells.some((c) => typeof c.value === 'string' && /^\d{4}-\d\d-\d\d/.test(c.value))) return false;
  if (!below.length) return true;
  if (below.some((r) => r.cells.some((c) => typeof c.value !== 'string' && c.value !== null))) return true;
  return new Set(names).size === names.length;
}

const isYear = (value: Scalar | null): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 1800 && value <= 2200;
const textOf = (row: GridRow): string => row.cells.map((c) => String(c.value ?? '')).join('\t').slice(0, 1000);
