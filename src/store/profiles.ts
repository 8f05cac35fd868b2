// Profiles by dataset: they can be made again, so they are written relaxed and may be cleared as a cache.
import type { Hash } from '../core/base/json.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { Connection } from './connection.ts';

export interface Profiles {
  get(dataset: Hash): Promise<Profile | null>;
  save(dataset: Hash, profile: Profile): Promise<void>;
  clear(): Promise<void>;
}

export const profilesOf = (connection: Connection): Profiles => ({
  get: (id) => connection.read(['profiles'], async (tx) => (await tx.objectStore('profiles').get(id))?.profile ?? null),
  save: (id, profile) => connection.write(['profiles'], { durability: 'relaxed', change: { verb: 'saved', kind: 'profile', id } }, async (tx) => void (await tx.objectStore('profiles').put({ id, profile }))),
  clear: () => connection.write(['profiles'], { durability: 'relaxed' }, (tx) => tx.objectStore('profiles').clear()),
});
