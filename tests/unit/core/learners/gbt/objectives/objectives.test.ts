// What is particular to each objective: refusals, leaf values, Huber's own delta, rankings, balance, the choice by task.
import { describe, expect, test } from 'vitest';
import { chooseObjective } from '../../../../../../src/core/learners/gbt/objectives/choose-objective.ts';
import { classWeights, weighRows } from '../../../../../../src/core/learners/gbt/objectives/class-weights.ts';
import { objectives } from '../../../../../../src/core/learners/gbt/objectives/index.ts';
import { judgedBy } from '../../../../../../src/core/learners/gbt/objectives/judged-by.ts';
import type { Objective } from '../../../../../../src/core/learners/gbt/objectives/objective.ts';
import { metrics } from '../../../../../../src/core/metrics/index.ts';
import { layoutArrays } from '../../../../../../src/core/learners/trees/layout.ts';
import { fillGradients } from '../../../../../../src/core/learners/trees/gradients.ts';
import { CLASSES, drawnRows, drawnScores, gradientsAt, outputsOf, paramsOf, rowsOf } from './rows.ts';

const get = (type: string): Objective => objectives.get(type);

describe.each(objectives.all.filter((objective) => objective.kernel !== null))('$type, which has a kernel', (objective) => {
  test.each([false, true])('gives the bits of the reference kernel, weighted %s', (isWeighted) => {
    const rows = drawnRows(objective, 50, 2, isWeighted);
    const outputs = outputsOf(objective);
    const plan = { rows: 50, validRows: 0, outputs, leaves: 2, slots: 2, weighted: isWeighted, features: [], columns: [] };
    const arrays = layoutArrays(plan, 1, null);
    arrays.target.set(rows.target);
    if (rows.weight) arrays.weight.set(rows.weight);
    const scores = drawnScores(objective, 50, 3);
    arrays.scores.set(scores);
    fillGradients(arrays, plan, objective.kernel!);
    const out = new Float32Array(2 * scores.length);
    const ranges = new Float32Array(2 * CLASSES);
    objective.open(rows, paramsOf(), outputs).gradients(scores, out, ranges);
    expect([...out]).toEqual([...arrays.gradients.subarray(0, out.length)]);
    expect([...ranges.subarray(0, 2 * outputs)]).toEqual([...arrays.ranges.subarray(0, 2 * outputs)]);
  });
});

test('the task chooses when nobody does, and refuses what does not fit it', () => {
  expect(['binary', 'multiclass', 'regression'].map((task) => chooseObjective('auto', task as 'binary').type)).toEqual(['binary', 'softmax', 'squared']);
  expect(chooseObjective('tweedie', 'regression').type).toBe('tweedie');
  expect(() => chooseObjective('poisson', 'binary')).toThrow('objective poisson is for regression and the task is binary; choose auto');
});

test('targets that cannot be learned from are refused with a way out', () => {
  expect(() => get('gamma').check(rowsOf([1, 0]))).toThrow('values above 0; choose tweedie');
  expect(() => get('poisson').check(rowsOf([1, -2]))).toThrow('has the value -2');
  expect(() => get('tweedie').check(rowsOf([1, -2], [1, 0]))).not.toThrow();
  expect(() => get('poisson').check(rowsOf([0, 0.5]))).not.toThrow();
  expect(() => get('lambdarank').check(rowsOf([0, 1]))).toThrow('name the column of the query');
  expect(() => get('lambdarank').check(rowsOf([0, 1.5], null, [0, 0]))).toThrow('has the value 1.5');
  expect(() => get('lambdarank').check(rowsOf([0, 31], null, [0, 0]))).toThrow('from 0 to 30');
});

test('leaves of absolute and quantile hold the quantile of their own residuals; other rows do not count', () => {
  const rows = rowsOf([1, 2, 3, 10, 20, 99]);
  const leaf = { leafOf: Uint16Array.of(0, 0, 0, 1, 1, 7), leaves: 3 };
  const values = Float64Array.of(-1, -1, -1);
  get('absolute').open(rows, paramsOf(), 1).renew!(Float64Array.of(0, 0, 0, 5, 5, 5), leaf, values);
  expect([...values]).toEqual([2, 10, -1]);
  get('quantile').open(rows, paramsOf({ quantile: 0.9 }), 1).renew!(new Float64Array(6), leaf, values);
  expect([...values]).toEqual([3, 20, -1]);
  get('absolute').open(rowsOf([1, 2, 3, 4], [1, 1, 3, 0]), paramsOf(), 1).renew!(new Float64Array(4), { leafOf: Uint16Array.of(0, 0, 0, 1), leaves: 2 }, values.fill(-1));
  expect([...values]).toEqual([3, -1, -1]);
});

