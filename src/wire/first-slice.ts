// The worker's side of a long profile: only its first columns go with the reply, the rest when the client asks.
import type { Profile } from '../core/profile/profile.ts';
import { profileSlice } from './engine.ts';

export const firstSlice = <P extends Profile | null>(profile: P): P => (profile === null || profile.columns.length <= profileSlice ? profile : { ...profile, columns: profile.columns.slice(0, profileSlice) });
