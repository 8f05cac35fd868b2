// Net kernels that tell when their device is lost in mid-fit: each step down is heard of with the backend that was lost.
// Otherwise they are the kernels given: what they answer is what those answer.
import type { NetKernels } from '../learners/mlp/net-kernels.ts';

/** `tell` is heard after the step down, when what is gone on with is known. */
export function tellLosses(kernels: NetKernels, tell: (lost: string) => Promise<void>): NetKernels {
  return {
    get backend() { return kernels.backend; },
    get threads() { return kernels.threads; },
    get reasons() { return kernels.reasons; },
    open: (options) => kernels.open(options),
    tensors: () => kernels.tensors(),
    async stepDown() {
      const lost = kernels.backend;
      const next = await kernels.stepDown();
      if (!next) return null;
      await tell(lost);
      return tellLosses(next, tell);
    },
  };
}
