import { describe, expect, test } from 'vitest';
import { BarnacleError, isBarnacleError } from '../../../../src/core/base/errors.ts';
import { defaults } from '../../../../src/core/base/params.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { rateAt } from '../../../../src/core/learners/mlp/epoch.ts';
import { fitInputs, gather } from '../../../../src/core/learners/mlp/inputs.ts';
import type { DenseKernels } from '../../../../src/core/learners/mlp/kernels.ts';
import { mlp } from '../../../../src/core/learners/mlp/mlp.ts';
import { planOf } from '../../../../src/core/learners/mlp/plan.ts';
import { referenceDense } from '../../../../src/core/learners/mlp/reference.ts';
import { startWeights } from '../../../../src/core/learners/mlp/start.ts';
import { hashModel } from '../../../../src/core/models/hash-model.ts';
import { predictModel } from '../../../../src/core/models/predict-model.ts';
import { contextOf, matrixOf, toy, valueTarget, classTarget } from './toy.ts';

const params = { ...defaults(mlp.params), hidden: [8], epochs: 4, batch: 32, rate: 0.01 };

describe('inputs', () => {
  test('median and quartiles, a flag by half its range, missing as the median, outliers bounded', () => {
    const data = matrixOf([[1, 2, 3, 4, 5], [0, 0, 0, 0, 1], [7, 7, 7, 7, 7]], null);
    const inputs = fitInputs(data, 3);
    expect([...inputs.center]).toEqual([3, 0, 7]);
    expect([...inputs.scale]).toEqual([0.5, 2, 0]);
    const x = new Float32Array(6);
    gather(inputs, matrixOf([[NaN, 1e9], [1, 0], [NaN, 3]], null), Int32Array.of(0, 1), 0, 2, x);
    for (const at of [0, 2, 4, 5]) expect(x[at]).toBeCloseTo(0, 12);
    expect(x[3]).toBeCloseTo(3, 5);
    expect(x[1]).toBeCloseTo(2 / Math.sqrt(1 + 4 / 9), 6);
  });

  test('what the net was trained on is what the model serves', async () => {
    const data = toy('regression', 64);
    const model = await mlp.fit(data, params, contextOf(1));
    const plan = planOf(data, params, fitInputs(data, 3));
    const x = new Float32Array(64 * 3);
    gather(plan.inputs, data, Int32Array.from({ length: 64 }, (_, i) => i), 0, 64, x);
    const session = referenceDense.open(plan.net, [...'01'].flatMap((l) => [turned(model.arrays[`w${l}`], plan.net.sizes[+l]), Float32Array.from(model.arrays[`b${l}`])]), plan.options);
    const scores = await session.forward(x, 64);
    const said = predictModel(model, data).values;
    said.forEach((v, i) => v > plan.range![0] && v < plan.range![1] && expect(scores[i]).toBeCloseTo(v, 3));
  });
});

/** outputs x inputs -> inputs x outputs */
function turned(w: ArrayLike<number>, n: number): Float32Array {
  const m = w.length / n;
  return Float32Array.from({ length: w.length }, (_, at) => w[(at % m) * n + Math.floor(at / m)]);
}

test('the first scores are the prior: the first loss is the baseline\'s', () => {
  const data = matrixOf([[1, 2, 3, 4]], classTarget(['a', 'b'], [0, 0, 0, 1]));
  const start = startWeights(planOf(data, params, fitInputs(data, 3)), 1);
  expect(start.map((w) => w.length)).toEqual([8, 8, 8, 1]);
  expect(start[3][0]).toBeCloseTo(Math.log(1.5 / 3.5), 6);
});

test('the rate warms up, peaks at the declared rate and falls to 0', () => {
  const rates = Array.from({ length: 400 }, (_, step) => rateAt({ rate: 2 }, step, 400));
  expect(rates[0]).toBeCloseTo(0.1, 9);
  expect(Math.max(...rates)).toBe(2);
  expect(rates[210]).toBeCloseTo(1 + Math.cos((Math.PI * 190) / 380), 9);
  expect(rates[399]).toBeLessThan(1e-3);
});

