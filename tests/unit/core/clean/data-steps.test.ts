import { describe, expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { isolationScores } from '../../../../src/core/clean/isolation-forest.ts';
import { parseAggregates } from '../../../../src/core/clean/parse-aggregates.ts';
import { categoriesOf, makeTable, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { cells, names, refused, step } from './table-of.ts';

const table = makeTable([numbersOf('x', [1, 2, 3, 4, 5, 6, 7, 100]), categoriesOf('g', ['a', 'a', 'b', null, 'b', 'a', null, 'b']), textsOf('t', ['p', null, 'p', 'q', null, null, 'r', 'p'])]);

test('filter keeps what matches or the rest; missing does not match', () => {
  expect(step('filter', table, [], { expression: 'g = "a"' }).rows).toEqual(Int32Array.of(0, 1, 5));
  const others = step('filter', table, [], { expression: 'g = "a"', keep: 'others' });
  expect([Array.from(others.rows!), others.notes[0].rows]).toEqual([[2, 3, 4, 6, 7], 2]);
  expect(() => step('filter', table, [], { expression: 'x + 1' })).toThrow(refused('bad-expression'));
  expect(step('filter', table, [], { expression: 'x > 0' })).toMatchObject({ table, rows: null });
});
test('dedupe', () => {
  expect([step('dedupe', table, ['g']).rows, step('dedupe', table, ['g'], { keep: 'last' }).rows, step('dedupe', table, []).rows]).toEqual([Int32Array.of(0, 2, 3), Int32Array.of(5, 6, 7), null]);
  const near = step('dedupe', makeTable([textsOf('n', ['Jane Miller', 'jane  miller', 'Jane Millar', 'Bob'])]), [], { near: true });
  expect([Array.from(near.rows!), near.notes[0].rows]).toEqual([[0, 3], 2]);
});
describe('drop-outliers', () => {
  test('by quartiles and by median', () => {
    expect(step('drop-outliers', table, ['x']).rows).toEqual(Int32Array.of(0, 1, 2, 3, 4, 5, 6));
    expect(step('drop-outliers', table, ['x'], { method: 'robust-z', factor: 3.5 }).table.rows).toBe(7);
    const blank = step('drop-outliers', table, ['x'], { action: 'missing' });
    expect([cells(blank.table, 'x'), blank.changed, blank.rows]).toEqual([[1, 2, 3, 4, 5, 6, 7, null], 1, null]);
  });
  test('a column without spread is said, not emptied', () => {
    const flat = makeTable([numbersOf('x', [1, 1, 1, 1, 1, 9])]);
    expect([step('drop-outliers', flat, ['x']).rows, step('drop-outliers', flat, ['x']).notes[0].code]).toEqual([null, 'no-spread']);
  });
  test('the isolation forest finds the row that is unlike all others in no single column', () => {
    const r = sequence(2, 'forest');
    const x = Array.from({ length: 400 }, () => r.normal());
    const y = x.map((value) => value + 0.1 * r.normal());
    const data = makeTable([numbersOf('x', [...x, 2.2]), numbersOf('y', [...y, -2.2])]);
    const scores = isolationScores([Float64Array.from([...x, 2.2]), Float64Array.from([...y, -2.2])], 401, 1);
    expect([...scores].filter((s) => s > scores[400]).length).toBeLessThan(6);
    expect(isolationScores([Float64Array.from(x)], 400, 1)).toEqual(isolationScores([Float64Array.from(x)], 400, 1));
    expect(Array.from(step('drop-outliers', data, [], { method: 'isolation-forest', factor: 3 }).rows ?? [])).not.toContain(400);
    expect(() => step('drop-outliers', data, [], { method: 'isolation-forest', action: 'missing' })).toThrow(refused('bad-param'));
  });
});
test('drop-missing', () => {
  expect([step('drop-missing', table, []).rows, step('drop-missing', table, ['g', 't'], { share: 0.5 }).rows, step('drop-missing', table, ['g']).rows]).toEqual([Int32Array.of(0, 2, 7), null, Int32Array.of(0, 1, 2, 4, 5, 7)]);
});
test('sort', () => expect(step('sort', table, ['g', 'x'], { descending: true }).rows).toEqual(Int32Array.of(7, 4, 2, 5, 1, 0, 6, 3)));
test('fill-down, also within groups', () => {
  expect(cells(step('fill-down', table, ['t']).table, 't')).toEqual(['p', 'p', 'p', 'q', 'q', 'q', 'r', 'p']);
  expect(cells(step('fill-down', table, ['t'], { by: 'g' }).table, 't')).toEqual(['p', 'p', 'p', 'q', 'p', 'p', 'r', 'p']);
});
describe('fix-cells', () => {
  test('by kind, with notes for what does nothing', () => {
    const out = step('fix-cells', table, ['x'], { edits: '[[0,"9.5"],[1,null],[2,"many"],[99,"1"]]' });
    expect([cells(out.table, 'x').slice(0, 3), out.changed, out.notes.map((n) => [n.code, n.rows])]).toEqual([[9.5, null, 3], 2, [['no-such-row', 1], ['unreadable', 1]]]);
    expect(cells(step('fix-cells', table, ['g'], { edits: '[[3,"new"],[0,"b"]]' }).table, 'g')).toEqual(['b', 'a', 'b', 'new', 'b', 'a', null, 'b']);
    expect(cells(step('fix-cells', table, ['t'], { edits: '[[1,""],[3,null]]' }).table, 't').slice(0, 4)).toEqual(['p', '', 'p', null]);
  });
  test('hostile edits are refused', () => {
    for (const edits of ['{}', '[[0]]', '[[-1,"a"]]', '[["0","a"]]', '[[0,{}]]', 'x']) expect(() => step('fix-cells', table, ['x'], { edits })).toThrow(refused('bad-param'));
  });
});
test('sample', () => expect(step('sample', table, [], { rows: 3 }).table.rows).toBe(3));

describe('group', () => {
  test('lines of aggregates', () => {
    expect(parseAggregates('n = count()\n\n a = b = mean( [x = y] )\nmax(v)\ncount(t)')).toEqual([
      { name: 'n', how: 'count', column: null }, { name: 'a = b', how: 'mean', column: 'x = y' }, { name: 'max of v', how: 'max', column: 'v' }, { name: 'count of t', how: 'count', column: 't' },
    ]);
    for (const text of ['n', 'n = mean()', 'n = foo(x)', 'mean x']) expect(() => parseAggregates(text)).toThrow(refused('bad-param'));
  });
  test('groups and says where columns come from', () => {
    const out = step('group', table, ['g'], { aggregates: 'n = count()\nm = max(x)' });
    expect([names(out.table), cells(out.table, 'm'), out.sources]).toEqual([['g', 'n', 'm'], [6, 100, 7], { n: ['g'], m: ['x'] }]);
  });
});
test('joins name what is not there', () => {
  expect(() => step('join', table, ['g'], { table: 'nowhere' })).toThrow(refused('not-found'));
  expect(() => step('join', table, ['g'], {})).toThrow(refused('bad-param'));
  expect(() => step('join', table, ['g'], { table: 'x', keys: 'a|b' }, { table: () => table })).toThrow(refused('bad-param'));
  expect(step('join', table, ['g'], { table: 'x', kind: 'inner' }, { table: () => table }).notes.map((n) => n.code)).toEqual(['unmatched', 'repeated']);
});
