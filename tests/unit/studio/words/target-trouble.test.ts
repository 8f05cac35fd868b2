import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { suggest } from '../../../../src/core/pipeline/suggest.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { classesOf } from '../../../../src/core/recipe/read-target.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import type { Column } from '../../../../src/core/table/table.ts';
import { targetTrouble } from '../../../../src/studio/words/target-trouble.ts';

/** What the page says, and whether core refuses the same target. */
async function judged(target: Column, above: number | null = null): Promise<[string | null, boolean]> {
  const table = makeTable([target]);
  const profile = await profileTable(table, quiet);
  const { recipe } = suggest(profile, target.name, above);
  let isRefused = false;
  try {
    classesOf(recipe, table);
  } catch {
    isRefused = true;
  }
  return [targetTrouble(recipe, profile.columns[0]), isRefused];
}
const levels = (rows: number, classes: number) => categoriesOf('y', Array.from({ length: rows }, (_, i) => `k${i % classes}`));

test.each([
  ['one class', levels(30, 1), null, 'one value only (k0)'],
  ['no value', categoriesOf('y', Array.from({ length: 30 }, () => null)), null, 'no value at all'],
  ['a class for nearly every row', levels(40, 30), null, '30 classes in 40 rows'],
  ['a class for every row', levels(60, 60), null, 'another value in every row'],
  ['more than a thousand classes', levels(4000, 1001), null, 'too many to learn'],
  ['a bound that no value passes', numbersOf('y', Array.from({ length: 30 }, (_, i) => i)), 99, 'No value of “y” is above 99'],
  ['a bound that all values pass', numbersOf('y', Array.from({ length: 30 }, (_, i) => i)), -1, 'Every value of “y” is above'],
])('%s is refused, in words, as core refuses it', async (_what, column, above, words) => {
  const [trouble, isRefused] = await judged(column, above);
  expect(trouble).toContain(words);
  expect(isRefused).toBe(true);
});

test.each([
  ['two classes', levels(30, 2), null],
  ['a thousand classes in many rows', levels(4000, 1000), null],
  ['twenty classes in thirty rows', levels(30, 20), null],
  ['a bound between', numbersOf('y', Array.from({ length: 30 }, (_, i) => i)), 10],
])('%s can be learned', async (_what, column, above) => {
  expect(await judged(column, above)).toEqual([null, false]);
});

test('a number of one value is said, though a regression would run', async () => {
  expect(targetTrouble({ task: 'regression', target: 'y', above: null }, { ...(await profileTable(makeTable([numbersOf('y', [3, 3, 3])]), quiet)).columns[0]! })).toContain('one value only');
});
