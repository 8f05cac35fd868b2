// The difference of two datasets as a finding and a few sentences: columns, rows, and which columns moved.
import type { ColumnShift, DatasetDiff } from '../../../../core/lineage/diff.ts';
import { count, figure, list, percent, plural } from '../../../format.ts';

/** Jensen-Shannon distance from which a column is said to have moved, and to have moved much. */
export const MOVED = 0.1;
export const MUCH = 0.3;

export function diffFinding(diff: DatasetDiff): string {
  const { added, removed, renamed, retyped } = diff.columns;
  const columns = added.length + removed.length + renamed.length + retyped.length;
  const { rows } = diff;
  const changedRows = rows.by === null ? Math.abs(rows.b - rows.a) : rows.added + rows.removed + rows.changed;
  const moved = diff.shifts.filter((shift) => (shift.js ?? 0) >= MOVED).length;
  if (columns === 0 && changedRows === 0 && moved === 0 && !diff.columns.reordered) return 'The same data';
  const said = [
    ...(columns > 0 ? [`${plural(columns, 'column')} ${columns === 1 ? 'differs' : 'differ'}`] : []),
    ...(changedRows > 0 ? [`${plural(changedRows, 'row')} ${changedRows === 1 ? 'differs' : 'differ'}`] : []),
    ...(moved > 0 ? [`${plural(moved, 'column')} moved`] : []),
  ];
  return said.length === 0 ? 'The same rows, columns in another order' : said.join(', ');
}

export function columnLines(diff: DatasetDiff): string[] {
  const { added, removed, renamed, retyped, reordered } = diff.columns;
  return [
    ...(added.length > 0 ? [`New: ${list(added.map((field) => `${field.name} (${field.kind})`), 8)}`] : []),
    ...(removed.length > 0 ? [`Gone: ${list(removed.map((field) => `${field.name} (${field.kind})`), 8)}`] : []),
    ...renamed.map(({ from, to, why }) => `${from} is likely ${to} now: ${why}`),
    ...retyped.map(({ name, from, to }) => `${name}: ${from} became ${to}`),
    ...(reordered ? ['Columns stand in another order'] : []),
  ];
}

export function rowLines({ rows }: DatasetDiff): string[] {
  const size = `${plural(rows.a, 'row')} before, ${count(rows.b)} after`;
  if (rows.by === null) return [size];
  const how = { key: `matched by ${rows.key}`, place: 'matched by their place', content: 'matched by what they hold' }[rows.by];
  const parts = [`${count(rows.same)} the same`, ...(rows.by === 'content' ? [] : [`${count(rows.changed)} changed`]), `${count(rows.added)} new`, `${count(rows.removed)} gone`];
  return [size, `${parts.join(', ')}; ${how}`];
}

export type ShiftRow = { name: string; kind: string; js: number | null; /** Why there is no distance. */ why: string; psi: string; tone: 'watch' | 'bad' | ''; mean: string; missing: string; distinct: string; levels: string; changed: string };
export function shiftRow(shift: ColumnShift): ShiftRow {
  const pair = (a: string, b: string): string => (a === b ? a : `${a} \u2192 ${b}`);
  const { levels } = shift;
  const names = (list: readonly string[], total: number): string => `${list.slice(0, 3).join(', ')}${total > 3 ? ` and ${total - 3} more` : ''}`;
  return {
    name: shift.from === shift.name ? shift.name : `${shift.from} \u2192 ${shift.name}`,
    kind: shift.kind,
    js: shift.js,
    why: shift.kind === 'text' || shift.kind === 'category' ? 'not compared: names or text' : 'not compared',
    psi: shift.psi === null ? '\u2013' : shift.psi.toFixed(3),
    tone: (shift.js ?? 0) >= MUCH ? 'bad' : (shift.js ?? 0) >= MOVED ? 'watch' : '',
    mean: shift.mean === null || shift.kind === 'time' ? '\u2013' : pair(figure(shift.mean.a), figure(shift.mean.b)),
    missing: pair(percent(shift.missing.a), percent(shift.missing.b)),
    distinct: pair(count(shift.distinct.a), count(shift.distinct.b)),
    levels: levels === null ? '' : [...(levels.addedCount > 0 ? [`new: ${names(levels.added, levels.addedCount)}`] : []), ...(levels.lostCount > 0 ? [`gone: ${names(levels.lost, levels.lostCount)}`] : [])].join('; '),
    changed: shift.changed === null ? '\u2013' : count(shift.changed),
  };
}
