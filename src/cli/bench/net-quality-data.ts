// A set of net-quality -> matrices for each of its splits: what the recipe's training rows have taught, a tenth of them (16 of 80
// for the 64/16/20 split) held for early stopping. Rows with unknown targets are left out; California's counts become ratios.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sequence, shuffle } from '../../core/base/random.ts';
import { quiet } from '../../core/base/task.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { applyRecipe } from '../../core/recipe/apply-recipe.ts';
import { fitMatrix } from '../../core/recipe/fit-recipe.ts';
import { classesOf, readTarget, rowsWithTarget } from '../../core/recipe/read-target.ts';
import type { Matrix, Target } from '../../core/table/matrix.ts';
import { takeRows } from '../../core/table/take.ts';
import type { Door } from '../command.ts';
import { loadTable } from '../files.ts';
import type { NetSet } from './net-quality-sets.ts';

export type NetFold = { readonly train: Matrix; readonly valid: Matrix; readonly test: Matrix };
type Parts = { train: number[]; test: number[] };

/** `rounds` splits of the set, the first ones. */
export async function foldsOf(set: NetSet, root: string, rounds: number, door: Door): Promise<NetFold[]> {
  const { table: read } = await loadTable(join(root, set.file), door);
  const { recipe: suggested } = suggest(await profileTable(read, quiet), set.target, null);
  const out = new Set([...suggested.drop, ...set.drop]);
  const steps = suggested.steps.map((step) => ({ ...step, columns: step.columns.filter((name) => !set.drop.includes(name)) })).filter((step) => step.columns.length);
  const recipe = { ...suggested, task: set.task, drop: [...out], steps };
  const usable = rowsWithTarget(read, recipe);
  const table = usable ? takeRows(read, usable) : read;
  const classes = classesOf(recipe, table) ?? undefined;
  const target = readTarget(recipe, table, classes ?? null);
  return splitsOf(set, table.rows, target, root, rounds).map(({ train: learnt, test }, round) => {
    const order = shuffle(Int32Array.from(learnt), sequence(round + 1, 'net-quality-valid'));
    const held = Math.round(order.length * (set.split.kind === 'random' ? 0.2 : set.split.kind === 'official' ? 0.2 : 0.1));
    const take = (rows: Int32Array): ReturnType<typeof takeRows> => takeRows(table, rows.slice().sort());
    const { fitted, matrix: train } = fitMatrix(recipe, take(order.subarray(held)), { seed: 1, classes });
    const apply = (rows: Int32Array): Matrix => ratios(set, applyRecipe(fitted, take(rows), { training: false, seed: 1, withTarget: true }));
    return { train: ratios(set, train), valid: apply(order.subarray(0, held)), test: apply(Int32Array.from(test)) };
  });
}

function splitsOf({ split, file }: NetSet, rows: number, target: Target, root: string, rounds: number): Parts[] {
  const all = Array.from({ length: rows }, (_, i) => i);
  const parts = (isTest: (row: number) => boolean): Parts => ({ train: all.filter((row) => !isTest(row)), test: all.filter(isTest) });
  if (split.kind === 'official') return [parts((row) => row >= rows - split.test)];
  if (split.kind === 'uci') {
    const held = JSON.parse(gunzipSync(readFileSync(join(root, 'gal_splits_test_rows.json.gz'))).toString('utf8')) as { [name: string]: { test: number[][] } };
    return held[file.replace(/\.csv.*/, '')].test.slice(0, 4 * rounds).map((test) => {
      const set = new Set(test);
      return parts((row) => set.has(row));
    });
  }
  if (split.kind === 'folds') {
    const foldOf = dealt(target, rows);
    return Array.from({ length: Math.min(5, 2 * rounds) }, (_, fold) => parts((row) => foldOf[row] === fold));
  }
  const share = split.kind === 'random' ? 0.2 : 0.25;
  return Array.from({ length: 2 * rounds }, (_, round) => {
    const order = shuffle(Int32Array.from(all), sequence(round + 1, 'net-quality'));
    return { test: [...order.subarray(0, Math.round(rows * share))].sort((a, b) => a - b), train: [...order.subarray(Math.round(rows * share))].sort((a, b) => a - b) };
  });
}

/** Rows shuffled once, dealt to five folds in turn, class by class. */
function dealt(target: Target, rows: number): Uint8Array {
  const order = shuffle(Int32Array.from({ length: rows }, (_, i) => i), sequence(1, 'net-quality'));
  const foldOf = new Uint8Array(rows);
  const next = new Int32Array(target.kind === 'class' ? target.classes.length : 1);
  for (const row of order) foldOf[row] = next[target.kind === 'class' ? target.codes[row] : 0]++ % 5;
  return foldOf;
}

/** The eight features that scikit-learn's California set has: rooms, bedrooms and people to a household. */
function ratios({ file }: NetSet, matrix: Matrix): Matrix {
  if (!file.startsWith('california')) return matrix;
  const at = (name: string): number => matrix.features.findIndex((f) => f.source === name);
  const [rooms, bedrooms, people, homes] = ['total_rooms', 'total_bedrooms', 'population', 'households'].map(at);
  if ([rooms, bedrooms, people, homes].some((f) => f < 0)) return matrix;
  const by = (f: number): Float32Array => matrix.data[f].map((v, i) => v / Math.max(1, matrix.data[homes][i]));
  const data = matrix.data.map((column, f) => (f === rooms || f === bedrooms ? by(f) : f === homes ? by(people) : column));
  return { ...matrix, data };
}
