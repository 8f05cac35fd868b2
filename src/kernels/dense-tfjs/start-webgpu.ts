// Makes tfjs's WebGPU backend the current one. Loaded only after an adapter was found and accepted.
import { removeBackend, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';

export const startWebgpu = (): Promise<boolean> => setBackend('webgpu');
/** Forgets the backend and its lost device; a later start asks for a new one. */
export const dropWebgpu = (): void => removeBackend('webgpu');
