// The ONNX form of nets that the net-prediction benchmark hands to onnxruntime-web: it says what our net says.
import { expect, test } from 'vitest';
import { onnxNet } from '../../../../src/cli/bench/net-onnx.ts';
import { openOrt } from '../../../../src/cli/bench/prediction-ort.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import { makeNetModel } from '../../../../src/core/models/net/make-net-model.ts';
import type { NetLayer } from '../../../../src/core/models/net/net.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { sampleWeights } from '../../core/models/net/sample-net.ts';

const relu: NetLayer = { kind: 'activate', by: 'relu', mixed: false };
const nets: [string, NetLayer[]][] = [
  ['a plain net', [{ kind: 'scale', member: false }, { kind: 'dense', units: 9, bias: true }, relu, { kind: 'dense', units: 3, bias: true }]],
  ['members', [{ kind: 'spread', members: 4 }, { kind: 'scale', member: true }, { kind: 'dense', units: 6, bias: false }, { kind: 'shift', member: true }, relu, { kind: 'dense', units: 5, bias: true }, relu, { kind: 'heads', units: 3 }]],
];

test.each(nets)('%s', { timeout: 60_000 }, async (_, layers) => {
  const net = { inputs: { numbers: 2, flags: 0, encoding: null, categories: [] }, layers };
  const weights = sampleWeights(net, sequence(1, 'onnx'));
  const feature = { as: 'number', fill: 0, center: 0, scale: 1 } as const;
  const model = makeNetModel({ task: 'multiclass', classes: ['a', 'b', 'c'], features: [feature, feature], clip: 1e6, net, weights });
  const rows = [[3, 0.5], [-1, 2], [0, 0], [0.1, -0.7], [9, 9]];
  const found = await (await openOrt(onnxNet(net, weights), 2, 'all')).load(Float32Array.from(rows.flat()), rows.length)();
  const matrix = { rows: rows.length, features: [], data: [0, 1].map((f) => Float32Array.from(rows, (row) => row[f])), target: null, weight: null };
  predictModel(model, matrix).values.forEach((p, i) => expect(Math.abs(p - found[i])).toBeLessThan(1e-5));
});

test('a layer without an ONNX form is an error', () => {
  const net = { inputs: { numbers: 2, flags: 0, encoding: null, categories: [] }, layers: [{ kind: 'norm', by: 'layer' } as NetLayer, { kind: 'dense', units: 1, bias: true } as NetLayer] };
  expect(() => onnxNet(net, sampleWeights(net, sequence(1, 'onnx')))).toThrow(/norm/);
});
