// Two datasets -> how they differ: schema, rows, distributions. Profiles are enough for the schema and the shifts; with both
// tables the rows are matched too and the shifts are exact.
import type { Profile } from '../profile/profile.ts';
import type { Table } from '../table/table.ts';
import type { ColumnShift, DatasetDiff } from './diff.ts';
import { diffRows, type Paired } from './diff-rows.ts';
import { diffSchema } from './diff-schema.ts';
import { shiftOf } from './diff-shifts.ts';

export type { DatasetDiff } from './diff.ts';
/** One dataset: its profile, and its table where there is one in memory. */
export type Side = { profile: Profile; table?: Table | null };

/** From `a`, the earlier, to `b`. */
export function diffDatasets(a: Side, b: Side): DatasetDiff {
  const columns = diffSchema(a, b);
  const before = new Map(a.profile.columns.map((column) => [column.name, column]));
  const oldName = new Map(columns.renamed.map(({ from, to }) => [to, from]));
  const both = b.profile.columns.flatMap((profileB) => {
    const profileA = before.get(oldName.get(profileB.name) ?? profileB.name);
    return profileA ? [{ profileA, profileB }] : [];
  });
  const columnsA = new Map(a.table?.columns.map((column) => [column.name, column]));
  const columnsB = new Map(b.table?.columns.map((column) => [column.name, column]));
  const pairs = both.flatMap(({ profileA, profileB }): Paired[] => {
    const [left, right] = [columnsA.get(profileA.name), columnsB.get(profileB.name)];
    return left && right ? [{ name: profileB.name, a: left, b: right, profileA, profileB }] : [];
  });
  const rows = a.table && b.table ? diffRows(a.table, b.table, pairs) : null;
  const byName = new Map(pairs.map((pair) => [pair.name, pair]));
  const shifts = both.map(({ profileA, profileB }): ColumnShift => {
    const pair = byName.get(profileB.name);
    return { ...shiftOf(profileA, profileB, pair ? { a: pair.a, b: pair.b } : null), changed: rows?.changed.get(profileB.name) ?? null };
  });
  return {
    version: 1,
    columns,
    rows: rows?.rows ?? { a: a.profile.rows, b: b.profile.rows, by: null, key: null, added: Math.max(0, b.profile.rows - a.profile.rows), removed: Math.max(0, a.profile.rows - b.profile.rows), changed: 0, same: 0 },
    shifts: shifts.sort((x, y) => (y.js ?? 0) - (x.js ?? 0) || Math.abs(y.missing.b - y.missing.a) - Math.abs(x.missing.b - x.missing.a) || (y.changed ?? 0) - (x.changed ?? 0)),
    examples: rows?.examples ?? [],
  };
}
