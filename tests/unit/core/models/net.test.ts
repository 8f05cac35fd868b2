// The model kind `net`: scores by hand, members, links, features; shapes that do not fit are refused and nothing else comes out.
import { describe, expect, test } from 'vitest';
import { isBarnacleError } from '../../../../src/core/base/errors.ts';
import { exp, sigmoid } from '../../../../src/core/base/numerics.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import { readKeptFit, writeKeptFit } from '../../../../src/core/pipeline/kept-fit.ts';
import type { Json } from '../../../../src/core/base/json.ts';
import { quantizeModel } from '../../../../src/core/compress/quantize-model.ts';
import { checkModel } from '../../../../src/core/models/check-model.ts';
import { modelBytes } from '../../../../src/core/models/model-bytes.ts';
import type { Model, ModelArray } from '../../../../src/core/models/model.ts';
import { scoreNet } from '../../../../src/core/models/net.ts';
import { makeNetModel, netPartsOf } from '../../../../src/core/models/net/make-net-model.ts';
import type { Net } from '../../../../src/core/models/net/net.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';
import { encodings, sampleLayers, sampleModel, sampleRows } from './net/sample-net.ts';

const matrixOf = (...data: number[][]): Matrix => ({ rows: data[0].length, features: data.map((_, j) => ({ name: `f${j}`, source: `f${j}` })), data: data.map((d) => Float32Array.from(d)), target: null, weight: null });
const plain = { as: 'number', fill: 0, center: 0, scale: 1 } as const;
const inputs = (numbers: number): Net['inputs'] => ({ numbers, flags: 0, encoding: null, categories: [] });
/** So large a clip bounds nothing. */
const clip = 1e6;

test('a net of two layers scores as by hand, and a regression is held within its range', () => {
  const net: Net = { inputs: inputs(2), layers: [{ kind: 'dense', units: 2, bias: true }, { kind: 'activate', by: 'relu', mixed: false }, { kind: 'dense', units: 1, bias: true }] };
  const weights = Float32Array.of(1, -1, 2, 3, 0.5, -0.5, 4, 5, 1);
  const model = makeNetModel({ task: 'regression', classes: [], features: [plain, plain], clip, net, weights, shift: 10, spread: 2, range: [0, 40] });
  checkModel(model);
  expect([...model.arrays['0.weights']]).toEqual([1, 2, -1, 3]);
  const rows = matrixOf([1, 0, 4], [1, -1, 4]);
  expect([...scoreNet(model, rows, 0, 3)]).toEqual([(1 + 2 + 0.5) * 4 + (-1 + 3 - 0.5) * 5 + 1, 1, 12.5 * 4 + 7.5 * 5 + 1]);
  expect([...predictModel(model, rows).values]).toEqual([40, 12, 40]);
});

test('members are averaged after the link, whichever it is', () => {
  const net: Net = { inputs: inputs(1), layers: [{ kind: 'spread', members: 2 }, { kind: 'scale', member: true }, { kind: 'heads', units: 1 }] };
  const weights = Float32Array.of(1, -2, 3, 5, 0.25, 0.5);
  const parts = { features: [plain], clip, net, weights };
  const scores = [2 * 1 * 3 + 0.25, 2 * -2 * 5 + 0.5];
  const said = (model: Model) => predictModel(model, matrixOf([2])).values[0];
  expect(said(makeNetModel({ task: 'binary', classes: ['a', 'b'], ...parts }))).toBe((sigmoid(scores[0]) + sigmoid(scores[1])) / 2);
  expect(said(makeNetModel({ task: 'regression', classes: [], ...parts }))).toBe((scores[0] + scores[1]) / 2);
  expect(said(makeNetModel({ task: 'regression', classes: [], ...parts, link: 'exp', shift: 1, spread: 0.5 }))).toBe((exp(scores[0] * 0.5 + 1) + exp(scores[1] * 0.5 + 1)) / 2);
});

