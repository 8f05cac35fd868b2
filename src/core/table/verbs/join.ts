// Rows of two tables side by side where their keys are equal. The size of the result is counted before it is made.
// In the order of the left table, matches in the order of the right one; full: right rows without a match come last.
// A missing key matches nothing. Columns of the right that clash get a suffix; its keys are left out.
import { BarnacleError } from '../../base/errors.ts';
import { getColumn, makeTable } from '../build.ts';
import type { Column, Rows, Table } from '../table.ts';
import { stackColumns } from './stack.ts';
import { rowsById } from './row-ids.ts';
import { sharedIds, type SharedIds } from './shared-ids.ts';
import { takeOrMissing } from './take-or-missing.ts';

export type JoinKind = 'left' | 'inner' | 'full' | 'anti';
export type JoinKeys = { left: readonly string[]; right: readonly string[] };
/** `matched`: left rows with a match. `repeated`: left rows with several. */
export type Joined = { table: Table; matched: number; repeated: number; sources: { [column: string]: readonly string[] } };

export const MOST_ROWS = 50_000_000;
export const MOST_CELLS = 1_000_000_000;

/** Throws missing-column, duplicate-column, bad-param (kinds of keys), too-large. */
export function joinTables(left: Table, right: Table, keys: JoinKeys, kind: JoinKind, suffix: string): Joined {
  const leftKeys = keys.left.map((name) => getColumn(left, name));
  const rightKeys = keys.right.map((name) => getColumn(right, name));
  const ids = sharedIds(leftKeys, rightKeys, left.rows, right.rows);
  const carried = kind === 'anti' ? [] : right.columns.filter(({ name }) => !keys.right.includes(name));
  const { rows, matched, repeated } = matchRows(ids, kind, left.columns.length + carried.length);
  const names = suffixed(left, carried, suffix);
  const ours = left.columns.map((column) => {
    const k = keys.left.indexOf(column.name);
    const taken = takeOrMissing(column, rows.left);
    return k < 0 || kind !== 'full' ? taken : filledFrom(taken, rightKeys[k], rows);
  });
  const theirs = carried.map((column, k) => ({ ...takeOrMissing(column, rows.right), name: names[k] }));
  return { table: makeTable([...ours, ...theirs], rows.left.length), matched, repeated, sources: Object.fromEntries(names.map((name) => [name, keys.left])) };
}

/** The names of carried columns: with the suffix where the left table has one like it. */
export function suffixed(left: Table, carried: readonly Column[], suffix: string): string[] {
  const taken = new Set(left.columns.map(({ name }) => name));
  return carried.map(({ name }) => (taken.has(name) ? name + suffix : name));
}

export function checkSize(rows: number, columns: number): void {
  if (rows > MOST_ROWS) throw new BarnacleError('too-large', `join gives ${rows} rows, more than ${MOST_ROWS}; join by more columns or group first`, { what: 'rows of the join', value: rows, limit: MOST_ROWS });
  if (rows * columns > MOST_CELLS) throw new BarnacleError('too-large', `join gives ${rows} rows of ${columns} columns, more than ${MOST_CELLS} cells; drop columns first`, { what: 'cells of the join', value: rows * columns, limit: MOST_CELLS });
}

function matchRows(ids: SharedIds, kind: JoinKind, columns: number): { rows: { left: Rows; right: Rows }; matched: number; repeated: number } {
  const byId = rowsById({ ids: ids.right, count: ids.count });
  const { starts } = byId;
  let size = 0;
  let matched = 0;
  let repeated = 0;
  const seen = kind === 'full' ? new Uint8Array(ids.count) : null;
  for (const id of ids.left) {
    const matches = id < 0 ? 0 : starts[id + 1] - starts[id];
    if (matches) matched++;
    if (matches > 1) repeated++;
    if (seen && id >= 0) seen[id] = 1;
    size += kind === 'anti' ? (matches ? 0 : 1) : kind === 'inner' ? matches : Math.max(1, matches);
  }
  const lonely = seen ? Int32Array.from(ids.right.keys()).filter((row) => ids.right[row] < 0 || !seen[ids.right[row]]) : new Int32Array(0);
  checkSize(size + lonely.length, columns);
  const left = new Int32Array(size + lonely.length);
  const right = new Int32Array(size + lonely.length).fill(-1);
  let n = 0;
  for (let i = 0; i < ids.left.length; i++) {
    const id = ids.left[i];
    const from = id < 0 ? 0 : starts[id];
    const to = id < 0 ? 0 : starts[id + 1];
    if (from === to ? kind === 'inner' : kind === 'anti') continue;
    if (from === to || kind === 'anti') left[n++] = i;
    else for (let k = from; k < to; k++) {
      left[n] = i;
      right[n++] = byId.rows[k];
    }
  }
  for (const row of lonely) {
    left[n] = -1;
    right[n++] = row;
  }
  return { rows: { left, right }, matched, repeated };
}

/** A full join's key: the left cell, or the right one in rows that only the right table has. */
function filledFrom(taken: Column, rightKey: Column, rows: { left: Rows; right: Rows }): Column {
  const lonely = rows.left.findIndex((row) => row < 0);
  if (lonely < 0) return taken;
  const head = Int32Array.from({ length: lonely }, (_, i) => i);
  return stackColumns(takeOrMissing(taken, head), { ...takeOrMissing(rightKey, rows.right.subarray(lonely)), name: taken.name });
}
