import { beforeEach, expect, test } from 'vitest';
import { currentProject, type AnyProject } from '../../../src/store/current-project.ts';
import { freshDatabase, testStore } from './open.ts';
import { projectOf } from './records.ts';

beforeEach(freshDatabase);

const older = (change: Partial<AnyProject> = {}): AnyProject => {
  const { pending: _pending, model: _model, clean: _clean, cleaned: _cleaned, contract: _contract, tables: _tables, versions: _versions, dictionary: _dictionary, alerting: _alerting, ...rest } = projectOf('a');
  return { ...rest, ...change };
};
const report = { bits: 8, bytes: 3, bytesBefore: 9, metric: 'rmse', before: 1, after: 1, bundle: 'b' };

test('a record of this version stays as it is', () => {
  const record = { ...projectOf('a'), model: { bundle: 'b', name: 'M', bytes: 1 } };
  expect(currentProject(record)).toEqual(record);
});

test('an older record gets what came later', () => {
  expect(currentProject(older())).toEqual(projectOf('a'));
  expect(currentProject(older({ kept: 'r', compress: report }))).toMatchObject({ compress: report, model: null });
});

test('a model from a file, once kept as a compression, becomes the model', () => {
  expect(currentProject(older({ name: 'Gift', compress: { ...report, metric: '' } }))).toMatchObject({ compress: null, model: { bundle: 'b', name: 'Gift', bytes: 3 } });
});

test('the store reads older records through it', async () => {
  const store = await testStore();
  await store.connection.write(['projects'], { durability: 'strict' }, async (tx) => void (await tx.objectStore('projects').put(older() as never)));
  expect(await store.projects.get('a')).toEqual(projectOf('a'));
  expect(await store.projects.all()).toEqual([projectOf('a')]);
});
