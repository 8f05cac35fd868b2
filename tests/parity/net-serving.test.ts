// Nets served by the WASM kernel give the bits that core gives: drawn nets of every layer, activation and encoding, any count of rows.
import { describe, expect, test } from 'vitest';
import { sequence } from '../../src/core/base/random.ts';
import { quantizeModel } from '../../src/core/compress/quantize-model.ts';
import { netScores } from '../../src/kernels/nets-serve-wasm/index.ts';
import { loadServing } from '../../src/kernels/load-serving.ts';
import type { Model } from '../../src/core/models/model.ts';
import { scoreNet } from '../../src/core/models/net.ts';
import { activations, type NetLayer } from '../../src/core/models/net/net.ts';
import { prepareNet } from '../../src/core/models/net/prepare-net.ts';
import { predictModel } from '../../src/core/models/predict-model.ts';
import { encodings, sampleLayers, sampleModel, sampleRows } from '../unit/core/models/net/sample-net.ts';

const kernels = { backend: 'wasm', addTrees: () => false, netScores };
const drawn = (seed: number): Model => {
  const task = (['binary', 'multiclass', 'regression'] as const)[seed % 3];
  return sampleModel(task, sampleLayers(sequence(seed, 'layers'), task === 'multiclass' ? 2 + (seed % 11) : 1), encodings[seed % 4], seed);
};

function expectSameBits(model: Model, rows: number): void {
  const matrix = sampleRows(rows, rows);
  const { members, outputs } = prepareNet(model);
  const found = new Float64Array(rows * members * outputs);
  expect(netScores(model, matrix, 0, rows, found)).toBe(true);
  const expected = scoreNet(model, matrix, 0, rows);
  expect(expected.findIndex((score, i) => !Object.is(score, found[i]))).toBe(-1);
}

describe.each(Array.from({ length: 48 }, (_, seed) => seed))('drawn net %i', (seed) => {
  const model = drawn(seed);
  test.each([1, 2, 3, 20, 127, 128, 129, 300])('%i rows', (rows) => expectSameBits(model, rows));
  test('in 8 bits', () => expectSameBits(quantizeModel(model, 8), 50));
});

/** Weights of 900 make activations of all sizes, infinite ones and NaN too. */
test.each(activations.flatMap((by) => [[by, false], [by, true]] as const))('%s (mixed: %s) on scores of every size', (by, mixed) => {
  const layers: NetLayer[] = [{ kind: 'dense', units: 40, bias: true }, { kind: 'activate', by, mixed }, { kind: 'dense', units: 40, bias: true }, { kind: 'activate', by, mixed }, { kind: 'dense', units: 3, bias: true }];
  for (const size of [1e-9, 1e-3, 1, 30, 900, 1e300]) {
    const model = sampleModel('multiclass', layers, null, 5);
    const sized: Model = { ...model, arrays: { ...model.arrays, '0.weights': Float64Array.from(model.arrays['0.weights'], (w) => w * size), '2.weights': Float64Array.from(model.arrays['2.weights'], (w) => w * size) } };
    expectSameBits(sized, 77);
  }
});

test.each(encodings.filter((encoding) => encoding && encoding.kind !== 'piecewise'))('waves of every frequency, $kind of $waves', (encoding) => {
  const model = sampleModel('binary', [{ kind: 'dense', units: 1, bias: true }], encoding, 4);
  for (const size of [1e-30, 1e-3, 0.25, 8, 1e7, 1e300]) {
    const frequencies = Float64Array.from(model.arrays['inputs.frequencies'], (f, i) => (i % 3 ? f : Math.round(4 * f)) * size);
    expectSameBits({ ...model, arrays: { ...model.arrays, 'inputs.frequencies': frequencies } }, 60);
  }
});

test('predictions are the same, whichever rows are held at once', async () => {
  const model = drawn(2);
  const matrix = sampleRows(700, 1);
  expect(predictModel(model, matrix, await loadServing()).values).toEqual(predictModel(model, matrix).values);
  const part = new Float64Array(3 * prepareNet(model).members * prepareNet(model).outputs);
  expect(kernels.netScores(model, matrix, 650, 653, part)).toBe(true);
  expect(part).toEqual(scoreNet(model, matrix, 650, 653));
});

test('many models in turn, none forgotten', () => {
  const models = Array.from({ length: 7 }, (_, seed) => drawn(seed));
  for (const model of [...models, ...models]) expect(scoreNet(model, sampleRows(9, 1), 0, 9, kernels)).toEqual(scoreNet(model, sampleRows(9, 1), 0, 9));
});
