import { describe, expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { quantizeFloats, quantizeModel } from '../../../../src/core/compress/quantize-model.ts';
import { checkModel } from '../../../../src/core/models/check-model.ts';
import { floatsOf } from '../../../../src/core/models/decode.ts';
import { modelBytes } from '../../../../src/core/models/model-bytes.ts';
import type { Model } from '../../../../src/core/models/model.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';

const random = sequence(3, 'quantize');
const normals = (n: number, scale = 1) => Float32Array.from({ length: n }, () => random.normal() * scale);
const net: Model = { type: 'dense', task: 'binary', classes: ['a', 'b'], features: 40, json: { sizes: [40, 64, 1], activation: 'relu', clip: 3, range: null }, arrays: { fill: new Float64Array(40), center: new Float64Array(40), scale: new Float64Array(40).fill(1), w0: normals(2560, 0.2), b0: normals(64), w1: normals(64, 0.3), b1: normals(1) } };
const line: Model = { type: 'linear', task: 'regression', classes: [], features: 100, json: {}, arrays: { weights: Float64Array.from(normals(100)), bias: Float64Array.of(3), center: new Float64Array(100), scale: new Float64Array(100).fill(1), fill: new Float64Array(100) } };
const rows = (features: number): Matrix => ({ rows: 50, features: Array.from({ length: features }, (_, j) => ({ name: `f${j}`, source: `f${j}` })), data: Array.from({ length: features }, () => normals(50)), target: null, weight: null });

describe.each([8, 16] as const)('%i bits', (bits) => {
  test('every value lies within half a step of its block, ends of the block included', () => {
    const floats = Float64Array.from({ length: 1000 }, () => random.normal() * 10 + 1e5);
    const { values, min, scale, block } = quantizeFloats(floats, bits, 100)!;
    floats.forEach((v, i) => {
      const b = Math.floor(i / block);
      expect(Math.abs(min[b] + scale[b] * values[i] - v)).toBeLessThanOrEqual(scale[b] * 0.500001);
    });
  });

  test.each([['dense', net], ['linear', line]])('a %s model stays sound, gets smaller and predicts nearly the same', (_, model) => {
    const packed = quantizeModel(model, bits);
    checkModel(packed);
    expect(modelBytes(packed)).toBeLessThan(modelBytes(model));
    const matrix = rows(model.features);
    const before = predictModel(model, matrix).values;
    const after = predictModel(packed, matrix).values;
    const worst = before.reduce((most, v, i) => Math.max(most, Math.abs(v - after[i])), 0);
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(bits === 8 ? 0.2 : 1e-3);
  });
});

test('the original is untouched, and quantising twice is the same as once', () => {
  const before = net.arrays.w0.slice();
  const once = quantizeModel(net, 8);
  expect(net.arrays.w0).toEqual(before);
  expect(quantizeModel(once, 8)).toEqual(once);
  expect(floatsOf(once, 'w0').length).toBe(2560);
});

test('8 bits of a 16-bit model are smaller again, 16 bits of an 8-bit model change nothing', () => {
  const middle = quantizeModel(net, 16);
  expect(modelBytes(quantizeModel(middle, 8))).toBeLessThan(modelBytes(middle));
  const small = quantizeModel(net, 8);
  expect(quantizeModel(small, 16)).toEqual(small);
});

test('a constant model and a tiny array have nothing to gain and stay', () => {
  const constant: Model = { type: 'constant', task: 'regression', classes: [], features: 0, json: {}, arrays: { value: Float64Array.of(2) } };
  expect(quantizeModel(constant, 8)).toBe(constant);
});

test('values that are not finite are never packed; equal values are exact', () => {
  expect(quantizeFloats([1, Infinity], 8, 2)).toBeNull();
  expect(quantizeFloats([1e300, -1e300], 8, 2)).toBeNull();
  const equal = quantizeFloats([0.5, 0.5], 8, 2)!;
  expect(equal.min[0] + equal.scale[0] * equal.values[0]).toBe(0.5);
});
