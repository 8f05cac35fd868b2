import { describe, expect, test } from 'vitest';
import { BarnacleError, isBarnacleError } from '../../../../../src/core/base/errors.ts';
import { defaults } from '../../../../../src/core/base/params.ts';
import type { CurvePoint } from '../../../../../src/core/base/task.ts';
import type { Checkpoint } from '../../../../../src/core/learners/learner.ts';
import { mlp } from '../../../../../src/core/learners/mlp/mlp.ts';
import type { NetKernels } from '../../../../../src/core/learners/mlp/net-kernels.ts';
import type { MlpParams } from '../../../../../src/core/learners/mlp/params.ts';
import { referenceNets } from '../../../../../src/core/learners/mlp/reference-net.ts';
import { hashModel } from '../../../../../src/core/models/hash-model.ts';
import { netPartsOf } from '../../../../../src/core/models/net/make-net-model.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import type { Matrix } from '../../../../../src/core/table/matrix.ts';
import { classTarget, contextOf, matrixOf, toy, valueTarget } from '../toy.ts';

const small: MlpParams = { ...defaults(mlp.params), hidden: [8], epochs: 4, batch: 32, encodingDetail: 4 };
const nominal = (task: 'binary' | 'regression', rows: number): Matrix => {
  const data = toy(task, rows, 3);
  const codes = Float32Array.from({ length: rows }, (_, i) => (i % 13 === 12 ? NaN : i % 13));
  return { ...data, features: [...data.features, { name: 'city', source: 'city', levels: 12 }, { name: 'side', source: 'side', levels: 2 }], data: [...data.data, codes, codes.map((c) => (c === c ? c % 2 : 1))] };
};

describe.each(['realmlp', 'tabm', 'resnet', 'mlp'] as const)('%s', (architecture) => {
  test.each(['binary', 'multiclass', 'regression'] as const)('%s: beats the mean of the target', async (task) => {
    const [data, fresh] = [toy(task, 400), toy(task, 200, 3, 2)];
    const model = await mlp.fit(data, { ...small, architecture, epochs: 25, members: 4 }, contextOf(1));
    const { values, width } = predictModel(model, fresh);
    const truth = fresh.target!;
    const right = truth.kind === 'class' ? truth.codes.filter((c, i) => (width === 1 ? values[i] > 0.5 : values.subarray(i * width, i * width + width).every((p) => p <= values[i * width + c])) === (width > 1 || c === 1)).length / 200 : 1 - truth.values.reduce((s, y, i) => s + (y - values[i]) ** 2, 0) / truth.values.reduce((s, y) => s + (y - 100) ** 2, 0);
    expect(right).toBeGreaterThan(0.65);
  });

  test('takes categories as they are: few levels one by one, many through a table', async () => {
    const data = nominal('binary', 90);
    const model = await mlp.fit(data, { ...small, architecture, members: 2 }, contextOf(1));
    const { features, net } = netPartsOf(model);
    expect(features.map((f) => f.as)).toEqual(['number', 'number', 'number', 'code', 'levels']);
    expect(net.inputs.categories).toEqual([{ levels: 12, width: 8 }]);
    expect([...predictModel(model, data).values].every((p) => p > 0 && p < 1)).toBe(true);
  });

  test('goes on from any epoch to the bytes of the fit that was not interrupted', async () => {
    const [data, valid] = [nominal('regression', 80), nominal('regression', 40)];
    const kept: Checkpoint[] = [];
    const params = { ...small, architecture, members: 2 };
    const whole = await mlp.fit(data, params, contextOf(3, valid, { keep: (_, make) => kept.push(make()) }));
    expect(kept.map((k) => k.step)).toEqual([1, 2, 3, 4]);
    for (const resume of [kept[0], kept[2]]) expect(hashModel(await mlp.fit(data, params, contextOf(3, valid, { resume: structuredClone(resume) })))).toBe(hashModel(whole));
    await expect(mlp.fit(data, { ...params, hidden: [9] }, contextOf(3, valid, { resume: kept[0] }))).rejects.toMatchObject({ code: 'bad-bundle' });
  });
});

