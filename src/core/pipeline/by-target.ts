// How the target goes with one column, for the eye: per bin of the column the count of each class, or the mean target
// with its 95 % interval (normal approximation). Bins: equal widths between the 1st and 99th percentile for numbers and
// times, the most frequent levels for categories; a last bin holds the rest. A seeded sample beyond 200,000 rows.
import { sequence } from '../base/random.ts';
import { getColumn } from '../table/build.ts';
import { cellText, isMissing, timeText } from '../table/cell.ts';
import { readTarget, rowsWithTarget } from '../recipe/read-target.ts';
import type { RecipeSpec } from '../recipe/spec.ts';
import type { Column, Rows, Table } from '../table/table.ts';
import type { Target } from '../table/matrix.ts';
import { selectColumns, takeRows } from '../table/take.ts';

type Bin = { label: string; from: number | null; to: number | null };
export type ByTarget =
  | { kind: 'classes'; column: string; classes: string[]; bins: (Bin & { counts: number[] })[]; rows: number; sampled: number }
  | { kind: 'value'; column: string; bins: (Bin & { count: number; mean: number; low: number; high: number })[]; rows: number; sampled: number };

const maxRows = 200_000;
const maxBins = 20;

/** Throws missing-column, bad-target. */
export function byTarget(table: Table, column: string, spec: RecipeSpec): ByTarget {
  const pair = selectColumns(table, column === spec.target ? [column] : [column, spec.target]);
  const usable = rowsWithTarget(pair, spec);
  const rows = usable ? usable.length : table.rows;
  const picked = pick(usable, rows);
  const part = picked ? takeRows(pair, picked) : pair;
  const target = readTarget(spec, part);
  const { bins, index } = binColumn(getColumn(part, column), part.rows);
  const shared = { column, rows, sampled: part.rows };
  return target.kind === 'class' ? { kind: 'classes', classes: [...target.classes], bins: countClasses(bins, index, target), ...shared } : { kind: 'value', bins: meanValues(bins, index, target), ...shared };
}

function pick(usable: Rows | null, rows: number): Rows | null {
  if (rows <= maxRows) return usable;
  const random = sequence(1, 'by-target');
  return Int32Array.from({ length: maxRows }, () => random.below(rows)).sort().map((i) => (usable ? usable[i] : i));
}

function countClasses(bins: Bin[], index: Int32Array, target: Target & { kind: 'class' }): (Bin & { counts: number[] })[] {
  const out = bins.map((bin) => ({ ...bin, counts: target.classes.map(() => 0) }));
  for (let i = 0; i < index.length; i++) out[index[i]].counts[target.codes[i]]++;
  return out.filter((bin) => bin.from !== null || bin.counts.some((n) => n > 0));
}

function meanValues(bins: Bin[], index: Int32Array, target: Target & { kind: 'value' }): (Bin & { count: number; mean: number; low: number; high: number })[] {
  const count = new Float64Array(bins.length);
  const mean = new Float64Array(bins.length);
  const squares = new Float64Array(bins.length);
  for (let i = 0; i < index.length; i++) {
    const b = index[i];
    const delta = target.values[i] - mean[b];
    mean[b] += delta / ++count[b];
    squares[b] += delta * (target.values[i] - mean[b]);
  }
  return bins.flatMap((bin, b) => {
    if (!count[b]) return [];
    const half = count[b] > 1 ? 1.96 * Math.sqrt(squares[b] / (count[b] - 1) / count[b]) : 0;
    return [{ ...bin, count: count[b], mean: mean[b], low: mean[b] - half, high: mean[b] + half }];
  });
}

function binColumn(column: Column, rows: number): { bins: Bin[]; index: Int32Array } {
  return (column.kind === 'number' || column.kind === 'time') && distinctBeyond(column.values, maxBins) ? binNumbers(column, rows) : binLevels(column, rows);
}

function binNumbers(column: Column & { values: ArrayLike<number> }, rows: number): { bins: Bin[]; index: Int32Array } {
  const present: number[] = [];
  for (let i = 0; i < rows; i++) if (!isMissing(column, i) && Number.isFinite(column.values[i])) present.push(column.values[i]);
  const sorted = Float64Array.from(present).sort();
  const low = sorted[Math.floor(0.01 * (sorted.length - 1))];
  const high = sorted[Math.ceil(0.99 * (sorted.length - 1))];
  const width = (high - low) / maxBins || 1;
  const show = (value: number) => (column.kind === 'time' ? timeText(value, 'day') : String(Number(value.toPrecision(4))));
  const bins: Bin[] = Array.from({ length: maxBins }, (_, b) => {
    const [from, to] = [low + b * width, low + (b + 1) * width];
    return { label: b === 0 ? `up to ${show(to)}` : b === maxBins - 1 ? `from ${show(from)}` : `${show(from)} to ${show(to)}`, from, to };
  });
  bins.push({ label: 'missing', from: null, to: null });
  const index = Int32Array.from({ length: rows }, (_, i) => {
    const value = column.values[i];
    return isMissing(column, i) || !Number.isFinite(value) ? maxBins : Math.max(0, Math.min(maxBins - 1, Math.floor((value - low) / width)));
  });
  return { bins, index };
}

function binLevels(column: Column, rows: number): { bins: Bin[]; index: Int32Array } {
  const counts = new Map<string, number>();
  const texts = Array.from({ length: rows }, (_, i) => cellText(column, i));
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  const numeric = column.kind === 'number' || column.kind === 'time';
  const kept = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, maxBins).map(([text]) => text);
  if (numeric) kept.sort((a, b) => Number(a) - Number(b));
  const place = new Map(kept.map((text, k) => [text, k]));
  const bins: Bin[] = [...kept, 'other levels', 'missing'].map((label) => ({ label, from: null, to: null }));
  const index = Int32Array.from(texts, (text) => (text === null ? kept.length + 1 : (place.get(text) ?? kept.length)));
  return { bins, index };
}

function distinctBeyond(values: ArrayLike<number>, limit: number): boolean {
  const seen = new Set<number>();
  for (let i = 0; i < values.length && seen.size <= limit; i++) seen.add(values[i]);
  return seen.size > limit;
}
