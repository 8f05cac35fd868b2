// What this thread's machine can do, asked once: WASM SIMD, shared memory and threads, a GPU adapter.
// Every answer is a plain fact with a reason where it is no; what is worth using is decided in select.ts.
import { findAdapter } from './find-adapter.ts';

export interface MachineCapability {
  /** The adapter in words, or null = none that is worth using. */
  readonly webgpu: string | null;
  readonly wasmSimd: boolean;
  /** True when memory may be shared between workers (COOP/COEP headers). */
  readonly isolated: boolean;
  /** Processors that may be used. */
  readonly threads: number;
  readonly reasons: readonly string[];
}

/** (module (func (result v128) i32.const 0 i8x16.splat)): valid only where SIMD is. */
const simdModule = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11);

export async function probeCapability(options: { allowFallbackAdapter?: boolean } = {}): Promise<MachineCapability> {
  const scope = globalThis as { crossOriginIsolated?: boolean; navigator?: { hardwareConcurrency?: number } };
  const reasons: string[] = [];
  const wasmSimd = typeof WebAssembly === 'object' && WebAssembly.validate(simdModule);
  if (!wasmSimd) reasons.push('wasm: no SIMD here; trees and nets run on the plain reference, many times slower');
  const isolated = scope.crossOriginIsolated ?? typeof SharedArrayBuffer === 'function';
  if (!isolated) reasons.push('threads: the page is not cross-origin isolated; columns are copied between workers');
  const { name, reason } = await findAdapter(options.allowFallbackAdapter ?? false);
  if (reason) reasons.push(reason);
  return { webgpu: name, wasmSimd, isolated, threads: scope.navigator?.hardwareConcurrency ?? 1, reasons };
}
