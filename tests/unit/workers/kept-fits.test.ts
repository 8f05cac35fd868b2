import { beforeEach, expect, test } from 'vitest';
import { writeKeptFit, type KeptFit } from '../../../src/core/pipeline/kept-fit.ts';
import type { Change } from '../../../src/wire/announce.ts';
import { makeKeptFits } from '../../../workers/engine/kept-fits.ts';
import { freshDatabase, testStore } from '../store/open.ts';

beforeEach(freshDatabase);
const kept: KeptFit = { checkpoint: { learner: 'gbt', step: 7, model: { type: 'constant', task: 'regression', classes: [], features: 1, json: {}, arrays: { value: Float64Array.of(2) } }, json: { round: 7 } }, curve: [{ step: 7, train: 1, valid: null, rowsPerSecond: null }], fitMs: 5 };
const file = (run: string, by = '1') => writeKeptFit({ run, by, kept });

test('what was kept comes back as it was; dropped, it is gone', async () => {
  const store = await testStore();
  const fits = makeKeptFits(async () => store, { say: () => {}, close: () => {} }, '1');
  await fits.keep('r', 7, kept.curve, file('r'), true);
  expect(await fits.get('r')).toEqual(kept);
  await fits.drop(['r']);
  expect(await fits.get('r')).toBeNull();
});

test('of another version, of another run or damaged, it is dropped and the run begins at its start', async () => {
  const store = await testStore();
  const fits = makeKeptFits(async () => store, { say: () => {}, close: () => {} }, '1');
  await fits.keep('old', 7, [], file('old', '0'), false);
  await fits.keep('mixed', 7, [], file('other'), false);
  await fits.keep('bad', 7, [], file('bad').slice(0, 90), false);
  for (const run of ['old', 'mixed', 'bad']) {
    expect(await fits.get(run)).toBeNull();
    expect(await store.checkpoints.card(run)).toBeNull();
  }
});

test('where storage refuses it stays in memory, and that is said once', async () => {
  const said: Change[] = [];
  const fits = makeKeptFits(() => Promise.reject(new Error('no room')), { say: (change) => said.push(change), close: () => {} }, '1');
  await fits.keep('r', 7, [], file('r'), false);
  await fits.keep('r', 7, [], file('r'), false);
  expect(await fits.get('r')).toEqual(kept);
  expect(said).toMatchObject([{ verb: 'failed', kind: 'checkpoint', id: 'r' }]);
});
