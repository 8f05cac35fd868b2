// A column as another kind, cell by cell, by one declared policy: what was a number in training may be read as a category
// from a file where one cell is "unknown". What cannot be read becomes missing; an all-missing column becomes any kind.
// Refused (contract-refused): numbers as times and times as numbers, where a reading would be a guess.
import { getBit, makeBits, setBit, type Bits } from '../base/bits.ts';
import { BarnacleError } from '../base/errors.ts';
import { columnRows, makeBoolean, makeCategory, makeNumber, makeTime, textsOf } from '../table/build.ts';
import { cellText } from '../table/cell.ts';
import { parseBoolean, parseNumber, parseTime } from '../table/parse-cell.ts';
import type { CategoryColumn, Column, Kind } from '../table/table.ts';

/** The column as that kind; the same column when it is so already. Throws contract-refused. */
export function asKind(column: Column, kind: Kind): Column {
  if (column.kind === kind) return column;
  if (isAllMissing(column)) return emptyColumn(column.name, kind, columnRows(column));
  if (kind === 'category') return asCategory(column);
  if (kind === 'text') return textsOf(column.name, cellsOf(column));
  if ((kind === 'number' && column.kind === 'time') || (kind === 'time' && (column.kind === 'number' || column.kind === 'boolean'))) {
    const reason = `is of kind ${column.kind}, the recipe was fitted with ${kind}`;
    throw new BarnacleError('contract-refused', `column "${column.name}" ${reason}; write it as in training`, { column: column.name, reason });
  }
  if (kind === 'number') return readCells(column, parseNumber, (values, missing) => makeNumber(column.name, values, missing));
  if (kind === 'time') return readCells(column, parseTime, (values, missing) => makeTime(column.name, values, 'ms', missing));
  return readCells(column, (text) => asBit(parseBoolean(text)), (values, missing) => makeBoolean(column.name, Uint8Array.from(values), missing));
}

/** Any column as categories of its cells' text. */
export function asCategory(column: Column): CategoryColumn {
  if (column.kind === 'category') return column;
  if (column.kind === 'boolean') return makeCategory(column.name, Int32Array.from(column.values), ['false', 'true'], column.missing);
  const rows = columnRows(column);
  const codes = new Int32Array(rows);
  const index = new Map<string | number, number>();
  const levels: string[] = [];
  for (let i = 0; i < rows; i++) {
    if (column.missing && getBit(column.missing, i)) continue;
    const key = column.kind === 'text' ? cellText(column, i)! : column.values[i];
    let code = index.get(key);
    if (code === undefined) {
      code = levels.length;
      index.set(key, code);
      levels.push(cellText(column, i)!);
    }
    codes[i] = code;
  }
  return makeCategory(column.name, codes, levels, column.missing);
}

/** A column of that kind without a single value. */
export function emptyColumn(name: string, kind: Kind, rows: number): Column {
  const missing = rows ? makeBits(rows).fill(255) : null;
  if (kind === 'number') return makeNumber(name, new Float64Array(rows), missing);
  if (kind === 'boolean') return makeBoolean(name, new Uint8Array(rows), missing);
  if (kind === 'time') return makeTime(name, new Float64Array(rows), 'ms', missing);
  if (kind === 'category') return makeCategory(name, new Int32Array(rows), [], missing);
  return { ...textsOf(name, []), offsets: new Uint32Array(rows + 1), missing };
}

function isAllMissing(column: Column): boolean {
  const rows = columnRows(column);
  if (!rows) return true;
  if (!column.missing) return false;
  for (let i = 0; i < rows; i++) if (!getBit(column.missing, i)) return false;
  return true;
}

/** Reads each distinct cell text once. */
function readCells(column: Column, read: (text: string) => number | null, make: (values: Float64Array, missing: Bits | null) => Column): Column {
  const category = asCategory(column);
  const read1 = category.levels.map(read);
  const rows = category.codes.length;
  const values = new Float64Array(rows);
  let missing: Bits | null = null;
  for (let i = 0; i < rows; i++) {
    const value = category.missing && getBit(category.missing, i) ? null : read1[category.codes[i]];
    if (value === null) setBit((missing ??= makeBits(rows)), i);
    else values[i] = value;
  }
  return make(values, missing);
}

const cellsOf = (column: Column): (string | null)[] => Array.from({ length: columnRows(column) }, (_, i) => cellText(column, i));
const asBit = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0);
