// A run that was stopped is kept with a full evaluation: the stop ends the fit, not the bootstrap.
import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { referenceTrees } from '../../../../src/core/learners/gbt/reference.ts';
import { referenceDense } from '../../../../src/core/learners/mlp/reference.ts';
import { fitHere, run } from '../../../../src/core/pipeline/run.ts';
import { suggest } from '../../../../src/core/pipeline/suggest.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { makeTable, numbersOf } from '../../../../src/core/table/build.ts';

test('a stopped fit keeps its trees and has an interval', async () => {
  const x = Array.from({ length: 400 }, (_, i) => (i * 37) % 101);
  const table = makeTable([numbersOf('x', x), numbersOf('y', x.map((v, i) => v + (i % 7)))]);
  const { recipe, split } = suggest(await profileTable(table, quiet), 'y', null);
  const spec = { data: 'd', recipe, split, learner: { type: 'gbt', params: {} }, metrics: ['rmse'], seed: 1 };
  const fit = fitHere({ trees: referenceTrees, dense: async () => referenceDense }, async () => ({ barnacle: '', kernels: '', backend: '', threads: 1, extra: {} }));
  const { run: record } = await run(spec, table, { ...quiet, breathe: async () => 'stop', clock: () => 0, fit, prepared: null, resamples: 60 });
  expect(record.status).toBe('stopped');
  expect(record.curve.length).toBeLessThan(5);
  expect(record.evaluation!.resamples).toBe(60);
  expect(record.evaluation!.metrics['rmse'].low).toBeLessThan(record.evaluation!.metrics['rmse'].high);
});
