// What a run keeps and what it learns from: a stop ends the fit, not the bootstrap; validation rows go where they serve.
import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { referenceTrees } from '../../../../src/core/learners/trees/reference.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import { fitHere, run } from '../../../../src/core/pipeline/run.ts';
import { suggest } from '../../../../src/core/pipeline/suggest.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { makeTable, numbersOf } from '../../../../src/core/table/build.ts';

test('a stopped fit keeps its trees and has an interval', async () => {
  const x = Array.from({ length: 400 }, (_, i) => (i * 37) % 101);
  const table = makeTable([numbersOf('x', x), numbersOf('y', x.map((v, i) => v + (i % 7)))]);
  const { recipe, split } = suggest(await profileTable(table, quiet), 'y', null);
  const spec = { data: 'd', recipe, split, learner: { type: 'gbt', params: {} }, metrics: ['rmse'], seed: 1 };
  const fit = fitHere({ trees: referenceTrees, nets: async () => referenceNets }, async () => ({ barnacle: '', kernels: '', backend: '', threads: 1, extra: {} }));
  const { run: record } = await run(spec, table, { ...quiet, breathe: async () => 'stop', clock: () => 0, fit, prepared: null, resamples: 60 });
  expect(record.status).toBe('stopped');
  expect(record.curve.length).toBeLessThan(5);
  expect(record.evaluation!.resamples).toBe(60);
  expect(record.evaluation!.metrics['rmse'].low).toBeLessThan(record.evaluation!.metrics['rmse'].high);
});

test('a learner that does not stop early learns from the validation rows too; no rows are lost or shared', async () => {
  const x = Array.from({ length: 300 }, (_, i) => (i * 37) % 101);
  const table = makeTable([numbersOf('x', x), numbersOf('y', x.map((v, i) => v + (i % 7)))]);
  const { recipe, split } = suggest(await profileTable(table, quiet), 'y', null);
  const fit = fitHere({ trees: referenceTrees, nets: async () => referenceNets }, async () => ({ barnacle: '', kernels: '', backend: '', threads: 1, extra: {} }));
  const counts = async (type: string, params: { [key: string]: number }) => {
    const spec = { data: 'd', recipe, split, learner: { type, params }, metrics: ['rmse'], seed: 1 };
    return (await run(spec, table, { ...quiet, clock: () => 0, fit, prepared: null, resamples: 5 })).run.counts!;
  };
  const [line, trees] = [await counts('linear', {}), await counts('gbt', { trees: 3 })];
  expect([line.valid, trees.valid > 0]).toEqual([0, true]);
  expect(line.train).toBe(trees.train + trees.valid);
  expect(line.train + line.test).toBe(300);
});
