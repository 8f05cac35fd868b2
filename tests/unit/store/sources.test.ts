import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { steps } from '../../../src/store/migrations.ts';
import { databaseName } from '../../../src/store/schema.ts';
import { freshDatabase, testStore } from './open.ts';

beforeEach(freshDatabase);
const source = (id: string) => ({ id, name: 'a.csv', options: { delimiter: ';' }, files: [{ name: 'a.csv', blob: new Blob(['x;y\n1;2\n']) }] });

test('gives back the bytes and options that a dataset was read with', async () => {
  const store = await testStore();
  expect(await store.sources.save(source('d'))).toBe(true);
  const back = await store.sources.get('d');
  expect(back).toMatchObject({ id: 'd', options: { delimiter: ';' } });
  expect(await back!.files[0].blob.text()).toBe('x;y\n1;2\n');
  await store.datasets.remove('d');
  expect(await store.sources.get('d')).toBeNull();
});

test('a file beyond the limit is not kept, and says so', async () => {
  const store = await testStore();
  const huge = { ...source('d'), files: [{ name: 'a.csv', blob: { size: 2 ** 40 } as Blob }] };
  expect(await store.sources.save(huge)).toBe(false);
  expect(await store.sources.get('d')).toBeNull();
});

test('a database of version 1 gets the place for sources and keeps what it has', async () => {
  const old = await openDB(databaseName, 1, { upgrade: (db, _from, _to, tx) => void steps[0](db as never, tx as never) });
  await old.put('settings', { id: 'kept', value: 7 });
  old.close();
  const store = await testStore();
  expect(await store.settings.get('kept')).toBe(7);
  expect(await store.sources.save(source('d'))).toBe(true);
});
