// The kernels as a worker has them: WASM and tfjs's binary come from this site's own files. What a page asked for in its
// query (client/engine.ts) stands in the worker's name: `barnacle-fit?backend=reference&fallbackAdapter`.
import type { Versions, WorkContext } from '../src/core/base/task.ts';
import type { ReadContext } from '../src/core/io/csv/csv-kernels.ts';
import type { Kernels } from '../src/core/learners/learner.ts';
import { loadCsvKernels } from '../src/kernels/csv-wasm/index.ts';
import type { ServingContext } from '../src/core/models/serving-kernels.ts';
import { loadServing } from '../src/kernels/load-serving.ts';
import { madeWith, selectKernels, type KernelBackend, type Selected } from '../src/kernels/select.ts';
import { spawnThread } from './spawn-thread.ts';

const backends: readonly KernelBackend[] = ['auto', 'webgpu', 'wasm', 'reference'];

const asked = (): URLSearchParams => new URLSearchParams(self.name.split('?')[1] ?? '');

/** What this thread trains with, as the page asked; `threads` are for one fit. */
export function selectAsAsked(threads = 1): Promise<Selected> {
  return selectKernels({ backend: backends.find((backend) => backend === asked().get('backend')) ?? 'auto', allowFallbackAdapter: asked().has('fallbackAdapter'), threads, spawnThread });
}

/** The context with this thread's CSV kernels, for reading files. */
export async function readContext(context: WorkContext): Promise<ReadContext> {
  return asked().get('backend') === 'reference' ? context : { ...context, csv: await loadCsvKernels() };
}

/** Milliseconds between two checkpoints of a fit, as the page asked (`keepEvery=300`: for tests); undefined = as it is. */
export function keepEvery(): number | undefined {
  const ms = Number(asked().get('keepEvery') ?? NaN);
  return ms >= 0 ? ms : undefined;
}

/** The context with this thread's kernels for predicting. */
export async function withServing<C extends WorkContext>(context: C): Promise<C & ServingContext> {
  return { ...context, serving: asked().get('backend') === 'reference' ? null : await loadServing() };
}

export interface WebKernels { readonly kernels: Kernels; made(learner: string): Promise<Versions> }
/** Kernels for a number of threads, kept until another number is asked for (one fit at a time); `made` says what a fit by that learner was made with. */
export function kernelsByThreads(): (threads: number) => Promise<WebKernels> {
  let held: { threads: number; selected: Promise<Selected> } | null = null;
  return async (threads) => {
    if (held?.threads !== threads) {
      void held?.selected.then((selected) => selected.end());
      held = { threads, selected: selectAsAsked(threads) };
    }
    const selected = await held.selected;
    return { kernels: selected.kernels, made: async (learner) => madeWith(selected, learner) };
  };
}
