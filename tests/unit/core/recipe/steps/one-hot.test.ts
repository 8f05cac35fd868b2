import { expect, test } from 'vitest';
import { oneHot } from '../../../../../src/core/recipe/steps/one-hot.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../../src/core/table/build.ts';
import type { Table } from '../../../../../src/core/table/table.ts';

const context = () => ({ seed: 1, target: null, training: false, sources: new Map<string, string>() });
const cells = (table: Table) => Object.fromEntries(table.columns.map((c) => [c.name, [...(c as { values: Uint8Array }).values]]));
const table = makeTable([categoriesOf('c', ['b', 'a', 'a', 'b', 'a', 'x', 'y', null])]);

test('rare and unseen levels share one column, missing has its own', () => {
  const params = { maxLevels: 2, minRows: 1 };
  const state = oneHot.fit(table, ['c'], params, context());
  expect(cells(oneHot.apply(table, ['c'], params, state, context()))).toEqual({ 'c=a': [0, 1, 1, 0, 1, 0, 0, 0], 'c=b': [1, 0, 0, 1, 0, 0, 0, 0], 'c is missing': [0, 0, 0, 0, 0, 0, 0, 1], 'c=(other)': [0, 0, 0, 0, 0, 1, 1, 0] });
  const later = makeTable([categoriesOf('c', ['z', 'a'])]);
  expect(cells(oneHot.apply(later, ['c'], params, state, context()))).toMatchObject({ 'c=(other)': [1, 0], 'c=a': [0, 1] });
});
test('fewest rows, and an unseen level without "(other)" is all zeros', () => {
  expect(oneHot.fit(table, ['c'], { maxLevels: 20, minRows: 2 }, context()).encodings[0].levels).toEqual(['a', 'b']);
  const small = makeTable([categoriesOf('c', ['a', 'b'])]);
  const params = { maxLevels: 20, minRows: 1 };
  expect(cells(oneHot.apply(makeTable([categoriesOf('c', ['z', null])]), ['c'], params, oneHot.fit(small, ['c'], params, context()), context()))).toEqual({ 'c=a': [0, 0], 'c=b': [0, 0] });
});
test('a name that is taken gets a number', () => {
  const taken = makeTable([numbersOf('c=a', [1, 2]), categoriesOf('c', ['a', '(other)'])]);
  expect(oneHot.fit(taken, ['c'], { maxLevels: 1, minRows: 1 }, context()).encodings[0]).toMatchObject({ levels: ['(other)'], names: ['c=(other)'], other: 'c=(other) (2)' });
  expect(oneHot.fit(taken, ['c'], { maxLevels: 5, minRows: 1 }, context()).encodings[0].names).toEqual(['c=(other)', 'c=a (2)']);
});