test('batch norm serves by its running statistics, layer norm by the line', () => {
  const tail = [{ kind: 'dense', units: 1, bias: false }] as const;
  const batch: Net = { inputs: inputs(2), layers: [{ kind: 'norm', by: 'batch' }, ...tail] };
  const model = makeNetModel({ task: 'regression', classes: [], features: [plain, plain], clip, net: batch, weights: Float32Array.of(2, 3, 1, -1, 4, 5, 0.25, 0, 1, 1) });
  expect(predictModel(model, matrixOf([6], [5])).values[0]).toBeCloseTo((2 * (6 - 4)) / Math.sqrt(0.25 + 1e-5) + 1 - 1, 10);
  const layer: Net = { inputs: inputs(2), layers: [{ kind: 'norm', by: 'layer' }, ...tail] };
  const other = makeNetModel({ task: 'regression', classes: [], features: [plain, plain], clip, net: layer, weights: Float32Array.of(2, 3, 1, -1, 1, 0) });
  expect(predictModel(other, matrixOf([6], [2])).values[0]).toBeCloseTo((2 * 2) / Math.sqrt(4 + 1e-5) + 1, 10);
});

describe.each([0, 1, 2, 3, 4, 5, 6, 7])('drawn net %i', (seed) => {
  const random = sequence(seed, 'layers');
  const task = (['binary', 'multiclass', 'regression'] as const)[seed % 3];
  const model = sampleModel(task, sampleLayers(random, task === 'multiclass' ? 4 : 1), encodings[seed % 4], seed);

  test('is sound, and a row alone gives what it gave in the batch', () => {
    checkModel(model);
    const batch = sampleRows(150, seed);
    const { values, width } = predictModel(model, batch);
    expect(values.every(Number.isFinite)).toBe(true);
    for (const row of [0, 1, 63, 64, 149]) {
      const alone = predictModel(model, { ...batch, rows: 1, data: batch.data.map((c) => c.slice(row, row + 1)) });
      expect([...alone.values]).toEqual([...values.subarray(row * width, row * width + width)]);
    }
  });

  test('its parts make it again', () => {
    const again = makeNetModel(netPartsOf(model));
    expect(again).toEqual(model);
  });

  test('8 bits predict nearly the same, from fewer bytes', () => {
    const packed = quantizeModel(model, 8);
    checkModel(packed);
    expect(modelBytes(packed)).toBeLessThan(modelBytes(model));
    const [a, b] = [model, packed].map((m) => predictModel(m, sampleRows(50, 1)).values);
    const size = Math.max(...a.map(Math.abs));
    expect(Math.max(...a.map((v, i) => Math.abs(v - b[i]))) / Math.max(1, size)).toBeLessThan(0.1);
  });

  test('hostile json is refused as bad-bundle or serves: nothing else comes out', () => {
    const values: Json[] = [null, true, -1, 0, 1.5, 1e308, 2 ** 40, 65_536, '', 'x', 'dense', [], [[]], {}, { length: 1e9 }, [1, 2]];
    const rows = sampleRows(3, seed);
    let refused = 0;
    for (let n = 0; n < 300; n++) {
      const json = JSON.parse(JSON.stringify(model.json)) as Json;
      const places: [{ [key: string]: Json }, string][] = [];
      const walk = (at: Json): void => {
        if (at === null || typeof at !== 'object') return;
        for (const key of Object.keys(at)) {
          places.push([at as { [key: string]: Json }, key]);
          walk((at as { [key: string]: Json })[key]);
        }
      };
      walk(json);
      const [holder, key] = places[random.below(places.length)];
      if (random.below(4) === 0) Reflect.deleteProperty(holder, key);
      else holder[key] = values[random.below(values.length)];
      const hostile = { ...model, json };
      try {
        checkModel(hostile);
        expect(predictModel(hostile, rows).values.length).toBe(rows.rows * (task === 'multiclass' ? 4 : 1));
      } catch (error) {
        expect(isBarnacleError(error, 'bad-bundle'), `${key}: ${String(error)}`).toBe(true);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(150);
  });

  test('an array cut, poisoned or left out is refused', () => {
    for (const [name, array] of Object.entries(model.arrays)) {
      const put = (change: ModelArray | null): Model => ({ ...model, arrays: Object.fromEntries(Object.entries({ ...model.arrays, [name]: change }).filter(([, a]) => a)) as Model['arrays'] });
      for (const change of [null, array.slice(0, -1), array.map(() => NaN)]) expect(() => checkModel(put(change)), name).toThrow();
    }
  });
});

const bad: [string, Net['layers']][] = [
  ['spreads twice', [{ kind: 'spread', members: 2 }, { kind: 'spread', members: 2 }, { kind: 'dense', units: 1, bias: true }]],
  ['heads', [{ kind: 'heads', units: 1 }]],
  ['heads', [{ kind: 'spread', members: 2 }, { kind: 'heads', units: 4 }, { kind: 'dense', units: 1, bias: true }]],
  ['adds', [{ kind: 'add' }, { kind: 'dense', units: 1, bias: true }]],
  ['adds', [{ kind: 'save' }, { kind: 'dense', units: 3, bias: true }, { kind: 'add' }, { kind: 'dense', units: 1, bias: true }]],
  ['adds', [{ kind: 'save' }, { kind: 'spread', members: 2 }, { kind: 'add' }, { kind: 'dense', units: 1, bias: true }]],
  ['saves', [{ kind: 'save' }, { kind: 'dense', units: 1, bias: true }]],
  ['end with dense', [{ kind: 'dense', units: 1, bias: true }, { kind: 'activate', by: 'relu', mixed: false }]],
  ['units, not 1', [{ kind: 'dense', units: 2, bias: true }]],
  ['parameters', Array.from({ length: 100 }, () => ({ kind: 'dense' as const, units: 65_000, bias: true }))],
  ['numbers a row', [{ kind: 'spread', members: 4096 }, { kind: 'dense', units: 5000, bias: true }, { kind: 'dense', units: 1, bias: true }]],
];

test.each(bad)('a net that %s is refused before anything is made of it', (reason, layers) => {
  const fine = sampleModel('binary', [{ kind: 'dense', units: 1, bias: true }], null, 1);
  expect(() => checkModel({ ...fine, json: { ...(fine.json as object), net: { ...netPartsOf(fine).net, layers } } as Json })).toThrow(new RegExp(reason));
});

test('rows so wide that fewer go together say the same', () => {
  const levels = 70_000;
  const net: Net = { inputs: { numbers: 0, flags: levels, encoding: null, categories: [] }, layers: [{ kind: 'dense', units: 1, bias: true }] };
  const weights = Float32Array.from({ length: levels + 1 }, (_, i) => i % 100);
  const model = makeNetModel({ task: 'regression', classes: [], features: [{ as: 'levels', levels }], clip, net, weights });
  const rows = matrixOf(Array.from({ length: 130 }, (_, i) => i * 501));
  expect([...scoreNet(model, rows, 0, 130)]).toEqual(Array.from({ length: 130 }, (_, i) => ((i * 501) % 100) + weights[levels]));
});

test('a net with a table for each of two thousand categories can be kept and read again', () => {
  const categories = Array.from({ length: 2000 }, () => ({ levels: 9, width: 1 }));
  const net: Net = { inputs: { numbers: 0, flags: 0, encoding: null, categories }, layers: [{ kind: 'dense', units: 1, bias: true }] };
  const weights = new Float32Array(2000 * 10 + 2001).fill(0.5);
  const model = makeNetModel({ task: 'regression', classes: [], features: categories.map(() => ({ as: 'code', levels: 9 })), clip, net, weights });
  const file = writeKeptFit({ run: 'r', by: '1', kept: { checkpoint: { learner: 'mlp', step: 1, model, json: {} }, curve: [], fitMs: 1 } });
  expect(Object.keys(readKeptFit(file).kept.checkpoint.model.arrays).length).toBe(Object.keys(model.arrays).length);
});
