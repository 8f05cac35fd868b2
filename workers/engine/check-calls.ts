// What is wrong with a dataset: suspect cells, wrong labels, rows that break a contract, and how two datasets differ.
import { proxy } from 'comlink';
import { quiet, type Progress } from '../../src/core/base/task.ts';
import { checkTable } from '../../src/core/contract/check-table.ts';
import { checkRules } from '../../src/core/contract/check-rules.ts';
import { inferContract } from '../../src/core/contract/infer-contract.ts';
import { diffDatasets } from '../../src/core/lineage/diff-datasets.ts';
import type { EngineApi } from '../../src/wire/engine.ts';
import type { ProfileOf } from './profile-of.ts';
import type { Session } from './session.ts';

type Calls = Pick<EngineApi, 'suspects' | 'labelIssues' | 'inferDataContract' | 'checkContract' | 'compare'>;
const maxBreaches = 1000;

export const checkCalls = (session: Session, profileOf: ProfileOf): Calls => ({
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
  async inferDataContract(dataset) {
    const table = await session.table(dataset);
    return inferContract(table, table.columns.map((column) => column.name));
  },
  async checkContract(dataset, contract) {
    const table = await session.table(dataset);
    const breaches = [...checkTable(contract, table), ...checkRules(contract, table)];
    const refused = new Set(breaches.filter((breach) => breach.policy === 'refuse' && breach.row !== null).map((breach) => breach.row));
    return { breaches: breaches.slice(0, maxBreaches), total: breaches.length, refusedRows: refused.size };
  },
  async compare(a, b) {
    const [left, right] = await Promise.all([a, b].map(async (id) => ({ profile: await profileOf(id, quiet), table: await session.table(id) })));
    return diffDatasets(left, right);
  },
});
