// Makes tfjs's WebGPU backend the current one. Loaded only after an adapter was found and accepted.
import { removeBackend, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';

let isLost = false;

/** Throws once a device has been lost: what took it (driver reset, memory) would most likely take the next. */
export async function startWebgpu(): Promise<boolean> {
  if (isLost) throw new Error('its device was lost earlier in this worker');
  return setBackend('webgpu');
}

/** Forgets the backend and its lost device for as long as this worker lives. */
export function dropWebgpu(): void {
  isLost = true;
  removeBackend('webgpu');
}
