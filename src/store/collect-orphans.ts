// Finds and clears at start what nothing points to: chunks without a manifest, manifests without chunks or card, cards
// without a manifest, bundle bytes without a card and the other way round, checkpoints of runs that are on no
// leaderboard. What a project points to is never touched.
import type { Hash } from '../core/base/json.ts';
import { checkpointsOf } from './checkpoints.ts';
import type { Connection, WriteTx } from './connection.ts';
import { removeDataset } from './datasets.ts';

/** Clears checkpoints that nobody will resume. A run on a leaderboard may still have one: it failed with its worker. */
async function collectCheckpoints(connection: Connection): Promise<Hash[]> {
  const lost = await connection.read(['projects', 'checkpoints'], async (tx) => {
    const kept = await tx.objectStore('checkpoints').getAllKeys();
    if (!kept.length) return [];
    const projects = await tx.objectStore('projects').getAll();
    const owned = new Set(projects.flatMap((project) => project.runs));
    return kept.filter((run) => !owned.has(run));
  });
  if (lost.length) await checkpointsOf(connection).remove(lost);
  return lost;
}

/** Returns what was cleared, by kind and id. */
export async function collectOrphans(connection: Connection): Promise<{ kind: 'dataset' | 'bundle' | 'checkpoint'; id: string }[]> {
  const checkpoints = (await collectCheckpoints(connection)).map((id) => ({ kind: 'checkpoint' as const, id }));
  const kinds = ['chunks', 'cards', 'manifests', 'bundles', 'bundleCards'] as const;
  const lost = await connection.read([...kinds], async (tx) => {
    const [cards, manifests, bundles, bundleCards] = await Promise.all([tx.objectStore('cards').getAllKeys(), tx.objectStore('manifests').getAllKeys(), tx.objectStore('bundles').getAllKeys(), tx.objectStore('bundleCards').getAllKeys()]);
    const chunked = new Set<string>();
    let cursor = await tx.objectStore('chunks').openKeyCursor();
    while (cursor) {
      chunked.add(cursor.key[0]);
      cursor = await cursor.continue([cursor.key[0], Infinity]);
    }
    const whole = new Set(cards.filter((id) => manifests.includes(id)));
    const datasets = [...new Set([...cards, ...manifests, ...chunked])].filter((id) => !whole.has(id));
    const models = [...new Set([...bundles, ...bundleCards])].filter((id) => !bundles.includes(id) || !bundleCards.includes(id));
    return { datasets, models };
  });
  if (!lost.datasets.length && !lost.models.length) return checkpoints;
  await connection.write([...kinds], { durability: 'strict' }, async (tx: WriteTx) => {
    for (const id of lost.datasets) await removeDataset(tx, id);
    for (const id of lost.models) {
      await tx.objectStore('bundles').delete(id);
      await tx.objectStore('bundleCards').delete(id);
    }
  });
  return [...checkpoints, ...lost.datasets.map((id) => ({ kind: 'dataset' as const, id })), ...lost.models.map((id) => ({ kind: 'bundle' as const, id }))];
}
