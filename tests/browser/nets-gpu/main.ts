// The page of nets-gpu.test.ts: the kernels on a WebGPU device of the browser, and what the test asks of them.
import { findBackend } from '@tensorflow/tfjs-core';
import { defaults } from '../../../src/core/base/params.ts';
import { quiet } from '../../../src/core/base/task.ts';
import { mlp } from '../../../src/core/learners/mlp/mlp.ts';
import type { NetKernels } from '../../../src/core/learners/mlp/net-kernels.ts';
import { referenceTrees } from '../../../src/core/learners/trees/reference.ts';
import { loadNetKernels } from '../../../src/kernels/nets-wasm/index.ts';
import { toy } from '../../unit/core/learners/toy.ts';
import { loadTfjsNets } from '../../../src/kernels/dense-tfjs/load-tfjs-nets.ts';
import { hasSubgroups } from '../../../src/kernels/dense-tfjs/start-webgpu.ts';
import { dispatchCount } from '../../../src/kernels/dense-tfjs/webgpu/program.ts';
import { caseOf, netCases, randomCase } from '../../parity/net-cases.ts';
import { compareNets, holdsStill } from '../../parity/net-parity.ts';

/** Every device that the page was given, so that a test can take it away; without subgroups where the address says ?plain. */
const devices: GPUDevice[] = [];
const requestDevice = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (asked) {
  const device = await requestDevice.call(this, location.search === '?plain' ? { ...asked, requiredFeatures: [] } : asked);
  devices.push(device);
  return device;
};

/** Buffers in use and bytes on tfjs's device. */
function gpuHeld(): { buffers: number; allocated: number } {
  const { bufferManager } = findBackend('webgpu') as unknown as { bufferManager: { numUsedBuffers: number; numBytesAllocated: number } };
  return { buffers: bufferManager.numUsedBuffers, allocated: bufferManager.numBytesAllocated };
}

/** A fit on WebGPU whose device is destroyed once its second epoch is done; what it said, and what it went on with. */
async function fitAndLose(): Promise<{ points: number; said: string[]; held: string[]; later: string[] }> {
  const { kernels } = await loadTfjsNets({ allowFallbackAdapter: true, otherwise: async () => (await loadNetKernels()).kernels });
  const before = kernels!.tensors();
  const used: NetKernels[] = [];
  const follow = (of: NetKernels): NetKernels => {
    used.push(of);
    return { ...of, stepDown: async () => follow((await of.stepDown())!) };
  };
  let points = 0;
  const said: string[] = [];
  await mlp.fit(toy('binary', 200), { ...defaults(mlp.params), architecture: 'mlp', hidden: [8], epochs: 4, batch: 64 }, {
    ...quiet,
    seed: 1,
    valid: toy('binary', 60, 3, 2),
    kernels: { trees: referenceTrees, nets: async () => follow(kernels!) },
    report({ point, text }) {
      if (point && ++points === 2) devices.at(-1)!.destroy();
      if (text.includes('was lost')) said.push(text);
    },
  });
  return { points, said, held: used.map((of) => `${of.backend} ${of.tensors() - (of === kernels ? before : 0)}`), later: [...(await loadTfjsNets({ allowFallbackAdapter: true, backend: 'webgpu', otherwise: async () => used[1] })).reasons] };
}

const page = { fitAndLose, loadTfjsNets, hasSubgroups, devices, gpuHeld, dispatchCount, caseOf, netCases, randomCase, compareNets, holdsStill };
export type NetsPage = typeof page;
Object.assign(globalThis, { page });
