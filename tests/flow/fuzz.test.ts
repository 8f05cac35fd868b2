// A small run of the fuzz bench over every format; `npm run bench -- fuzz` takes 100,000 files and more.
import { expect, test } from 'vitest';
import { fuzz } from '../../src/cli/bench/fuzz.ts';
import { fuzzCorpus } from '../../src/cli/bench/fuzz-corpus.ts';

test('4,000 damaged files give tables or typed errors', { timeout: 240_000 }, async () => {
  const corpus = await fuzzCorpus('tests/golden/io');
  expect(corpus.length).toBeGreaterThan(8);
  const { tallies, damages } = await fuzz(corpus, 1, 4000, () => {});
  expect(damages.filter((damage) => !damage.what.startsWith('took'))).toEqual([]);
  const all = [...tallies.values()];
  expect(all.reduce((sum, tally) => sum + tally.tables + tally.errors, 0)).toBe(4000);
  expect(all.some((tally) => tally.errors > 0) && all.some((tally) => tally.tables > 0)).toBe(true);
});
