// The kinds of importance: bars of those that trees hold, the lanes of one output, and what each says as a title.
import { expect, test } from 'vitest';
import type { RunExplanation } from '../../../../../src/core/pipeline/explain-run.ts';
import { contributionFinding, swarmOf } from '../../../../../src/studio/pages/evaluate/contributions.ts';
import { importanceKinds, treeBars, treeFinding } from '../../../../../src/studio/pages/evaluate/importance-kinds.ts';

const columns = [{ column: 'age', gain: 0.8, splits: 3, cover: 0.5 }, { column: 'port', gain: 0.2, splits: 9, cover: 0.5 }, { column: 'fare', gain: 0, splits: 0, cover: 0 }];

test('bars of a kind and what they show', () => {
  expect(treeFinding(treeBars('gain', columns)!)).toBe('age has the most gain; 1 of 3 columns are not used');
  expect(treeFinding(treeBars('splits', columns.slice(0, 2))!)).toBe('port has the most splits');
  expect(treeBars('cover', [...columns, { column: 'x', gain: 0, splits: 0, cover: null }])).toBeNull();
});

test('every kind says what it measures and its trap', () => {
  for (const about of Object.values(importanceKinds)) expect([about.says.endsWith('.'), about.trap.endsWith('.'), about.trap.length > 40]).toEqual([true, true, true]);
});

test('lanes of one output, ordered by their mean for it', () => {
  const found: RunExplanation = {
    rows: 2, testRows: 2, scale: 'logit', outputs: ['a', 'b'], base: [0, 0], error: 0, dotted: 2, columns: [{ column: 'age', mean: 2, means: [3, 1] }, { column: 'port', mean: 1.5, means: [1, 2] }],
    values: Float32Array.of(3, -3, 1, -1, 1, -1, 2, -2), places: Float32Array.of(0, 1, NaN, NaN), cells: [['1', '2'], ['S', null]],
  };
  const lanes = swarmOf(found, 1, 'score of b');
  expect(lanes.columns.map((lane) => [lane.column, lane.mean, Array.from(lane.values)])).toEqual([['port', 2, [2, -2]], ['age', 1, [1, -1]]]);
  expect(contributionFinding(lanes)).toBe('port moves the score of b most, then age');
  expect(contributionFinding({ ...lanes, columns: [] })).toBe('No column moves the score of b');
});
