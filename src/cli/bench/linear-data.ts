// The matrices of the linear benchmark: tables of ../shared/data through their own suggested recipe, and half a million generated rows.
// In: a door and a name; out: what is trained on, or null where the file is not there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sequence } from '../../core/base/random.ts';
import { quiet } from '../../core/base/task.ts';
import { exp } from '../../core/base/numerics.ts';
import { prepare } from '../../core/pipeline/prepare.ts';
import type { RunSpec } from '../../core/pipeline/run-spec.ts';
import { suggest } from '../../core/pipeline/suggest.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { joinMatrices } from '../../core/table/join-matrices.ts';
import type { Matrix, Target } from '../../core/table/matrix.ts';
import type { Door } from '../command.ts';
import { loadTable } from '../files.ts';

/** The file's training rows, encoded and standardised. */
export async function linearTable(file: string, target: string, door: Door): Promise<Matrix | null> {
  const path = join(process.env.BARNACLE_ROOT ?? '.', '../shared/data', file);
  if (!existsSync(path)) return null;
  const { table, hash } = await loadTable(path, door);
  const profile = await profileTable(table, quiet);
  const { recipe, split } = suggest(profile, target, null);
  const spec: RunSpec = { data: hash, recipe, split, learner: { type: 'linear', params: {} }, metrics: ['rmse'], seed: 1 };
  const { train, valid } = await prepare(spec, table, quiet);
  const whole = valid ? joinMatrices(train, valid) : train;
  const used = whole.data.map((column, j) => ({ column, j })).filter(({ column }) => column.some((v) => v !== column[0]));
  return { ...whole, features: used.map(({ j }) => whole.features[j]), data: used.map(({ column }) => column.map((v) => (v === v ? v : 0))) };
}

/** Normal features that share a common part; `kind` decides what they say: a class, a value with far-off errors, or a count. */
export function linearSynthetic(rows: number, features: number, kind: 'class' | 'value' | 'count'): Matrix {
  const random = sequence(3, 'bench-linear');
  const common = Float32Array.from({ length: rows }, () => random.normal());
  const data = Array.from({ length: features }, () => common.map((c) => 0.4 * c + random.normal()));
  const weights = Array.from({ length: features }, (_, j) => (j % 3 === 2 ? 0 : random.normal() / 3));
  const score = Float64Array.from(common, (_, i) => weights.reduce((sum, w, j) => sum + w * data[j][i], 0));
  const target: Target =
    kind === 'class' ? { kind: 'class', classes: ['no', 'yes'], codes: Int32Array.from(score, (s) => Number(random.unit() * (1 + exp(-s)) < 1)) }
    : { kind: 'value', values: kind === 'count' ? score.map((s) => poisson(exp(0.4 * s), random.unit())) : score.map((s) => s + random.normal() * (random.below(20) === 0 ? 20 : 1)) };
  return { rows, features: data.map((_, j) => ({ name: `x${j}`, source: `x${j}` })), data, target, weight: null };
}

/** The count whose share of lower ones reaches `u`. */
function poisson(mean: number, u: number): number {
  let [count, share, below] = [0, exp(-mean), 0];
  while ((below += share) < u && count < 10_000) share *= mean / ++count;
  return count;
}
