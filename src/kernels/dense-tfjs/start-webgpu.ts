// Makes tfjs's WebGPU backend the current one, on a device that we ask for ourselves, so that its loss is heard of.
// Loaded only after an adapter was found and accepted.
import { env, findBackend, getBackend, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

let isLost = false;
let device: GPUDevice | null = null;

/** Throws once a device has been lost: what took it (driver reset, memory) would most likely take the next. */
export async function startWebgpu(): Promise<boolean> {
  if (isLost) throw new Error('its device was lost earlier in this worker');
  if (device) return setBackend('webgpu');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return false;
  const { maxComputeWorkgroupStorageSize, maxComputeWorkgroupsPerDimension, maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupSizeX, maxComputeInvocationsPerWorkgroup } = adapter.limits;
  device = await adapter.requestDevice({ requiredLimits: { maxComputeWorkgroupStorageSize, maxComputeWorkgroupsPerDimension, maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupSizeX, maxComputeInvocationsPerWorkgroup } });
  void device.lost.then(() => (isLost = true));
  const own = device;
  removeBackend('webgpu'); // the factory that tfjs registered by itself
  registerBackend('webgpu', () => new WebGPUBackend(own, adapter.info));
  // Commands are handed over less often than tfjs would, which is for interactive use: a step is some sixty dispatches.
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 64);
  return setBackend('webgpu');
}

/** Forgets the backend and its lost device for as long as this worker lives. */
export function dropWebgpu(): void {
  isLost = true;
  if (findBackend('webgpu')) removeBackend('webgpu');
}

/** Buffers and bytes on the device, for tests of what is held. */
export function gpuHeld(): { buffers: number; bytes: number } {
  const { bufferManager } = findBackend('webgpu') as WebGPUBackend;
  return { buffers: bufferManager.getNumUsedBuffers(), bytes: bufferManager.numBytesAllocated };
}

/** Destroys the device, as a driver's reset would; tests only. */
export function destroyWebgpu(): void {
  if (getBackend() === 'webgpu') device?.destroy();
}
