// What a block of rows loses under its scores, with slope and curvature of each row's loss by its score.
// logistic and hinge take the truth as 0 or 1, softmax as a class number; values are as the learner scaled them.
// poisson, gamma and tweedie have the log link (score = log of the mean) and lose half their deviance, up to a constant;
// hinge is the squared hinge of linear machines, tube the squared error beyond a width (both of liblinear).
import { exp, log, log1p } from '../../base/numerics.ts';
import { blockRows } from './design.ts';

export type Loss = 'squared' | 'logistic' | 'softmax' | 'poisson' | 'gamma' | 'tweedie' | 'hinge' | 'tube';

/** Rows of a block: `weights` and `truth` from `from` on; scores, slopes and bends are outputs x blockRows. */
export interface LossRows {
  readonly rows: number;
  readonly truth: Float64Array;
  readonly from: number;
  readonly weights: Float64Array;
  readonly outputs: number;
  /** Power of tweedie, width of the tube; else unused. */
  readonly shape: number;
}

/** The summed loss. Leaves weight x slope in `slopes`, weight x curvature in `bends`; softmax leaves probabilities in `scores` and no bends. */
export function lossOfRows(loss: Loss, of: LossRows, scores: Float64Array, slopes: Float64Array, bends: Float64Array): number {
  return loss === 'softmax' ? softmaxRows(of, scores, slopes) : tellers[loss](of, scores, slopes, bends);
}

type Teller = (of: LossRows, scores: Float64Array, slopes: Float64Array, bends: Float64Array) => number;

const tellers: { readonly [loss in Exclude<Loss, 'softmax'>]: Teller } = {
  squared({ rows, truth, from, weights }, scores, slopes, bends) {
    let value = 0;
    for (let r = 0; r < rows; r++) {
      const off = scores[r] - truth[from + r];
      value += 0.5 * weights[r] * off * off;
      slopes[r] = weights[r] * off;
      bends[r] = weights[r];
    }
    return value;
  },
  logistic({ rows, truth, from, weights }, scores, slopes, bends) {
    let value = 0;
    for (let r = 0; r < rows; r++) {
      const m = scores[r];
      const y = truth[from + r];
      const e = exp(m < 0 ? m : -m);
      const p = m >= 0 ? 1 / (1 + e) : e / (1 + e);
      value += weights[r] * ((m > 0 ? m : 0) + log1p(e) - y * m);
      slopes[r] = weights[r] * (p - y);
      bends[r] = weights[r] * p * (1 - p);
    }
    return value;
  },
  poisson({ rows, truth, from, weights }, scores, slopes, bends) {
    let value = 0;
    for (let r = 0; r < rows; r++) {
      const mean = exp(scores[r]);
      const y = truth[from + r];
      value += weights[r] * (mean - y * scores[r]);
      slopes[r] = weights[r] * (mean - y);
      bends[r] = weights[r] * mean;
    }
    return value;
  },
  gamma({ rows, truth, from, weights }, scores, slopes, bends) {
    let value = 0;
    for (let r = 0; r < rows; r++) {
      const ratio = truth[from + r] * exp(-scores[r]);
      value += weights[r] * (ratio + scores[r]);
      slopes[r] = weights[r] * (1 - ratio);
      bends[r] = weights[r] * ratio;
    }
    return value;
  },
  tweedie({ rows, truth, from, weights, shape }, scores, slopes, bends) {
    let value = 0;
    const [a, b] = [1 - shape, 2 - shape];
    for (let r = 0; r < rows; r++) {
      const below = truth[from + r] * exp(a * scores[r]);
      const above = exp(b * scores[r]);
      value += weights[r] * (above / b - below / a);
      slopes[r] = weights[r] * (above - below);
      bends[r] = weights[r] * (b * above - a * below);
    }
    return value;
  },
  hinge({ rows, truth, from, weights }, scores, slopes, bends) {
    let value = 0;
    for (let r = 0; r < rows; r++) {
      const side = truth[from + r] > 0 ? 1 : -1;
      const short = 1 - side * scores[r];
      const isShort = short > 0;
      value += isShort ? weights[r] * short * short : 0;
      slopes[r] = isShort ? -2 * weights[r] * side * short : 0;
      bends[r] = isShort ? 2 * weights[r] : 0;
    }
    return value;
  },
  tube({ rows, truth, from, weights, shape }, scores, slopes, bends) {
    let value = 0;
    for (let r = 0; r < rows; r++) {
      const off = scores[r] - truth[from + r];
      const beyond = off > shape ? off - shape : off < -shape ? off + shape : 0;
      value += weights[r] * beyond * beyond;
      slopes[r] = 2 * weights[r] * beyond;
      bends[r] = beyond === 0 ? 0 : 2 * weights[r];
    }
    return value;
  },
};

function softmaxRows({ rows, truth, from, weights, outputs }: LossRows, scores: Float64Array, slopes: Float64Array): number {
  let value = 0;
  const most = outputs * blockRows;
  for (let r = 0; r < rows; r++) {
    const own = truth[from + r] * blockRows + r;
    let top = -Infinity;
    for (let at = r; at < most; at += blockRows) if (scores[at] > top) top = scores[at];
    const score = scores[own] - top;
    let sum = 0;
    for (let at = r; at < most; at += blockRows) sum += scores[at] = exp(scores[at] - top);
    for (let at = r; at < most; at += blockRows) {
      scores[at] /= sum;
      slopes[at] = weights[r] * scores[at];
    }
    slopes[own] -= weights[r];
    value += weights[r] * (log(sum) - score);
  }
  return value;
}
