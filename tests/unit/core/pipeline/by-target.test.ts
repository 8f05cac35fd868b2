import { expect, it } from 'vitest';
import { byTarget } from '../../../../src/core/pipeline/by-target.ts';
import type { RecipeSpec } from '../../../../src/core/recipe/spec.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';

const spec = (task: RecipeSpec['task'], target: string): RecipeSpec => ({ version: 1, task, target, above: null, positive: null, drop: [], steps: [] });

it('counts classes by level, most frequent first, missing apart', () => {
  const table = makeTable([categoriesOf('town', ['a', 'b', 'b', null]), categoriesOf('y', ['no', 'yes', 'no', 'no'])]);
  const found = byTarget(table, 'town', spec('binary', 'y'));
  expect(found).toMatchObject({ kind: 'classes', classes: ['no', 'yes'], rows: 4, sampled: 4 });
  expect(found.bins.map((bin) => [bin.label, 'counts' in bin && bin.counts])).toEqual([['b', [1, 1]], ['a', [1, 0]], ['missing', [1, 0]]]);
});

it('gives the mean of a number by bins of another, every row in one bin', () => {
  const xs = Array.from({ length: 1000 }, (_, i) => i);
  const found = byTarget(makeTable([numbersOf('x', xs), numbersOf('y', xs.map((x) => 2 * x))]), 'x', spec('regression', 'y'));
  if (found.kind !== 'value') throw new Error('expected values');
  expect(found.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(1000);
  expect(found.bins.length).toBe(20);
  expect(found.bins.every((bin, i) => bin.low <= bin.mean && bin.mean <= bin.high && (i === 0 || bin.mean > (found.bins as { mean: number }[])[i - 1].mean))).toBe(true);
});

it('leaves out rows without a target and says how many it used', () => {
  const table = makeTable([numbersOf('x', [1, 2, 3]), numbersOf('y', [1, null, 3])]);
  expect(byTarget(table, 'x', spec('regression', 'y'))).toMatchObject({ rows: 2, sampled: 2 });
});

it('shows the target by itself, and a column that is all missing', () => {
  const table = makeTable([numbersOf('x', [null, null, null]), categoriesOf('y', ['a', 'b', 'a'])]);
  expect(byTarget(table, 'y', spec('binary', 'y')).bins.length).toBe(2);
  expect(byTarget(table, 'x', spec('binary', 'y')).bins.map((bin) => bin.label)).toEqual(['missing']);
});
