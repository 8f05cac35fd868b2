// The tables of the trees benchmark as matrices: half a million generated rows, Flights, Adult through its own recipe, a wide
// one and KDD Cup 1999. In: nothing but a door (and the files); out: what is trained on, and rows held out to score every model.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sequence, type Random } from '../../core/base/random.ts';
import { quiet } from '../../core/base/task.ts';
import { prepare } from '../../core/pipeline/prepare.ts';
import type { RunSpec } from '../../core/pipeline/run-spec.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import type { ClassTarget, Matrix } from '../../core/table/matrix.ts';
import type { Table } from '../../core/table/table.ts';
import type { Door } from '../command.ts';
import { loadTable } from '../files.ts';

export type TreesData = { name: string; train: Matrix; test: Matrix };

const root = (): string => process.env.BARNACLE_ROOT ?? '.';
const named = (names: readonly string[]) => names.map((name) => ({ name, source: name }));

/** `rows` to train on and a fifth as many to test. Normal features; a third rounded to 24 levels, a seventh with missing cells; interactions and noise decide the class. */
export function synthetic(rows: number, features: number): TreesData {
  const random = sequence(1, 'bench-trees');
  const all = rows + Math.floor(rows / 5);
  const data = Array.from({ length: features }, (_, f) => Float32Array.from({ length: all }, () => (f % 7 === 5 && random.below(10) === 0 ? NaN : f % 3 === 2 ? random.below(24) : random.normal())));
  return cut(`synthetic ${rows} x ${features}`, data, drawClasses(data, random), rows);
}

/** Three tenths flags (one row in 20), three tenths small integers, the rest normal; twelve of them decide the class. */
export function wide(rows: number, features: number): TreesData {
  const random = sequence(2, 'bench-trees');
  const all = rows + Math.floor(rows / 5);
  const draw = (f: number): number => (f % 10 < 4 || f < 6 ? random.normal() : f % 10 < 7 ? Number(random.below(20) === 0) : random.below(9));
  const data = Array.from({ length: features }, (_, f) => Float32Array.from({ length: all }, () => draw(f)));
  return cut(`wide ${rows} x ${features}`, data, drawClasses(data, random), rows);
}

const drawClasses = (data: readonly Float32Array[], random: Random): Int32Array =>
  Int32Array.from(data[0], (_, i) => {
    const signal = data[0][i] * data[1][i] + 0.08 * (data[2][i] - 11.5) * data[3][i] + Math.abs(data[4][i]) - 0.8 + (data[5][i] > 0.5 ? 0.6 : 0);
    return Number(signal + random.normal() > 0.3);
  });

function cut(name: string, data: readonly Float32Array[], codes: Int32Array, rows: number): TreesData {
  const part = (from: number, to: number): Matrix => ({ rows: to - from, features: named(data.map((_, f) => `x${f}`)), data: data.map((column) => column.slice(from, to)), target: { kind: 'class', classes: ['no', 'yes'], codes: codes.slice(from, to) }, weight: null });
  return { name, train: part(0, rows), test: part(rows, codes.length) };
}

