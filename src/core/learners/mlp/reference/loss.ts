// The losses of NetLoss: value of a batch and slope by each score. A line counts its row's share / members; outputs are summed.
// Focal loss of a probability p of the truth: -(1 - p)^focal log p. Slopes at a kink (absolute, quantile at z = y) are 0.
import { exp, log, pow, sigmoid, softplus } from '../../../base/numerics.ts';
import type { NetBatch, NetLoss } from '../net-kernels.ts';

export function lossOf(
  loss: NetLoss,
  scores: Float64Array,
  { truth, share, rows }: Pick<NetBatch, 'truth' | 'share' | 'rows'>,
  members: number,
): { loss: number; slope: Float64Array } {
  const units = scores.length / (rows * members);
  const slope = new Float64Array(scores.length);
  let total = 0;
  for (let line = 0; line < rows * members; line++) {
    const row = Math.floor(line / members);
    const weight = share[row] / members;
    const z = scores.subarray(line * units, (line + 1) * units);
    const d = slope.subarray(line * units, (line + 1) * units);
    const y = truth.subarray(row * units, (row + 1) * units);
    total += weight * (loss.kind === 'softmax' ? softmaxLine(z, y, loss.focal, d) : separateLine(loss, z, y, d));
    for (let o = 0; o < units; o++) d[o] *= weight;
  }
  return { loss: total, slope };
}

/** The focal factor's part: f(p) = -(1 - p)^focal log p, and f'(p) p; of no focal: -log p and -1. */
function focalOf(p: number, rest: number, logP: number, focal: number): { value: number; slope: number } {
  if (focal === 0) return { value: -logP, slope: -1 };
  if (rest <= 0) return { value: 0, slope: 0 };
  const factor = pow(rest, focal);
  return { value: -factor * logP, slope: focal * p * logP * (factor / rest) - factor };
}

function softmaxLine(z: Float64Array, y: Float32Array, focal: number, d: Float64Array): number {
  let [top, sum, total, pull] = [-Infinity, 0, 0, 0];
  for (const v of z) top = v > top || v !== v ? v : top;
  for (const v of z) sum += exp(v - top);
  const lse = top + log(sum);
  for (let o = 0; o < z.length; o++) {
    const p = exp(z[o] - lse);
    const part = y[o] === 0 ? { value: 0, slope: 0 } : focalOf(p, 1 - p, z[o] - lse, focal);
    total += y[o] * part.value;
    pull += y[o] * part.slope;
    d[o] = y[o] * part.slope;
  }
  for (let o = 0; o < z.length; o++) d[o] -= exp(z[o] - lse) * pull;
  return total;
}

function separateLine(loss: Exclude<NetLoss, { kind: 'softmax' }>, z: Float64Array, y: Float32Array, d: Float64Array): number {
  let total = 0;
  for (let o = 0; o < z.length; o++) {
    const miss = z[o] - y[o];
    if (loss.kind === 'squared') {
      total += (miss * miss) / 2;
      d[o] = miss;
    } else if (loss.kind === 'absolute') {
      total += Math.abs(miss);
      d[o] = Math.sign(miss);
    } else if (loss.kind === 'huber') {
      const far = Math.abs(miss) > loss.delta;
      total += far ? loss.delta * (Math.abs(miss) - loss.delta / 2) : (miss * miss) / 2;
      d[o] = far ? loss.delta * Math.sign(miss) : miss;
    } else if (loss.kind === 'quantile') {
      const level = loss.levels[o];
      total += miss > 0 ? (1 - level) * miss : -level * miss;
      d[o] = miss > 0 ? 1 - level : miss < 0 ? -level : miss;
    } else {
      const [p, q] = [sigmoid(z[o]), sigmoid(-z[o])];
      const [yes, no] = [focalOf(p, q, -softplus(-z[o]), loss.focal), focalOf(q, p, -softplus(z[o]), loss.focal)];
      total += y[o] * yes.value + (1 - y[o]) * no.value;
      d[o] = y[o] * yes.slope * q - (1 - y[o]) * no.slope * p;
    }
  }
  return total;
}
