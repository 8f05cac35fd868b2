// Which rows came, went and changed. Rows are matched by a column that names them in both tables; else by place, when the
// tables are as long as each other and that matches at least as many whole rows; else by what they hold, as multisets.
// Compared are the columns that both have (renamed ones by their new name).
import { getBit } from '../base/bits.ts';
import { isIdentifier } from '../profile/is-identifier.ts';
import type { ColumnProfile } from '../profile/profile.ts';
import { cellText } from '../table/cell.ts';
import type { Column, Table } from '../table/table.ts';
import type { DatasetDiff, RowChange } from './diff.ts';
import { rowHashes } from './row-hashes.ts';

/** A column of both tables, with its profiles. */
export type Paired = { name: string; a: Column; b: Column; profileA: ColumnProfile; profileB: ColumnProfile };
export type RowDiff = { rows: DatasetDiff['rows']; /** By `name`; empty where rows were not matched one to one. */ changed: ReadonlyMap<string, number>; examples: RowChange[] };
const EXAMPLES = 30;
const CELLS = 8;

export function diffRows(a: Table, b: Table, pairs: readonly Paired[]): RowDiff {
  const head = { a: a.rows, b: b.rows };
  const key = pairs.find(({ a: left, b: right, profileA, profileB }) => left.kind === right.kind && names(profileA) && names(profileB));
  if (key) return matched(head, matchByKey(key, a.rows, b.rows), pairs, 'key', key.name);
  const asText = pairs.map((pair) => pair.a.kind !== pair.b.kind && !(isWords(pair.a) && isWords(pair.b)));
  const left = rowHashes(pairs.map((pair) => pair.a), a.rows, asText);
  const right = rowHashes(pairs.map((pair) => pair.b), b.rows, asText);
  const content = matchByContent(left, right);
  if (a.rows === b.rows) {
    const inPlace = left.reduce((n, hash, i) => n + (hash === right[i] ? 1 : 0), 0);
    if (inPlace >= content.same) return matched(head, { to: Int32Array.from({ length: a.rows }, (_, i) => i), added: [] }, pairs, 'place', null);
  }
  const examples = [...content.removed.slice(0, EXAMPLES / 2).map((row) => whole('removed', row, pairs)), ...content.added.slice(0, EXAMPLES / 2).map((row) => whole('added', row, pairs))];
  return { rows: { ...head, by: 'content', key: null, added: content.added.length, removed: content.removed.length, changed: 0, same: content.same }, changed: new Map(), examples };
}

/** Present and different in every row. */
const names = (profile: ColumnProfile): boolean => profile.missing === 0 && profile.distinctIsExact && profile.distinct === profile.rows && isIdentifier(profile);
const isWords = (column: Column): boolean => column.kind === 'category' || column.kind === 'text';

type Match = { /** Row of b for each row of a; -1 = it is gone. */ to: Int32Array; added: number[] };

function matchByKey(key: Paired, rowsA: number, rowsB: number): Match {
  const index = new Map<string | number, number>();
  const [keyA, keyB] = [keyOf(key.a), keyOf(key.b)];
  for (let i = 0; i < rowsB; i++) index.set(keyB(i), i);
  const to = new Int32Array(rowsA).fill(-1);
  const met = new Uint8Array(rowsB);
  for (let i = 0; i < rowsA; i++) {
    const found = index.get(keyA(i));
    if (found === undefined) continue;
    to[i] = found;
    met[found] = 1;
  }
  return { to, added: rowsWhere(met, 0) };
}

const keyOf = (column: Column): ((row: number) => string | number) => ('values' in column ? (row) => column.values[row] : (row) => cellText(column, row) ?? '');

function matchByContent(left: Float64Array, right: Float64Array): { added: number[]; removed: number[]; same: number } {
  const counts = new Map<number, number>();
  for (const hash of right) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const removed: number[] = [];
  left.forEach((hash, row) => {
    const count = counts.get(hash) ?? 0;
    if (count > 0) counts.set(hash, count - 1);
    else removed.push(row);
  });
  const added: number[] = [];
  for (let row = right.length - 1; row >= 0; row--) {
    const count = counts.get(right[row]) ?? 0;
    if (count <= 0) continue;
    counts.set(right[row], count - 1);
    added.push(row);
  }
  return { added: added.reverse(), removed, same: left.length - removed.length };
}

function matched(head: { a: number; b: number }, { to, added }: Match, pairs: readonly Paired[], by: 'key' | 'place', key: string | null): RowDiff {
  const removed = rowsWhere(to, -1);
  const isChanged = new Uint8Array(to.length);
  const changed = new Map(pairs.map((pair) => [pair.name, markChanges(pair, to, isChanged)]));
  const rows = rowsWhere(isChanged, 1);
  const examples = [
    ...rows.slice(0, EXAMPLES / 3).map((row): RowChange => ({ change: 'changed', row, cells: pairs.filter((pair) => differs(pair)(row, to[row])).slice(0, CELLS).map((pair) => ({ column: pair.name, a: cellText(pair.a, row), b: cellText(pair.b, to[row]) })) })),
    ...removed.slice(0, EXAMPLES / 3).map((row) => whole('removed', row, pairs)),
    ...added.slice(0, EXAMPLES / 3).map((row) => whole('added', row, pairs)),
  ];
  return { rows: { ...head, by, key, added: added.length, removed: removed.length, changed: rows.length, same: to.length - removed.length - rows.length }, changed, examples };
}

function markChanges(pair: Paired, to: Int32Array, isChanged: Uint8Array): number {
  const isOther = differs(pair);
  let count = 0;
  for (let row = 0; row < to.length; row++) {
    if (to[row] < 0 || !isOther(row, to[row])) continue;
    isChanged[row] = 1;
    count++;
  }
  return count;
}

/** Whether cell `row` of a is another than cell `other` of b. */
function differs({ a, b }: Paired): (row: number, other: number) => boolean {
  const gap = (column: Column, row: number): boolean => column.missing !== null && getBit(column.missing, row);
  const value = valueTest(a, b);
  return (row, other) => (gap(a, row) || gap(b, other) ? gap(a, row) !== gap(b, other) : value(row, other));
}

function valueTest(a: Column, b: Column): (row: number, other: number) => boolean {
  if (a.kind === 'category' && b.kind === 'category') {
    const codes = new Map(b.levels.map((level, code) => [level, code]));
    const same = a.levels.map((level) => codes.get(level) ?? -1);
    return (row, other) => same[a.codes[row]] !== b.codes[other];
  }
  if (a.kind === b.kind && 'values' in a && 'values' in b) return (row, other) => !Object.is(a.values[row] + 0, b.values[other] + 0);
  return (row, other) => cellText(a, row) !== cellText(b, other);
}

function whole(change: 'added' | 'removed', row: number, pairs: readonly Paired[]): RowChange {
  return { change, row, cells: pairs.slice(0, CELLS).map((pair) => ({ column: pair.name, a: change === 'removed' ? cellText(pair.a, row) : null, b: change === 'added' ? cellText(pair.b, row) : null })) };
}

function rowsWhere(flags: ArrayLike<number>, value: number): number[] {
  const rows: number[] = [];
  for (let i = 0; i < flags.length; i++) if (flags[i] === value) rows.push(i);
  return rows;
}
