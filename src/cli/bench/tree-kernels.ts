// The tree kernels of a benchmark: WASM with so many threads, or an error that says what came instead.
import type { TreeKernels } from '../../core/learners/gbt/kernels.ts';
import { loadTreeKernels } from '../../kernels/trees-wasm/index.ts';

export async function treeKernels(threads: number): Promise<TreeKernels> {
  const kernels = await loadTreeKernels();
  if (kernels.backend !== 'wasm' || kernels.threads !== threads) throw new Error(`the tree kernels give ${kernels.backend} on ${kernels.threads} threads, not wasm on ${threads}${kernels.reason ? `: ${kernels.reason}` : ''}`);
  return kernels;
}
