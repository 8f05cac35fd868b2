// The fast kernels as Node has them: compiled WASM inside the build, tfjs's WASM binary read from its package.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Versions } from '../core/base/task.ts';
import { allowRelaxedSimd } from './relaxed-simd.ts';
import { spawnThread } from './spawn-thread.ts';
import { madeWith, selectKernels, type Selected } from '../kernels/select.ts';

export type Backend = 'auto' | 'webgpu' | 'wasm' | 'reference';

/** Kernels for a backend; `threads` are for one fit. `made` says what a fit by that learner was made with. */
export async function nodeKernels(backend: Backend, threads = 1): Promise<Selected & { made(learner: string): Promise<Versions> }> {
  const wasmBinary = async (): Promise<Uint8Array> => {
    const require = createRequire(import.meta.url);
    giveScriptGlobals(require);
    return new Uint8Array(await readFile(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')));
  };
  allowRelaxedSimd();
  const selected = await selectKernels({ backend, wasmBinary, threads, spawnThread });
  return { ...selected, made: async (learner) => madeWith(selected, learner, { node: process.version }) };
}

/** tfjs's Emscripten loader was written for scripts: in Node it looks for `require` and `__dirname`, which a module lacks. */
function giveScriptGlobals(require: NodeJS.Require): void {
  const world = globalThis as unknown as { require?: NodeJS.Require; __dirname?: string };
  world.require ??= require;
  world.__dirname ??= import.meta.dirname;
}
