import { expect, test } from 'vitest';
import { joinMatrices } from '../../../../src/core/table/join-matrices.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';

const features = [{ name: 'x', source: 'x' }];
const classes = ['no', 'yes'];
const part = (values: number[], codes: number[], weight: number[] | null): Matrix => ({
  rows: values.length, features, data: [Float32Array.from(values)], target: { kind: 'class', classes, codes: Int32Array.from(codes) }, weight: weight && Float32Array.from(weight),
});

test('rows of the second follow those of the first; an absent weight is 1', () => {
  const joined = joinMatrices(part([1, NaN], [0, 1], null), part([3], [1], [2]));
  expect(joined).toEqual({ rows: 3, features, data: [Float32Array.of(1, NaN, 3)], target: { kind: 'class', classes, codes: Int32Array.of(0, 1, 1) }, weight: Float32Array.of(1, 1, 2) });
});

test('values join, kinds do not mix, no truth stays none', () => {
  const value = (v: number): Matrix => ({ ...part([v], [0], null), target: { kind: 'value', values: Float64Array.of(v) } });
  expect(joinMatrices(value(1), value(2)).target).toEqual({ kind: 'value', values: Float64Array.of(1, 2) });
  expect(() => joinMatrices(value(1), part([1], [0], null))).toThrow('cannot be joined');
  expect(joinMatrices({ ...value(1), target: null }, { ...value(2), target: null }).target).toBeNull();
});

test('groups of the second stay apart from those of the first', () => {
  const grouped = (groups: number[]): Matrix => ({ ...part(groups, groups.map(() => 0), null), groups: Int32Array.from(groups) });
  expect([...joinMatrices(grouped([0, 2, 0]), grouped([0, 1])).groups!]).toEqual([0, 2, 0, 3, 4]);
  expect(joinMatrices(grouped([0]), part([1], [0], null))).not.toHaveProperty('groups');
});
