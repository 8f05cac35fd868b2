// Debugging tools on a stored run: its data prepared as for training, the tools in a fit worker, what they find kept with the run.
import { proxy } from 'comlink';
import { BarnacleError } from '../../src/core/base/errors.ts';
import type { Progress } from '../../src/core/base/task.ts';
import type { DebugFinding } from '../../src/core/debug/debug.ts';
import { debugTools } from '../../src/core/debug/index.ts';
import { learners } from '../../src/core/learners/index.ts';
import type { EngineApi } from '../../src/wire/engine.ts';
import type { Session } from './session.ts';

export function debugCalls(session: Session): Pick<EngineApi, 'debugRun'> {
  return {
    debugRun: (jobId, id, tools, onProgress, onFinding) =>
      session.jobs.during(jobId, async (job) => {
        const { runs } = await session.store();
        const run = await runs.get(id);
        if (!run) throw new BarnacleError('not-found', `run ${id} is not stored here; train it again`, { what: 'run', id });
        const { from: _, ...spec } = run.spec;
        const [table, joined] = [await session.table(spec.data), await session.joined(spec.clean)];
        const prepared = await session.prepared(spec, job.flag, onProgress);
        const line = session.fits.enter(learners.get(spec.learner.type).fitsOn !== 'core');
        const found: DebugFinding[] = [];
        const hear = (finding: DebugFinding): void => {
          found.push(finding);
          onFinding(finding);
        };
        try {
          await session.pool.use(job.flag, (remote) => remote.debug(spec, table, joined, prepared, { tools, threads: line.begin() }, proxy((progress: Progress) => onProgress(progress)), proxy(hear)));
        } finally {
          line.end();
        }
        const before = await runs.get(id);
        if (!before) throw new BarnacleError('not-found', `run ${id} was deleted while it was looked into`, { what: 'run', id });
        const filled = { ...before, debug: merged(before.debug ?? [], found) };
        await runs.save(filled);
        return filled;
      }),
  };
}

/** Each tool's last finding, in the order of the tools. */
function merged(before: readonly DebugFinding[], found: readonly DebugFinding[]): DebugFinding[] {
  const last = new Map([...before, ...found].map((finding) => [finding.id, finding]));
  return debugTools.all.flatMap((tool) => last.get(tool.type) ?? []);
}
