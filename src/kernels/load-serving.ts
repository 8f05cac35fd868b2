// What a door predicts with: trees in WASM, and nets once one is served. Null where WASM is missing or wrong: core then serves by itself.
import type { ServingKernels } from '../core/models/serving-kernels.ts';
import { netScores } from './nets-serve-wasm/index.ts';
import { loadTreeServer } from './trees-serve-wasm/index.ts';

let loaded: Promise<ServingKernels | null> | null = null;

/** Compiled and tested once in a thread. */
export function loadServing(): Promise<ServingKernels | null> {
  loaded ??= loadTreeServer().then((trees) => trees && { backend: trees.backend, addTrees: trees.addTrees, netScores });
  return loaded;
}
