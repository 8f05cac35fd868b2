// Which kernels this thread trains with: the fastest that starts and passes its self-test, with the reasons for each that
// was passed over. Tree kernels are loaded here (a few kB); the neural backend only when a net is first trained.
// `backend` is the first to try: webgpu -> wasm -> reference. Trees take a GPU only for what it sums faster than WASM.
import type { Versions } from '../core/base/task.ts';
import { learners } from '../core/learners/index.ts';
import type { Kernels } from '../core/learners/learner.ts';
import type { TreeKernels } from '../core/learners/trees/kernels.ts';
import { referenceTrees } from '../core/learners/trees/reference.ts';
import { probeCapability, type MachineCapability } from './capability.ts';
import { loadLinearKernels } from './linear-wasm/index.ts';
import { selectNets } from './select-nets.ts';
import type { TeamThread } from './team/team.ts';

export type KernelBackend = 'auto' | 'webgpu' | 'wasm' | 'reference';
export interface SelectOptions {
  readonly backend?: KernelBackend;
  /** The bytes of tfjs-backend-wasm-simd.wasm, for doors that cannot fetch its URL (Node). */
  readonly wasmBinary?: () => Promise<Uint8Array>;
  /** Takes a software adapter for a GPU; tests only. */
  readonly allowFallbackAdapter?: boolean;
  /** Threads of one fit, the caller's own counted; 1 when absent. More need `spawnThread` and shared memory. */
  readonly threads?: number;
  /** Starts a thread that runs serveThread (team). */
  readonly spawnThread?: () => TeamThread;
}
export interface Selected {
  readonly kernels: Kernels;
  readonly capability: MachineCapability;
  /** Why something faster is not used, one line each; grows when a net is trained or a device is lost. */
  reasons(): readonly string[];
  /** What nets train on: known once one has been trained, before that what will be tried first. */
  denseBackend(): string;
  /** Threads that nets train on; 1 until one has been trained. */
  netThreads(): number;
  /** Ends the helpers of the kernels, which are not to be used afterwards. */
  end(): void;
}

/** Never throws: what cannot start is a reason, and the references always can. */
export async function selectKernels(options: SelectOptions = {}): Promise<Selected> {
  const backend = options.backend ?? 'auto';
  const capability = await probeCapability(options);
  const chosen = backend === 'reference' ? { trees: referenceTrees, reasons: () => [], end: () => {} } : await startTrees(capability, options);
  const linear = backend === 'reference' || !capability.wasmSimd ? null : await loadLinearKernels();
  const nets = selectNets(capability, options);
  return {
    kernels: { trees: chosen.trees, linear, nets: nets.load },
    capability,
    reasons: () => [...new Set([...capability.reasons, ...chosen.reasons(), ...nets.reasons()])],
    end() {
      chosen.end();
      nets.end();
    },
    netThreads: () => nets.current()?.threads ?? 1,
    denseBackend: () => nets.current()?.backend ?? (backend === 'reference' ? 'reference' : backend !== 'wasm' && capability.webgpu ? 'webgpu' : 'wasm'),
  };
}

/** What a fit by that learner was made with, for the run's record; ask after the fit, when a step down is known. */
export function madeWith(selected: Selected, learner: string, extra: Versions['extra'] = {}): Versions {
  const { trees } = selected.kernels;
  const on = { core: { backend: 'core', threads: 1 }, trees: { backend: trees.backend, threads: trees.threads }, dense: { backend: selected.denseBackend(), threads: selected.netThreads() } };
  return { barnacle: __VERSION__, kernels: __VERSION__, ...on[learners.get(learner).fitsOn], extra };
}

type ChosenTrees = { trees: TreeKernels; reasons(): readonly string[]; end(): void };

async function startTrees(capability: MachineCapability, options: SelectOptions): Promise<ChosenTrees> {
  if (!capability.wasmSimd) return { trees: referenceTrees, reasons: () => [], end: () => {} };
  try {
    const { loadTreeKernels } = await import('./trees-wasm/index.ts');
    const { kernels, reason, end } = await loadTreeKernels({ threads: options.threads, spawn: options.spawnThread });
    const why = () => [reason()].flatMap((text) => (text ? [`trees: ${text}`] : []));
    return kernels.backend === 'wasm' && capability.webgpu && options.backend !== 'wasm' ? { ...(await onGpu(kernels, why, options)), end } : { trees: kernels, reasons: why, end };
  } catch (error) {
    return { trees: referenceTrees, end: () => {}, reasons: () => [`trees on wasm: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

/** The software adapter, which only tests allow, sums every leaf, however small and slow. */
async function onGpu(host: TreeKernels, why: () => string[], { allowFallbackAdapter = false }: SelectOptions): Promise<Omit<ChosenTrees, 'end'>> {
  const reasons: string[] = [];
  try {
    const { loadGpuTrees } = await import('./trees-webgpu/index.ts');
    const trees = await loadGpuTrees(host, { leastCells: allowFallbackAdapter ? 0 : undefined, now: () => performance.now(), stepDown: (reason) => reasons.push(reason) });
    return { trees, reasons: () => [...why(), ...reasons] };
  } catch (error) {
    return { trees: host, reasons: () => [...why(), `webgpu: trees: ${error instanceof Error ? error.message : String(error)}`] };
  }
}
