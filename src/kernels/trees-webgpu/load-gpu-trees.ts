// Tree kernels on a GPU over those of the host; small fits stay on the host, where nothing has to travel.
// The adapter has been found and accepted by the caller (capability.ts). Never throws after it returned: a device that is lost
// or too small is a reason, and the host goes on.
import type { HostSession, TreeKernels } from '../../core/learners/trees/kernels.ts';
import { gpuSession } from './gpu-session.ts';

export interface GpuTreeOptions {
  /** Cells from which a fit asks the GPU at all; 16 million when absent. 0 also uses it for every leaf, however small (tests). */
  readonly leastCells?: number;
  readonly now: () => number;
  readonly stepDown: (reason: string) => void;
}
const usualCells = 16_000_000;

/** Throws when no device is given. */
export async function loadGpuTrees(host: TreeKernels, options: GpuTreeOptions): Promise<TreeKernels> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('no adapter was given');
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const device = await adapter.requestDevice({ requiredLimits: { maxStorageBufferBindingSize, maxBufferSize } });
  let isLost = false;
  void device.lost.then(() => (isLost = true));
  const leastCells = options.leastCells ?? usualCells;
  return {
    ...host,
    backend: 'webgpu',
    async open(plan) {
      const session = await host.open(plan);
      if (isLost || plan.rows * plan.columns.length < leastCells || !('rowsOf' in session)) return session;
      return gpuSession(session as HostSession, { device, now: options.now, always: leastCells === 0, stepDown: options.stepDown });
    },
  };
}
