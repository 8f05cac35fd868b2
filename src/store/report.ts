// What is stored, for the System page: counts and bytes by kind from cards (no column data is read), and the quota.
import type { StorageReport } from '../wire/engine.ts';
import type { Connection } from './connection.ts';

export async function storageReport(connection: Connection): Promise<StorageReport> {
  const kinds = await connection.read(['projects', 'cards', 'manifests', 'profiles', 'runs', 'bundleCards', 'checkpoints', 'settings', 'sources'], async (tx) => {
    const [sources, projects, manifests, profiles, runs, models, checkpoints, settings] = await Promise.all([tx.objectStore('sources').getAll(), tx.objectStore('projects').getAll(), tx.objectStore('manifests').getAll(), tx.objectStore('profiles').getAll(), tx.objectStore('runs').getAll(), tx.objectStore('bundleCards').getAll(), tx.objectStore('checkpoints').getAll(), tx.objectStore('settings').getAll()]);
    return [
      { kind: 'projects', count: projects.length, bytes: jsonBytes(projects) },
      { kind: 'datasets', count: manifests.length, bytes: manifests.reduce((sum, m) => sum + m.bytes, 0) },
      { kind: 'source files', count: sources.length, bytes: sources.reduce((sum, s) => sum + s.files.reduce((n, file) => n + file.blob.size, 0), 0) },
      { kind: 'profiles', count: profiles.length, bytes: jsonBytes(profiles) },
      { kind: 'runs', count: runs.length, bytes: jsonBytes(runs) },
      { kind: 'bundles', count: models.length, bytes: models.reduce((sum, m) => sum + m.bytes, 0) },
      { kind: 'checkpoints', count: checkpoints.length, bytes: checkpoints.reduce((sum, c) => sum + c.bytes, 0) },
      { kind: 'settings', count: settings.length, bytes: jsonBytes(settings) },
    ];
  });
  const storage = typeof navigator === 'object' ? navigator.storage : undefined;
  const estimate = await storage?.estimate?.();
  return { usage: estimate?.usage ?? kinds.reduce((sum, k) => sum + k.bytes, 0), quota: estimate?.quota ?? null, persisted: (await storage?.persisted?.()) ?? false, kinds };
}

const jsonBytes = (records: readonly unknown[]): number => records.reduce<number>((sum, record) => sum + JSON.stringify(record).length, 0);
