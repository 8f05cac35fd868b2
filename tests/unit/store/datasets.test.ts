import { beforeEach, describe, expect, it } from 'vitest';
import { hashTable } from '../../../src/core/table/hash-table.ts';
import { freshDatabase, testStore } from './open.ts';
import { cardOf, mixedTable, wideTable } from './records.ts';

beforeEach(freshDatabase);

describe('datasets', () => {
  it('restores a table of every kind with the same content hash', async () => {
    const store = await testStore();
    const table = mixedTable();
    await store.datasets.save(cardOf(table), table);
    const back = await store.datasets.table(hashTable(table));
    expect(back).toEqual(table);
    expect(hashTable(back)).toBe(hashTable(table));
  });

  it('cuts columns into 4 MB chunks across column borders', async () => {
    const store = await testStore();
    const table = wideTable(1_000_003);
    const card = cardOf(table);
    await store.datasets.save(card, table);
    const manifest = await store.connection.read(['manifests'], (tx) => tx.objectStore('manifests').get(card.id));
    expect(manifest!.chunks.map((c) => c.bytes)).toEqual([4194304, 4194304, 9000032 - 2 * 4194304]);
    expect(hashTable(await store.datasets.table(card.id))).toBe(card.id);
  });

  it('refuses a chunk with one flipped bit, naming it', async () => {
    const store = await testStore();
    const table = mixedTable();
    const card = cardOf(table);
    await store.datasets.save(card, table);
    await store.connection.write(['chunks'], { durability: 'strict' }, async (tx) => {
      const bytes = new Uint8Array((await tx.objectStore('chunks').get([card.id, 0]))!);
      bytes[3] ^= 1;
      await tx.objectStore('chunks').put(bytes.buffer, [card.id, 0]);
    });
    await expect(store.datasets.table(card.id)).rejects.toMatchObject({ code: 'storage-corrupt', details: { id: card.id, reason: 'chunk 0 of 1 has another checksum' } });
  });

  it('refuses a missing chunk and an unknown dataset', async () => {
    const store = await testStore();
    const table = mixedTable();
    const card = cardOf(table);
    await store.datasets.save(card, table);
    await store.connection.write(['chunks'], { durability: 'strict' }, (tx) => tx.objectStore('chunks').delete([card.id, 0]));
    await expect(store.datasets.table(card.id)).rejects.toMatchObject({ code: 'storage-corrupt' });
    await expect(store.datasets.table('0'.repeat(32))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leaves nothing of a dataset whose write failed half-way', async () => {
    const store = await testStore();
    const table = mixedTable();
    const card = { ...cardOf(table), how: { bad: (() => 0) as unknown as string } };
    await expect(store.datasets.save(card, table)).rejects.toThrow();
    const counts = await store.connection.read(['chunks', 'cards', 'manifests'], (tx) => Promise.all([tx.objectStore('chunks').count(), tx.objectStore('cards').count(), tx.objectStore('manifests').count()]));
    expect(counts).toEqual([0, 0, 0]);
  });

  it('removes cards, manifests and chunks together', async () => {
    const store = await testStore();
    const [a, b] = [mixedTable(), wideTable(10)];
    await store.datasets.save(cardOf(a), a);
    await store.datasets.save(cardOf(b), b);
    await store.datasets.remove(hashTable(a));
    expect(await store.datasets.has(hashTable(a))).toBe(false);
    expect(hashTable(await store.datasets.table(hashTable(b)))).toBe(hashTable(b));
    expect(await store.connection.read(['chunks'], (tx) => tx.objectStore('chunks').count())).toBe(1);
  });
});
