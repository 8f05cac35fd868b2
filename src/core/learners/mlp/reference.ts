// The slow and plain truth of a dense net's training step, in doubles: forward, backward, AdamW. Every fast backend is
// held to it by tests/parity/dense.test.ts; it also serves where nothing faster runs.
import { exp, log, log1p, sigmoid } from '../../base/numerics.ts';
import type { Activation } from '../../models/dense.ts';
import type { DenseBatch, DenseKernels, DenseLoss, DenseNet, DenseOptions, DenseSession } from './kernels.ts';

export const referenceDense: DenseKernels = {
  backend: 'reference',
  reasons: [],
  open: (net, weights, options) => openSession(net, weights, options),
  tensors: () => 0,
  stepDown: async () => null,
};

function openSession(net: DenseNet, start: readonly Float32Array[], options: DenseOptions): DenseSession {
  const params = start.map((w) => Float64Array.from(w));
  const first = params.map((w) => new Float64Array(w.length));
  const second = params.map((w) => new Float64Array(w.length));
  const power = { beta1: 1, beta2: 1 };
  let [lossSum, lossCount] = [0, 0];
  return {
    step(batch, rate) {
      const { loss, gradients } = backward(net, params, batch);
      power.beta1 *= options.beta1;
      power.beta2 *= options.beta2;
      params.forEach((w, i) => adamW(w, gradients[i], first[i], second[i], power, rate, i % 2 === 0 ? options.decay : 0, options));
      lossSum += loss;
      lossCount++;
    },
    async loss() {
      const mean = lossSum / Math.max(1, lossCount);
      [lossSum, lossCount] = [0, 0];
      return mean;
    },
    forward: async (x, rows) => Float32Array.from(forward(net, params, Float64Array.from(x), rows, null).scores),
    weights: async () => params.map((w) => Float32Array.from(w)),
    dispose() {},
  };
}

interface Forward {
  /** What each layer was given: the inputs, then activations after dropout. */
  readonly inputs: Float64Array[];
  /** Sums of hidden layers before the activation. */
  readonly sums: Float64Array[];
  readonly scores: Float64Array;
}

function forward(net: DenseNet, params: readonly Float64Array[], x: Float64Array, rows: number, masks: readonly Float32Array[] | null): Forward {
  const layers = net.sizes.length - 1;
  const inputs = [x];
  const sums: Float64Array[] = [];
  for (let l = 0; l < layers; l++) {
    const z = affine(inputs[l], params[2 * l], params[2 * l + 1], rows, net.sizes[l], net.sizes[l + 1]);
    if (l === layers - 1) return { inputs, sums, scores: z };
    sums.push(z);
    inputs.push(z.map((v, i) => activate(net.activation, v) * (masks ? masks[l][i] : 1)));
  }
  return { inputs, sums, scores: x };
}

function backward(net: DenseNet, params: readonly Float64Array[], batch: DenseBatch): { loss: number; gradients: Float64Array[] } {
  const layers = net.sizes.length - 1;
  const { inputs, sums, scores } = forward(net, params, Float64Array.from(batch.x), batch.rows, batch.masks);
  const loss = lossOf(net.loss, scores, batch);
  const gradients: Float64Array[] = [];
  let delta = scores;
  for (let l = layers - 1; l >= 0; l--) {
    const [n, m] = [net.sizes[l], net.sizes[l + 1]];
    const gw = new Float64Array(n * m);
    const gb = new Float64Array(m);
    for (let r = 0; r < batch.rows; r++) {
      for (let o = 0; o < m; o++) {
        gb[o] += delta[r * m + o];
        for (let i = 0; i < n; i++) gw[i * m + o] += inputs[l][r * n + i] * delta[r * m + o];
      }
    }
    gradients.unshift(gw, gb);
    if (l === 0) break;
    const below = new Float64Array(batch.rows * n);
    for (let r = 0; r < batch.rows; r++) {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let o = 0; o < m; o++) sum += delta[r * m + o] * params[2 * l][i * m + o];
        const at = r * n + i;
        below[at] = sum * slope(net.activation, sums[l - 1][at]) * (batch.masks ? batch.masks[l - 1][at] : 1);
      }
    }
    delta = below;
  }
  return { loss, gradients };
}

/** The batch's loss; turns the scores into its slope by them, in place. */
function lossOf(kind: DenseLoss, scores: Float64Array, batch: DenseBatch): number {
  const m = scores.length / batch.rows;
  let loss = 0;
  for (let r = 0; r < batch.rows; r++) {
    const share = batch.share[r];
    let [top, sum] = [-Infinity, 0];
    for (let o = 0; o < m; o++) top = Math.max(top, scores[r * m + o]);
    for (let o = 0; o < m; o++) sum += exp(scores[r * m + o] - top);
    for (let o = 0; o < m; o++) {
      const at = r * m + o;
      const [z, y] = [scores[at], batch.truth[at]];
      if (kind === 'squared') loss += 0.5 * share * (z - y) * (z - y);
      else if (kind === 'sigmoid') loss += share * (Math.max(z, 0) - y * z + log1p(exp(-Math.abs(z))));
      else loss += share * y * (log(sum) + top - z);
      scores[at] = share * ((kind === 'squared' ? z : kind === 'sigmoid' ? sigmoid(z) : exp(z - top) / sum) - y);
    }
  }
  return loss;
}

function adamW(w: Float64Array, g: Float64Array, m: Float64Array, v: Float64Array, power: { beta1: number; beta2: number }, rate: number, decay: number, { beta1, beta2, epsilon }: DenseOptions): void {
  const c1 = 1 - power.beta1;
  const c2 = 1 - power.beta2;
  for (let i = 0; i < w.length; i++) {
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    w[i] -= rate * (decay * w[i] + m[i] / c1 / (Math.sqrt(v[i] / c2) + epsilon));
  }
}

function affine(x: Float64Array, w: Float64Array, b: Float64Array, rows: number, n: number, m: number): Float64Array {
  const out = new Float64Array(rows * m);
  for (let r = 0; r < rows; r++) {
    for (let o = 0; o < m; o++) out[r * m + o] = b[o];
    for (let i = 0; i < n; i++) {
      const v = x[r * n + i];
      if (v !== 0) for (let o = 0; o < m; o++) out[r * m + o] += v * w[i * m + o];
    }
  }
  return out;
}

const activate = (kind: Activation, z: number): number => (kind === 'relu' ? (z > 0 ? z : 0) : z * sigmoid(z));
function slope(kind: Activation, z: number): number {
  if (kind === 'relu') return z > 0 ? 1 : 0;
  const s = sigmoid(z);
  return s * (1 + z * (1 - s));
}
