// A backend proves itself before it is used: one training step of a tiny net against the reference, in about a millisecond.
// Covers what training rests on: matrix products, bias, ReLU, softmax, dropout masks, the backward pass and AdamW.
import { referenceDense } from '../../core/learners/mlp/reference.ts';
import type { DenseBatch, DenseKernels, DenseNet, DenseOptions } from '../../core/learners/mlp/kernels.ts';

const net: DenseNet = { sizes: [3, 5, 2], activation: 'relu', loss: 'softmax' };
const options: DenseOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.01 };
const wave = (n: number, seed: number) => Float32Array.from({ length: n }, (_, i) => ((((i + 1) * 37 * seed) % 19) - 9) / 10);

/** Null when the backend computed what the reference did, else the difference in words. */
export async function selfTest(kernels: DenseKernels): Promise<string | null> {
  const start = [wave(15, 1), wave(5, 2), wave(10, 3), wave(2, 4)];
  const batch: DenseBatch = { rows: 4, x: wave(12, 5), truth: Float32Array.from([1, 0, 0, 1, 1, 0, 0, 1]), share: new Float32Array(4).fill(0.25), masks: [Float32Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? 0 : 4 / 3))] };
  const answers: number[][] = [];
  for (const backend of [referenceDense, kernels]) {
    const session = backend.open(net, start, options);
    try {
      session.step(batch, 0.05);
      session.step(batch, 0.05);
      answers.push([await session.loss(), ...(await session.weights()).flatMap((w) => [...w])]);
    } finally {
      session.dispose();
    }
  }
  const gap = answers[0].reduce((worst, value, i) => Math.max(worst, Number.isFinite(answers[1][i]) ? Math.abs(value - answers[1][i]) : Infinity), 0);
  return gap < 1e-3 ? null : `its answers to a known step differ by ${gap}`;
}
