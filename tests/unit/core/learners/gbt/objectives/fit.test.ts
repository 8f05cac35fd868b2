// Each objective through the learner on made-up rows: what it promises a person holds on rows it has not seen.
import { describe, expect, test } from 'vitest';
import { defaults } from '../../../../../../src/core/base/params.ts';
import { exp } from '../../../../../../src/core/base/numerics.ts';
import { sequence } from '../../../../../../src/core/base/random.ts';
import { quiet } from '../../../../../../src/core/base/task.ts';
import { gbt } from '../../../../../../src/core/learners/gbt/gbt.ts';
import type { GbtParams } from '../../../../../../src/core/learners/gbt/params.ts';
import { referenceTrees } from '../../../../../../src/core/learners/trees/reference.ts';
import { metrics } from '../../../../../../src/core/metrics/index.ts';
import { predictModel } from '../../../../../../src/core/models/predict-model.ts';
import type { Matrix, Target } from '../../../../../../src/core/table/matrix.ts';

const ROWS = 1500;
const GROUP = 10;
type Row = { mean: number; random: ReturnType<typeof sequence>; x: number };
function drawn(seed: number, targetOf: (row: Row) => number): Matrix {
  const random = sequence(seed, 'objective-fit');
  const data = [0, 1, 2].map(() => Float32Array.from({ length: ROWS }, () => random.unit()));
  const values = Float64Array.from({ length: ROWS }, (_, i) => targetOf({ mean: exp(5 * data[0][i] - 3 * data[1][i] - 2), random, x: data[0][i] }));
  return { rows: ROWS, features: data.map((_, f) => ({ name: `x${f}`, source: `x${f}` })), data, target: { kind: 'value', values }, weight: null, groups: Int32Array.from({ length: ROWS }, (_, i) => Math.floor(i / GROUP)) };
}
const exponential = ({ random }: Row): number => -Math.log(1 - random.unit());
function poissonDraw({ mean, random }: Row): number {
  let count = 0;
  for (let product = random.unit(), floor = Math.exp(-mean); product > floor; product *= random.unit()) count++;
  return count;
}
async function predictions(train: Matrix, rows: Matrix, params: Partial<GbtParams>): Promise<Float64Array> {
  const context = { ...quiet, seed: 1, valid: null, kernels: { trees: referenceTrees as never, nets: () => Promise.reject(new Error('unused')) } };
  return predictModel(await gbt.fit(train, { ...defaults(gbt.params), trees: 40, leaves: 8, learningRate: 0.1, ...params }, context), rows).values;
}
const score = (metric: string, { target, groups, rows }: Matrix, values: Float64Array): number =>
  metrics.get(metric).score(target as Target, { task: 'regression', classes: [], rows, width: 1, values }, null, groups);

describe('amounts and counts: closer in their own deviance than the squared error', () => {
  test.each([
    ['poisson', 'poisson-deviance', poissonDraw],
    ['gamma', 'gamma-deviance', (row: Row) => row.mean * (0.01 + exponential(row))],
    ['tweedie', 'tweedie-deviance', (row: Row) => (row.random.unit() < 0.5 ? 0 : 2 * row.mean * exponential(row))],
  ] as const)('%s', async (objective, metric, draw) => {
    const [train, fresh] = [drawn(1, draw), drawn(2, draw)];
    const params = { trees: 80 };
    const own = await predictions(train, fresh, { ...params, objective });
    expect(Math.min(...own)).toBeGreaterThan(0);
    expect(score(metric, fresh, own)).toBeLessThan(score(metric, fresh, await predictions(train, fresh, params)));
    const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / ROWS;
    const share = mean(await predictions(train, train, { ...params, objective })) / mean((train.target as { values: Float64Array }).values);
    expect(Math.abs(share - 1)).toBeLessThan(0.2);
  });
});

test.each([0.1, 0.5, 0.9])('quantile %d: that share of new truths lies below, where noise grows with x', async (quantile) => {
  const draw = ({ x, random }: Row) => 10 * x + (0.2 + 3 * x) * random.normal();
  const [train, fresh] = [drawn(3, draw), drawn(4, draw)];
  const own = await predictions(train, fresh, { objective: 'quantile', quantile, minLeafRows: 50 });
  const truth = (fresh.target as { values: Float64Array }).values;
  expect(Math.abs(truth.filter((y, i) => y < own[i]).length / ROWS - quantile)).toBeLessThan(0.05);
});

test('absolute and Huber shrug off what one row in ten is thrown away by', async () => {
  const clean = ({ x, random }: Row) => 5 * x + 0.1 * random.normal();
  const dirty = (row: Row) => clean(row) + (row.random.unit() < 0.1 ? 100 : 0);
  const [train, fresh] = [drawn(5, dirty), drawn(6, clean)];
  const errorOf = async (objective: GbtParams['objective']) => score('mae', fresh, await predictions(train, fresh, { objective }));
  expect(await errorOf('squared')).toBeGreaterThan(3);
  expect(await errorOf('absolute')).toBeLessThan(0.5);
  expect(await errorOf('huber')).toBeLessThan((await errorOf('squared')) / 3);
});

test('ranking beats the squared error in NDCG where queries differ in level', async () => {
  const level = sequence(9, 'levels');
  const levels = Array.from({ length: ROWS / GROUP }, () => Math.floor(3 * level.unit()));
  const make = (seed: number): Matrix => {
    const rows = drawn(seed, () => 0);
    const noise = sequence(seed, 'grades');
    const values = Float64Array.from({ length: ROWS }, (_, i) => Math.max(0, Math.min(4, Math.round(3 * rows.data[0][i] - 1.5 + levels[rows.groups![i]] + 0.7 * noise.normal()))));
    return { ...rows, target: { kind: 'value', values } };
  };
  const [train, fresh] = [make(7), make(8)];
  const ranked = score('ndcg-10', fresh, await predictions(train, fresh, { objective: 'lambdarank', minLeafRows: 5 }));
  expect(ranked).toBeGreaterThan(score('ndcg-10', fresh, new Float64Array(ROWS)) + 0.1);
  expect(ranked).toBeGreaterThan(score('ndcg-10', fresh, await predictions(train, fresh, {})) - 0.02);
  await expect(predictions({ ...train, groups: undefined }, fresh, { objective: 'lambdarank' })).rejects.toThrow('name the column of the query');
});

test('balanced classes: more of the rare class is found', async () => {
  const rows = drawn(10, ({ x, random }) => Number(x + 0.3 * random.normal() > 1.05));
  const codes = Int32Array.from((rows.target as { values: Float64Array }).values);
  const train: Matrix = { ...rows, target: { kind: 'class', classes: ['no', 'yes'], codes } };
  const found = async (balance: GbtParams['balance']) => (await predictions(train, train, { balance, trees: 10 })).filter((p, i) => codes[i] === 1 && p > 0.5).length;
  expect(await found('balanced')).toBeGreaterThan(1.5 * (await found('none')));
});
