import { expect, test } from 'vitest';
import { sigmoid } from '../../../../src/core/base/numerics.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { permutationImportance, type ImportanceRequest } from '../../../../src/core/explain/permutation-importance.ts';
import { categoriesOf, makeNumber, makeTable } from '../../../../src/core/table/build.ts';
import type { CategoryColumn, NumberColumn, Table } from '../../../../src/core/table/table.ts';

const rows = 600;
const random = sequence(5, 'importance-test');
const strong = Float64Array.from({ length: rows }, () => random.normal());
const weak = Float64Array.from({ length: rows }, () => random.normal());
const table = makeTable([makeNumber('strong', strong), makeNumber('unused', weak.slice()), categoriesOf('weak', Array.from(weak, (v) => (v > 0 ? 'up' : 'down')))]);
const codes = Int32Array.from(strong, (v, i) => (random.unit() < sigmoid(2 * v + (weak[i] > 0 ? 0.8 : -0.8)) ? 1 : 0));
const predict = (t: Table) => {
  const a = (t.columns[0] as NumberColumn).values;
  const c = t.columns[2] as CategoryColumn;
  return { task: 'binary' as const, classes: ['n', 'y'], rows: t.rows, width: 1, values: Float64Array.from({ length: t.rows }, (_, i) => sigmoid(2 * a[i] + (c.levels[c.codes[i]] === 'up' ? 0.8 : -0.8))) };
};
const request: ImportanceRequest = { table, columns: ['unused', 'weak', 'strong'], predict, target: { kind: 'class', classes: ['n', 'y'], codes }, weight: null, metric: 'roc-auc', seed: 1 };

test('columns come in the order that the model uses them; an unused one has exactly 0', async () => {
  const found = await permutationImportance(request, quiet);
  expect(found.map((f) => f.column)).toEqual(['strong', 'weak', 'unused']);
  expect(found[0].value).toBeGreaterThan(0.2);
  expect(found[1].low).toBeGreaterThan(0);
  expect(found[2]).toEqual({ column: 'unused', value: 0, low: 0, high: 0 });
  for (const f of found) expect(f.low <= f.value && f.value <= f.high).toBe(true);
});

test('it is seeded, leaves the table alone, and a lower-is-better metric has the same sign', async () => {
  const before = strong.slice();
  expect(await permutationImportance(request, quiet)).toEqual(await permutationImportance(request, quiet));
  expect(strong).toEqual(before);
  expect((await permutationImportance({ ...request, metric: 'log-loss' }, quiet))[0]).toMatchObject({ column: 'strong' });
});

test('without a say, a large table is sampled down to 5,000 rows', async () => {
  const long = makeTable([makeNumber('strong', new Float64Array(7000).map((_, i) => strong[i % rows])), makeNumber('unused', new Float64Array(7000)), categoriesOf('weak', new Array<string>(7000).fill('up'))]);
  const seen = new Set<number>();
  await permutationImportance({ ...request, table: long, columns: ['strong'], target: { kind: 'class', classes: ['n', 'y'], codes: new Int32Array(7000).map((_, i) => codes[i % rows]) }, predict: (t) => (seen.add(t.rows), predict(t)) }, quiet);
  expect([...seen]).toEqual([5000]);
});

test('at most `rows` rows are predicted, and a stop keeps whole columns only', async () => {
  const seen: number[] = [];
  const counting = { ...request, rows: 100, predict: (t: Table) => (seen.push(t.rows), predict(t)) };
  await permutationImportance(counting, quiet);
  expect(new Set(seen)).toEqual(new Set([100]));
  let calls = 0;
  const found = await permutationImportance(request, { ...quiet, breathe: async () => (++calls > 6 ? 'stop' : 'go') });
  expect(found.map((f) => f.column)).toEqual(['unused']);
});

test('a model that costs more to predict is asked on fewer rows, 500 at least', async () => {
  const long = makeTable([makeNumber('strong', new Float64Array(7000).map((_, i) => strong[i % rows])), makeNumber('unused', new Float64Array(7000)), categoriesOf('weak', new Array<string>(7000).fill('up'))]);
  const target = { kind: 'class' as const, classes: ['n', 'y'], codes: new Int32Array(7000).map((_, i) => codes[i % rows]) };
  const rowsAt = async (cost: number) => {
    const seen = new Set<number>();
    await permutationImportance({ ...request, table: long, columns: ['strong'], repeats: 1, cost, target, predict: (t) => (seen.add(t.rows), predict(t)) }, quiet);
    return [...seen];
  };
  expect(await rowsAt(300)).toEqual([5000]);
  expect(await rowsAt(300_000)).toEqual([1000]);
  expect(await rowsAt(30_000_000)).toEqual([500]);
});
