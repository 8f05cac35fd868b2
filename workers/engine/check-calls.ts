// What is wrong with a dataset: suspect cells, wrong labels, rows that break a contract, and how two datasets differ.
import { proxy } from 'comlink';
import { quiet, type Progress } from '../../src/core/base/task.ts';
import { checkData } from '../../src/core/contract/check-data.ts';
import { inferDataContract } from '../../src/core/contract/infer-data-contract.ts';
import { diffDatasets } from '../../src/core/lineage/diff-datasets.ts';
import { profileTable } from '../../src/core/profile/profile-table.ts';
import { evaluate, parseExpression } from '../../src/core/table/expression/index.ts';
import type { EngineApi } from '../../src/wire/engine.ts';
import type { ProfileOf } from './profile-of.ts';
import type { Session } from './session.ts';

type Calls = Pick<EngineApi, 'alerts' | 'suspects' | 'labelIssues' | 'inferDataContract' | 'checkContract' | 'compare'>;

export const checkCalls = (session: Session, profileOf: ProfileOf): Calls => ({
  alerts: (job, dataset, { thresholds, silent, target }, onProgress) =>
    session.jobs.during(job, async (running) => (await profileTable(await session.table(dataset), running.context(onProgress), { thresholds, silent, target, today: Date.now() })).alerts),
  suspects: (job, dataset, onProgress) =>
    session.jobs.during(job, async (running) => {
      const table = await session.table(dataset);
      return session.pool.use(running.flag, (remote) => remote.suspects(table, proxy((progress: Progress) => onProgress(progress))));
    }),
  labelIssues: (job, dataset, recipe, onProgress) =>
    session.jobs.during(job, async (running) => {
      const table = await session.table(dataset);
      return session.pool.use(running.flag, (remote) => remote.labelIssues(table, recipe, proxy((progress: Progress) => onProgress(progress))));
    }),
  inferDataContract: async (dataset) => inferDataContract(await session.table(dataset), (await profileOf(dataset, quiet)).sums),
  checkContract: async (dataset, contract) => checkData(contract, await session.table(dataset), { now: Date.now(), evaluate: (text, table) => evaluate(parseExpression(text), table, 'rule') }),
  async compare(a, b) {
    const [left, right] = await Promise.all([a, b].map(async (id) => ({ profile: await profileOf(id, quiet), table: await session.table(id) })));
    return diffDatasets(left, right);
  },
});
