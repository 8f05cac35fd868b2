import { expect, test } from 'vitest';
import { sequence } from '../../../../../src/core/base/random.ts';
import { targetEncode } from '../../../../../src/core/recipe/steps/target-encode.ts';
import { categoriesOf, makeTable } from '../../../../../src/core/table/build.ts';
import type { NumberColumn } from '../../../../../src/core/table/table.ts';
import type { Target } from '../../../../../src/core/table/matrix.ts';

const params = { smoothing: 'auto', strength: 10, order: 'folds', folds: 5 } as const;
const context = (target: Target | null, training = false) => ({ seed: 1, target, training, sources: new Map<string, string>() });

const letters = makeTable([categoriesOf('g', [...'aaabbcccc'])]);
const near = (found: number[], wanted: number[]) => wanted.forEach((v, i) => expect(found[i]).toBeCloseTo(v, 12));
test('auto smoothing gives what scikit-learn 1.9.1 gave: TargetEncoder().fit(X, y).encodings_', () => {
  const value: Target = { kind: 'value', values: Float64Array.of(1, 2, 6, 10, 14, 3, 3, 4, 5) };
  near(targetEncode.fit(letters, ['g'], params, context(value)).encodings[0].values[0], [3.212121212121212, 11.240506329113924, 3.7673032343525774, 5.333333333333333, 5.333333333333333]);
  const binary: Target = { kind: 'class', classes: ['0', '1'], codes: Int32Array.of(0, 0, 1, 1, 1, 0, 0, 1, 0) };
  near(targetEncode.fit(letters, ['g'], params, context(binary)).encodings[0].values[0], [0.3589743589743589, 1, 0.2810242941562705, 4 / 9, 4 / 9]);
  const three: Target = { kind: 'class', classes: ['0', '1', '2'], codes: Int32Array.of(0, 1, 2, 2, 1, 0, 0, 1, 0) };
  const { values } = targetEncode.fit(letters, ['g'], params, context(three)).encodings[0];
  near(values[0], [0.3589743589743589, 0, 0.701247537754432]);
  near(values[1], [0.3333333333333333, 0.44, 0.2645161290322581]);
  near(values[2], [0.3, 0.38341968911917096, 0]);
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
    const mean = Array.from(values).reduce((s, v) => s + v, 0) / n;
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
const ordered = { ...params, order: 'ordered', strength: 1 } as const;
test('in order: each row by the rows before it, never by its own', () => {
  const n = 60;
  const table = makeTable([categoriesOf('g', Array.from({ length: n }, (_, i) => 'abc'[i % 3]))]);
  const encode = (values: Float64Array) => {
    const target: Target = { kind: 'value', values };
    return (targetEncode.apply(table, ['g'], ordered, targetEncode.fit(table, ['g'], ordered, context(target)), context(target, true)).columns[0] as NumberColumn).values;
  };
  const values = Float64Array.from({ length: n }, (_, i) => (i * 7) % 11);
  const before = encode(values);
  const moves = Array.from({ length: n }, (_, row) => {
    const other = values.slice();
    other[row] += 1000;
    const after = encode(other);
    expect(after[row]).toBe(before[row]);
    return Array.from({ length: n }, (_, i) => i).filter((i) => after[i] !== before[i]).length;
  });
  expect(Math.min(...moves)).toBeLessThanOrEqual(1);
  expect(Math.max(...moves)).toBe(n - 1);
  expect(new Set(moves).size).toBeGreaterThan(n / 2);
});
test('in order: by hand on a level of its own, and full statistics for other rows', () => {
  const table = makeTable([categoriesOf('g', ['a', 'a', 'a', 'a'])]);
  const target: Target = { kind: 'value', values: Float64Array.of(4, 4, 4, 12) };
  const state = targetEncode.fit(table, ['g'], ordered, context(target));
  const full = targetEncode.apply(table, ['g'], ordered, state, context(target)).columns[0] as NumberColumn;
  expect([...full.values]).toEqual([6, 6, 6, 6]);
  const training = (targetEncode.apply(table, ['g'], ordered, state, context(target, true)).columns[0] as NumberColumn).values;
  const place = [0, 1, 2, 3].filter((i) => training[i] !== 4);
  for (const i of place) expect(i === 3 ? [4] : [12, 8, 20 / 3].map(Math.fround)).toContain(Math.fround(training[i]));
});
