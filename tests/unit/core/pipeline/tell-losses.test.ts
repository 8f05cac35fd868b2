import { expect, test } from 'vitest';
import type { NetKernels } from '../../../../src/core/learners/mlp/net-kernels.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import { tellLosses } from '../../../../src/core/pipeline/tell-losses.ts';

const named = (backend: string, next: NetKernels | null): NetKernels => ({ ...referenceNets, backend, stepDown: async () => next });

test('each step down is told with what was lost, until there is nothing slower', async () => {
  const lost: string[] = [];
  const gpu = tellLosses(named('webgpu', named('wasm', null)), async (backend) => void lost.push(backend));
  const wasm = (await gpu.stepDown())!;
  expect([gpu.backend, wasm.backend, await wasm.stepDown(), lost]).toEqual(['webgpu', 'wasm', null, ['webgpu']]);
});
