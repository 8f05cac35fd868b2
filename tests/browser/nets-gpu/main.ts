// The page of nets-gpu.test.ts: the kernels on a WebGPU device of the browser, and what the test asks of them.
import { findBackend } from '@tensorflow/tfjs-core';
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

const page = { loadTfjsNets, hasSubgroups, devices, gpuHeld, dispatchCount, caseOf, netCases, randomCase, compareNets, holdsStill };
export type NetsPage = typeof page;
Object.assign(globalThis, { page });
