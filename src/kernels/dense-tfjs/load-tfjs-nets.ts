// The nets' backends that tfjs brings: webgpu -> tfjs-wasm -> tfjs-cpu, the first that starts, is what it says it is, and
// passes its self-test; reasons for each that was passed over are kept for the System page. Before tfjs's own WASM and CPU
// the caller's `otherwise` is asked (our own WASM, which is faster); it is also what a lost GPU steps down to.
import { enableProdMode, engine, getBackend } from '@tensorflow/tfjs-core';
import type { NetKernels } from '../../core/learners/mlp/net-kernels.ts';
import { findAdapter } from '../find-adapter.ts';
import { plainLayers } from './layers/families.ts';
import { testNets } from './net-self-test.ts';
import { openNetSession, type NetEngine } from './net-session.ts';
import { plainOps, registerScatter } from './plain/plain-ops.ts';

export type TfjsBackend = 'webgpu' | 'tfjs-wasm' | 'tfjs-cpu';
export interface TfjsNetsOptions {
  /** The first to try; those below it follow when it fails. webgpu when absent. */
  readonly backend?: TfjsBackend;
  /** The bytes of tfjs-backend-wasm-simd.wasm, for doors that cannot fetch its URL (Node). */
  readonly wasmBinary?: () => Promise<Uint8Array>;
  /** Takes a software adapter for a GPU; tests only. */
  readonly allowFallbackAdapter?: boolean;
  /** Asked when webgpu will not start or was lost, before tfjs-wasm; null or a throw = it cannot either. */
  readonly otherwise?: (reasons: readonly string[]) => Promise<NetKernels | null>;
}

enableProdMode(); // else tfjs prints advice of its own in Node
const ladder: readonly TfjsBackend[] = ['webgpu', 'tfjs-wasm', 'tfjs-cpu'];
const tfjsNames = { webgpu: 'webgpu', 'tfjs-wasm': 'wasm', 'tfjs-cpu': 'cpu' } as const;

/** Null when none of them starts; the reasons say why, and those of the kernels include them. */
export async function loadTfjsNets(options: TfjsNetsOptions = {}): Promise<{ kernels: NetKernels | null; reasons: readonly string[] }> {
  const reasons: string[] = [];
  return { kernels: await climbDown(options, options.backend ?? 'webgpu', reasons), reasons };
}

async function climbDown(options: TfjsNetsOptions, from: TfjsBackend, reasons: string[]): Promise<NetKernels | null> {
  for (const backend of ladder.slice(ladder.indexOf(from))) {
    const started = await start(backend, options).catch((error: unknown) => `${backend}: ${messageOf(error)}`);
    if (typeof started === 'string') {
      reasons.push(started);
      const other = backend === 'webgpu' ? await askOther(options, reasons) : null;
      if (other) return other;
      continue;
    }
    const kernels = kernelsOf(backend, started, options, reasons);
    let failure = await testNets(kernels).catch(messageOf);
    if (failure && backend === 'webgpu' && (await import('./start-webgpu.ts')).withoutSubgroups()) failure = await testNets(kernels).catch(messageOf);
    if (!failure) return kernels;
    reasons.push(`${backend}: ${failure}`);
    if (backend === 'webgpu') {
      (await import('./start-webgpu.ts')).dropWebgpu();
      const other = await askOther(options, reasons);
      if (other) return other;
    }
  }
  return null;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const askOther = async ({ otherwise }: TfjsNetsOptions, reasons: readonly string[]): Promise<NetKernels | null> => (otherwise ? otherwise([...reasons]).catch(() => null) : null);

/** What computes, once the backend is the current one, else why it is not. */
async function start(backend: TfjsBackend, options: TfjsNetsOptions): Promise<NetEngine | string> {
  const refusal = backend === 'webgpu' ? (await findAdapter(options.allowFallbackAdapter ?? false)).reason : null;
  if (refusal) return refusal;
  const isSet = backend === 'webgpu' ? await (await import('./start-webgpu.ts')).startWebgpu() : backend === 'tfjs-wasm' ? await (await import('./start-wasm.ts')).startWasm(options.wasmBinary) : await (await import('./start-cpu.ts')).startCpu();
  if (!isSet) return `${backend}: it would not start`;
  if (getBackend() !== tfjsNames[backend]) return `${backend}: tfjs started ${getBackend()} in its place`;
  if (backend === 'webgpu') {
    const { gpuLayers, gpuOps } = await import('./webgpu/gpu-ops.ts');
    return { ops: gpuOps, layers: gpuLayers, fault: (await import('./start-webgpu.ts')).gpuFault };
  }
  registerScatter(tfjsNames[backend]);
  return { ops: plainOps, layers: plainLayers, fault: () => null };
}

function kernelsOf(backend: TfjsBackend, computes: NetEngine, options: TfjsNetsOptions, reasons: readonly string[]): NetKernels {
  return {
    backend,
    threads: 1,
    reasons: [...reasons],
    open: async (asked) => openNetSession(tfjsNames[backend], computes, asked),
    tensors: () => engine().state.numTensors, // memory() fails once a lost backend is gone
    async stepDown() {
      const lost = [...reasons, `${backend}: lost while training`];
      if (backend === 'webgpu') (await import('./start-webgpu.ts')).dropWebgpu();
      const other = backend === 'webgpu' ? await askOther(options, lost) : null;
      const next = ladder[ladder.indexOf(backend) + 1];
      return other ?? (next ? climbDown(options, next, lost) : null);
    },
  };
}
