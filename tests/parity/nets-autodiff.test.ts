// Every executor of nets against tfjs's own CPU ops, forward and backward: losses and gradients of the named cases and of
// any small net, within 1e-4 of the largest number of each gradient.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { NetKernels } from '../../src/core/learners/mlp/net-kernels.ts';
import { referenceNets } from '../../src/core/learners/mlp/reference-net.ts';
import { loadTfjsNets } from '../../src/kernels/dense-tfjs/load-tfjs-nets.ts';
import { loadNetKernels } from '../../src/kernels/nets-wasm/index.ts';
import { compareWithAutodiff } from './net-autodiff.ts';
import { netCases, randomCase } from './net-cases.ts';

const wasmBinary = async () => new Uint8Array(await readFile(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')));
const executors: { [name: string]: () => Promise<NetKernels> } = {
  wasm: async () => (await loadNetKernels({})).kernels!,
  reference: async () => referenceNets,
  'tfjs-cpu': async () => (await loadTfjsNets({ backend: 'tfjs-cpu' })).kernels!,
  'tfjs-wasm': async () => (await loadTfjsNets({ backend: 'tfjs-wasm', wasmBinary })).kernels!,
};

describe.each(Object.entries(executors))('%s', (_, load) => {
  test.each(netCases().map((asked) => [asked.name, asked] as const))('%s', async (_name, asked) => {
    expect(await compareWithAutodiff(await load(), asked)).toEqual([]);
  });

  test('any small net', async () => {
    const kernels = await load();
    for (let seed = 100; seed < 140; seed++) expect([seed, await compareWithAutodiff(kernels, randomCase(seed))]).toEqual([seed, []]);
  }, 60_000);
});
