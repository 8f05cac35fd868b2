import { expect, test } from 'vitest';
import { wholeProfile } from '../../../src/client/whole-profile.ts';
import type { ColumnProfile, Profile } from '../../../src/core/profile/profile.ts';
import { profileSlice } from '../../../src/wire/engine.ts';
import { firstSlice } from '../../../src/wire/first-slice.ts';

const profileOf = (columns: number): Profile => ({ version: 1, rows: 1, columns: Array.from({ length: columns }, (_, i) => ({ name: `c${i}` }) as ColumnProfile), duplicateRows: 0, pairs: [], sampled: 1, alerts: [] });

test.each([0, 3, profileSlice - 1, profileSlice, profileSlice + 1, 3 * profileSlice, 3 * profileSlice + 7])('a profile of %i columns arrives whole, in slices', async (columns) => {
  const full = profileOf(columns);
  const sizes: number[] = [];
  const engine = { profileColumns: async (_dataset: string, from: number) => {
    const slice = full.columns.slice(from, from + profileSlice);
    sizes.push(slice.length);
    return slice;
  } };
  expect(await wholeProfile(engine, 'd', firstSlice(full))).toEqual(full);
  expect(sizes.every((size) => size <= profileSlice)).toBe(true);
  expect(sizes.length).toBe(columns < profileSlice ? 0 : Math.floor(columns / profileSlice));
});

test('no profile stays none', () => {
  expect(firstSlice(null)).toBeNull();
});
