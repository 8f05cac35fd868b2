// The formats that the prediction benchmark hands to its peers: onnxruntime-web reads ours; XGBoost's JSON says what the trees say.
import { expect, test } from 'vitest';
import { onnxTrees } from '../../../../src/cli/bench/prediction-onnx.ts';
import { openOrt } from '../../../../src/cli/bench/prediction-ort.ts';
import { xgboostJson } from '../../../../src/cli/bench/xgboost-json.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { treesModel } from '../../../../src/core/models/trees-model.ts';
import { partsOf } from '../../../../src/core/models/trees-parts.ts';

const node = (feature: number, threshold: number, missingLeft: boolean, left: number, right: number) => ({ feature, threshold, missingLeft, left, right, gain: 1 });
const model = treesModel({
  task: 'binary', classes: ['no', 'yes'], features: 2, outputs: 1, base: Float64Array.of(0.25),
  trees: [
    { nodes: [node(1, 0.5, true, 1, ~2), node(0, 3, false, ~0, ~1)], values: Float32Array.of(1, -2, 0.5) },
    { nodes: [node(0, 0, false, ~0, ~1)], values: Float32Array.of(-1, 1.5) },
  ],
});
const parts = partsOf(model);

test('onnxruntime-web predicts our trees from our ONNX, on thresholds and missing values too', { timeout: 60_000 }, async () => {
  const rows = [[3, 0.5], [3.0000002, 0.5], [0, 0.50000006], [-1, NaN], [NaN, 0.25], [NaN, NaN], [7, 9]];
  const found = await (await openOrt(onnxTrees(parts), 2)).load(Float32Array.from(rows.flat()), rows.length)();
  const matrix = { rows: rows.length, features: [], data: [0, 1].map((f) => Float32Array.from(rows, (row) => row[f])), target: null, weight: null };
  predictModel(model, matrix).values.forEach((p, i) => expect(Math.abs(p - found[i])).toBeLessThan(1e-6));
});

test('XGBoost: siblings side by side, and the next number above, as it asks value < threshold', () => {
  const [first] = (JSON.parse(xgboostJson(parts)) as { learner: { gradient_booster: { model: { trees: { [name: string]: number[] }[] } } } }).learner.gradient_booster.model.trees;
  expect(first.left_children).toEqual([1, 3, -1, -1, -1]);
  expect(first.right_children).toEqual([2, 4, -1, -1, -1]);
  expect(first.default_left).toEqual([1, 0, 0, 0, 0]);
  expect(first.split_conditions.map(Math.fround)).toEqual([0.5 + 2 ** -24, 3 + 2 ** -22, 0.75, 1.25, -1.75]);
});
