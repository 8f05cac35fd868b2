// One pass over the training rows in seeded order, and the loss of other rows in doubles: what the mlp learner loops over.
// Shuffle and dropout masks are pure functions of (seed, epoch, batch, unit), so a run repeats on any backend.
import { exp, log, log1p } from '../../base/numerics.ts';
import { randomBits, sequence, shuffle, streamOf } from '../../base/random.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { FitContext } from '../learner.ts';
import { gather } from './inputs.ts';
import type { DenseSession } from './kernels.ts';
import { writeTruth, type Plan } from './plan.ts';

const shuffleStream = streamOf('mlp-shuffle');
const maskStream = streamOf('mlp-mask');
/** Steps between two waits for the device: bounds what a GPU is behind by, and how late a stop is seen. */
const stepsPerWait = 16;
const scoredRows = 32_768;
const scoreBatch = 2048;

/** The mean loss of the epoch's batches, whether the person said stop in it, and its speed. */
export async function trainEpoch(plan: Plan, session: DenseSession, epoch: number, context: FitContext): Promise<{ loss: number; stopped: boolean; rowsPerSecond: number | null }> {
  const { rows, batch, matrix, net } = plan;
  const order = shuffle(rows.slice(), sequence(context.seed, shuffleStream + epoch));
  const steps = Math.ceil(order.length / batch);
  const outputs = net.sizes[net.sizes.length - 1];
  const began = context.now();
  let [sum, weighed, done, stopped] = [0, 0, 0, false];
  for (let step = 0, since = 0; step < steps && !stopped; step++) {
    const from = step * batch;
    const to = Math.min(order.length, from + batch);
    const size = to - from;
    const x = new Float32Array(size * net.sizes[0]);
    const truth = new Float32Array(size * outputs);
    const share = new Float32Array(size);
    gather(plan.inputs, matrix, order, from, to, x);
    for (let r = 0; r < size; r++) {
      const row = order[from + r];
      writeTruth(plan, matrix.target!, row, truth, r * outputs, plan.smoothing);
      share[r] = (matrix.weight ? matrix.weight[row] / plan.meanWeight : 1) / size;
    }
    const at = (epoch - 1) * steps + step;
    session.step({ rows: size, x, truth, share, masks: drawMasks(plan, context.seed, at, size) }, rateAt(plan, at, plan.epochs * steps));
    done = to;
    since++;
    if (since === stepsPerWait || step + 1 === steps) {
      sum += (await session.loss()) * since;
      weighed += since;
      since = 0;
    }
    if ((await context.breathe()) === 'stop') {
      stopped = true;
      if (since > 0) {
        sum += (await session.loss()) * since;
        weighed += since;
      }
    }
  }
  const ms = context.now() - began;
  return { loss: sum / Math.max(1, weighed), stopped, rowsPerSecond: ms > 0 ? (done * 1000) / ms : null };
}

/** Weighted mean loss of rows with a truth: at most 32,768 of them, at even steps. */
export async function scoreRows(plan: Plan, session: DenseSession, matrix: Matrix): Promise<number> {
  const { net } = plan;
  const outputs = net.sizes[net.sizes.length - 1];
  const stride = Math.max(1, Math.ceil(matrix.rows / scoredRows));
  const rows = Int32Array.from({ length: Math.ceil(matrix.rows / stride) }, (_, i) => i * stride);
  const truth = new Float32Array(outputs);
  let [sum, total] = [0, 0];
  for (let from = 0; from < rows.length; from += scoreBatch) {
    const to = Math.min(rows.length, from + scoreBatch);
    const x = new Float32Array((to - from) * net.sizes[0]);
    gather(plan.inputs, matrix, rows, from, to, x);
    const scores = await session.forward(x, to - from);
    for (let r = 0; r < to - from; r++) {
      const weight = matrix.weight ? matrix.weight[rows[from + r]] : 1;
      writeTruth(plan, matrix.target!, rows[from + r], truth, 0, 0);
      sum += weight * rowLoss(net.loss, scores, r * outputs, truth);
      total += weight;
    }
  }
  return sum / Math.max(total, 1e-300);
}

function rowLoss(kind: Plan['net']['loss'], scores: Float32Array, at: number, truth: Float32Array): number {
  const z = scores[at];
  if (kind === 'squared') return 0.5 * (z - truth[0]) * (z - truth[0]);
  if (kind === 'sigmoid') return Math.max(z, 0) - truth[0] * z + log1p(exp(-Math.abs(z)));
  let [top, sum, own] = [-Infinity, 0, 0];
  for (let k = 0; k < truth.length; k++) top = Math.max(top, scores[at + k]);
  for (let k = 0; k < truth.length; k++) {
    sum += exp(scores[at + k] - top);
    own += truth[k] * scores[at + k];
  }
  return log(sum) + top - own;
}

/** Multipliers of the hidden units: 16 random bits each, two to a word. */
function drawMasks(plan: Plan, seed: number, step: number, rows: number): Float32Array[] | null {
  if (plan.dropout === 0) return null;
  const bar = Math.round(plan.dropout * 65_536);
  const kept = 65_536 / (65_536 - bar);
  return plan.net.sizes.slice(1, -1).map((units, layer) => {
    const mask = new Float32Array(rows * units);
    const stream = maskStream + step * 64 + layer;
    for (let i = 0; i < mask.length; i += 2) {
      const word = randomBits(seed, stream, i);
      mask[i] = (word & 0xffff) >= bar ? kept : 0;
      if (i + 1 < mask.length) mask[i + 1] = word >>> 16 >= bar ? kept : 0;
    }
    return mask;
  });
}

/** Linear warm-up over the first twentieth of all steps (100 at most), then half a cosine down to 0. */
export function rateAt(plan: Pick<Plan, 'rate'>, step: number, steps: number): number {
  const warm = Math.min(100, Math.ceil(steps / 20));
  if (step < warm) return (plan.rate * (step + 1)) / warm;
  return (plan.rate * (1 + cosine((step - warm) / Math.max(1, steps - warm)))) / 2;
}

/** cos(pi * u) for u in [0, 1], through its Taylor series around the nearer end: equal bits everywhere, error below 1e-9. */
function cosine(u: number): number {
  if (u > 0.5) return -cosine(1 - u);
  const x = Math.PI * u * (Math.PI * u);
  let [term, sum] = [1, 1];
  for (let n = 2; n <= 16; n += 2) {
    term *= -x / (n * (n - 1));
    sum += term;
  }
  return sum;
}
