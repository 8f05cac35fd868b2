// One suite over every neural backend that this machine has: each must do what the plain reference does.
// Tolerances: float32 sums of a few hundred terms against doubles: 1e-4 relative after twenty AdamW steps.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, describe, expect, test } from 'vitest';
import { sequence } from '../../src/core/base/random.ts';
import type { DenseBatch, DenseKernels, DenseNet, DenseOptions } from '../../src/core/learners/mlp/kernels.ts';
import { referenceDense } from '../../src/core/learners/mlp/reference.ts';
import { loadDenseKernels } from '../../src/kernels/dense-tfjs/index.ts';

const wasmBinary = async () => new Uint8Array(await readFile(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')));
const options: DenseOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.05 };
const seen: string[] = [];
afterAll(() => console.info(`dense parity ran on: ${seen.join(', ')}; webgpu is exercised in Chromium by the e2e suite`));

function randoms(n: number, seed: number): Float32Array {
  const random = sequence(seed, 'parity');
  return Float32Array.from({ length: n }, () => random.normal() * 0.5);
}
function batchOf(net: DenseNet, rows: number, seed: number, dropout: boolean): DenseBatch {
  const outputs = net.sizes.at(-1)!;
  const random = sequence(seed, 'truth');
  const truth = new Float32Array(rows * outputs);
  for (let r = 0; r < rows; r++) {
    if (net.loss === 'softmax') truth[r * outputs + random.below(outputs)] = 1;
    else truth[r] = net.loss === 'sigmoid' ? random.below(2) : random.normal();
  }
  const masks = dropout ? net.sizes.slice(1, -1).map((units) => Float32Array.from({ length: rows * units }, () => (random.unit() < 0.25 ? 0 : 4 / 3))) : null;
  return { rows, x: randoms(rows * net.sizes[0], seed), truth, share: Float32Array.from({ length: rows }, (_, r) => (r % 3 === 0 ? 2 : 1) / rows), masks };
}
const startOf = (net: DenseNet) => net.sizes.slice(1).flatMap((m, l) => [randoms(m * net.sizes[l], l + 1), randoms(m, l + 9)]);

const nets: [string, DenseNet, boolean][] = [
  ['binary with dropout', { sizes: [5, 8, 6, 1], activation: 'relu', loss: 'sigmoid' }, true],
  ['three classes', { sizes: [4, 16, 3], activation: 'relu', loss: 'softmax' }, false],
  ['a value, SiLU', { sizes: [6, 9, 7, 1], activation: 'silu', loss: 'squared' }, true],
  ['no hidden layer', { sizes: [3, 1], activation: 'relu', loss: 'squared' }, false],
];

describe.each(['wasm', 'cpu'] as const)('%s', (backend) => {
  const load = async (): Promise<DenseKernels> => {
    const kernels = await loadDenseKernels({ backend, wasmBinary });
    expect(kernels.reasons).toEqual([]);
    expect(kernels.backend).toBe(backend);
    if (!seen.includes(backend)) seen.push(backend);
    return kernels;
  };

  test.each(nets)('%s: loss, weights and scores of the reference', async (_, net, dropout) => {
    const answers = [];
    for (const kernels of [referenceDense, await load()]) {
      const session = kernels.open(net, startOf(net), options);
      for (let s = 0; s < 20; s++) session.step(batchOf(net, 32, s + 1, dropout), 0.01);
      answers.push({ loss: await session.loss(), weights: await session.weights(), scores: await session.forward(randoms(7 * net.sizes[0], 99), 7) });
      session.dispose();
    }
    const [truth, found] = answers;
    expect(found.loss).toBeCloseTo(truth.loss, 4);
    truth.weights.forEach((w, i) => w.forEach((v, j) => expect(found.weights[i][j]).toBeCloseTo(v, 3)));
    truth.scores.forEach((v, i) => expect(found.scores[i]).toBeCloseTo(v, 3));
  });

  test('no tensor outlives its step, and none its session', async () => {
    const kernels = await load();
    const before = kernels.tensors();
    const [, net] = nets[0];
    const session = kernels.open(net, startOf(net), options);
    session.step(batchOf(net, 16, 1, true), 0.01);
    await session.loss();
    const during = kernels.tensors();
    for (let epoch = 0; epoch < 5; epoch++) {
      for (let s = 0; s < 4; s++) session.step(batchOf(net, 16, s, s % 2 === 0), 0.01);
      await session.loss();
      await session.forward(randoms(10, 1), 2);
      await session.weights();
      expect(kernels.tensors()).toBe(during);
    }
    session.dispose();
    session.dispose();
    expect(kernels.tensors()).toBe(before);
  });

  test('the same steps give the same bits', async () => {
    const kernels = await load();
    const [, net] = nets[1];
    const runs = [];
    for (let i = 0; i < 2; i++) {
      const session = kernels.open(net, startOf(net), options);
      for (let s = 0; s < 5; s++) session.step(batchOf(net, 32, s, false), 0.01);
      runs.push(await session.weights());
      session.dispose();
    }
    expect(runs[0]).toEqual(runs[1]);
  });
});

test('steps down from a GPU that is not there, and says why', async () => {
  const kernels = await loadDenseKernels({ backend: 'webgpu', wasmBinary });
  expect(kernels.backend).toBe('wasm');
  expect(kernels.reasons[0]).toMatch(/^webgpu: /);
  expect((await kernels.stepDown())!.backend).toBe('cpu');
});
