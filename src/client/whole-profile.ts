// The page's side of a long profile: the columns that did not come with the reply are fetched slice by slice, each taken
// in in a task of its own, so that ten thousand columns do not hold the page.
import type { Hash } from '../core/base/json.ts';
import type { Profile } from '../core/profile/profile.ts';
import { profileSlice, type EngineWire } from '../wire/engine.ts';

export async function wholeProfile(engine: Pick<EngineWire, 'profileColumns'>, dataset: Hash, profile: Profile): Promise<Profile> {
  if (profile.columns.length < profileSlice) return profile;
  const columns = [...profile.columns];
  for (let last = profileSlice; last === profileSlice; ) {
    const slice = await engine.profileColumns(dataset, columns.length);
    columns.push(...slice);
    last = slice.length;
  }
  return { ...profile, columns };
}
