// Rows as plain objects (a form, a page that uses an exported module, a JSON body) -> a table of the contract's kinds.
// "" and null are missing, and so are the usual spellings of missing (?, NA, null) unless training knew them as a level.
// Strings are read as the column's kind; what cannot be read is missing and reported. Keys the contract lacks are ignored;
// only own keys are read, so rows may be hostile. No cell throws.
import { makeBits, setBit, type Bits } from '../base/bits.ts';
import { makeBoolean, makeNumber, makeTable, makeTime, categoriesOf, textsOf } from '../table/build.ts';
import { isMissingText, parseBoolean, parseNumber, parseTime } from '../table/parse-cell.ts';
import type { Column, Table } from '../table/table.ts';
import { checkRows, type CheckOptions } from './check-table.ts';
import type { Breach, ColumnContract, Contract } from './contract.ts';

export type RawRow = { readonly [column: string]: string | number | boolean | null | undefined };
type Cell = string | number | boolean | null;

/** The table (columns in the contract's order), every breach (unreadable, missing, outside, unseen ...), and the rows refused. */
export function tableFromRows(contract: Contract, rows: readonly RawRow[], options: CheckOptions = {}): { table: Table; breaches: Breach[]; refused: Bits | null } {
  const unread: Breach[] = [];
  const columns = contract.columns.map((rule) => {
    const known = new Set(rule.levels ?? []);
    return columnOf(rule, rows.map((row) => cellOf(row, rule.name, known)), unread);
  });
  const table = makeTable(columns, rows.length);
  const isUnread = new Set(unread.map((b) => `${b.row}\n${b.column}`));
  const { breaches, refused } = checkRows(contract, table, options);
  const broken = breaches.filter((b) => !(b.code === 'missing' && isUnread.has(`${b.row}\n${b.column}`)));
  return { table, breaches: [...unread, ...broken], refused };
}

function cellOf(row: RawRow, name: string, known: ReadonlySet<string>): Cell {
  if (row === null || typeof row !== 'object' || !Object.hasOwn(row, name)) return null;
  const value = row[name];
  if (typeof value === 'string') return isMissingText(value) && !known.has(value) ? null : value;
  return typeof value === 'number' ? (value === value ? value : null) : typeof value === 'boolean' ? value : null;
}

function columnOf(rule: ColumnContract, cells: readonly Cell[], unread: Breach[]): Column {
  const { name, kind } = rule;
  if (kind === 'category') return categoriesOf(name, cells.map(asText));
  if (kind === 'text') return textsOf(name, cells.map(asText));
  const values = new Float64Array(cells.length);
  let missing: Bits | null = null;
  cells.forEach((cell, i) => {
    const value = cell === null ? null : readCell(kind, cell);
    if (value !== null) {
      values[i] = value;
      return;
    }
    setBit((missing ??= makeBits(cells.length)), i);
    if (cell !== null) unread.push({ column: name, row: i, policy: rule.missing === 'refuse' ? 'refuse' : 'warn', code: 'not-readable', message: `column "${name}" is ${JSON.stringify(cell).slice(0, 100)}; expected a ${kind}, read as missing` });
  });
  if (kind === 'boolean') return makeBoolean(name, Uint8Array.from(values), missing);
  return kind === 'time' ? makeTime(name, values, 'ms', missing) : makeNumber(name, values, missing);
}

/** A time as a number is milliseconds since 1970; a boolean as a number is 0 or 1. */
function readCell(kind: 'number' | 'boolean' | 'time', cell: Exclude<Cell, null>): number | null {
  if (kind === 'boolean') {
    const flag = typeof cell === 'boolean' ? cell : parseBoolean(String(cell));
    return flag === null ? null : flag ? 1 : 0;
  }
  if (typeof cell === 'boolean') return kind === 'number' ? (cell ? 1 : 0) : null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  return kind === 'number' ? parseNumber(cell) : parseTime(cell);
}

const asText = (cell: Cell): string | null => (cell === null ? null : String(cell));
