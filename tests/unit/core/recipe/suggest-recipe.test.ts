// Suggested recipes on real tables: every learner-ready, the known traps left out with a reason.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../../src/core/io/index.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { fitMatrix } from '../../../../src/core/recipe/fit-recipe.ts';
import { rowsWithTarget } from '../../../../src/core/recipe/read-target.ts';
import { parseRecipe } from '../../../../src/core/recipe/parse-recipe.ts';
import { suggestRecipe } from '../../../../src/core/recipe/suggest-recipe.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { takeRows } from '../../../../src/core/table/take.ts';

const data = new URL('../../../../../shared/data/', import.meta.url);
const cases = [
  { file: 'adult.csv.gz', target: 'income', above: null, task: 'binary', drop: [] },
  { file: 'titanic_kaggle.csv', target: 'Survived', above: null, task: 'binary', drop: ['PassengerId', 'Name', 'Ticket', 'Cabin'] },
  { file: 'penguins.csv', target: 'species', above: null, task: 'multiclass', drop: [] },
  { file: 'diamonds.csv.gz', target: 'price', above: 5000, task: 'binary', drop: [] },
  { file: 'air_quality_uci.csv', target: 'C6H6(GT)', above: null, task: 'regression', drop: null },
  { file: 'telco_churn.csv', target: 'Churn', above: null, task: 'binary', drop: ['customerID'] },
];
for (const { file, target, above, task, drop } of cases) {
  const here = existsSync(new URL(file, data));
  if (!here) console.log(`skipped: shared/data/${file} is absent`);
  test.skipIf(!here)(`${file}: ${target}${above === null ? '' : ` > ${above}`}`, async () => {
    const { table } = await readTable(bytesSource(file, readFileSync(new URL(file, data))), {}, quiet);
    const profile = await profileTable(table, quiet);
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
    const { recipe, reasons } = suggestRecipe(profile, target, above);
    expect(reasons.every((reason) => /^.{20,}[.?]$/.test(reason))).toBe(true);
    expect(recipe.task).toBe(task);
    if (drop) expect(recipe.drop).toEqual(drop);
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
    const rows = rowsWithTarget(table, recipe);
    const { matrix, fitted } = fitMatrix(recipe, rows ? takeRows(table, rows) : table, { seed: 1 });
    expect(matrix.features.length).toBeGreaterThan(3);
    expect(new Set(matrix.features.map((f) => f.name)).size).toBe(matrix.features.length);
    for (const array of matrix.data) for (let i = 0; i < array.length; i++) if (!Number.isFinite(array[i])) throw new Error('a gap is left');
    expect(JSON.stringify(fitted).length).toBeLessThan(200_000);
  });
}

const made = (name: string, f: (i: number) => number) => numbersOf(name, Array.from({ length: 200 }, (_, i) => f(i)));
test('what holds the target itself is left out with its reason: the parts of a sum, an exact copy, a part of the class', async () => {
  const [a, b] = [(i: number) => (i * 37) % 89, (i: number) => (i * 53) % 97];
  const rides = await profileTable(makeTable([made('casual', a), made('registered', b), made('cnt', (i) => a(i) + b(i)), made('hour', (i) => (i * 31) % 24)]), quiet);
  const parts = suggestRecipe(rides, 'cnt', null);
  expect(parts.recipe.drop).toEqual(['casual', 'registered']);
  expect(parts.reasons.join(' ')).toContain('"cnt" is exactly "casual" + "registered"');
  expect(suggestRecipe(rides, 'casual', null).recipe.drop).toEqual(['cnt']);
  const mice = await profileTable(makeTable([categoriesOf('class', Array.from({ length: 200 }, (_, i) => `${i % 2 ? 'c' : 't'}-${i % 4 > 1 ? 's' : 'm'}`)), categoriesOf('genotype', Array.from({ length: 200 }, (_, i) => (i % 2 ? 'control' : 'other'))), made('x', b)]), quiet);
  expect(suggestRecipe(mice, 'class', null).recipe.drop).toEqual(['genotype']);
  const close = await profileTable(makeTable([made('y', b), made('near', (i) => b(i) + (i % 7) * 0.3), made('x', a)]), quiet);
  const warned = suggestRecipe(close, 'y', null);
  expect(warned.recipe.drop).toEqual([]);
  expect(warned.reasons.join(' ')).toContain('"near" nearly gives "y" away');
});
test('the last column left is never taken away', async () => {
  const copy = await profileTable(makeTable([made('y', (i) => (i * 37) % 89), made('copy', (i) => 2 * ((i * 37) % 89))]), quiet);
  expect(suggestRecipe(copy, 'y', null).recipe.drop).toEqual([]);
});
test('codes without gaps in a column called target are classes, a count of the same size is a number', async () => {
  const codes = made('target', (i) => i % 15);
  const profile = await profileTable(makeTable([codes, made('rings', (i) => i % 15), made('x', (i) => (i * 53) % 97)]), quiet);
  expect(suggestRecipe(profile, 'target', null).recipe.task).toBe('multiclass');
  expect(suggestRecipe(profile, 'rings', null).recipe.task).toBe('regression');
});
