import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { diffDatasets } from '../../../../src/core/lineage/diff-datasets.ts';
import { distances } from '../../../../src/core/lineage/shares.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { categoriesOf, makeTable, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { putColumns, takeRows } from '../../../../src/core/table/take.ts';
import type { Table } from '../../../../src/core/table/table.ts';

const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const base = makeTable([numbersOf('id', many(100, (i) => i + 1)), numbersOf('x', many(100, (i) => (i * 37) % 101)), categoriesOf('city', many(100, (i) => ['Rome', 'Oslo', 'Bonn'][i % 3])), numbersOf('y', many(100, (i) => i % 7))]);
const anonymous = { rows: 100, columns: base.columns.slice(1) };
const side = async (table: Table) => ({ table, profile: await profileTable(table, quiet) });
const diff = async (a: Table, b: Table) => diffDatasets(await side(a), await side(b));

test('the same is the same', async () => {
  const found = await diff(base, base);
  expect(found.columns).toEqual({ added: [], removed: [], retyped: [], renamed: [], reordered: false });
  expect(found.rows).toEqual({ a: 100, b: 100, by: 'key', key: 'id', added: 0, removed: 0, changed: 0, same: 100 });
  expect(found.shifts.map((shift) => [shift.psi, shift.js, shift.changed])).toEqual(many(4, () => [0, 0, 0]));
});

test('columns that came, went, changed kind or name', async () => {
  const x = base.columns[1] as Extract<typeof base.columns[1], { kind: 'number' }>;
  const other = makeTable([{ ...x, name: 'weight' }, textsOf('y', many(100, (i) => String(i % 7))), base.columns[0], numbersOf('new', many(100, () => 1))]);
  const found = await diff(base, other);
  expect(found.columns).toEqual({ added: [{ name: 'new', kind: 'number' }], removed: [{ name: 'city', kind: 'category' }], retyped: [{ name: 'y', from: 'number', to: 'text' }], renamed: [{ from: 'x', to: 'weight', why: 'the same cells' }], reordered: true });
  expect(found.rows).toMatchObject({ by: 'key', changed: 0, same: 100 });
  expect(found.shifts.find((shift) => shift.name === 'weight')).toMatchObject({ from: 'x', js: 0, changed: 0 });
});

test('rows by the column that names them, in whatever order', async () => {
  const rows = Int32Array.from([...many(90, (i) => 99 - i)]);
  const moved = takeRows(base, rows);
  const x = Float64Array.from((moved.columns[1] as { values: Float64Array }).values);
  x[0] = -5;
  const found = await diff(base, putColumns(moved, [{ kind: 'number', name: 'x', values: x, missing: null }]));
  expect(found.rows).toEqual({ a: 100, b: 90, by: 'key', key: 'id', added: 0, removed: 10, changed: 1, same: 89 });
  expect(found.examples[0]).toEqual({ change: 'changed', row: 99, cells: [{ column: 'x', a: String((99 * 37) % 101), b: '-5' }] });
  expect(found.shifts.find((shift) => shift.name === 'x')!.changed).toBe(1);
});

test('rows by place where nothing names them, and by content where their number differs', async () => {
  const y = Float64Array.from(many(100, (i) => (i === 4 ? 99 : i % 7)));
  const place = await diff(anonymous, putColumns(anonymous, [{ kind: 'number', name: 'y', values: y, missing: Uint8Array.from(many(13, (i) => (i === 1 ? 1 : 0))) }]));
  expect(place.rows).toMatchObject({ by: 'place', key: null, changed: 2, same: 98 });
  expect(place.examples.map((each) => [each.row, each.cells])).toEqual([[4, [{ column: 'y', a: '4', b: '99' }]], [8, [{ column: 'y', a: '1', b: null }]]]);
  const content = await diff(anonymous, takeRows(anonymous, Int32Array.from([5, 5, ...many(80, (i) => i + 10)])));
  expect(content.rows).toEqual({ a: 100, b: 82, by: 'content', key: null, added: 1, removed: 19, changed: 0, same: 81 });
  const sorted = await diff(anonymous, takeRows(anonymous, Int32Array.from(many(100, (i) => 99 - i))));
  expect(sorted.rows).toMatchObject({ by: 'content', added: 0, removed: 0, same: 100 });
});

test('shifts: levels that came and went, means, distances of known value', async () => {
  const other = putColumns(anonymous, [categoriesOf('city', many(100, (i) => (i % 3 ? 'Oslo' : 'Paris'))), numbersOf('x', many(100, (i) => ((i * 37) % 101) + 50))]);
  const found = await diff(anonymous, other);
  const city = found.shifts.find((shift) => shift.name === 'city')!;
  expect(city.levels).toEqual({ added: ['Paris'], addedCount: 1, lost: ['Rome', 'Bonn'], lostCount: 2 });
  expect(found.shifts[0].name).toBe('city');
  const x = found.shifts.find((shift) => shift.name === 'x')!;
  expect(x.mean!.b - x.mean!.a).toBeCloseTo(50);
  expect(x.psi).toBeGreaterThan(0.25);
  expect(distances([50, 50], [90, 10])!.psi).toBeCloseTo(0.4 * Math.log(9), 4);
  expect(distances([1, 0], [0, 1])!.js).toBe(1);
  expect(distances([0, 0], [1, 1])).toBeNull();
});

test('profiles alone tell schema and shifts, near to what the tables tell', async () => {
  const [a, b] = [await side(anonymous), await side(takeRows(anonymous, Int32Array.from(many(60, (i) => i))))];
  const found = diffDatasets({ profile: a.profile }, { profile: b.profile });
  expect(found.rows).toMatchObject({ by: null, a: 100, b: 60, removed: 40 });
  expect(found.shifts.every((shift) => shift.js !== null && shift.js < 0.2)).toBe(true);
  const shifted = await side(putColumns(anonymous, [numbersOf('x', many(100, (i) => ((i * 37) % 101) + 300))]));
  expect(diffDatasets({ profile: a.profile }, { profile: shifted.profile }).shifts[0]).toMatchObject({ name: 'x', js: 1 });
});

test('names and free text are not said to shift when other rows have others', async () => {
  const named = (from: number) => makeTable([textsOf('note', many(60, (i) => `note ${from + i}`)), categoriesOf('mail', many(60, (i) => `m${from + i}@x.org`)), categoriesOf('city', many(60, (i) => 'ab'[i % 2]!))]);
  const found = await diff(named(0), named(1000));
  expect(Object.fromEntries(found.shifts.map((shift) => [shift.name, [shift.js, shift.levels?.addedCount ?? null]]))).toEqual({ note: [null, null], mail: [null, null], city: [0, 0] });
});

test('empty tables compare', async () => {
  const none = makeTable([numbersOf('x', [])], 0);
  expect((await diff(none, none)).rows).toMatchObject({ a: 0, b: 0, same: 0, changed: 0 });
  expect((await diff(none, base)).columns.added.length).toBe(3);
});
