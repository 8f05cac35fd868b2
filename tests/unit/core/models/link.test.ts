import { expect, test } from 'vitest';
import { exp, sigmoid } from '../../../../src/core/base/numerics.ts';
import { link, readLink, type Link } from '../../../../src/core/models/link.ts';

const linked = (task: 'binary' | 'multiclass' | 'regression', by: Link, ...scores: number[]) => {
  const values = Float64Array.from([9, ...scores, 9]);
  link(task, values, 1, scores.length, by);
  expect([values[0], values[values.length - 1]]).toEqual([9, 9]);
  return [...values.subarray(1, -1)];
};

test('counts are positive and stay finite', () => {
  expect(linked('regression', 'exp', 2)).toEqual([exp(2)]);
  expect(linked('regression', 'exp', 1e6)).toEqual([Number.MAX_VALUE]);
  expect(linked('regression', 'exp', -1e6)).toEqual([0]);
});

test('shares are held to [0, 1] and sum to 1', () => {
  expect(linked('binary', 'share', 1.25)).toEqual([1]);
  expect(linked('binary', 'share', -0.1)).toEqual([0]);
  expect(linked('multiclass', 'share', 0.5, -0.25, 1.5)).toEqual([0.25, 0, 0.75]);
  expect(linked('multiclass', 'share', 0, -1, 0, 0)).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test('isolation: sigmoid of a line in the anomaly score', () => {
  expect(linked('binary', { type: 'isolation', a: -4, b: 8 }, -0.7)).toEqual([sigmoid(-4 + 8 * exp(-0.7))]);
  expect(linked('binary', { type: 'isolation', a: 0, b: -1 }, 1e9)).toEqual([0]);
});

test('a model without a link has its task\'s', () => {
  expect([readLink('binary', undefined), readLink('multiclass', undefined), readLink('regression', undefined)]).toEqual(['sigmoid', 'softmax', 'identity']);
  expect(readLink('binary', { type: 'isolation', a: 1, b: 2, more: 3 })).toEqual({ type: 'isolation', a: 1, b: 2 });
});

test.each([
  ['binary', 'softmax'], ['binary', 'exp'], ['binary', 'identity'], ['binary', 'isolation'], ['regression', 'share'], ['multiclass', 'sigmoid'],
  ['binary', null], ['binary', 3], ['binary', ['share']], ['binary', { type: 'share' }], ['binary', { type: 'isolation', a: 1 }], ['binary', 'toString'],
] as const)('%s does not take %j', (task, json) => {
  expect(() => readLink(task, json as never)).toThrowError(expect.objectContaining({ code: 'bad-bundle' }));
});
