// Tables of the same columns, one below the other, as if they had been one file: numbers in the smallest array that holds
// all, strings as category or text by the rule of the whole. A column whose kinds differ becomes strings; one that a part
// lacks is missing there. Both are Notes.
import type { Note } from '../../base/task.ts';
import { columnRows, makeBoolean, makeNumber, makeTable, makeText, makeTime } from '../../table/build.ts';
import { cellText, isMissing } from '../../table/cell.ts';
import type { Column, Kind, Table, TimeColumn } from '../../table/table.ts';
import { finishMask } from './growing.ts';
import { finishDoubles, finishNumbers, makeNumberBuilder, pushMissingNumbers, pushNumber } from './number-builder.ts';
import { finishStrings, internLevel, makeStringBuilder, pushCode, pushMissingStrings, pushString, type StringBuilder } from './string-builder.ts';

export type Part = { readonly name: string; readonly table: Table };
type Piece = { readonly column: Column | null; readonly rows: number };

/** One table; its columns in order of first appearance, and "file" with each row's part when `fileColumn`. */
export function joinTables(parts: readonly Part[], fileColumn: boolean, notes: Note[]): Table {
  const names = [...new Set(parts.flatMap(({ table }) => table.columns.map((c) => c.name)))];
  const rows = parts.reduce((n, { table }) => n + table.rows, 0);
  const found = parts.map(({ table }) => new Map(table.columns.map((c) => [c.name, c])));
  const columns = names.map((name) => {
    const pieces = parts.map(({ table }, k) => ({ column: found[k].get(name) ?? null, rows: table.rows }));
    const lacking = parts.filter((_, k) => pieces[k].column === null);
    if (lacking.length) notes.push({ code: 'missing-in-part', message: `column "${name}" is not in ${lacking.length} of ${parts.length} files (${lacking.slice(0, 3).map((p) => p.name).join(', ')}); their rows are missing there`, column: name, rows: lacking.reduce((n, { table }) => n + table.rows, 0), example: lacking[0].name });
    return joinColumn(name, pieces, notes);
  });
  if (!fileColumn) return makeTable(columns, rows);
  let label = 'file';
  for (let k = 2; names.includes(label); k++) label = `file (${k})`;
  return makeTable([...columns, fileOf(label, parts)], rows);
}

function joinColumn(name: string, pieces: readonly Piece[], notes: Note[]): Column {
  const kinds = new Set<Kind>();
  for (const { column } of pieces) if (column && !isEmpty(column)) kinds.add(column.kind === 'text' ? 'category' : column.kind);
  if (kinds.size > 1) notes.push({ code: 'mixed-kinds', message: `column "${name}" is ${[...kinds].join(' in one file and ')} in another; it is read as strings`, column: name, rows: null, example: null });
  const kind = kinds.size === 1 ? [...kinds][0] : kinds.size === 0 ? (pieces.find(({ column }) => column)?.column?.kind ?? 'category') : 'category';
  if (kind === 'number' || kind === 'boolean' || kind === 'time') return joinNumbers(name, kind, pieces);
  const builder = makeStringBuilder();
  for (const piece of pieces) pushStrings(builder, piece);
  return finishStrings(builder, name);
}

const isEmpty = (column: Column): boolean => {
  const rows = columnRows(column);
  for (let row = 0; row < rows; row++) if (!isMissing(column, row)) return false;
  return true;
};

function joinNumbers(name: string, kind: 'number' | 'boolean' | 'time', pieces: readonly Piece[]): Column {
  const builder = makeNumberBuilder();
  let unit: TimeColumn['unit'] = 'day';
  for (const { column, rows } of pieces) {
    if (!column || (column.kind !== 'number' && column.kind !== 'boolean' && column.kind !== 'time')) {
      if (rows) pushMissingNumbers(builder, rows);
      continue;
    }
    if (column.kind === 'time' && (column.unit === 'ms' || (column.unit === 'second' && unit === 'day'))) unit = column.unit;
    for (let row = 0; row < rows; row++) {
      if (isMissing(column, row)) pushMissingNumbers(builder);
      else pushNumber(builder, column.values[row]);
    }
  }
  if (kind === 'time') return makeTime(name, finishDoubles(builder), unit, finishMask(builder.mask, builder.rows));
  const { values, missing } = finishNumbers(builder);
  return kind === 'boolean' ? makeBoolean(name, Uint8Array.from(values), missing) : makeNumber(name, values, missing);
}

function pushStrings(builder: StringBuilder, { column, rows }: Piece): void {
  if (!column) {
    if (rows) pushMissingStrings(builder, rows);
    return;
  }
  const encoder = new TextEncoder();
  const levels = column.kind === 'category' ? column.levels.map((level) => encoder.encode(level)) : [];
  const codes = new Int32Array(levels.length).fill(-1);
  for (let row = 0; row < rows; row++) {
    if (isMissing(column, row)) pushMissingStrings(builder);
    else if (column.kind === 'text') pushString(builder, column.bytes, column.offsets[row], column.offsets[row + 1]);
    else if (column.kind === 'category') {
      const k = column.codes[row];
      if (builder.codes && codes[k] < 0) codes[k] = internLevel(builder, levels[k], 0, levels[k].length);
      if (builder.codes && codes[k] >= 0) pushCode(builder, codes[k]);
      else pushString(builder, levels[k], 0, levels[k].length);
    } else {
      const bytes = encoder.encode(cellText(column, row) ?? '');
      pushString(builder, bytes, 0, bytes.length);
    }
  }
}

function fileOf(label: string, parts: readonly Part[]): Column {
  const builder = makeStringBuilder();
  const encoder = new TextEncoder();
  for (const { name, table } of parts) {
    const bytes = encoder.encode(name);
    for (let row = 0; row < table.rows; row++) pushString(builder, bytes, 0, bytes.length);
  }
  const column = finishStrings(builder, label, 'category');
  return column.kind === 'category' ? column : makeText(label, column.bytes, column.offsets);
}
