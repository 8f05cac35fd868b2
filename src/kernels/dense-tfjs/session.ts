// A net's training step over tfjs ops on whatever backend is set: forward, backward, AdamW, written out by hand.
// Ports core/learners/mlp/reference.ts. By hand and not by tfjs's autodiff for three reasons: its WASM backend multiplies
// transposed matrices ten times slower than it transposes and then multiplies (15 ms against 1.4 ms for 512 x 256 x 128),
// gradients need a registry of 100 kB, and no tape is kept. Layout: x rows x features, w inputs x outputs, all float32.
// Every tensor that outlives a step is held in `Held` and disposed with the session; steps run inside tidy.
import { add, dispose, div, fused, keep, log, matMul, mul, ones, reshape, sigmoid, softmax, softplus, sqrt, square, step as stepOf, sub, sum, tensor1d, tensor2d, tidy, transpose, zeros, type Scalar, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Activation } from '../../core/models/dense.ts';
import type { DenseBatch, DenseNet, DenseOptions, DenseSession } from '../../core/learners/mlp/kernels.ts';
import { lostDevice } from './lost-device.ts';

interface Held { params: Tensor[]; first: Tensor[]; second: Tensor[]; lossSum: Tensor }

/** Opens a session on the current tfjs backend; the start weights are copied. */
export function openSession(backend: string, net: DenseNet, start: readonly Float32Array[], options: DenseOptions): DenseSession {
  const shape = (i: number): [number, number] => [net.sizes[i / 2], net.sizes[i / 2 + 1]];
  const held: Held = {
    params: start.map((w, i) => (i % 2 === 0 ? tensor2d(w.slice(), shape(i)) : tensor1d(w.slice()))),
    first: start.map((w, i) => (i % 2 === 0 ? zeros(shape(i)) : zeros([w.length]))),
    second: start.map((w, i) => (i % 2 === 0 ? zeros(shape(i)) : zeros([w.length]))),
    lossSum: zeros([]),
  };
  const power = { beta1: 1, beta2: 1 };
  let lossCount = 0;
  let isOpen = true;
  return {
    step(batch, rate) {
      power.beta1 *= options.beta1;
      power.beta2 *= options.beta2;
      const fresh = tidy(() => {
        const { loss, gradients } = backward(net, held.params, batch);
        const moved = gradients.map((g, i) => adamW(held.params[i], g, held.first[i], held.second[i], power, rate, i % 2 === 0 ? options.decay : 0, options));
        const out = { params: moved.map((m) => m[0]), first: moved.map((m) => m[1]), second: moved.map((m) => m[2]), lossSum: add(held.lossSum, loss) };
        [...out.params, ...out.first, ...out.second, out.lossSum].forEach((t) => keep(t));
        return out as unknown as { [key: string]: Tensor[] };
      }) as unknown as Held;
      release(held);
      Object.assign(held, fresh);
      lossCount++;
    },
    async loss() {
      const [total] = await read(backend, held.lossSum);
      const mean = total / Math.max(1, lossCount);
      held.lossSum.dispose();
      held.lossSum = zeros([]);
      lossCount = 0;
      return mean;
    },
    async forward(x, rows) {
      const scores = tidy(() => forward(net, held.params, tensor2d(x, [rows, net.sizes[0]]), null).scores);
      try {
        return await read(backend, scores);
      } finally {
        scores.dispose();
      }
    },
    weights: async () => {
      const out: Float32Array[] = [];
      for (const w of held.params) out.push(Float32Array.from(await read(backend, w)));
      return out;
    },
    dispose() {
      if (isOpen) release(held);
      isOpen = false;
    },
  };
}

const release = (held: Held): void => dispose([...held.params, ...held.first, ...held.second, held.lossSum]);

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

function adamW(w: Tensor, g: Tensor, m: Tensor, v: Tensor, power: { beta1: number; beta2: number }, rate: number, decay: number, { beta1, beta2, epsilon }: DenseOptions): [Tensor, Tensor, Tensor] {
  const first = add(mul(m, beta1), mul(g, 1 - beta1));
  const second = add(mul(v, beta2), mul(square(g), 1 - beta2));
  const size = rate / (1 - power.beta1);
  const root = add(mul(sqrt(second), 1 / Math.sqrt(1 - power.beta2)), epsilon);
  const kept = decay > 0 ? mul(w, 1 - rate * decay) : w;
  return [sub(kept, mul(div(first, root), size)), first, second];
}
