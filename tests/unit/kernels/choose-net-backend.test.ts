import { expect, test } from 'vitest';
import type { NetKernels, NetOpen, NetSession } from '../../../src/core/learners/mlp/net-kernels.ts';
import { chooseNetBackend } from '../../../src/kernels/choose-net-backend.ts';

/** Kernels whose steps take as long as they are told, on a clock of the test's own. */
function slow(backend: string, clock: { ms: number }, perStep: (rows: number) => number, opened: string[] = []): NetKernels {
  const session = { step: (batch: { rows: number }) => void (clock.ms += perStep(batch.rows)), loss: async () => 0, dispose: () => void opened.push('closed') } as unknown as NetSession;
  return { backend, threads: 1, reasons: [`${backend} is slow`], tensors: () => 0, stepDown: async () => null, open: async () => (opened.push(backend), session) };
}
const asked = (maxRows: number): NetOpen => ({
  net: { inputs: { numbers: 2, flags: 0, encoding: null, categories: [] }, layers: [{ kind: 'dense', units: 1, bias: true }] },
  loss: { kind: 'squared' },
  optimizer: { kind: 'sgd', beta1: 0, beta2: 0, epsilon: 0, clip: 0, rates: [1, 1], decays: [0, 0] },
  weights: new Float32Array(3),
  seed: 1,
  maxRows,
});

test('the faster for the net and batch at hand is taken, and the figures are kept', async () => {
  const clock = { ms: 0 };
  const nets = chooseNetBackend([slow('wasm', clock, (rows) => rows / 100), slow('webgpu', clock, () => 1)], () => clock.ms);
  await nets.open(asked(50));
  expect(nets.backend).toBe('wasm');
  await nets.open(asked(500));
  expect(nets.backend).toBe('webgpu');
  expect(nets.reasons).toEqual(['wasm is slow', 'webgpu is slow', 'nets: wasm for a net of 3 parameters and batches of 50, a step measured: wasm 0.500 ms, webgpu 1.0 ms', 'nets: webgpu for a net of 3 parameters and batches of 500, a step measured: wasm 5.0 ms, webgpu 1.0 ms']);
});

test('a net that was measured is not measured again, and micro-runs close what they open', async () => {
  const clock = { ms: 0 };
  const opened: string[] = [];
  const nets = chooseNetBackend([slow('wasm', clock, () => 2, opened), slow('webgpu', clock, () => 1, opened)], () => clock.ms);
  await nets.open(asked(8));
  await nets.open(asked(8));
  expect(opened).toEqual(['wasm', 'closed', 'webgpu', 'closed', 'webgpu', 'webgpu']);
});

test('no GPU is asked about steps shorter than its launch', async () => {
  const clock = { ms: 0 };
  const opened: string[] = [];
  const nets = chooseNetBackend([slow('wasm', clock, () => 0.01), slow('webgpu', clock, () => 0.001, opened)], () => clock.ms);
  await nets.open(asked(8));
  expect([nets.backend, opened]).toEqual(['wasm', []]);
  expect(nets.reasons.at(-1)).toMatch(/less than a GPU is told in/);
});

test('who fails the micro-run, or is lost later, is not asked again', async () => {
  const clock = { ms: 0 };
  const broken: NetKernels = { ...slow('webgpu', clock, () => 1), open: async () => { throw new Error('out of memory'); } };
  const nets = chooseNetBackend([slow('wasm', clock, () => 2), broken], () => clock.ms);
  await nets.open(asked(8));
  expect([nets.backend, nets.reasons]).toEqual(['wasm', expect.arrayContaining(['nets on webgpu: out of memory'])]);
  const both = chooseNetBackend([slow('wasm', clock, () => 2), slow('webgpu', clock, () => 1)], () => clock.ms);
  await both.open(asked(8));
  const next = await both.stepDown();
  await next!.open(asked(8));
  expect([next!.backend, next!.reasons.at(-1)]).toEqual(['wasm', 'nets on webgpu: lost while training']);
  expect(await next!.stepDown()).toBe(null);
});
