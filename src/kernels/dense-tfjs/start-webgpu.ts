// Makes tfjs's WebGPU backend the current one, on a device that we ask for ourselves, so that its loss is heard of.
// Loaded only after an adapter was found and accepted.
import { env, findBackend, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

let isLost = false;
let device: GPUDevice | null = null;
let fault: string | null = null;
let useSubgroups = false;

/** Throws once a device has been lost: what took it (driver reset, memory) would most likely take the next. */
export async function startWebgpu(): Promise<boolean> {
  if (isLost) throw new Error('its device was lost earlier in this worker');
  if (device) return setBackend('webgpu');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return false;
  const { maxComputeWorkgroupStorageSize, maxComputeWorkgroupsPerDimension, maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupSizeX, maxComputeInvocationsPerWorkgroup } = adapter.limits;
  const features: GPUFeatureName[] = adapter.features.has('subgroups') ? ['subgroups'] : [];
  device = await adapter.requestDevice({ requiredFeatures: features, requiredLimits: { maxComputeWorkgroupStorageSize, maxComputeWorkgroupsPerDimension, maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupSizeX, maxComputeInvocationsPerWorkgroup } });
  void device.lost.then(() => (isLost = true));
  device.addEventListener('uncapturederror', ({ error }) => (fault ??= error.message));
  const own = device;
  useSubgroups = own.features.has('subgroups');
  hoistSubgroups(own);
  removeBackend('webgpu'); // the factory that tfjs registered by itself
  registerBackend('webgpu', () => new WebGPUBackend(own, adapter.info));
  // Commands are handed over less often than tfjs would, which is for interactive use: a step is some sixty dispatches.
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 64);
  return setBackend('webgpu');
}

/** tfjs begins every module with declarations of its own, and a directive must come before them. */
function hoistSubgroups(own: GPUDevice): void {
  const create = own.createShaderModule.bind(own);
  own.createShaderModule = (asked) => create(asked.code.includes('subgroupAdd') ? { ...asked, code: `enable subgroups;\n${asked.code}` } : asked);
}

/** Programs may add up by subgroups. */
export const hasSubgroups = (): boolean => useSubgroups;

/** They may not any more: what they answered was wrong. False when they did not before. */
export function withoutSubgroups(): boolean {
  const before = useSubgroups;
  [useSubgroups, fault] = [false, null];
  return before;
}

/** What the device could not do, for want of memory or otherwise: whatever was computed since is not to be trusted. */
export const gpuFault = (): string | null => fault;

/** Forgets the backend and its lost device for as long as this worker lives. */
export function dropWebgpu(): void {
  isLost = true;
  if (findBackend('webgpu')) removeBackend('webgpu');
}
