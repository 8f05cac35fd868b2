// A little training of a studied net: batches in seeded order, as many steps as asked, seen after each.
import { sequence, shuffle } from '../base/random.ts';
import type { NetBatch, NetSession, NetStep } from '../learners/mlp/net-kernels.ts';
import type { NetStudy } from '../learners/mlp/study.ts';
import type { DebugContext } from './debug.ts';

export const stepAt = (step: number, rate: number, over: Partial<NetStep> = {}): NetStep => ({ rate, decay: 1, drop: 1, step, watch: false, ...over });

const warmSteps = 20;
/** A rate that rises to its highest over the first steps, as schedules do. */
export const warmRate = (rate: number, step: number): number => rate * Math.min(1, (step + 1) / warmSteps);

/** Batch number `step` of a walk through shuffled rows, over and over. */
export function batchAt(study: NetStudy, seed: number, step: number): NetBatch {
  const { rows, batchRows } = study;
  const size = Math.min(batchRows, rows.length);
  const each = Math.max(1, Math.floor(rows.length / size));
  const order = orderOf(study, seed, Math.floor(step / each));
  const from = (step % each) * size;
  return study.batch(order.slice(from, from + size));
}

const orders = new WeakMap<NetStudy, { key: string; order: Int32Array }>();
function orderOf(study: NetStudy, seed: number, pass: number): Int32Array {
  const key = `${seed} ${pass}`;
  const held = orders.get(study);
  if (held?.key === key) return held.order;
  const order = shuffle(study.rows.slice(), sequence(seed, `debug-order-${pass}`));
  orders.set(study, { key, order });
  return order;
}

export interface Walk {
  readonly seed: number;
  /** Steps at most. */
  readonly count: number;
  at(step: number): NetStep;
  /** Ends the walk by false. */
  each?(step: number, loss: number): boolean | Promise<boolean>;
}

/** The loss of each step, until the count, a stop, or `each` ends it. A lost device rejects, as in a fit. */
export async function walk(study: NetStudy, session: NetSession, { seed, count, at, each }: Walk, context: DebugContext): Promise<number[]> {
  const losses: number[] = [];
  for (let step = 0; step < count; step++) {
    session.step(batchAt(study, seed, step), at(step));
    const loss = await session.loss();
    losses.push(loss);
    if ((each && !(await each(step, loss))) || (await context.breathe()) === 'stop') break;
    if (step % 10 === 0) context.report({ stage: 'debug', done: step / count, text: `step ${step + 1} of ${count}` });
  }
  return losses;
}
