import { expect, it } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { cellsAt } from '../../../../src/core/pipeline/cells-at.ts';
import { structureOf } from '../../../../src/core/pipeline/structure.ts';
import type { RecipeSpec } from '../../../../src/core/recipe/spec.ts';
import { categoriesOf, makeTable, numbersOf, textsOf } from '../../../../src/core/table/build.ts';

const rows = 90;
const kinds = ['a', 'b', 'c'];
const each = <T>(make: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => make(i));
const table = makeTable([
  numbersOf('size', each((i) => (i % 10 === 3 ? null : 1000 + 500 * (i % 3) + (i % 7)))),
  numbersOf('weight', each((i) => 20 * (i % 3) + ((i * 13) % 5))),
  categoriesOf('city', each((i) => `city ${(i * 7) % 30}`)),
  textsOf('words', each((i) => `some words ${i}`)),
  categoriesOf('kind', each((i) => kinds[i % 3])),
]);
const recipe: RecipeSpec = { version: 1, task: 'multiclass', target: 'kind', above: null, positive: null, drop: ['words'], steps: [
  { id: 't', type: 'target-encode', columns: ['city'], params: {} },
  { id: 'i', type: 'impute', columns: [], params: {} },
  { id: 's', type: 'standardise', columns: [], params: {} },
] };

it('looks at the recipe\u2019s features, blind to the target, in their own units', async () => {
  const found = await structureOf(table, recipe, { clusters: 3, seed: 1 }, quiet);
  expect(found.features.slice(0, 2)).toEqual([{ name: 'size', source: 'size' }, { name: 'weight', source: 'weight' }]);
  expect(found.features.slice(2).every((feature) => feature.source === 'city' && feature.name.startsWith('city='))).toBe(true);
  expect([found.rows, found.used, found.shown.rows.length]).toEqual([rows, rows, rows]);
  expect(found.shown.target).toMatchObject({ kind: 'class', name: 'kind', classes: kinds });
  for (const cluster of found.clustering!.clusters) expect(cluster.centre[0]).toBeGreaterThan(900);
});

it('needs no target: numbers and categories as they are, texts left out', async () => {
  const found = await structureOf(table, null, { clusters: 0, seed: 1 }, quiet);
  expect(new Set(found.features.map((feature) => feature.source))).toEqual(new Set(['size', 'weight', 'city', 'kind']));
  expect([found.shown.target, found.overall, found.clustering!.agreement]).toEqual([null, null, null]);
});

it('passes over rows without a target and names rows of the table', async () => {
  const holes = makeTable([table.columns[1], numbersOf('y', each((i) => (i % 2 ? i : null)))]);
  const found = await structureOf(holes, { ...recipe, task: 'regression', target: 'y', drop: [], steps: [] }, { clusters: 2, seed: 1 }, quiet);
  expect(found.rows).toBe(45);
  expect(found.shown.rows.every((row) => row % 2 === 1)).toBe(true);
});

it('takes even steps through a long table', async () => {
  const long = makeTable([numbersOf('x', Array.from({ length: 120_000 }, (_, i) => (i * 7919) % 1000)), numbersOf('z', Array.from({ length: 120_000 }, (_, i) => i % 17))]);
  const found = await structureOf(long, null, { clusters: 2, seed: 1 }, quiet);
  expect([found.rows, found.used, found.shown.rows.length]).toEqual([120_000, 50_000, 5_000]);
  expect(found.shown.rows.at(-1)).toBeGreaterThan(119_000);
});

it('gives cells to colour by: numbers, or the most frequent levels and the others', () => {
  expect(cellsAt(table.columns[0], Int32Array.of(0, 3))).toEqual({ kind: 'number', column: 'size', values: [1000, null], time: false });
  const cities = cellsAt(table.columns[2], Int32Array.from({ length: 60 }, (_, i) => i));
  expect(cities).toMatchObject({ kind: 'level', codes: { length: 60 } });
  if (cities.kind === 'level') expect([cities.levels.length, cities.levels.at(-1)]).toEqual([8, '23 others']);
});