test('going on from a fitted net keeps its inputs, starts where it was, and refuses another target', async () => {
  const data = toy('regression', 300);
  const first = await mlp.fit(data, { ...small, epochs: 20 }, contextOf(1));
  const points: CurvePoint[] = [];
  const tuned = await mlp.fit(toy('regression', 60, 3, 9), { ...small, epochs: 3 }, contextOf(1, null, { from: first, report: (p) => p.point && points.push(p.point) }));
  expect(netPartsOf(tuned).features).toEqual(netPartsOf(first).features);
  const cold: CurvePoint[] = [];
  await mlp.fit(toy('regression', 60, 3, 9), { ...small, epochs: 3 }, contextOf(1, null, { report: (p) => p.point && cold.push(p.point) }));
  expect(points[0].train!).toBeLessThan(cold[0].train!);
  await expect(mlp.fit(toy('binary', 60), small, contextOf(1, null, { from: first }))).rejects.toMatchObject({ code: 'bad-param', details: { path: 'from' } });
});

test('tuning that only harms gives the model back that it went on from', async () => {
  const [data, valid] = [toy('regression', 300), toy('regression', 100, 3, 4)];
  const first = await mlp.fit(data, { ...small, epochs: 20 }, contextOf(1, valid));
  const turned = { ...data, target: valueTarget(Array.from((data.target as { values: Float64Array }).values, (y) => 200 - y)) };
  const tuned = await mlp.fit(turned, { ...small, epochs: 3 }, contextOf(1, valid, { from: first }));
  expect(netPartsOf(tuned).weights).toEqual(netPartsOf(first).weights);
});

test('each epoch tells its figure, norms by layer, dead units and what is held', async () => {
  const points: CurvePoint[] = [];
  await mlp.fit(toy('binary', 100), { ...small, architecture: 'mlp', norm: 'none' }, contextOf(1, toy('binary', 50, 3, 2), { report: (p) => p.point && points.push(p.point) }));
  expect(points).toHaveLength(4);
  const extra = points[3].extra!;
  expect(Object.keys(extra).sort()).toEqual(['accuracy', 'dead.1', 'gradient.1', 'gradient.2', 'held.bytes', 'held.tensors', 'rate', 'weights.1', 'weights.2']);
  expect(extra['accuracy']).toBeGreaterThan(0.5);
  expect(extra['gradient.1']).toBeGreaterThan(0);
});

test('keeps the best validation epoch and ends when patience is out', async () => {
  const valid = toy('binary', 60, 3, 5);
  const flipped = { ...valid, target: classTarget(['no', 'yes'], [...(valid.target as { codes: Int32Array }).codes].map((c) => 1 - c)) };
  const losses: number[] = [];
  const model = await mlp.fit(toy('binary', 200), { ...small, epochs: 50, patience: 3 }, contextOf(1, flipped, { report: (p) => p.point?.valid != null && losses.push(p.point.valid) }));
  expect(losses.length).toBe(losses.indexOf(Math.min(...losses)) + 1 + 3);
  const truth = (flipped.target as { codes: Int32Array }).codes;
  const served = predictModel(model, flipped).values.reduce((s, p, i) => s - Math.log(truth[i] ? p : 1 - p), 0) / 60;
  expect(served).toBeCloseTo(Math.min(...losses), 4);
});

test('balanced classes find the rare one more often; a quantile is above the median', async () => {
  const data = toy('binary', 300);
  const rare = { ...data, target: classTarget(['no', 'yes'], Array.from(data.data[0], (x) => (x > 1.3 ? 1 : 0))) };
  const found = async (balance: 'none' | 'balanced'): Promise<number> => predictModel(await mlp.fit(rare, { ...small, epochs: 8, balance }, contextOf(1)), rare).values.filter((p) => p > 0.5).length;
  expect(await found('balanced')).toBeGreaterThan(await found('none'));
  const wide = toy('regression', 300);
  const share = async (quantile: number): Promise<number> => predictModel(await mlp.fit(wide, { ...small, epochs: 20, objective: 'quantile', quantile }, contextOf(1)), wide).values.filter((v, i) => (wide.target as { values: Float64Array }).values[i] <= v).length / 300;
  expect(await share(0.9)).toBeGreaterThan(await share(0.1) + 0.3);
});

