// The neural backend: webgpu -> wasm -> cpu -> the plain reference, the first that starts, is what it says it is, and
// passes its self-test. Reasons for each that was passed over are kept for the System page. This is the only folder that
// names tfjs; weights leave it as Float32Arrays. tfjs has one current backend per thread: train one net at a time there.
import { enableProdMode, getBackend, memory } from '@tensorflow/tfjs-core';
import type { DenseKernels } from '../../core/learners/mlp/kernels.ts';
import { referenceDense } from '../../core/learners/mlp/reference.ts';
import { findAdapter } from '../find-adapter.ts';
import { selfTest } from './self-test.ts';
import { openSession } from './session.ts';

export type DenseBackend = 'webgpu' | 'wasm' | 'cpu' | 'reference';
export interface DenseLoadOptions {
  /** The first to try; auto = webgpu. Those below it follow when it fails. */
  readonly backend?: 'auto' | DenseBackend;
  /** The bytes of tfjs-backend-wasm-simd.wasm, for doors that cannot fetch its URL (Node). */
  readonly wasmBinary?: () => Promise<Uint8Array>;
  /** Takes a software adapter for a GPU; tests only. */
  readonly allowFallbackAdapter?: boolean;
}

enableProdMode(); // else tfjs prints advice of its own in Node
const ladder: readonly DenseBackend[] = ['webgpu', 'wasm', 'cpu', 'reference'];

/** Never throws: what cannot start is a reason, and the reference always can. */
export const loadDenseKernels = (options: DenseLoadOptions = {}): Promise<DenseKernels> => climbDown(options, !options.backend || options.backend === 'auto' ? 'webgpu' : options.backend, []);

async function climbDown(options: DenseLoadOptions, from: DenseBackend, before: readonly string[]): Promise<DenseKernels> {
  const reasons = [...before];
  for (const backend of ladder.slice(ladder.indexOf(from))) {
    if (backend === 'reference') break;
    const refusal = await tryStart(backend, options);
    if (refusal) {
      reasons.push(refusal);
      continue;
    }
    const kernels = tfjsKernels(backend, options, reasons);
    const failure = await selfTest(kernels).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (!failure) return kernels;
    reasons.push(`${backend}: ${failure}`);
  }
  return { ...referenceDense, reasons };
}

/** Null once the backend is the current one, else why it is not. */
async function tryStart(backend: DenseBackend, options: DenseLoadOptions): Promise<string | null> {
  try {
    const refusal = backend === 'webgpu' ? (await findAdapter(options.allowFallbackAdapter ?? false)).reason : null;
    if (refusal) return refusal;
    const isSet = backend === 'webgpu' ? await (await import('./start-webgpu.ts')).startWebgpu() : backend === 'wasm' ? await (await import('./start-wasm.ts')).startWasm(options.wasmBinary) : await (await import('./start-cpu.ts')).startCpu();
    if (!isSet) return `${backend}: it would not start`;
    return getBackend() === backend ? null : `${backend}: tfjs started ${getBackend()} in its place`;
  } catch (error) {
    return `${backend}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function tfjsKernels(backend: DenseBackend, options: DenseLoadOptions, reasons: readonly string[]): DenseKernels {
  return {
    backend,
    reasons,
    open: (net, weights, denseOptions) => openSession(backend, net, weights, denseOptions),
    tensors: () => memory().numTensors,
    async stepDown() {
      if (backend === 'webgpu') (await import('./start-webgpu.ts')).dropWebgpu();
      const next = ladder[ladder.indexOf(backend) + 1];
      return climbDown(options, next, [...reasons, `${backend}: lost while training`]);
    },
  };
}

export { loadTfjsNets, type TfjsBackend, type TfjsNetsOptions } from './load-tfjs-nets.ts';
