// The engine of the tree benchmarks in one place: the learners, and kernels in WASM with exactly so many threads.
import type { TreeKernels } from '../../core/learners/trees/kernels.ts';
import type { Kernels } from '../../core/learners/learner.ts';
import { gbt } from '../../core/learners/gbt/gbt.ts';
import { loadTreeKernels } from '../../kernels/trees-wasm/index.ts';
import { spawnThread } from '../spawn-thread.ts';

export { gbt };

/** Throws with the reason when something slower came instead. `aloneUpTo` 0 puts the smallest fit on all threads too. */
export async function treeKernels(threads: number, aloneUpTo?: number): Promise<TreeKernels> {
  const { kernels, reason } = await loadTreeKernels({ threads, spawn: spawnThread, aloneUpTo });
  if (kernels.backend !== 'wasm' || kernels.threads !== threads) throw new Error(`the tree kernels give ${kernels.backend} on ${kernels.threads} threads, not wasm on ${threads}: ${reason() ?? 'no reason'}`);
  return kernels;
}

/** What a learner is given: these tree kernels and no neural ones. */
export const onlyTrees = (trees: TreeKernels): Kernels => ({ trees, nets: () => Promise.reject(new Error('no net is trained here')) }) as unknown as Kernels;
