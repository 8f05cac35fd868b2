import { describe, expect, test } from 'vitest';
import { categoriesOf, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../../../../src/core/table/build.ts';
import { AGGREGATES } from '../../../../../src/core/table/verbs/aggregates.ts';
import { groupTable } from '../../../../../src/core/table/verbs/group.ts';
import { rowIds } from '../../../../../src/core/table/verbs/row-ids.ts';
import { cellOf, namesOf, randomTable, rowsOf, type Cell } from './rows-of.ts';

test('one row per key, in order of first appearance, missing keys as one group', () => {
  const table = makeTable([categoriesOf('k', ['b', 'a', 'b', null, null]), numbersOf('x', [1, 2, 3, 4, null]), textsOf('t', ['p', 'q', 'q', null, 'r']), makeBoolean('f', Uint8Array.of(1, 0, 0, 1, 1)), makeTime('w', Float64Array.of(10, 20, 30, 40, 60), 'ms')]);
  const out = groupTable(table, ['k'], [
    { name: 'n', how: 'count', column: null }, { name: 'present', how: 'count', column: 'x' }, { name: 'gone', how: 'missing', column: 'x' }, { name: 'sum', how: 'sum', column: 'x' },
    { name: 'yes', how: 'mean', column: 'f' }, { name: 'first', how: 'first', column: 't' }, { name: 'late', how: 'max', column: 'w' }, { name: 'mid', how: 'mean', column: 'w' }, { name: 'sd', how: 'sd', column: 'x' },
  ]);
  expect(namesOf(out)).toEqual(['k', 'n', 'present', 'gone', 'sum', 'yes', 'first', 'late', 'mid', 'sd']);
  expect(rowsOf(out)).toEqual([
    ['b', 2, 2, 0, 4, 0.5, 'p', 30, 20, Math.SQRT2], ['a', 1, 1, 0, 2, 0, 'q', 20, 20, null], [null, 2, 1, 1, 4, 1, 'r', 60, 50, null],
  ]);
});
test('without keys the table is one group; an empty one has none', () => {
  const table = makeTable([numbersOf('x', [1, 2, 6])]);
  expect(rowsOf(groupTable(table, [], [{ name: 'm', how: 'median', column: 'x' }]))).toEqual([[2]]);
  expect(groupTable(makeTable([numbersOf('x', [])]), ['x'], [{ name: 'm', how: 'mean', column: 'x' }]).rows).toBe(0);
});
test('what does not fit is refused', () => {
  const table = makeTable([categoriesOf('k', ['a'])]);
  expect(() => groupTable(table, ['k'], [{ name: 'm', how: 'mean', column: 'k' }])).toThrow(expect.objectContaining({ code: 'bad-param' }) as Error);
  expect(() => groupTable(table, ['k'], [{ name: 'k', how: 'count', column: null }])).toThrow(expect.objectContaining({ code: 'duplicate-column' }) as Error);
});

const naive: { [how: string]: (values: (number | string | boolean)[], all: Cell[]) => Cell } = {
  count: (v) => v.length,
  missing: (v, all) => all.length - v.length,
  distinct: (v) => new Set(v.map((x) => (x === 0 ? 0 : x))).size,
  sum: (v) => (v.length ? v.reduce<number>((a, b) => a + Number(b), 0) : null),
  mean: (v) => (v.length ? v.reduce<number>((a, b) => a + Number(b), 0) / v.length : null),
  median: (v) => { const s = v.map(Number).sort((a, b) => a - b); return s.length ? (s[(s.length - 1) >> 1] + s[s.length >> 1]) / 2 : null; },
  min: (v) => (v.length ? Math.min(...v.map(Number)) : null),
  max: (v) => (v.length ? Math.max(...v.map(Number)) : null),
  first: (v) => v[0] ?? null,
  last: (v) => v.at(-1) ?? null,
  mode: (v) => { let best: Cell = null; let most = 0; for (const x of v) { const n = v.filter((y) => y === x).length; if (n > most) [best, most] = [x, n]; } return best; },
};

describe.each([1, 2, 3, 4])('agrees with grouping by hand, table %s', (seed) => {
  const table = randomTable(seed, 60 + seed);
  const keys = [['c'], ['t', 'b'], ['n', 'w'], ['c', 't', 'b', 'n']][seed - 1];
  const keyOf = (row: Cell[]) => JSON.stringify(keys.map((k) => { const cell = row[namesOf(table).indexOf(k)]; return cell === 0 ? 0 : cell; }));
  const groups = new Map<string, { cells: Cell[]; i: number }[]>();
  rowsOf(table).forEach((cells, i) => groups.set(keyOf(cells), [...(groups.get(keyOf(cells)) ?? []), { cells, i }]));
  test('row ids', () => {
    const { ids, count, first } = rowIds(keys.map((k) => table.columns[namesOf(table).indexOf(k)]), table.rows);
    expect(count).toBe(groups.size);
    expect(Array.from(first)).toEqual([...groups.values()].map((rows) => rows[0].i));
    [...groups.values()].forEach((rows, g) => rows.forEach(({ i }) => expect(ids[i]).toBe(g)));
  });
  test.each(AGGREGATES.filter(({ name }) => name !== 'sd').flatMap(({ name, takes }) => table.columns.filter((c) => takes.includes(c.kind)).map((c) => [name, c.name] as const)))('%s of %s', (how, column) => {
    const k = namesOf(table).indexOf(column);
    const out = groupTable(table, keys, [{ name: '=', how, column }]);
    const at = out.columns.length - 1;
    [...groups.values()].forEach((rows, g) => {
      const all = rows.map(({ cells }) => cells[k]);
      const expected = naive[how](all.filter((x) => x !== null), all);
      const got = cellOf(out, at, g);
      if (typeof expected === 'number' && typeof got === 'number') expect(Math.abs(got - (table.columns[k].kind === 'time' ? Math.round(expected) : expected))).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
      else if (typeof expected === 'number' && how !== 'mode' && typeof got === 'boolean') expect(Number(got)).toBe(expected);
      else expect(got).toEqual(expected === Infinity ? null : expected);
    });
  });
});
