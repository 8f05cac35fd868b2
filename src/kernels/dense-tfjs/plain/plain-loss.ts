// The losses of NetLoss in tfjs ops, for any backend: the batch's loss and its slope by each score.
// A line counts its row's share / members; the formulas are those of core/learners/mlp/reference/loss.ts.
import { abs, add, exp, greater, log, logSoftmax, maximum, minimum, mul, pow, reshape, sigmoid, sign, softplus, square, sub, sum, tensor1d, tile, where, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { NetLoss } from '../../../core/learners/mlp/net-kernels.ts';
import type { Truth } from '../ops.ts';

/** Value and slope of each score. */
interface Parts { value: Tensor; slope: Tensor }

export function plainLoss(loss: NetLoss, scores: Tensor2D, { truth, share, members }: Truth): { loss: Tensor; slope: Tensor2D } {
  const [lines, units] = scores.shape;
  const y = spread(truth, members);
  const weight = spread(mul(reshape(share, [lines / members, 1]), 1 / members), members);
  const { value, slope } = partsOf(loss, scores, y, units);
  return { loss: sum(mul(weight, value)), slope: mul(weight, slope) as Tensor2D };
}

/** Each row `members` times, one after the other. */
const spread = (a: Tensor2D, members: number): Tensor2D => (members === 1 ? a : reshape(tile(reshape(a, [a.shape[0], 1, a.shape[1]]), [1, members, 1]), [a.shape[0] * members, a.shape[1]]));

function partsOf(loss: NetLoss, z: Tensor2D, y: Tensor2D, units: number): Parts {
  if (loss.kind === 'softmax') return softmaxParts(z, y, loss.focal);
  if (loss.kind === 'sigmoid') return sigmoidParts(z, y, loss.focal);
  const miss = sub(z, y);
  if (loss.kind === 'squared') return { value: mul(0.5, square(miss)), slope: miss };
  if (loss.kind === 'absolute') return { value: abs(miss), slope: sign(miss) };
  if (loss.kind === 'huber') {
    const near = minimum(abs(miss), loss.delta);
    return { value: mul(near, sub(abs(miss), mul(0.5, near))), slope: mul(sign(miss), near) };
  }
  const levels = reshape(tensor1d([...loss.levels]), [1, units]);
  return { value: sub(maximum(miss, 0), mul(levels, miss)), slope: where(greater(abs(miss), 0), sub(mul(0.5, add(1, sign(miss))), levels), mul(miss, 0)) };
}

function softmaxParts(z: Tensor2D, y: Tensor2D, focal: number): Parts {
  const logP = logSoftmax(z);
  const p = exp(logP);
  const { value, slope } = focalParts(p, sub(1, p), logP, focal);
  const pull = mul(y, slope);
  return { value: mul(y, value), slope: sub(pull, mul(p, sum(pull, 1, true))) };
}

function sigmoidParts(z: Tensor2D, y: Tensor2D, focal: number): Parts {
  const [p, q] = [sigmoid(z), sigmoid(mul(-1, z))];
  const yes = focalParts(p, q, mul(-1, softplus(mul(-1, z))), focal);
  const no = focalParts(q, p, mul(-1, softplus(z)), focal);
  const other = sub(1, y);
  return { value: add(mul(y, yes.value), mul(other, no.value)), slope: sub(mul(mul(y, yes.slope), q), mul(mul(other, no.slope), p)) };
}

/** f(p) = -(1 - p)^focal log p, and f'(p) p; 1 - p is held off 0, where both are 0. */
function focalParts(p: Tensor, rest: Tensor, logP: Tensor, focal: number): Parts {
  if (focal === 0) return { value: mul(-1, logP), slope: add(mul(0, logP), -1) };
  const held = maximum(rest, 1e-30);
  const factor = focal === 1 ? held : focal === 2 ? square(held) : pow(held, focal);
  const steep = focal === 1 ? add(mul(0, held), 1) : focal === 2 ? held : exp(mul(focal - 1, log(held)));
  return { value: mul(-1, mul(factor, logP)), slope: sub(mul(mul(focal, p), mul(logP, steep)), factor) };
}
