// What every way of splitting must hold: every row in exactly one part, ascending, repeatable, no part empty.
import { describe, expect, test } from 'vitest';
import { sequence } from '../../src/core/base/random.ts';
import type { SplitSpec } from '../../src/core/split/split.ts';
import { splitRows } from '../../src/core/split/split-rows.ts';
import { categoriesOf, makeTable, makeTime } from '../../src/core/table/build.ts';
import type { Target } from '../../src/core/table/matrix.ts';

const r = sequence(2, 'split test');
const N = 600;
const days = Float64Array.from({ length: N }, () => 86400000 * r.below(200));
const customers = Array.from({ length: N }, () => `c${r.below(40)}`);
const table = makeTable([makeTime('day', days, 'day'), categoriesOf('customer', customers)]);
const target: Target = { kind: 'class', classes: ['a', 'b', 'c', 'd'], codes: Int32Array.from({ length: N }, (_, i) => (i === 0 ? 3 : i < 4 ? 2 : i % 5 === 0 ? 1 : 0)) };
const kinds: SplitSpec[] = (['random', 'stratified', 'time', 'group'] as const).map((kind) => ({ kind, column: kind === 'time' ? 'day' : kind === 'group' ? 'customer' : null, test: 0.2, valid: 0.1 }));

describe.each(kinds.map((spec) => [spec.kind, spec] as const))('split %s', (kind, spec) => {
  const split = splitRows(table, spec, target, 7);
  test('every row is in exactly one part, in ascending order', () => {
    expect([...split.train, ...split.valid, ...split.test].sort((a, b) => a - b)).toEqual(Array.from({ length: N }, (_, i) => i));
    for (const part of [split.train, split.valid, split.test]) expect([...part].every((row, i) => i === 0 || row > part[i - 1])).toBe(true);
  });
  test('shares are near what was asked', () => {
    expect(Math.abs(split.test.length - 120)).toBeLessThanOrEqual(kind === 'random' ? 0 : 6);
    expect(Math.abs(split.valid.length - 48)).toBeLessThanOrEqual(kind === 'random' ? 0 : 8);
  });
  test('the same seed gives the same parts; chance uses the seed', () => {
    expect(splitRows(table, spec, target, 7)).toEqual(split);
    const other = splitRows(table, spec, target, 8);
    if (kind === 'time') expect(other).toEqual(split);
    else expect(other.test).not.toEqual(split.test);
  });
  test('valid may be left out', () => expect(splitRows(table, { ...spec, valid: 0 }, target, 7).valid.length).toBe(0));
  test('too few rows and senseless shares are typed errors', () => {
    const two = makeTable([makeTime('day', Float64Array.of(1, 2), 'day'), categoriesOf('customer', ['a', 'b'])]);
    const pair: Target = { kind: 'class', classes: ['a', 'b'], codes: Int32Array.of(0, 1) };
    expect(() => splitRows(two, spec, pair, 1)).toThrow(expect.objectContaining({ code: 'bad-split' }));
    expect(() => splitRows(table, { ...spec, test: 0 }, target, 1)).toThrow(expect.objectContaining({ code: 'bad-split' }));
    expect(() => splitRows(table, { ...spec, valid: 0.9 }, target, 1)).toThrow(expect.objectContaining({ code: 'bad-split' }));
  });
});
test('time: the past trains, ties stay together', () => {
  const { train, valid, test: late } = splitRows(table, kinds[2], null, 1);
  const span = (rows: Int32Array) => [Math.min(...[...rows].map((i) => days[i])), Math.max(...[...rows].map((i) => days[i]))];
  expect(span(train)[1]).toBeLessThan(span(valid)[0]);
  expect(span(valid)[1]).toBeLessThan(span(late)[0]);
});
test('group: no customer crosses', () => {
  const parts = Object.values(splitRows(table, kinds[3], null, 1)).map((rows: Int32Array) => new Set([...rows].map((i) => customers[i])));
  expect(parts[0].size + parts[1].size + parts[2].size).toBe(new Set(customers).size);
});
test('stratified: every class of three rows is in every part, a single row trains', () => {
  const target3 = target as Extract<Target, { kind: 'class' }>;
  const { train, valid, test: held } = splitRows(table, kinds[1], target, 3);
  const count = (rows: Int32Array, code: number) => [...rows].filter((i) => target3.codes[i] === code).length;
  expect([count(train, 2), count(valid, 2), count(held, 2)]).toEqual([1, 1, 1]);
  expect([count(train, 3), count(valid, 3), count(held, 3)]).toEqual([1, 0, 0]);
  for (const code of [0, 1]) expect(count(held, code) / [...target3.codes].filter((c) => c === code).length).toBeCloseTo(0.2, 1);
});
test('time: all equal, and a category, are bad splits', () => {
  expect(() => splitRows(makeTable([makeTime('t', new Float64Array(50), 'day')]), { kind: 'time', column: 't', test: 0.2, valid: 0.1 }, null, 1)).toThrow(expect.objectContaining({ code: 'bad-split' }));
  expect(() => splitRows(table, { ...kinds[2], column: 'customer' }, null, 1)).toThrow(expect.objectContaining({ code: 'bad-split' }));
  expect(() => splitRows(table, { ...kinds[2], column: 'nope' }, null, 1)).toThrow(expect.objectContaining({ code: 'missing-column' }));
});
