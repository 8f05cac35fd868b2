// Makes tfjs's WebGPU backend the current one, on a device that we ask for ourselves, so that its loss is heard of.
// Loaded only after an adapter was found and accepted.
import { env, findBackend, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

let isLost = false;
let device: GPUDevice | null = null;
let fault: string | null = null;

/** Throws once a device has been lost: what took it (driver reset, memory) would most likely take the next. */
export async function startWebgpu(): Promise<boolean> {
  if (isLost) throw new Error('its device was lost earlier in this worker');
  if (device) return setBackend('webgpu');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return false;
  const { maxComputeWorkgroupStorageSize, maxComputeWorkgroupsPerDimension, maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupSizeX, maxComputeInvocationsPerWorkgroup } = adapter.limits;
  device = await adapter.requestDevice({ requiredLimits: { maxComputeWorkgroupStorageSize, maxComputeWorkgroupsPerDimension, maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupSizeX, maxComputeInvocationsPerWorkgroup } });
  void device.lost.then(() => (isLost = true));
  device.addEventListener('uncapturederror', ({ error }) => (fault ??= error.message));
  const own = device;
  removeBackend('webgpu'); // the factory that tfjs registered by itself
  registerBackend('webgpu', () => new WebGPUBackend(own, adapter.info));
  // Commands are handed over less often than tfjs would, which is for interactive use: a step is some sixty dispatches.
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 64);
  return setBackend('webgpu');
}

/** What the device could not do, for want of memory or otherwise: whatever was computed since is not to be trusted. */
export const gpuFault = (): string | null => fault;

/** Forgets the backend and its lost device for as long as this worker lives. */
export function dropWebgpu(): void {
  isLost = true;
  if (findBackend('webgpu')) removeBackend('webgpu');
}
