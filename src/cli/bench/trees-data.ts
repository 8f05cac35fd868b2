// The two tables of the trees benchmark as matrices: half a million generated rows, and Adult through its own recipe.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sequence } from '../../core/base/random.ts';
import { quiet } from '../../core/base/task.ts';
import { prepare } from '../../core/pipeline/prepare.ts';
import type { RunSpec } from '../../core/pipeline/run-spec.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import type { Door } from '../command.ts';
import { loadTable } from '../files.ts';

export type TreesData = { name: string; train: Matrix; test: Matrix };

/** Normal features; a third rounded to 24 levels, a seventh with missing cells; interactions and noise decide the class. */
export function synthetic(rows: number, features: number): TreesData {
  const random = sequence(1, 'bench-trees');
  const data = Array.from({ length: features }, (_, f) => Float32Array.from({ length: rows }, () => (f % 7 === 5 && random.below(10) === 0 ? NaN : f % 3 === 2 ? random.below(24) : random.normal())));
  const codes = Int32Array.from({ length: rows }, (_, i) => {
    const signal = data[0][i] * data[1][i] + 0.08 * (data[2][i] - 11.5) * data[3][i] + Math.abs(data[4][i]) - 0.8 + (data[5][i] > 0.5 ? 0.6 : 0);
    return Number(signal + random.normal() > 0.3);
  });
  const held = Math.floor(rows / 5);
  const part = (from: number, to: number): Matrix => ({ rows: to - from, features: data.map((_, f) => ({ name: `x${f}`, source: `x${f}` })), data: data.map((column) => column.slice(from, to)), target: { kind: 'class', classes: ['no', 'yes'], codes: codes.slice(from, to) }, weight: null });
  return { name: `synthetic ${rows} x ${features}`, train: part(0, rows - held), test: part(rows - held, rows) };
}

/** Null when the file is not there. */
export async function adult(door: Door): Promise<TreesData | null> {
  const file = join(process.env.BARNACLE_ROOT ?? '.', '../shared/data/adult.csv.gz');
  if (!existsSync(file)) return null;
  const { table, hash } = await loadTable(file, door);
  const target = table.columns.at(-1)!.name;
  const { recipe, split } = suggest(await profileTable(table, quiet), target, null);
  const spec: RunSpec = { data: hash, recipe, split, learner: { type: 'gbt', params: {} }, metrics: ['roc-auc'], seed: 1 };
  const { train, test } = await prepare(spec, table, quiet);
  return { name: `Adult ${train.rows} x ${train.features.length}`, train, test };
}
