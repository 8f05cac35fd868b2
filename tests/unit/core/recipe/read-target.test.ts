import { expect, test } from 'vitest';
import { classesOf, readTarget, rowsWithTarget } from '../../../../src/core/recipe/read-target.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';

const table = makeTable([categoriesOf('y', ['b', 'a', 'b', 'a']), numbersOf('n', [1, 10, 2, 2]), numbersOf('gap', [1, null, NaN, Infinity]), categoriesOf('one', ['x', 'x', 'x', 'x'])]);
const spec = { task: 'binary', target: 'y', above: null, positive: null } as const;
const bad = expect.objectContaining({ code: 'bad-target' });

test('classes are sorted by code unit, the positive one last', () => {
  expect(readTarget(spec, table)).toEqual({ kind: 'class', classes: ['a', 'b'], codes: Int32Array.of(1, 0, 1, 0) });
  expect(readTarget({ ...spec, positive: 'a' }, table)).toEqual({ kind: 'class', classes: ['b', 'a'], codes: Int32Array.of(0, 1, 0, 1) });
  expect(readTarget({ ...spec, task: 'multiclass', target: 'n' }, table)).toMatchObject({ classes: ['1', '10', '2'], codes: Int32Array.of(0, 1, 2, 2) });
});
test('a claim above a bound', () => {
  expect(readTarget({ ...spec, target: 'n', above: 2 }, table)).toEqual({ kind: 'class', classes: ['<= 2', '> 2'], codes: Int32Array.of(0, 1, 0, 0) });
  expect(() => readTarget({ ...spec, target: 'n', above: 99 }, table)).toThrow(bad);
  expect(readTarget({ ...spec, target: 'n', above: 99 }, table, ['<= 99', '> 99'])).toMatchObject({ codes: Int32Array.of(0, 0, 0, 0) });
});
test('rows without a target are named by rowsWithTarget and refused by readTarget', () => {
  expect(rowsWithTarget(table, spec)).toBeNull();
  expect(rowsWithTarget(table, { target: 'gap' })).toEqual(Int32Array.of(0));
  expect(() => readTarget({ ...spec, task: 'regression', target: 'gap' }, table)).toThrow(bad);
});
test('what a task cannot use is a bad target', () => {
  expect(() => readTarget({ ...spec, target: 'one' }, table)).toThrow(bad);
  expect(() => readTarget({ ...spec, target: 'n' }, table)).toThrow(bad);
  expect(() => readTarget({ ...spec, task: 'regression' }, table)).toThrow(bad);
  expect(() => readTarget({ ...spec, positive: 'z' }, table)).toThrow(bad);
  expect(() => readTarget(spec, table, ['a', 'c'])).toThrow(bad);
  expect(() => readTarget({ ...spec, task: 'multiclass', target: 'id' }, makeTable([categoriesOf('id', Array.from({ length: 50 }, (_, i) => `${i}`))]))).toThrow(bad);
});
test('classes of the whole table serve rows of a class that training lacks', () => {
  const y = makeTable([categoriesOf('y', ['b', null, 'c', 'a', 'b'])]);
  const classes = classesOf({ ...spec, task: 'multiclass' }, y);
  expect(classes).toEqual(['a', 'b', 'c']);
  expect(readTarget({ ...spec, task: 'multiclass' }, makeTable([categoriesOf('y', ['c', 'b'])]), classes)).toMatchObject({ codes: Int32Array.of(2, 1) });
  expect(classesOf({ ...spec, task: 'regression' }, y)).toBeNull();
});
