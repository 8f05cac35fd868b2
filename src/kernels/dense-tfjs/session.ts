// A net's training step over tfjs ops on whatever backend is set: forward, backward, AdamW, written out by hand.
// Ports core/learners/mlp/reference.ts. By hand and not by tfjs's autodiff for three reasons: its WASM backend multiplies
// transposed matrices ten times slower than it transposes and then multiplies (15 ms against 1.4 ms for 512 x 256 x 128),
// gradients need a registry of 100 kB, and no tape is kept. Layout: x rows x features, w inputs x outputs, all float32.
// Steps run inside tidy; what outlives one is in `Held` and goes with the session.
import { add, concat1d, dispose, div, fused, log, matMul, mul, ones, reshape, sigmoid, slice, softmax, softplus, sqrt, square, step as stepOf, sub, sum, tensor1d, tensor2d, tidy, transpose, zeros, type Scalar, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Activation } from '../../core/models/dense.ts';
import type { DenseBatch, DenseNet, DenseOptions, DenseSession } from '../../core/learners/mlp/kernels.ts';
import { lostDevice } from './lost-device.ts';

/** Weights and moments, each as one vector of all layers: an optimiser step is then a dozen dispatches, not six dozen. */
interface Held { flat: Tensor1D; first: Tensor1D; second: Tensor1D; lossSum: Tensor }

/** Opens a session on the current tfjs backend; the start weights are copied. */
export function openSession(backend: string, net: DenseNet, start: readonly Float32Array[], options: DenseOptions): DenseSession {
  const lengths = start.map((w) => w.length);
  const total = lengths.reduce((a, b) => a + b, 0);
  const held: Held = { flat: tensor1d(join(start, total)), first: zeros([total]), second: zeros([total]), lossSum: zeros([]) };
  /** 1 where decay applies: on weights, never on biases. */
  const decays = tensor1d(join(start.map((w, i) => new Float32Array(w.length).fill(i % 2 === 0 ? 1 : 0)), total));
  const power = { beta1: 1, beta2: 1 };
  let lossCount = 0;
  let isOpen = true;
  return {
    step(batch, rate) {
      power.beta1 *= options.beta1;
      power.beta2 *= options.beta2;
      const [flat, first, second, lossSum] = tidy(() => {
        const { loss, gradients } = backward(net, split(net, held.flat), batch);
        const gradient = concat1d(gradients.map((g) => reshape(g, [g.size]) as Tensor1D));
        return [...adamW(held, gradient, decays, power, rate, options), add(held.lossSum, loss)];
      });
      release(held);
      Object.assign(held, { flat, first, second, lossSum });
      lossCount++;
    },
    async loss() {
      const [sumOfLosses] = await read(backend, held.lossSum);
      const mean = sumOfLosses / Math.max(1, lossCount);
      held.lossSum.dispose();
      held.lossSum = zeros([]);
      lossCount = 0;
      return mean;
    },
    async forward(x, rows) {
      const scores = tidy(() => forward(net, split(net, held.flat), tensor2d(x, [rows, net.sizes[0]]), null).scores);
      try {
        return await read(backend, scores);
      } finally {
        scores.dispose();
      }
    },
    async weights() {
      const flat = await read(backend, held.flat);
      let at = 0;
      return lengths.map((length) => Float32Array.from(flat.subarray(at, (at += length))));
    },
    dispose() {
      if (isOpen) dispose([held.flat, held.first, held.second, held.lossSum, decays]);
      isOpen = false;
    },
  };
}

const release = (held: Held): void => dispose([held.flat, held.first, held.second, held.lossSum]);

function join(parts: readonly Float32Array[], total: number): Float32Array {
  const out = new Float32Array(total);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** w0, b0, w1, b1, ... out of the one vector. */
function split(net: DenseNet, flat: Tensor1D): Tensor[] {
  const out: Tensor[] = [];
  let at = 0;
  for (let l = 0; l + 1 < net.sizes.length; l++) {
    const [n, m] = [net.sizes[l], net.sizes[l + 1]];
    out.push(reshape(slice(flat, at, n * m), [n, m]), slice(flat, at + n * m, m));
    at += n * m + m;
  }
  return out;
}

async function read(backend: string, tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } catch (error) {
    throw lostDevice(backend, error);
  }
}

