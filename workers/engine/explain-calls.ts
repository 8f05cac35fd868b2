// Why a model says what it says: its trees' use of the raw columns, exact contributions of test rows and of a row by hand.
// The work is in core (pipeline/explain-*.ts); here are the run, its data and the kernels. Covers of an older model, which
// holds none, are counted once from its run's training rows where those are here.
import { BarnacleError, isBarnacleError } from '../../src/core/base/errors.ts';
import type { Hash } from '../../src/core/base/json.ts';
import type { Bundle } from '../../src/core/bundle/bundle.ts';
import { modelKinds } from '../../src/core/models/index.ts';
import { hasCovers, runCovers } from '../../src/core/pipeline/explain-covers.ts';
import { explainRow } from '../../src/core/pipeline/explain-row.ts';
import { explainRun } from '../../src/core/pipeline/explain-run.ts';
import { linearReport } from '../../src/core/pipeline/linear-report.ts';
import { treeColumns } from '../../src/core/pipeline/tree-columns.ts';
import { workContext } from '../../src/wire/breathe.ts';
import type { EngineApi } from '../../src/wire/engine.ts';
import { shapKernels } from '../shap-kernels.ts';
import { makeCache } from './cache.ts';
import { runOfBundle } from './run-of-bundle.ts';
import { contextOf, type Session } from './session.ts';

type Calls = Pick<EngineApi, 'treeColumns' | 'linearReport' | 'explainRun' | 'explainRow'>;
type Explained = { bundle: Bundle; covers: Float64Array | null; isExplainable: boolean };
const held = 2;

export function explainCalls(session: Session): Calls {
  const bundles = makeCache<Explained>(held, () => 1);
  return {
    treeColumns: async (id) => treeColumns((await runAndBundle(session, id)).bundle),
    linearReport: async (id) => linearReport((await runAndBundle(session, id)).bundle),
    explainRun: (jobId, id, onProgress) =>
      session.jobs.during(jobId, async (job) => {
        const { run, bundle } = await runAndBundle(session, id);
        return explainRun(bundle, run.spec, await session.table(run.spec.data), job.context(onProgress), { kernels: await shapKernels(), tables: contextOf(await session.joined(run.spec.clean)) });
      }),
    async explainRow(id, row) {
      const { bundle, covers, isExplainable } = await bundles.get(id, () => explainable(session, id));
      const { type } = bundle.model;
      if (!isExplainable) return { why: null, reason: type === 'trees' ? 'no-covers' : 'no-trees', model: modelKinds.get(type).label };
      return { why: await explainRow(bundle, row, { kernels: await shapKernels(), covers }, workContext('why', { wish: 'go' }, () => {})) };
    },
  };
}

async function explainable(session: Session, id: Hash): Promise<Explained> {
  const bundle = await (await session.store()).bundles.get(id);
  if (bundle.model.type !== 'trees') return { bundle, covers: null, isExplainable: false };
  if (hasCovers(bundle)) return { bundle, covers: null, isExplainable: true };
  const spec = runOfBundle(bundle, id, 0)?.spec;
  try {
    const covers = spec ? runCovers(bundle, spec, await session.table(spec.data), contextOf(await session.joined(spec.clean))) : null;
    return { bundle, covers, isExplainable: covers !== null };
  } catch (thrown) {
    if (isBarnacleError(thrown, 'not-found')) return { bundle, covers: null, isExplainable: false };
    throw thrown;
  }
}

async function runAndBundle(session: Session, id: Hash) {
  const store = await session.store();
  const run = await store.runs.get(id);
  if (!run?.bundle) throw new BarnacleError('not-found', `run ${id} has no model; train it first`, { what: 'run', id });
  return { run, bundle: await store.bundles.get(run.bundle) };
}
