import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { storageReport } from '../../../src/store/report.ts';
import { chunkBytes } from '../../../src/store/schema.ts';
import { freshDatabase, testStore } from './open.ts';
import { projectOf } from './records.ts';

beforeEach(freshDatabase);

const curve = [{ step: 1, train: 0.5, valid: null, rowsPerSecond: 10, extra: { gain: 2 } }];
const at = (run: string, step = 1) => ({ run, step, curve, savedAt: 7 });
const bytesOf = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 255);

test('what was kept is found again in several chunks, with its card', async () => {
  const store = await testStore();
  const bytes = bytesOf(2 * chunkBytes + 5);
  await store.checkpoints.save(at('r', 312), bytes, true);
  expect(Buffer.compare((await store.checkpoints.bytes('r'))!, bytes)).toBe(0);
  expect(await store.checkpoints.card('r')).toMatchObject({ id: 'r', step: 312, curve, bytes: bytes.length, savedAt: 7 });
  expect((await store.checkpoints.some(['x', 'r'])).map((card) => card.id)).toEqual(['r']);
  expect([await store.checkpoints.bytes('x'), await store.checkpoints.card('x')]).toEqual([null, null]);
});

test('a later one takes the place of the earlier, its chunks too; the report counts it', async () => {
  const store = await testStore();
  await store.checkpoints.save(at('r'), bytesOf(chunkBytes + 1), false);
  await store.checkpoints.save(at('r', 2), bytesOf(10, 2), false);
  expect(await store.checkpoints.bytes('r')).toEqual(bytesOf(10, 2));
  expect(await store.connection.read(['checkpointChunks'], (tx) => tx.objectStore('checkpointChunks').getAllKeys())).toEqual([['r', 0]]);
  expect((await storageReport(store.connection)).kinds.find((kind) => kind.kind === 'checkpoints')).toEqual({ kind: 'checkpoints', count: 1, bytes: 10 });
  await store.checkpoints.remove(['r', 'x']);
  expect(await store.checkpoints.bytes('r')).toBeNull();
});

test('a damaged or missing chunk is said, never half a model', async () => {
  const store = await testStore();
  await store.checkpoints.save(at('r'), bytesOf(100), false);
  await store.connection.write(['checkpointChunks'], { durability: 'relaxed' }, async (tx) => void (await tx.objectStore('checkpointChunks').put(bytesOf(100, 9).buffer, ['r', 0])));
  await expect(store.checkpoints.bytes('r')).rejects.toMatchObject({ code: 'storage-corrupt', details: { what: 'checkpoint', id: 'r' } });
  await store.connection.write(['checkpointChunks'], { durability: 'relaxed' }, (tx) => tx.objectStore('checkpointChunks').delete(['r', 0]));
  await expect(store.checkpoints.bytes('r')).rejects.toMatchObject({ code: 'storage-corrupt' });
});

test('those of runs that are on no leaderboard are cleared at start', async () => {
  const first = await testStore();
  await first.projects.save({ ...projectOf('p'), runs: ['mine'] });
  for (const run of ['mine', 'nobodys']) await first.checkpoints.save(at(run), bytesOf(10), false);
  first.close();
  const second = await testStore();
  expect(await second.connection.read(['checkpoints'], (tx) => tx.objectStore('checkpoints').getAllKeys())).toEqual(['mine']);
});

test('a database of version 2 gets the place for checkpoints and keeps what it has', async () => {
  const old = await openDB('barnacle', 2, { upgrade: (db) => {
    for (const kind of ['projects', 'cards', 'manifests', 'profiles', 'bundleCards', 'settings', 'sources']) db.createObjectStore(kind, { keyPath: 'id' });
    db.createObjectStore('runs', { keyPath: 'id' }).createIndex('data', 'spec.data');
    for (const kind of ['chunks', 'bundles']) db.createObjectStore(kind);
  } });
  await old.put('projects', projectOf('p'));
  await old.put('settings', { id: 'theme', value: 'dark' });
  old.close();
  const store = await testStore();
  expect(await store.settings.get('theme')).toBe('dark');
  expect((await store.projects.all()).map((project) => project.id)).toEqual(['p']);
  await store.checkpoints.save(at('r'), bytesOf(3), true);
  expect(await store.checkpoints.bytes('r')).toEqual(bytesOf(3));
});
