// Makes tfjs's plain JavaScript backend the current one: the last resort where WebAssembly is switched off.
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';

export const startCpu = (): Promise<boolean> => setBackend('cpu');
