// The profile of a dataset, made once: from memory, the store, or the table.
import type { Hash } from '../../src/core/base/json.ts';
import type { WorkContext } from '../../src/core/base/task.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { profileTable } from '../../src/core/profile/profile-table.ts';
import { storeOrNone, type Session } from './session.ts';

export type ProfileOf = (id: Hash, context: WorkContext) => Promise<Profile>;

export function makeProfileOf(session: Session): ProfileOf {
  const profiles = new Map<Hash, Promise<Profile>>();
  return (id, context) => {
    const held = profiles.get(id);
    if (held) return held;
    const made = (async () => {
      const store = await storeOrNone(session);
      const known = await store?.profiles.get(id);
      if (known) return known;
      const profile = await profileTable(await session.table(id), context, { today: Date.now() });
      await store?.profiles.save(id, profile).catch(() => {});
      return profile;
    })();
    profiles.set(id, made);
    made.catch(() => profiles.delete(id));
    return made;
  };
}
