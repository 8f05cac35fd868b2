// The kernels as a worker has them: WASM and tfjs's binary come from this site's own files. What a page asked for in its
// query (client/engine.ts) stands in the worker's name: `barnacle-fit?backend=reference&fallbackAdapter`.
import type { Versions, WorkContext } from '../src/core/base/task.ts';
import type { ReadContext } from '../src/core/io/csv/csv-kernels.ts';
import type { Kernels } from '../src/core/learners/learner.ts';
import { loadCsvKernels } from '../src/kernels/csv-wasm/index.ts';
import { madeWith, selectKernels, type KernelBackend, type Selected } from '../src/kernels/select.ts';

const backends: readonly KernelBackend[] = ['auto', 'webgpu', 'wasm', 'reference'];

const asked = (): URLSearchParams => new URLSearchParams(self.name.split('?')[1] ?? '');

/** What this thread trains with, as the page asked. */
export function selectAsAsked(): Promise<Selected> {
  return selectKernels({ backend: backends.find((backend) => backend === asked().get('backend')) ?? 'auto', allowFallbackAdapter: asked().has('fallbackAdapter') });
}

/** The context with this thread's CSV kernels, for reading files. */
export async function readContext(context: WorkContext): Promise<ReadContext> {
  return asked().get('backend') === 'reference' ? context : { ...context, csv: await loadCsvKernels() };
}

/** `made` says what a fit by that learner was made with. */
export async function webKernels(): Promise<{ kernels: Kernels; made(learner: string): Promise<Versions> }> {
  const selected = await selectAsAsked();
  return { kernels: selected.kernels, made: async (learner) => madeWith(selected, learner) };
}
