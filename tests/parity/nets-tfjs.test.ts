// Nets on tfjs's WASM and CPU backends do what the reference does, hold nothing beyond a session, and repeat.
// Tolerances: float32 against doubles: after one step 1e-4 of what a tensor's largest number is, after three steps of
// unequal batches 1e-3 (AdamW divides by the root of a small second moment). WebGPU: tests/browser/nets-gpu.test.ts.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from 'vitest';
import type { NetKernels } from '../../src/core/learners/mlp/net-kernels.ts';
import { loadTfjsNets } from '../../src/kernels/dense-tfjs/load-tfjs-nets.ts';
import { netCases, randomCase } from './net-cases.ts';
import { compareNets, holdsStill } from './net-parity.ts';

const wasmBinary = async () => new Uint8Array(await readFile(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')));

async function load(backend: 'tfjs-cpu' | 'tfjs-wasm'): Promise<NetKernels> {
  const { kernels, reasons } = await loadTfjsNets({ backend, wasmBinary });
  expect([kernels?.backend, reasons]).toEqual([backend, []]);
  return kernels!;
}

describe.each(['tfjs-cpu', 'tfjs-wasm'] as const)('%s', (backend) => {
  let kernels: NetKernels;
  beforeAll(async () => {
    kernels = await load(backend);
  });

  test.each(netCases().map((asked) => [asked.name, asked] as const))('%s', async (_, asked) => {
    const before = kernels.tensors();
    expect(await compareNets(kernels, asked)).toEqual([]);
    expect(kernels.tensors()).toBe(before);
  });

  test('any small net', async () => {
    for (let seed = 1; seed <= 60; seed++) expect([seed, await compareNets(kernels, randomCase(seed))]).toEqual([seed, []]);
  });

  test('2,000 steps hold tensors and bytes where they were', async () => {
    expect(await holdsStill(kernels, 2000)).toEqual([]);
  }, 60_000);

  test('a resumed session goes on to the same bits', async () => {
    const { open, batches, ats } = netCases().find((c) => c.name === 'RealMLP')!;
    const whole = await kernels.open(open);
    batches.forEach((batch, i) => whole.step(batch, ats[i]));
    const start = await kernels.open(open);
    start.step(batches[0], ats[0]);
    const rest = await kernels.open({ ...open, weights: await start.weights(), moments: await start.moments() });
    batches.slice(1).forEach((batch, i) => rest.step(batch, ats[i + 1]));
    expect(await rest.weights()).toEqual(await whole.weights());
    expect(await rest.moments()).toEqual(await whole.moments());
    [whole, start, rest].forEach((session) => session.dispose());
  });

  test('what a session holds goes with it, however often it is disposed', async () => {
    const before = kernels.tensors();
    const { open, batches, ats } = netCases()[1];
    const session = await kernels.open(open);
    session.step(batches[0], { ...ats[0], watch: true });
    const held = session.held();
    expect([held.tensors, kernels.tensors() - before]).toEqual([held.tensors, held.tensors]);
    expect(held.bytes).toBeGreaterThan(5 * 4 * open.weights.length);
    session.dispose();
    session.dispose();
    expect([session.held(), kernels.tensors()]).toEqual([{ tensors: 0, bytes: 0 }, before]);
  });
});

test('two backends take turns in one thread', async () => {
  const { open, batches, ats } = netCases()[1];
  const [a, b] = [await (await load('tfjs-cpu')).open(open), await (await load('tfjs-wasm')).open(open)];
  for (const session of [a, b, a, b]) session.step(batches[0], ats[0]);
  const [first, second] = [await a.loss(), await b.loss()];
  expect(Math.abs(first - second)).toBeLessThan(1e-5);
  a.dispose();
  b.dispose();
});

test('a GPU that is not there: the reason is kept, and our own WASM is asked before that of tfjs', async () => {
  const { kernels } = await loadTfjsNets({ wasmBinary });
  expect(kernels?.backend).toBe('tfjs-wasm');
  expect(kernels?.reasons[0]).toMatch(/^webgpu: /);
  const down = await kernels!.stepDown();
  expect([down?.backend, down?.reasons.at(-1)]).toEqual(['tfjs-cpu', 'tfjs-wasm: lost while training']);
  expect(await down!.stepDown()).toBeNull();
  const ours = { ...kernels!, backend: 'wasm' };
  expect((await loadTfjsNets({ wasmBinary, otherwise: async () => ours })).kernels).toBe(ours);
});
