// The rows, order and start weights of the nets benchmark, and what every contestant of ours and of tfjs does with them, in Node
// and in a tab alike: gathers batches in place and runs steps until the time or the rows are used up.
import { sequence, shuffle } from '../../core/base/random.ts';
import type { NetBatch, NetOptimizer } from '../../core/learners/mlp/net-kernels.ts';
import type { Net, NetSlot } from '../../core/models/net/net.ts';
import { slotsOf } from '../../core/models/net/net.ts';
import { CLASSES, FEATURES, type NetsCase } from './nets-cases.ts';

/** What a contestant is told. It warms up for `warmUp` steps and `warmMs` (an engine compiles for speed meanwhile; a pass at most), then is timed for `ms` or to the end of the second pass. */
export type NetsJob = { by: string; rows: number; features: number; classes: number; threads: number; batch: number; rate: number; warmUp: number; warmMs: number; ms: number; net: Net; slots: NetSlot[]; optimizer: NetOptimizer };
/** CPU time is that of all threads, null where nobody tells. `steps` were timed of `total`. `loss` is the mean of the last five steps, made again: with equal steps all should say the same but for dropout. */
export type NetsRun = { ms: number; cpuMs: number | null; steps: number; total: number; loss: number; version: string; peak?: number };
export type NetsRows = { x: Float32Array; y: Int32Array; order: Int32Array };

export function jobOf(by: string, { net, batch, optimizer }: NetsCase, threads: number, rows: number, ms: number): NetsJob {
  return { by, rows, features: FEATURES, classes: CLASSES, threads, batch, rate: 1e-3, warmUp: 5, warmMs: 1000, ms, net, slots: slotsOf(net), optimizer };
}

/** Normal features; the class of a noisy linear score, half of it of absolute values. */
export function makeRows(rows: number): NetsRows {
  const random = sequence(5, 'bench-nets');
  const x = Float32Array.from({ length: rows * FEATURES }, () => random.normal());
  const turn = Float64Array.from({ length: FEATURES * CLASSES }, () => random.normal());
  const y = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    let best = -Infinity;
    for (let k = 0; k < CLASSES; k++) {
      let score = 2 * random.normal();
      for (let f = 0; f < FEATURES; f++) score += turn[f * CLASSES + k] * (f % 2 ? x[r * FEATURES + f] : Math.abs(x[r * FEATURES + f]));
      if (score > best) [best, y[r]] = [score, k];
    }
  }
  return { x, y, order: shuffle(Int32Array.from({ length: rows }, (_, i) => i), random) };
}

/** Start weights, small enough for any architecture. */
export function makeWeights(net: Net): Float32Array {
  const random = sequence(6, 'bench-nets');
  const slots = slotsOf(net);
  const weights = new Float32Array(slots.reduce((sum, { size }) => sum + size, 0));
  for (const { role, shape, offset, size } of slots) {
    for (let i = offset; i < offset + size; i++) {
      if (role === 'weights') weights[i] = random.normal() / Math.sqrt(shape[shape.length - 2]);
      else if (role === 'scale' || role === 'mix') weights[i] = 1;
      else if (role === 'frequencies') weights[i] = 0.1 * random.normal();
      else if (role === 'edges') weights[i] = -2 + (4 * ((i - offset) % shape[1])) / (shape[1] - 1);
      else if (role === 'phases') weights[i] = 6 * (random.unit() - 0.5);
      else if (role === 'table') weights[i] = 0.1 * random.normal();
    }
  }
  return weights;
}

/** Fills its batch in place with rows of the order. */
export function gatherer({ features, classes, batch }: NetsJob, { x, y, order }: NetsRows): { batch: NetBatch; gather(b: number): void } {
  const out: NetBatch = { rows: batch, x: new Float32Array(batch * features), codes: new Int32Array(0), truth: new Float32Array(batch * classes), share: new Float32Array(batch).fill(1 / batch) };
  const gather = (b: number): void => {
    out.truth.fill(0);
    for (let i = 0; i < batch; i++) {
      const row = order[b * batch + i];
      out.x.set(x.subarray(row * features, (row + 1) * features), i * features);
      out.truth[i * classes + y[row]] = 1;
    }
  };
  return { batch: out, gather };
}

/** `step` gives the number of a batch; `wait` resolves with the loss when all of them are done. `cpu` in milliseconds. */
export async function timeSteps({ rows, batch, warmUp, warmMs, ms }: NetsJob, step: (b: number) => unknown, wait: () => Promise<number>, cpu: (() => number) | null): Promise<Omit<NetsRun, 'version'>> {
  const pass = Math.floor(rows / batch);
  let b = 0;
  const next = async (): Promise<void> => {
    step(b++ % pass);
    // on a GPU a step returns before it is computed
    if (b % 16 === 0) await wait();
  };
  const begin = performance.now();
  while (b < warmUp || (b < pass && performance.now() - begin < warmMs)) await next();
  await wait();
  const warmed = b;
  const before = cpu?.() ?? 0;
  const start = performance.now();
  while (b < 2 * pass && performance.now() - start < ms) await next();
  await wait();
  const times = { ms: performance.now() - start, cpuMs: cpu ? cpu() - before : null, steps: b - warmed, total: b };
  let loss = 0;
  for (let again = b - 5; again < b; again++) {
    step(Math.max(0, again) % pass);
    loss += (await wait()) / 5;
  }
  return { ...times, loss };
}
