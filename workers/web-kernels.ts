// The kernels as a worker has them: WASM and tfjs's binary come from this site's own files. Tests may ask for a backend
// by the worker's name: `barnacle-fit?backend=reference&fallbackAdapter`.
import type { Versions } from '../src/core/base/task.ts';
import type { Kernels } from '../src/core/learners/learner.ts';
import { selectKernels, type KernelBackend } from '../src/kernels/select.ts';

/** `made` says what a fit by that learner was made with. */
export async function webKernels(): Promise<{ kernels: Kernels; made(learner: string): Promise<Versions> }> {
  const asked = new URLSearchParams(self.name.split('?')[1] ?? '');
  const selected = await selectKernels({ backend: (asked.get('backend') as KernelBackend | null) ?? 'auto', allowFallbackAdapter: asked.has('fallbackAdapter') });
  const { trees } = selected.kernels;
  return {
    kernels: selected.kernels,
    async made(learner) {
      const backend = learner === 'mlp' ? selected.denseBackend() : learner === 'gbt' ? trees.backend : 'core';
      return { barnacle: __VERSION__, kernels: __VERSION__, backend, threads: learner === 'gbt' ? trees.threads : 1, extra: {} };
    },
  };
}
