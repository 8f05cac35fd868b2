// What trains nets on this machine: our own WASM, the GPU through tfjs where there is one, and for each net the faster of the two
// by a measured micro-run. What cannot start is a reason; below our WASM come tfjs's own WASM and CPU, and last the reference.
import type { NetKernels } from '../core/learners/mlp/net-kernels.ts';
import { referenceNets } from '../core/learners/mlp/reference-net.ts';
import type { MachineCapability } from './capability.ts';
import { chooseNetBackend } from './choose-net-backend.ts';
import type { SelectOptions } from './select.ts';

export interface SelectedNets {
  /** Loads once; after a lost device, what it stepped down to. */
  load(): Promise<NetKernels>;
  /** Null until a net was trained. */
  current(): NetKernels | null;
  reasons(): readonly string[];
  end(): void;
}

export function selectNets(capability: MachineCapability, options: SelectOptions): SelectedNets {
  const reasons: string[] = [];
  let current: NetKernels | null = null;
  let loading: Promise<NetKernels> | null = null;
  let ours: Promise<NetKernels | null> | null = null;
  let end = (): void => {};

  const loadOurs = async (): Promise<NetKernels | null> => {
    if (!capability.wasmSimd) return null;
    const { loadNetKernels } = await import('./nets-wasm/index.ts');
    const loaded = await loadNetKernels({ threads: options.threads, spawn: options.spawnThread });
    end = loaded.end;
    if (!loaded.kernels) reasons.push(`nets: ${loaded.reason() ?? 'wasm would not start'}`);
    return loaded.kernels;
  };
  const wasm = (): Promise<NetKernels | null> => (ours ??= loadOurs().catch(refused('wasm', reasons)));
  const load = async (): Promise<NetKernels> => {
    const backend = options.backend ?? 'auto';
    if (backend === 'reference') return referenceNets;
    const wantsGpu = backend !== 'wasm' && capability.webgpu !== null;
    const own = await wasm();
    const gpu = wantsGpu ? await loadTfjs('webgpu', options, wasm, reasons).catch(refused('webgpu', reasons)) : null;
    if (gpu?.backend === 'webgpu') return backend === 'webgpu' || !own ? gpu : chooseNetBackend([own, gpu], () => performance.now());
    return own ?? gpu ?? (await loadTfjs('tfjs-wasm', options, null, reasons).catch(refused('tfjs', reasons))) ?? referenceNets;
  };
  /** After a lost device, later nets start on what it stepped down to. */
  const follow = (kernels: NetKernels): NetKernels => {
    current = {
      get backend() { return kernels.backend; },
      get threads() { return kernels.threads; },
      get reasons() { return kernels.reasons; },
      open: (asked) => kernels.open(asked),
      tensors: () => kernels.tensors(),
      async stepDown() {
        const next = await kernels.stepDown();
        if (!next) return null;
        loading = Promise.resolve(follow(next));
        return loading;
      },
    };
    return current;
  };
  return {
    load: () => (loading ??= load().then(follow)),
    current: () => current,
    reasons: () => [...reasons, ...(current?.reasons ?? [])],
    end: () => end(),
  };
}

async function loadTfjs(backend: 'webgpu' | 'tfjs-wasm', options: SelectOptions, otherwise: (() => Promise<NetKernels | null>) | null, reasons: string[]): Promise<NetKernels | null> {
  const { loadTfjsNets } = await import('./dense-tfjs/load-tfjs-nets.ts');
  const loaded = await loadTfjsNets({ backend, wasmBinary: options.wasmBinary, allowFallbackAdapter: options.allowFallbackAdapter, ...(otherwise ? { otherwise: () => otherwise() } : {}) });
  if (loaded.kernels?.backend !== backend) reasons.push(...loaded.reasons);
  return loaded.kernels;
}

const refused = (what: string, reasons: string[]) => (error: unknown): null => {
  reasons.push(`nets on ${what}: ${error instanceof Error ? error.message : String(error)}`);
  return null;
};