test('another seed gives another net; rows of weight 0 are never seen', async () => {
  const data = toy('binary', 60);
  const [a, b] = [await mlp.fit(data, params, contextOf(1)), await mlp.fit(data, params, contextOf(2))];
  expect(hashModel(a)).not.toBe(hashModel(b));
  const plan = planOf({ ...data, weight: Float32Array.from({ length: 60 }, (_, i) => i % 2) }, params, fitInputs(data, 3));
  expect(plan.rows.length).toBe(30);
  expect(plan.meanWeight).toBe(1);
});

test('keeps the weights of the best validation loss and ends when patience is out', async () => {
  const valid = toy('binary', 60, 3, 5);
  const flipped = { ...valid, target: classTarget(['no', 'yes'], [...(valid.target as { codes: Int32Array }).codes].map((c) => 1 - c)) };
  const losses: number[] = [];
  const model = await mlp.fit(toy('binary', 200), { ...params, epochs: 50, patience: 3 }, contextOf(1, flipped, { report: (p) => p.point?.valid != null && losses.push(p.point.valid) }));
  expect(losses.length).toBe(losses.indexOf(Math.min(...losses)) + 1 + 3);
  const { values } = predictModel(model, flipped);
  const truth = (flipped.target as { codes: Int32Array }).codes;
  const served = values.reduce((s, p, i) => s - Math.log(truth[i] ? p : 1 - p), 0) / 60;
  expect(served).toBeCloseTo(Math.min(...losses), 4);
});

test('a regression never leaves the range of its training rows', async () => {
  const data = matrixOf([[0, 1, 2, 3, 4, 5, 6, 7]], valueTarget([0, 10, 20, 30, 40, 50, 60, 70]));
  const model = await mlp.fit(data, { ...params, epochs: 200, dropout: 0 }, contextOf(1));
  const [low, high] = predictModel(model, matrixOf([[-1e6, 1e6]], null)).values;
  expect(low).toBeGreaterThanOrEqual(0);
  expect(high).toBeLessThanOrEqual(70);
});

test('a device lost in an epoch goes on with the next backend from the weights it had', async () => {
  const said: string[] = [];
  let steps = 0;
  let released = 0;
  const lost: DenseKernels = {
    ...referenceDense,
    backend: 'webgpu',
    stepDown: async () => referenceDense,
    open: (...args) => {
      const session = referenceDense.open(...args);
      const fail = () => new BarnacleError('no-backend', 'the GPU was lost', { asked: 'webgpu', reasons: [] });
      return { ...session, step: (...batch) => void (steps++, session.step(...batch)), loss: async () => (steps > 4 ? Promise.reject(fail()) : session.loss()), dispose: () => void released++ };
    },
  };
  const context = contextOf(1, null, { report: (p) => said.push(p.text) });
  const model = await mlp.fit(toy('binary', 64), { ...params, epochs: 5 }, { ...context, kernels: { ...context.kernels, dense: async () => lost } });
  expect(said.join('\n')).toContain('webgpu was lost; epoch 3 starts again on reference');
  expect(said.filter((t) => t.startsWith('epoch')).length).toBe(5);
  expect(released).toBe(1);
  expect(model.type).toBe('dense');
});

test('a rate that blows up is a typed error with a way out', async () => {
  const huge = matrixOf([[1, 2, 3, 4]], valueTarget([1, 2, 3, 4]));
  const poisoned: DenseKernels = { ...referenceDense, open: (...args) => ({ ...referenceDense.open(...args), loss: async () => NaN }) };
  const context = contextOf(1);
  const error = await mlp.fit(huge, params, { ...context, kernels: { ...context.kernels, dense: async () => poisoned } }).catch((e: unknown) => e);
  expect(isBarnacleError(error, 'numeric-failure')).toBe(true);
  expect((error as Error).message).toContain('lower the learning rate');
});

test('no hidden layer is a linear model; a stop in the first epoch still gives a net', async () => {
  const flat = await mlp.fit(toy('multiclass', 90), { ...params, hidden: [] }, contextOf(1));
  expect(flat.arrays.w0.length).toBe(9);
  const stopped = await mlp.fit(toy('binary', 500), params, { ...contextOf(1), ...quiet, breathe: async () => 'stop' });
  expect([...predictModel(stopped, toy('binary', 5)).values].every((p) => p > 0 && p < 1)).toBe(true);
});
