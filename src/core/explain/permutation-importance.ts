// How much a fitted model rests on each raw column: the loss in score when the column's values are shuffled among rows
// (Breiman 2001; Fisher, Rudin & Dominici 2019), everything else untouched. Raw columns, so encodings roll up to what
// the person knows. Positive = the model needs the column; correlated columns share, or hide, each other's importance.
// Intervals are the 2.5 % and 97.5 % points over shuffles and over reweighted rows, so they hold both sources of chance.
import { randomBits, sequence, shuffle, streamOf } from '../base/random.ts';
import type { WorkContext } from '../base/task.ts';
import { metrics } from '../metrics/index.ts';
import type { Prediction, Target } from '../table/matrix.ts';
import { getColumn } from '../table/build.ts';
import { putColumns, takeColumn, takeRows, takeValues } from '../table/take.ts';
import type { Rows, Table } from '../table/table.ts';

export interface ImportanceRequest {
  /** Held-out rows with the raw columns that the recipe reads. */
  readonly table: Table;
  /** The columns to shuffle, one at a time. */
  readonly columns: readonly string[];
  /** The whole way from raw rows to predictions. */
  predict(table: Table): Prediction;
  /** Truth of the same rows. */
  readonly target: Target;
  readonly weight: Float32Array | null;
  /** The query or group of each row: a sample then takes whole groups, and so do the intervals. Absent = none. */
  readonly groups?: Int32Array;
  /** The metric whose loss is reported, in its own unit. */
  readonly metric: string;
  readonly seed: number;
  /** Shuffles of each column; 5 when absent. */
  readonly repeats?: number;
  /**
   * At most so many rows, a seeded sample. When absent: 5,000 (sampling error of an importance is then well below the
   * differences that matter), fewer with many columns, so that all shuffles together predict about a million rows.
   */
  readonly rows?: number;
  /** What one prediction costs in walks of a tree; 1 when absent. Beyond 300 fewer rows are taken, 500 at least. */
  readonly cost?: number;
}
export type Importance = { column: string; value: number; low: number; high: number };

const resamples = 40;
const shuffles = 5;
const predictions = 1_000_000;
const mostRows = 5000;
const fewestRows = 1000;
const fewestCostlyRows = 500;
const plainCost = 300;

/** Most important first. A stop leaves out the columns not yet shuffled. [] when the metric is undefined on these rows. */
export async function permutationImportance(request: ImportanceRequest, context: WorkContext): Promise<Importance[]> {
  const { repeats = shuffles, seed } = request;
  const { table, target, weight, groups } = sampleRequest(request);
  const metric = metrics.get(request.metric);
  const sign = metric.better === 'higher' ? 1 : -1;
  const intact = metric.prepare(target, request.predict(table), groups);
  const weights = Array.from({ length: resamples }, (_, b) => drawWeights(table.rows, weight, groups, seed, b));
  const before = intact(weight);
  const befores = weights.map((w) => intact(w));
  if (!Number.isFinite(before)) return [];

  const found: Importance[] = [];
  for (const [at, name] of request.columns.entries()) {
    const column = getColumn(table, name);
    const losses: number[] = [];
    const spread: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      context.report({ stage: 'importance', done: (at + repeat / repeats) / request.columns.length, text: `shuffling ${name}` });
      const order = shuffle(rowNumbers(table.rows), sequence(seed, streamOf(name) + repeat));
      const score = metric.prepare(target, request.predict(putColumns(table, [takeColumn(column, order)])), groups);
      losses.push(sign * (before - score(weight)));
      for (const [b, w] of weights.entries()) {
        const loss = sign * (befores[b] - score(w));
        if (Number.isFinite(loss)) spread.push(loss);
      }
      if ((await context.breathe()) === 'stop') return sortFound(found);
    }
    const value = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    if (!Number.isFinite(value)) continue;
    const sorted = Float64Array.from(spread).sort();
    found.push({ column: name, value, low: Math.min(value, quantileAt(sorted, 0.025, value)), high: Math.max(value, quantileAt(sorted, 0.975, value)) });
  }
  return sortFound(found);
}

const sortFound = (found: Importance[]): Importance[] => found.sort((a, b) => b.value - a.value || (a.column < b.column ? -1 : 1));
const quantileAt = (sorted: Float64Array, q: number, fallback: number): number => (sorted.length ? sorted[Math.round(q * (sorted.length - 1))] : fallback);

function rowNumbers(rows: number): Rows {
  const out = new Int32Array(rows);
  for (let i = 0; i < rows; i++) out[i] = i;
  return out;
}

/** How often a resample with replacement holds each row, or the group of each row, times its weight. */
function drawWeights(rows: number, weight: Float32Array | null, groups: Int32Array | undefined, seed: number, resample: number): Float32Array {
  const { codes, count } = groups ? unitsOf(groups) : { codes: null, count: rows };
  const drawn = new Float32Array(count);
  const stream = streamOf('importance') + resample;
  for (let i = 0; i < count; i++) drawn[Math.floor((randomBits(seed, stream, i) / 4294967296) * count)]++;
  const counts = codes ? Float32Array.from(codes, (code) => drawn[code]) : drawn;
  if (weight) for (let i = 0; i < rows; i++) counts[i] *= weight[i];
  return counts;
}

/** Group numbers from 0 without gaps. */
function unitsOf(groups: Int32Array): { codes: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  for (const group of groups) if (!numbers.has(group)) numbers.set(group, numbers.size);
  return { codes: groups.map((group) => numbers.get(group)!), count: numbers.size };
}

type Sample = Pick<ImportanceRequest, 'table' | 'target' | 'weight' | 'groups'>;

function sampleRequest(request: ImportanceRequest): Sample {
  const { seed, columns, repeats = shuffles, rows, cost = 1 } = request;
  const dearer = Math.max(1, cost / plainCost);
  const affordable = Math.floor(predictions / (dearer * Math.max(1, columns.length * repeats)));
  return takeSample(request, seed, rows ?? Math.max(dearer > 1 ? fewestCostlyRows : fewestRows, Math.min(mostRows, affordable)));
}

function takeSample({ table, target, weight, groups }: Sample, seed: number, most: number): Sample {
  if (table.rows <= most) return { table, target, weight, groups };
  const rows = groups ? drawGroups(groups, seed, most) : shuffle(rowNumbers(table.rows), sequence(seed, 'importance-sample')).slice(0, most).sort();
  const kept: Target = target.kind === 'class' ? { ...target, codes: takeValues(target.codes, rows) } : { ...target, values: takeValues(target.values, rows) };
  return { table: takeRows(table, rows), target: kept, weight: weight && takeValues(weight, rows), groups: groups && takeValues(groups, rows) };
}

/** The rows of groups in seeded order, until there are `most` or more; ascending. */
function drawGroups(groups: Int32Array, seed: number, most: number): Rows {
  const { codes, count } = unitsOf(groups);
  const sizes = new Int32Array(count);
  for (const code of codes) sizes[code]++;
  const isTaken = new Uint8Array(count);
  let taken = 0;
  for (const code of shuffle(rowNumbers(count), sequence(seed, 'importance-sample'))) {
    if (taken >= most) break;
    isTaken[code] = 1;
    taken += sizes[code];
  }
  return rowNumbers(groups.length).filter((row) => isTaken[codes[row]] === 1);
}
