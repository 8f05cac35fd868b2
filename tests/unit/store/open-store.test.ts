import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryMarker } from '../../../src/store/marker.ts';
import { databaseVersion } from '../../../src/store/schema.ts';
import { freshDatabase, testStore } from './open.ts';
import { cardOf, mixedTable, projectOf } from './records.ts';

beforeEach(freshDatabase);

describe('openStore', () => {
  it('finds everything again after closing and opening', async () => {
    const first = await testStore();
    await first.projects.save(projectOf('a'));
    await first.projects.save({ ...projectOf('b'), updatedAt: 2 });
    first.close();
    const second = await testStore();
    expect((await second.projects.all()).map((p) => p.id)).toEqual(['b', 'a']);
    expect(await second.projects.get('c')).toBeNull();
  });

  it('notices a lost database by the marker, and goes on when the loss is accepted', async () => {
    const marker = memoryMarker();
    const first = await testStore(marker);
    await first.projects.save(projectOf('a'));
    first.close();
    freshDatabase();
    const second = await testStore(marker);
    await expect(second.checkLoss()).rejects.toMatchObject({ code: 'storage-lost', details: { expected: 1, found: 0 } });
    await second.projects.save(projectOf('b'));
    expect((await marker.get())!.projects).toBe(1);
    await second.acceptLoss();
    await second.checkLoss();
    expect((await marker.get())!.projects).toBe(1);
  });

  it('does not cry loss after a project was deleted on purpose', async () => {
    const marker = memoryMarker();
    const first = await testStore(marker);
    await first.projects.save(projectOf('a'));
    await first.projects.remove('a');
    first.close();
    await (await testStore(marker)).checkLoss();
  });

  it('clears what was half-written and keeps the rest', async () => {
    const first = await testStore();
    const table = mixedTable();
    await first.datasets.save(cardOf(table), table);
    await first.connection.write(['chunks', 'bundles'], { durability: 'strict' }, async (tx) => {
      await tx.objectStore('chunks').put(new ArrayBuffer(8), ['dead', 0]);
      await tx.objectStore('chunks').put(new ArrayBuffer(8), ['dead', 1]);
      await tx.objectStore('bundles').put(new ArrayBuffer(8), 'headless');
    });
    first.close();
    const second = await testStore();
    const left = await second.connection.read(['chunks', 'bundles'], (tx) => Promise.all([tx.objectStore('chunks').getAllKeys(), tx.objectStore('bundles').getAllKeys()]));
    expect(left).toEqual([[[cardOf(table).id, 0]], []]);
  });

  it('says newer-version when the database is of a later app', async () => {
    (await openDB('barnacle', 99)).close();
    await expect(testStore()).rejects.toMatchObject({ code: 'newer-version' });
  });

  it('gives way when another tab upgrades, and says so', async () => {
    const store = await testStore();
    (await openDB('barnacle', databaseVersion + 1)).close();
    await expect(store.projects.all()).rejects.toMatchObject({ code: 'storage-blocked' });
  });

  it('says storage-full with the bytes that were needed', async () => {
    const store = await testStore();
    const full = store.connection.write(['settings'], { durability: 'strict', bytes: 123 }, async () => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await expect(full).rejects.toMatchObject({ code: 'storage-full', details: { needed: 123 } });
  });
});

describe('runs', () => {
  it('go with the models that they made, and with no others', async () => {
    const store = await testStore();
    await store.connection.write(['bundles', 'bundleCards'], { durability: 'strict' }, async (tx) => {
      for (const [id, run] of [['m1', 'r1'], ['m2', 'r2'], ['m3', null]] as const) {
        await tx.objectStore('bundles').put(new ArrayBuffer(1), id);
        await tx.objectStore('bundleCards').put({ id, name: id, run, bytes: 1, addedAt: 0 });
      }
    });
    await store.runs.remove(['r1']);
    expect(await store.connection.read(['bundles'], (tx) => tx.objectStore('bundles').getAllKeys())).toEqual(['m2', 'm3']);
    expect(await store.bundles.card('m1')).toBeNull();
  });
});
