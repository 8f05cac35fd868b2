import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/core/base/json.ts';
import { applyClean } from '../../../../src/core/clean/apply-clean.ts';
import { alone, type CleanStep } from '../../../../src/core/clean/clean.ts';
import { parseClean } from '../../../../src/core/clean/parse-clean.ts';
import { parseServed, replayClean } from '../../../../src/core/clean/replay-clean.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { takeRows } from '../../../../src/core/table/take.ts';
import { cells, names, refused } from './table-of.ts';

const table = makeTable([categoriesOf('c', ['b', 'A', 'b', 'a']), numbersOf('x', [1, 2, 3, 4]), categoriesOf('y', ['no', 'yes.', 'yes', 'no'])]);
let n = 0;
const make = (type: string, columns: string[] = [], params: Json = {}): CleanStep => ({ id: `s${n++}`, type, columns, params });
const clean = (steps: CleanStep[], lenient = false) => applyClean({ version: 1, steps }, table, alone, { lenient });

test('nothing to do is the table itself', () => {
  const result = clean([]);
  expect([result.table, result.start, result.origin, result.outcomes]).toEqual([table, table, null, []]);
  expect(result.lineage).toEqual({ c: ['c'], x: ['x'], y: ['y'] });
});
test('rows are traced through filters and sorts, columns through renames and sums', () => {
  const result = clean([make('filter', [], { expression: 'x > 1' }), make('letter-case', ['c']), make('sort', ['c', 'x'], { descending: true }), make('rename', ['x'], { name: 'z' }), make('compute', [], { name: 'w', expression: 'z & c' })]);
  expect([cells(result.table, 'z'), result.origin]).toEqual([[3, 4, 2], Int32Array.of(2, 3, 1)]);
  expect([result.lineage.w, result.inputs.z, result.start]).toEqual([['x', 'c'], ['x'], table]);
  expect(result.served.steps.map((s) => s.type)).toEqual(['letter-case', 'rename', 'compute']);
});
test('a shape step starts anew', () => {
  const result = clean([make('rename', ['x'], { name: 'z' }), make('group', ['c'], { aggregates: 'm = mean(z)' }), make('compute', [], { name: 'q', expression: 'm * 2' }), make('filter', [], { expression: 'm > 1' })]);
  expect([result.start.rows, result.table.rows, result.origin]).toEqual([3, 3, null]);
  expect([result.lineage.q, result.inputs.q, result.served.steps.map((s) => s.type)]).toEqual([['x'], ['m'], ['compute']]);
});
test('strict throws, lenient leaves the step out and says why; disabled steps are not there', () => {
  const steps = [make('drop-columns', ['nowhere']), { ...make('drop-columns', ['c']), disabled: true }, make('trim'), make('not-a-step')];
  expect(() => clean(steps)).toThrow(refused('missing-column'));
  const result = clean(steps, true);
  expect([names(result.table), result.outcomes.map((o) => o.error?.code ?? null), result.served.steps.map((s) => s.type)]).toEqual([['c', 'x', 'y'], ['missing-column', null, 'unknown-type'], ['trim']]);
});
test('outcomes count rows, columns and cells', () => {
  const { outcomes } = clean([make('letter-case', ['c']), make('dedupe', ['c'])]);
  expect(outcomes.map(({ rowsBefore, rowsAfter, columns, changed }) => [rowsBefore, rowsAfter, columns, changed])).toEqual([[4, 4, 3, 1], [4, 2, 3, 0]]);
});

describe('replay at prediction', () => {
  const { served, table: cleaned } = clean([make('letter-case', ['c', 'y']), make('replace', ['y'], { find: '.', with: '' }), make('rename', ['x'], { name: 'z' }), make('filter', [], { expression: 'z > 1' }), make('compute', [], { name: 'w', expression: 'z * 2' }), make('drop-columns', ['z'])]);
  test('the target may be absent: steps on it alone are left out', () => {
    const rows = replayClean(served, { rows: 4, columns: table.columns.slice(0, 2) });
    expect([names(rows), cells(rows, 'c'), cells(rows, 'w')]).toEqual([['c', 'w'], ['b', 'a', 'b', 'a'], [2, 4, 6, 8]]);
  });
  test('no row is filtered, and the cells are those of the cleaned table', () => {
    const rows = replayClean(served, table);
    expect(rows.rows).toBe(4);
    expect(cells(takeRows(rows, Int32Array.of(1, 2, 3)), 'w')).toEqual(cells(cleaned, 'w'));
  });
  test('what a computed column needs may be absent: it is then not made', () => expect(names(replayClean(served, { rows: 4, columns: [table.columns[0]] }))).toEqual(['c']));
  test('only row steps are read from a bundle', () => {
    expect(parseServed(served as unknown as Json)).toEqual({ version: 1, steps: served.steps.map((s) => ({ ...s, params: (parseClean(served as unknown as Json).steps.find((p) => p.id === s.id)!).params })) });
    expect(() => parseServed({ version: 1, steps: [{ id: 'a', type: 'group', columns: ['c'], params: {} }] })).toThrow(refused('unknown-type'));
  });
});

describe('hostile JSON', () => {
  const ok = { id: 'a', type: 'trim', columns: ['c'], params: {} };
  test.each<[string, Json]>([
    ['null', null], ['no version', { steps: [] }], ['steps no list', { version: 1, steps: {} }], ['unknown key', { version: 1, steps: [], x: 1 }], ['unknown step key', { version: 1, steps: [{ ...ok, run: 'x' }] }],
    ['columns no texts', { version: 1, steps: [{ ...ok, columns: [1] }] }], ['unknown param', { version: 1, steps: [{ ...ok, params: { x: 1 } }] }], ['param of another kind', { version: 1, steps: [{ ...ok, params: { inner: 'yes' } }] }],
    ['equal ids', { version: 1, steps: [ok, ok] }], ['too many', { version: 1, steps: Array.from({ length: 501 }, (_, i) => ({ ...ok, id: `${i}` })) }], ['long name', { version: 1, steps: [{ ...ok, columns: ['x'.repeat(10_001)] }] }],
    ['prototype', JSON.parse('{"version":1,"steps":[],"__proto__":{"polluted":1}}') as Json], ['disabled no flag', { version: 1, steps: [{ ...ok, disabled: 1 }] }], ['comment no text', { version: 1, steps: [{ ...ok, comment: {} }] }],
  ])('%s', (_, json) => expect(() => parseClean(json)).toThrow(refused('bad-param')));
  test('unknown types and newer versions have their own codes', () => {
    expect(() => parseClean({ version: 1, steps: [{ ...ok, type: 'constructor' }] })).toThrow(refused('unknown-type'));
    expect(() => parseClean({ version: 2, steps: [] })).toThrow(refused('newer-version'));
  });
  test('fallbacks are filled in, comments and disabled kept', () => {
    expect(parseClean({ version: 1, steps: [{ id: 'a', type: 'trim', disabled: true, comment: 'why' }] })).toEqual({ version: 1, steps: [{ id: 'a', type: 'trim', columns: [], params: { inner: true }, disabled: true, comment: 'why' }] });
  });
});