/** Late by more than 15 minutes? Calendar, clock, distance, and the two airports as ranks by traffic. Every fifth flight is held out. */
export async function flights(door: Door): Promise<TreesData | null> {
  const file = join(root(), 'node_modules/vega-datasets/data/flights-3m.parquet');
  if (!existsSync(file)) return null;
  const { table } = await loadTable(file, door);
  const [date, delay, distance] = ['date', 'delay', 'distance'].map((name) => numbersOf(table, name));
  const hours = (ms: number): number => Math.floor(ms / 3_600_000);
  const calendar = (of: (day: Date) => number): Float32Array => {
    const cache = new Map<number, number>();
    return Float32Array.from(date, (ms) => {
      const day = Math.floor(ms / 86_400_000);
      if (!cache.has(day)) cache.set(day, of(new Date(day * 86_400_000)));
      return cache.get(day)!;
    });
  };
  const columns: { [name: string]: Float32Array } = {
    month: calendar((day) => day.getUTCMonth() + 1),
    'day of year': calendar((day) => Math.round((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000) + 1),
    weekday: calendar((day) => day.getUTCDay()),
    hour: Float32Array.from(date, (ms) => hours(ms) % 24),
    'minute of day': Float32Array.from(date, (ms) => Math.floor(ms / 60_000) % 1440),
    distance: Float32Array.from(distance),
    origin: ranksOf(table, 'origin'),
    destination: ranksOf(table, 'destination'),
  };
  return everyFifth('Flights 3M', Object.keys(columns), Object.values(columns), ['in time', 'late'], Int32Array.from(delay, (minutes) => Number(minutes > 15)));
}

/** 23 kinds of connection in 494,020 rows; codes as the file has them. Every fifth row is held out. */
export async function kddcup(door: Door): Promise<TreesData | null> {
  const file = join(root(), '../shared/data/kddcup99_10pct.csv.gz');
  if (!existsSync(file)) return null;
  const { table } = await loadTable(file, door);
  const names = table.columns.map((column) => column.name).filter((name) => name !== 'target');
  const target = numbersOf(table, 'target');
  const classes = [...new Set(target)].sort((a, b) => a - b);
  const codeOf = new Map(classes.map((value, code) => [value, code]));
  return everyFifth('KDD Cup 1999', names, names.map((name) => Float32Array.from(numbersOf(table, name))), classes.map(String), Int32Array.from(target, (value) => codeOf.get(value)!));
}

/** Null when the file is not there. */
export async function adult(door: Door): Promise<TreesData | null> {
  const file = join(root(), '../shared/data/adult.csv.gz');
  if (!existsSync(file)) return null;
  const { table, hash } = await loadTable(file, door);
  const target = table.columns.at(-1)!.name;
  const { recipe, split } = suggest(await profileTable(table, quiet), target, null);
  const spec: RunSpec = { data: hash, recipe, split, learner: { type: 'gbt', params: {} }, metrics: ['roc-auc'], seed: 1 };
  const { train, test } = await prepare(spec, table, quiet);
  return { name: `Adult ${train.rows} x ${train.features.length}`, train, test };
}

/** A class that rows held out have and training rows lack would stop every learner: those rows train. */
function everyFifth(name: string, names: readonly string[], data: readonly Float32Array[], classes: readonly string[], codes: Int32Array): TreesData {
  const seen = new Set<number>();
  const held = Array.from(codes, (code, i) => seen.has(code) && i % 5 === 4 || !seen.add(code));
  const part = (wanted: boolean): Matrix => {
    const rows = Int32Array.from(held.flatMap((is, i) => (is === wanted ? [i] : [])));
    const target: ClassTarget = { kind: 'class', classes, codes: Int32Array.from(rows, (row) => codes[row]) };
    return { rows: rows.length, features: named(names), data: data.map((column) => Float32Array.from(rows, (row) => column[row])), target, weight: null };
  };
  const train = part(false);
  return { name: `${name} ${train.rows} x ${names.length}`, train, test: part(true) };
}

function numbersOf(table: Table, name: string): ArrayLike<number> & Iterable<number> {
  const column = table.columns.find((each) => each.name === name);
  if (column?.kind === 'number' || column?.kind === 'time' || column?.kind === 'boolean') return column.values;
  if (column?.kind === 'category') return Float64Array.from(column.codes, (code) => Number(column.levels[code]));
  throw new Error(`${name} is no column of numbers`);
}

/** 0 for the most frequent level, 1 for the next, and so on; equal counts by name. */
function ranksOf(table: Table, name: string): Float32Array {
  const column = table.columns.find((each) => each.name === name);
  if (column?.kind !== 'category') throw new Error(`${name} is no category`);
  const counts = new Int32Array(column.levels.length);
  for (const code of column.codes) counts[code]++;
  const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || (column.levels[a] < column.levels[b] ? -1 : 1));
  const rank = new Float32Array(order.length);
  order.forEach((code, place) => (rank[code] = place));
  return Float32Array.from(column.codes, (code) => rank[code]);
}