test('a regression never leaves the range of its training rows; rows of weight 0 are never seen', async () => {
  const data = matrixOf([[0, 1, 2, 3, 4, 5, 6, 7]], valueTarget([0, 10, 20, 30, 40, 50, 60, 70]));
  const [low, high] = predictModel(await mlp.fit(data, { ...small, epochs: 60 }, contextOf(1)), matrixOf([[-1e6, 1e6]], null)).values;
  expect(low).toBeGreaterThanOrEqual(0);
  expect(high).toBeLessThanOrEqual(70);
  const half = { ...data, weight: Float32Array.of(1, 1, 1, 1, 0, 0, 0, 0) };
  expect(predictModel(await mlp.fit(half, small, contextOf(1)), data).values.every((v) => v <= 30)).toBe(true);
});

test('a device lost in an epoch goes on with the next backend from the last whole epoch, to the same bytes', async () => {
  const said: string[] = [];
  let [steps, released] = [0, 0];
  const lost: NetKernels = {
    ...referenceNets,
    backend: 'webgpu',
    stepDown: async () => referenceNets,
    open: async (options) => {
      const session = await referenceNets.open(options);
      const fail = (): BarnacleError<'no-backend'> => new BarnacleError('no-backend', 'the GPU was lost', { asked: 'webgpu', reasons: [] });
      return { ...session, step: (batch, at) => void (steps++, session.step(batch, at)), loss: async () => (steps > 4 ? Promise.reject(fail()) : session.loss()), dispose: () => { released++; session.dispose(); } };
    },
  };
  const data = toy('binary', 64);
  const context = contextOf(1, null, { report: (p) => said.push(p.text) });
  const model = await mlp.fit(data, { ...small, epochs: 5 }, { ...context, kernels: { ...context.kernels, nets: async () => lost } });
  expect(said.join('\n')).toContain('webgpu was lost; epoch 3 starts again on reference');
  expect(released).toBe(1);
  expect(hashModel(model)).toBe(hashModel(await mlp.fit(data, { ...small, epochs: 5 }, contextOf(1))));
});

test('a device that is lost before the first step is stepped down from too', async () => {
  const gone: NetKernels = { ...referenceNets, backend: 'webgpu', stepDown: async () => referenceNets, open: () => Promise.reject(new BarnacleError('no-backend', 'the GPU was lost', { asked: 'webgpu', reasons: [] })) };
  const context = contextOf(1);
  const model = await mlp.fit(toy('binary', 64), small, { ...context, kernels: { ...context.kernels, nets: async () => gone } });
  expect(hashModel(model)).toBe(hashModel(await mlp.fit(toy('binary', 64), small, contextOf(1))));
});

test('a fit that blows up is a typed error that names the first op', async () => {
  const data = matrixOf([[1, 2, 3, 4]], valueTarget([1, 2, 3, 4]));
  const error = await mlp.fit(data, { ...small, architecture: 'mlp', optimizer: 'sgd', rate: 10, epochs: 400, norm: 'none', decay: 10 }, contextOf(1)).catch((e: unknown) => e);
  const poisoned: NetKernels = { ...referenceNets, open: async (options) => ({ ...(await referenceNets.open(options)), loss: async () => NaN }) };
  const context = contextOf(1);
  const other = await mlp.fit(data, small, { ...context, kernels: { ...context.kernels, nets: async () => poisoned } }).catch((e: unknown) => e);
  expect(isBarnacleError(other, 'numeric-failure')).toBe(true);
  expect((other as Error).message).toContain('lower the learning rate');
  if (error instanceof Error) expect(isBarnacleError(error, 'numeric-failure')).toBe(true);
});

test('tensors are held while it trains and none afterwards', async () => {
  const before = referenceNets.tensors();
  await mlp.fit(toy('binary', 64), small, contextOf(1));
  expect(referenceNets.tensors()).toBe(before);
});