interface Forward { inputs: Tensor2D[]; slopes: Tensor2D[]; scores: Tensor2D }

function forward(net: DenseNet, params: readonly Tensor[], x: Tensor2D, masks: readonly Tensor2D[] | null): Forward {
  const layers = net.sizes.length - 1;
  const inputs = [x];
  const slopes: Tensor2D[] = [];
  for (let l = 0; l < layers - 1; l++) {
    const { out, slope } = activate(net.activation, inputs[l], params[2 * l] as Tensor2D, params[2 * l + 1] as Tensor1D);
    inputs.push(masks ? mul(out, masks[l]) : out);
    slopes.push(masks ? mul(slope(), masks[l]) : slope());
  }
  const last = layers - 1;
  const scores = fused.matMul({ a: inputs[last], b: params[2 * last] as Tensor2D, bias: params[2 * last + 1] as Tensor1D }) as Tensor2D;
  return { inputs, slopes, scores };
}

/** activation(x w + b), and its slope at the sums. */
function activate(kind: Activation, x: Tensor2D, w: Tensor2D, b: Tensor1D): { out: Tensor2D; slope(): Tensor2D } {
  if (kind === 'relu') {
    const out = fused.matMul({ a: x, b: w, bias: b, activation: 'relu' }) as Tensor2D;
    return { out, slope: () => stepOf(out) as Tensor2D };
  }
  const z = fused.matMul({ a: x, b: w, bias: b }) as Tensor2D;
  const s = sigmoid(z);
  const out = mul(z, s) as Tensor2D;
  return { out, slope: () => add(s, mul(out, sub(1, s))) as Tensor2D };
}

function backward(net: DenseNet, params: readonly Tensor[], batch: DenseBatch): { loss: Scalar; gradients: Tensor[] } {
  const { rows, sizes } = { rows: batch.rows, sizes: net.sizes };
  const masks = batch.masks?.map((m, l) => tensor2d(m, [rows, sizes[l + 1]])) ?? null;
  const { inputs, slopes, scores } = forward(net, params, tensor2d(batch.x, [rows, sizes[0]]), masks);
  const truth = tensor2d(batch.truth, [rows, sizes[sizes.length - 1]]);
  const share = tensor2d(batch.share, [rows, 1]);
  const { loss, slope } = lossOf(net.loss, scores, truth, share);
  const row = ones([1, rows]) as Tensor2D;
  const gradients: Tensor[] = [];
  let delta = slope;
  for (let l = sizes.length - 2; l >= 0; l--) {
    gradients.unshift(matMul(transpose(inputs[l]), delta), reshape(matMul(row, delta), [sizes[l + 1]]));
    if (l > 0) delta = mul(matMul(delta, transpose(params[2 * l] as Tensor2D)), slopes[l - 1]);
  }
  return { loss, gradients };
}

/** The batch's loss and its slope by the scores. */
function lossOf(kind: DenseNet['loss'], scores: Tensor2D, truth: Tensor2D, share: Tensor2D): { loss: Scalar; slope: Tensor2D } {
  if (kind === 'squared') {
    const gap = sub(scores, truth) as Tensor2D;
    return { loss: sum(mul(share, mul(0.5, square(gap)))), slope: mul(share, gap) };
  }
  if (kind === 'sigmoid') return { loss: sum(mul(share, sub(softplus(scores), mul(truth, scores)))), slope: mul(share, sub(sigmoid(scores), truth)) };
  const p = softmax(scores);
  return { loss: sum(mul(share, mul(truth, mul(-1, log(add(p, 1e-20)))))), slope: mul(share, sub(p, truth)) };
}

function adamW(held: Held, g: Tensor1D, decays: Tensor1D, power: { beta1: number; beta2: number }, rate: number, { beta1, beta2, epsilon, decay }: DenseOptions): Tensor[] {
  const first = add(mul(held.first, beta1), mul(g, 1 - beta1));
  const second = add(mul(held.second, beta2), mul(square(g), 1 - beta2));
  const root = add(mul(sqrt(second), 1 / Math.sqrt(1 - power.beta2)), epsilon);
  const kept = decay > 0 ? mul(held.flat, sub(1, mul(decays, rate * decay))) : held.flat;
  return [sub(kept, mul(div(first, root), rate / (1 - power.beta1))), first, second];
}
