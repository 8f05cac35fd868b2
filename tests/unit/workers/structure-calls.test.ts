import { expect, test } from 'vitest';
import { quiet } from '../../../src/core/base/task.ts';
import { structureOf } from '../../../src/core/pipeline/structure.ts';
import type { RecipeSpec } from '../../../src/core/recipe/spec.ts';
import type { StructureSpec } from '../../../src/core/structure/structure.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../src/core/table/build.ts';
import type { Table } from '../../../src/core/table/table.ts';
import { makeJobs } from '../../../workers/engine/jobs.ts';
import type { Session } from '../../../workers/engine/session.ts';
import { structureCalls } from '../../../workers/engine/structure-calls.ts';

const table = makeTable([numbersOf('x', [1, 2, 3, 11, 12, 13]), numbersOf('y', [1, 2, 1, 8, 9, 8]), categoriesOf('k', ['a', null, 'a', 'b', 'b', 'b'])]);
const remote = { structure: (given: Table, recipe: RecipeSpec | null, spec: StructureSpec) => structureOf(given, recipe, spec, quiet) };
const session = { jobs: makeJobs(), table: async () => table, pool: { use: async (_flag: unknown, body: (worker: typeof remote) => Promise<unknown>) => body(remote) } } as unknown as Session;
const calls = structureCalls(session);

test('a dataset has components and clusters, found in a fit worker', async () => {
  const found = await calls.structure('j', 'd', null, { clusters: 2, seed: 1 }, () => {});
  expect(found.clustering?.clusters.map((cluster) => cluster.size)).toEqual([3, 3]);
  expect(found.shown.cluster.slice(0, 3)).not.toContain(found.shown.cluster[5]);
});

test.each([1, -1, 2.5, 13, NaN])('%s clusters are refused', (clusters) => expect(calls.structure('j', 'd', null, { clusters, seed: 1 }, () => {})).rejects.toMatchObject({ code: 'bad-param' }));

test('cells are given at rows of the table and nowhere else', async () => {
  expect(await calls.cellsAt('d', 'k', [0, 1, 3])).toEqual({ kind: 'level', column: 'k', levels: ['a', 'b'], codes: [0, -1, 1] });
  for (const rows of [[6], [-1], [0.5], Array<number>(5001).fill(0)]) await expect(calls.cellsAt('d', 'k', rows)).rejects.toMatchObject({ code: 'bad-param' });
  await expect(calls.cellsAt('d', 'gone', [0])).rejects.toMatchObject({ code: 'missing-column' });
});
