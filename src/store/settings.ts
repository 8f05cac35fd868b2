// Small named JSON values that outlive a page: one record each.
import type { Json } from '../core/base/json.ts';
import type { Connection } from './connection.ts';

export interface Settings {
  get(id: string): Promise<Json>;
  save(id: string, value: Json): Promise<void>;
}

export const settingsOf = (connection: Connection): Settings => ({
  get: (id) => connection.read(['settings'], async (tx) => (await tx.objectStore('settings').get(id))?.value ?? null),
  save: (id, value) => connection.write(['settings'], { durability: 'relaxed', change: { verb: 'saved', kind: 'setting', id } }, async (tx) => void (await tx.objectStore('settings').put({ id, value }))),
});