test('Huber finds its delta: one outlier in twenty pulls no more than the largest of the others', () => {
  const target = Array.from({ length: 20 }, (_, i) => (i === 19 ? 1000 : i % 3));
  const open = get('huber').open(rowsOf(target), paramsOf(), 1);
  expect([...open.start()]).toEqual([1]);
  const { gradients } = gradientsAt(open, new Float64Array(20).fill(1));
  expect(gradients[19]).toBe(-1);
  expect(gradients[0]).toBe(1);
  const values = new Float64Array(1);
  open.renew!(new Float64Array(20).fill(1), { leafOf: new Uint16Array(20), leaves: 1 }, values);
  expect(values[0]).toBeCloseTo((-7 + 6 + 1) / 20, 12);
  const fixed = gradientsAt(get('huber').open(rowsOf(target), paramsOf({ huberDelta: 50 }), 1), new Float64Array(20).fill(1));
  expect(fixed.gradients[19]).toBe(-50);
});

test('log links keep their gradients finite far out, where e^score is near the end of single precision', () => {
  for (const type of ['poisson', 'gamma', 'tweedie']) {
    const open = get(type).open(rowsOf([1, 2, 3]), paramsOf(), 1);
    for (const score of [-60, 60]) {
      const { gradients, hessians } = gradientsAt(open, new Float64Array(3).fill(score));
      expect([...gradients, ...hessians].every(Number.isFinite)).toBe(true);
      expect(Math.min(...hessians)).toBeGreaterThan(0);
    }
    expect(get(type).maxStep).toBeLessThan(10);
  }
});

test('LambdaRank pushes the relevant up, nothing in queries without two grades, and sums to 0 in each query', () => {
  const open = get('lambdarank').open(rowsOf([0, 2, 1, 1, 1, 0], null, [4, 4, 4, 9, 9, 7]), paramsOf(), 1);
  const { gradients, hessians } = gradientsAt(open, Float64Array.of(2, 1, 0, 3, 1, 0));
  expect(gradients[0]).toBeGreaterThan(0);
  expect(gradients[1]).toBeLessThan(0);
  expect(gradients[0] + gradients[1] + gradients[2]).toBeCloseTo(0, 6);
  expect(gradients.slice(3)).toEqual([0, 0, 0]);
  expect(Math.max(...hessians.slice(3))).toBeLessThan(1e-20);
});

test('LambdaRank: steps along its gradients bring NDCG to 1, whatever the order of rows', () => {
  const objective = get('lambdarank');
  const rows = drawnRows(objective, 120, 5, false);
  const open = objective.open(rows, paramsOf(), 1);
  const scores = new Float64Array(120);
  const before = open.mean(scores, rows);
  for (let step = 0; step < 200; step++) gradientsAt(open, scores).gradients.forEach((g, i) => { scores[i] -= 0.5 * g; });
  expect(before).toBeGreaterThan(0.1);
  expect(open.mean(scores, rows)).toBeLessThan(0.01);
  const far = gradientsAt(open, scores.map((s) => 1e4 * s));
  expect(far.gradients.every(Number.isFinite)).toBe(true);
  const wrong = gradientsAt(open, scores.map((s) => -1e4 * s));
  expect(wrong.gradients.every(Number.isFinite)).toBe(true);
  expect(wrong.ranges[0]).toBeGreaterThan(far.ranges[0]);
});

test('rank depth bounds the pairs: below it nothing is compared', () => {
  const rows = rowsOf([0, 0, 2, 1], null, [1, 1, 1, 1]);
  const at = (rankDepth: number) => gradientsAt(get('lambdarank').open(rows, paramsOf({ rankDepth }), 1), Float64Array.of(4, 3, 2, 1)).gradients;
  expect(at(1)[1]).toBe(0);
  expect(at(2)[1]).toBeGreaterThan(0);
});

test('balanced classes weigh n / (K n_k), so each has the same total; row weights count', () => {
  const target = { kind: 'class' as const, classes: ['a', 'b', 'c'], codes: Int32Array.of(0, 0, 0, 1) };
  const perClass = classWeights(target, null);
  expect([...perClass]).toEqual([4 / 6, 2, 0]);
  expect([...weighRows(target, null, perClass)].map((w) => Math.fround(w))).toEqual([4 / 6, 4 / 6, 4 / 6, 2].map(Math.fround));
  expect([...classWeights(target, Float32Array.of(1, 1, 0, 6))]).toEqual([2, 8 / 12, 0]);
});

test('each objective names metrics that exist and are of its task', () => {
  for (const objective of objectives.all) for (const type of objective.judges(paramsOf({ quantile: 0.95 }))) expect(metrics.get(type).tasks).toContain(objective.tasks[0]);
  expect(judgedBy(paramsOf({ objective: 'quantile', quantile: 0.05 }))).toEqual(['pinball-5']);
  expect(judgedBy(paramsOf({ objective: 'quantile', quantile: 0.33 }))).toEqual([]);
  expect(judgedBy(paramsOf({ objective: 'lambdarank' }))).toEqual(['ndcg-10']);
  expect(judgedBy(paramsOf())).toEqual([]);
});
