import { expect, test } from 'vitest';
import { sequence } from '../../../../../src/core/base/random.ts';
import { targetEncode } from '../../../../../src/core/recipe/steps/target-encode.ts';
import { categoriesOf, makeTable } from '../../../../../src/core/table/build.ts';
import type { NumberColumn } from '../../../../../src/core/table/table.ts';
import type { Target } from '../../../../../src/core/table/matrix.ts';

const params = { smoothing: 'auto', strength: 10, folds: 5 } as const;
const context = (target: Target | null, training = false) => ({ seed: 1, target, training, sources: new Map<string, string>() });

test('auto smoothing gives the encodings of scikit-learn 1.9 TargetEncoder (full fit, target continuous)', () => {
  const table = makeTable([categoriesOf('g', ['a', 'a', 'a', 'b', 'b', 'c', 'c', 'c', 'c'])]);
  const target: Target = { kind: 'value', values: Float64Array.of(1, 2, 6, 10, 14, 3, 3, 4, 5) };
  const { encodings } = targetEncode.fit(table, ['g'], params, context(target));
  const mean = 48 / 9;
  const variance = [1, 2, 6, 10, 14, 3, 3, 4, 5].reduce((s, v) => s + (v - mean) ** 2, 0) / 9;
  const expected = [[1, 2, 6], [10, 14], [3, 3, 4, 5]].map((v) => {
    const m = v.reduce((s, x) => s + x, 0) / v.length;
    const within = v.reduce((s, x) => s + (x - m) ** 2, 0) / v.length;
    const trust = (variance * v.length) / (variance * v.length + within);
    return trust * m + (1 - trust) * mean;
  });
  encodings[0].values[0].slice(0, 3).forEach((v, i) => expect(v).toBeCloseTo(expected[i], 12));
  expect(encodings[0].values[0][4]).toBeCloseTo(mean, 12);
});
test('out of fold: pure noise with many levels stays uncorrelated with the target on training rows', () => {
  const r = sequence(4, 'noise');
  const n = 2000;
  const table = makeTable([categoriesOf('id', Array.from({ length: n }, () => `v${r.below(700)}`))]);
  const codes = Int32Array.from({ length: n }, () => r.below(2));
  const target: Target = { kind: 'class', classes: ['0', '1'], codes };
  const state = targetEncode.fit(table, ['id'], params, context(target));
  const correlation = (training: boolean) => {
    const { values } = targetEncode.apply(table, ['id'], params, state, context(target, training)).columns[0] as NumberColumn;
    const mean = values.reduce((s: number, v: number) => s + v, 0) / n;
    let xy = 0, xx = 0, yy = 0;
    for (let i = 0; i < n; i++) { xy += (values[i] - mean) * (codes[i] - 0.5); xx += (values[i] - mean) ** 2; yy += (codes[i] - 0.5) ** 2; }
    return xy / Math.sqrt(xx * yy);
  };
  expect(Math.abs(correlation(true))).toBeLessThan(0.1);
  expect(correlation(false)).toBeGreaterThan(0.4);
});
test('a row\'s own target never moves its own training feature', () => {
  const table = makeTable([categoriesOf('g', Array.from({ length: 40 }, (_, i) => 'abc'[i % 3]))]);
  const codes = Int32Array.from({ length: 40 }, (_, i) => i % 2);
  const encode = (labels: Int32Array) => {
    const target: Target = { kind: 'class', classes: ['0', '1'], codes: labels };
    return (targetEncode.apply(table, ['g'], params, targetEncode.fit(table, ['g'], params, context(target)), context(target, true)).columns[0] as NumberColumn).values;
  };
  const before = encode(codes);
  for (const row of [0, 7, 21]) {
    const flipped = codes.slice();
    flipped[row] = 1 - flipped[row];
    expect(encode(flipped)[row]).toBeCloseTo(before[row], 6);
  }
});
test('multiclass makes one column per class that sum to 1', () => {
  const table = makeTable([categoriesOf('g', ['a', 'a', 'b', 'b', 'b', null])]);
  const target: Target = { kind: 'class', classes: ['x', 'y', 'z'], codes: Int32Array.of(0, 1, 2, 2, 0, 1) };
  const state = targetEncode.fit(table, ['g'], { ...params, smoothing: 'fixed', strength: 2 }, context(target));
  expect(state.encodings[0].names).toEqual(['g rate of x', 'g rate of y', 'g rate of z']);
  for (let slot = 0; slot < 4; slot++) expect(state.encodings[0].values.reduce((s, v) => s + v[slot], 0)).toBeCloseTo(1, 10);
});
