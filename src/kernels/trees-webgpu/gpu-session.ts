// A host session whose large leaves are summed on a GPU: same interface, same bits, for the leaves where the GPU is faster.
// On the first leaf both sum: their words are held against each other and their times give the size from which the GPU
// pays. Whatever fails on the GPU, in mid-tree too, the host goes on from its own rows and cells: nothing is lost.
import type { HostSession, TreeSession } from '../../core/learners/trees/kernels.ts';
import { openGpuSums, type GpuSums } from './gpu-sums.ts';

export interface GpuUse {
  device: GPUDevice;
  now(): number;
  /** Uses the GPU for every leaf, however small; tests only. */
  always: boolean;
  /** Told once why the host goes on alone. */
  stepDown(reason: string): void;
}
const probeRows = 4096;

export function gpuSession(host: HostSession, use: GpuUse): TreeSession {
  let sums: GpuSums | null = null;
  let opening: Promise<GpuSums> | null = null;
  let isDown = false;
  /** Least rows of a leaf for the GPU; null = not measured yet. */
  let least: number | null = use.always ? 1 : null;
  const { plan } = host;
  const down = (reason: string) => {
    if (!isDown) use.stepDown(reason);
    isDown = true;
    sums?.close();
    sums = null;
  };
  const open = (): Promise<GpuSums> => (opening ??= openGpuSums(use.device, host.cells, plan.rows, plan.columns.length, host.offsets));

  /** Both machines on one leaf: the host's words stay in the slot. */
  async function measure(pieces: readonly Int32Array[], slot: Int32Array, hostMs: number): Promise<void> {
    const gpu = sums as GpuSums;
    const found = new Int32Array(slot.length);
    const rows = countOf(pieces);
    const timed = async (some: readonly Int32Array[]): Promise<number> => {
      const start = use.now();
      await gpu.sum(some, found);
      return use.now() - start;
    };
    const few = pieces.map((piece) => piece.subarray(0, 2 * Math.ceil(probeRows / pieces.length)));
    await timed(few);
    const small = await timed(few);
    const large = await timed(pieces);
    for (let i = 0; i < slot.length; i++) if (found[i] !== slot[i]) return down(`webgpu: trees: word ${i} of the first histogram is ${found[i]}, not ${slot[i]}`);
    const perRow = Math.max(0, (large - small) / Math.max(1, rows - countOf(few)));
    const saved = hostMs / rows - perRow;
    least = saved > 0 ? Math.max(1, Math.ceil((small - perRow * countOf(few)) / saved)) : Infinity;
    if (least > rows) down(`webgpu: trees: the processor sums ${rows} rows in ${hostMs.toFixed(1)} ms, the GPU in ${large.toFixed(1)} ms`);
  }

  return {
    ...host,
    async expand(order, rules) {
      if (isDown || host.rowsIn(order.leaf) < (least ?? probeRows)) return host.expand(order, rules);
      const pieces = host.rowsOf(order.leaf);
      try {
        sums ??= await open();
        if (least === null) {
          const start = use.now();
          host.sum(order.leaf, order.slot);
          await measure(pieces, host.slotOf(order.slot), use.now() - start);
        } else await sums.sum(pieces, host.slotOf(order.slot));
      } catch (error) {
        down(`webgpu: trees: ${error instanceof Error ? error.message : String(error)}`);
        return host.expand(order, rules);
      }
      return host.finish(order, rules);
    },
    close() {
      sums?.close();
      host.close();
    },
  };
}

const countOf = (pieces: readonly Int32Array[]): number => pieces.reduce((sum, piece) => sum + piece.length / 2, 0);
