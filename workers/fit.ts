// Prepares data for a run, or takes a run through fit, evaluation and bundle: one call at a time, progress on the way.
// Kernels are chosen once per worker and number of threads; the neural backend loads when a net is first trained.
import { expose, releaseProxy } from 'comlink';
import type { Progress, WorkContext } from '../src/core/base/task.ts';
import type { CleanContext } from '../src/core/clean/clean.ts';
import { debugRun } from '../src/core/pipeline/debug-run.ts';
import { labelIssues } from '../src/core/pipeline/label-issues.ts';
import { prepare } from '../src/core/pipeline/prepare.ts';
import { structureOf } from '../src/core/pipeline/structure.ts';
import { findSuspects } from '../src/core/profile/suspects/find-suspects.ts';
import { alive } from '../src/wire/alive.ts';
import { workContext, type StopFlag } from '../src/wire/breathe.ts';
import { carryErrors } from '../src/wire/errors.ts';
import type { FitApi, NamedTable } from '../src/wire/fit.ts';
import { sharePrepared } from '../src/wire/share.ts';
import { runKept } from './run-kept.ts';
import { kernelsByThreads, withServing } from './web-kernels.ts';

carryErrors();
const kernels = kernelsByThreads();
let flag: StopFlag = { wish: 'go' };

/** Runs `body` under a fresh flag; the callback's port is let go afterwards. */
async function during<T>(onProgress: (progress: Progress) => void, body: (context: WorkContext) => Promise<T>): Promise<T> {
  flag = { wish: 'go' };
  try {
    return await body(workContext('fit', flag, (progress) => void onProgress(progress)));
  } finally {
    (onProgress as Partial<{ [releaseProxy](): void }>)[releaseProxy]?.();
  }
}

const fit = {
  prepare: (spec, table, tables, from, onProgress) => during(onProgress, async (context) => sharePrepared(await prepare(spec, table, context, tablesOf(tables), from))),
  run: (spec, prepared, options, onProgress, onKeep) => during(onProgress, async (context) => runKept(spec, prepared, options, { ...context, ...(await kernels(options.threads)) }, flag, onKeep)),
  debug: (spec, table, tables, prepared, { tools, threads }, onProgress, onFinding) =>
    during(onProgress, async (context) => {
      const { kernels: loaded } = await kernels(threads);
      try {
        return await debugRun(spec, table, await withServing({ ...context, kernels: loaded }), { tools, prepared, tables: tablesOf(tables), each: (finding) => void onFinding(finding) });
      } finally {
        (onFinding as Partial<{ [releaseProxy](): void }>)[releaseProxy]?.();
      }
    }),
  suspects: (table, onProgress) => during(onProgress, (context) => findSuspects(table, context)),
  labelIssues: (table, recipe, onProgress) => during(onProgress, async (context) => labelIssues(table, recipe, { ...context, kernels: (await kernels(1)).kernels })),
  structure: (table, recipe, spec, onProgress) => during(onProgress, (context) => structureOf(table, recipe, spec, context)),
  async stop(keep) {
    if (flag.wish !== 'discard') flag.wish = keep ? 'stop' : 'discard';
  },
  async pause() {
    if (flag.wish === 'go') flag.wish = 'pause';
  },
} satisfies FitApi;

const tablesOf = (tables: readonly NamedTable[]): CleanContext => ({ table: (id) => tables.find((each) => each.id === id)?.table ?? null });

expose({ ...fit, ...alive });
