// How the values of one column shifted between two datasets. From the tables where they are given: ten bins between the
// deciles of a, or every level; else from what the profiles keep: histograms spread over each other's bins, levels with
// the rest as one.
import { getBit } from '../base/bits.ts';
import { quantilesOf } from '../base/order.ts';
import { isIdentifier } from '../profile/is-identifier.ts';
import type { Bin, ColumnProfile } from '../profile/profile.ts';
import { cellText } from '../table/cell.ts';
import type { Column } from '../table/table.ts';
import type { ColumnShift } from './diff.ts';
import { distances } from './shares.ts';

const LISTED = 20;
const MOST_LEVELS = 10_000;
const REST = '\u0000rest';

/** Tables give the columns; null = profiles only. `changed` is filled in by the caller. */
export function shiftOf(profileA: ColumnProfile, profileB: ColumnProfile, columns: { a: Column; b: Column } | null): ColumnShift {
  const isAlike = profileA.kind === profileB.kind || (isWords(profileA) && isWords(profileB));
  const isSame = isAlike && !isOwn(profileA) && !isOwn(profileB);
  const isNumeric = profileA.kind === 'number' || profileA.kind === 'time';
  const levels = isSame && !isNumeric ? { a: levelCounts(profileA, columns?.a ?? null), b: levelCounts(profileB, columns?.b ?? null) } : null;
  const apart = !isSame ? null : levels ? levelDistances(levels.a, levels.b) : numberDistances(profileA, profileB, columns);
  return {
    name: profileB.name,
    from: profileA.name,
    kind: profileB.kind,
    psi: apart?.psi ?? null,
    js: apart?.js ?? null,
    mean: isAlike && profileA.number && profileB.number ? { a: profileA.number.mean, b: profileB.number.mean } : null,
    missing: { a: profileA.missing / Math.max(1, profileA.rows), b: profileB.missing / Math.max(1, profileB.rows) },
    distinct: { a: profileA.distinct, b: profileB.distinct },
    levels: levels && !levels.a.has(REST) && !levels.b.has(REST) ? changesOf(levels.a, levels.b) : null,
    changed: null,
  };
}

/** Nearly every value stands for a row of its own: other rows have other values, which is no shift. */
const isOwn = (profile: ColumnProfile): boolean => isWords(profile) && (profile.kind === 'text' || isIdentifier(profile));
const isWords = (profile: ColumnProfile): boolean => profile.kind === 'category' || profile.kind === 'text';

function levelCounts(profile: ColumnProfile, column: Column | null): Map<string, number> {
  const counts = new Map<string, number>();
  if (!column || profile.distinct > MOST_LEVELS) {
    for (const { level, count } of profile.levels ?? booleanLevels(profile)) counts.set(level, count);
    if (profile.rest) counts.set(REST, profile.rest);
    return counts;
  }
  const rows = profile.rows;
  if (column.kind === 'category') {
    const codes = new Uint32Array(column.levels.length);
    for (let i = 0; i < rows; i++) if (!(column.missing && getBit(column.missing, i))) codes[column.codes[i]]++;
    column.levels.forEach((level, code) => { if (codes[code]) counts.set(level, codes[code]); });
    return counts;
  }
  for (let i = 0; i < rows; i++) {
    const text = cellText(column, i);
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

function booleanLevels({ number, rows, missing }: ColumnProfile): { level: string; count: number }[] {
  if (!number) return [];
  const yes = Math.round(number.mean * (rows - missing));
  return [{ level: 'true', count: yes }, { level: 'false', count: rows - missing - yes }].filter((each) => each.count > 0);
}

function levelDistances(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): { psi: number; js: number } | null {
  const all = [...new Set([...a.keys(), ...b.keys()])];
  return distances(all.map((level) => a.get(level) ?? 0), all.map((level) => b.get(level) ?? 0));
}

function changesOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): ColumnShift['levels'] {
  const only = (own: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): string[] => [...own].filter(([level]) => !other.has(level)).sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).map(([level]) => level);
  const [added, lost] = [only(b, a), only(a, b)];
  return { added: added.slice(0, LISTED), addedCount: added.length, lost: lost.slice(0, LISTED), lostCount: lost.length };
}

function numberDistances(a: ColumnProfile, b: ColumnProfile, columns: { a: Column; b: Column } | null): { psi: number; js: number } | null {
  if (columns && 'values' in columns.a && 'values' in columns.b) {
    const [left, right] = [presentOf(columns.a), presentOf(columns.b)];
    if (!left.length || !right.length) return null;
    const edges = [...new Set(quantilesOf(left.slice(), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]))].sort((x, y) => x - y);
    return distances(countIn(left, edges), countIn(right, edges));
  }
  if (!a.number || !b.number) return null;
  const edges = [...new Set([...a.number.histogram, ...b.number.histogram].flatMap((bin) => [bin.from, bin.to]))].sort((x, y) => x - y);
  return distances(spread(a.number.histogram, edges), spread(b.number.histogram, edges));
}

/** Counts at or below each edge, between the edges, and above the last. */
function countIn(values: Float64Array, edges: readonly number[]): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  for (let i = 0; i < values.length; i++) {
    let bin = 0;
    while (bin < edges.length && values[i] > edges[bin]) bin++;
    counts[bin]++;
  }
  return counts;
}

/** A histogram over finer bins, each count spread evenly over its own; a bin without width falls on its point. */
function spread(bins: readonly Bin[], edges: readonly number[]): Float64Array {
  const counts = new Float64Array(edges.length);
  for (const { from, to, count } of bins) {
    for (let e = 0; e < edges.length; e++) {
      if (to === from) counts[e] += edges[e] === from ? count : 0;
      else if (e + 1 < edges.length && edges[e] >= from && edges[e + 1] <= to) counts[e] += (count * (edges[e + 1] - edges[e])) / (to - from);
    }
  }
  return counts;
}

function presentOf(column: Extract<Column, { values: unknown }>): Float64Array {
  const out = new Float64Array(column.values.length);
  let n = 0;
  for (let i = 0; i < out.length; i++) if (!(column.missing && getBit(column.missing, i)) && column.values[i] - column.values[i] === 0) out[n++] = column.values[i];
  return out.slice(0, n);
}
