// What a dataset looks like as a whole: components and clusters in a fit worker, and cells to colour its rows by.
import { proxy } from 'comlink';
import { BarnacleError } from '../../src/core/base/errors.ts';
import type { Progress } from '../../src/core/base/task.ts';
import { cellsAt } from '../../src/core/pipeline/cells-at.ts';
import { mostClusters } from '../../src/core/structure/find-clusters.ts';
import { getColumn } from '../../src/core/table/build.ts';
import type { EngineApi } from '../../src/wire/engine.ts';
import type { Session } from './session.ts';

const mostCells = 5_000;

export const structureCalls = (session: Session): Pick<EngineApi, 'structure' | 'cellsAt'> => ({
  structure: (job, dataset, recipe, spec, onProgress) =>
    session.jobs.during(job, async (running) => {
      const { clusters } = spec;
      if (!(Number.isInteger(clusters) && (clusters === 0 || (clusters >= 2 && clusters <= mostClusters)))) throw new BarnacleError('bad-param', `clusters ${clusters} is no number of them; give 0 (chosen from the data) or 2 to ${mostClusters}`, { path: 'clusters', value: clusters, expected: `0, or 2 to ${mostClusters}` });
      const table = await session.table(dataset);
      return session.pool.use(running.flag, (remote) => remote.structure(table, recipe, spec, proxy((progress: Progress) => onProgress(progress))));
    }),
  async cellsAt(dataset, column, rows) {
    const table = await session.table(dataset);
    const bad = rows.length > mostCells || rows.some((row) => !Number.isInteger(row) || row < 0 || row >= table.rows);
    if (bad) throw new BarnacleError('bad-param', `rows are ${rows.length} numbers, not all of a table of ${table.rows}; ask for at most ${mostCells} of its rows`, { path: 'rows', value: rows.length, expected: `at most ${mostCells} rows of the table` });
    return cellsAt(getColumn(table, column), Int32Array.from(rows));
  },
});
