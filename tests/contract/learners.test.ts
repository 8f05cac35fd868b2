// Every registered learner keeps its promises (after scikit-learn's estimator checks): same seed same bytes, constant
// target, one class, one row, a constant and an all-missing feature, weights where exact, stop within a beat, and its toy set.
import { describe, expect, test } from 'vitest';
import { defaults } from '../../src/core/base/params.ts';
import type { Task } from '../../src/core/base/task.ts';
import { learners } from '../../src/core/learners/index.ts';
import type { FitContext, Learner } from '../../src/core/learners/learner.ts';
import { referenceTrees } from '../../src/core/learners/trees/reference.ts';
import { checkModel } from '../../src/core/models/check-model.ts';
import { hashModel } from '../../src/core/models/hash-model.ts';
import { modelKinds } from '../../src/core/models/index.ts';
import { predictModel } from '../../src/core/models/predict-model.ts';
import type { Matrix } from '../../src/core/table/matrix.ts';
import { classTarget, contextOf, matrixOf, toy, valueTarget } from '../unit/core/learners/toy.ts';

/** Smaller where a default would only cost time here. */
const small: { [type: string]: object } = { mlp: { hidden: [16], epochs: 12, batch: 32 }, gbt: { trees: 40 }, forest: { trees: 40 } };
const paramsOf = (learner: Learner): unknown => ({ ...(defaults(learner.params as never) as object), ...small[learner.type] });
const fit = (learner: Learner, data: Matrix, seed = 1, over: Partial<FitContext> = {}) => {
  const base = contextOf(seed, null, over);
  return learner.fit(data, paramsOf(learner), { ...base, kernels: { ...base.kernels, trees: referenceTrees } });
};

/** The toy set, or for learners that do not look at the target one whose second class is far from the first. */
function toyFor(learner: Learner, task: Task, rows: number, seed = 1): Matrix {
  const data = toy(task, rows, 3, seed);
  if (!learner.unsupervised) return data;
  const codes = Array.from({ length: rows }, (_, i) => Number(i % 10 === 0));
  return { ...data, data: data.data.map((values) => values.map((v, i) => (codes[i] ? 6 * v : v))), target: classTarget(['no', 'yes'], codes) };
}

function lossOf(data: Matrix, values: Float64Array, width: number): number {
  const target = data.target!;
  let sum = 0;
  for (let row = 0; row < data.rows; row++) {
    if (target.kind === 'value') sum += (target.values[row] - values[row]) ** 2;
    else {
      const p = width === 1 ? (target.codes[row] === 1 ? values[row] : 1 - values[row]) : values[row * width + target.codes[row]];
      sum -= Math.log(Math.max(1e-12, p));
    }
  }
  return sum / data.rows;
}
const isSound = (values: Float64Array, width: number) => {
  for (let at = 0; at < values.length; at += width) {
    const row = values.subarray(at, at + width);
    if (!row.every((v) => Number.isFinite(v))) return false;
    if (width > 1 && Math.abs(row.reduce((s, v) => s + v, 0) - 1) > 1e-9) return false;
  }
  return true;
};

describe.each(learners.all.map((l) => [l.type, l] as const))('%s', (_, learner) => {
  test('declares a registered model kind, tasks and help', () => {
    expect(modelKinds.has(learner.makes)).toBe(true);
    expect(learner.tasks.length).toBeGreaterThan(0);
    expect(learner.help.length).toBeGreaterThan(20);
  });

  describe.each(learner.tasks.map((t) => [t] as const))('%s', (task) => {
    test('the same seed gives the same bytes, in a sound model of its kind that leaves its input alone', async () => {
      const data = toy(task, 120);
      const copy = structuredClone(data);
      const [a, b] = [await fit(learner, data), await fit(learner, toy(task, 120))];
      expect(hashModel(a)).toBe(hashModel(b));
      expect([a.type, a.task, a.features]).toEqual([learner.makes, task, 3]);
      checkModel(a);
      expect(data).toEqual(copy);
    });

    test('beats the baseline on its toy set, unless it is the baseline', async () => {
      const [train, fresh] = [toyFor(learner, task, 400), toyFor(learner, task, 300, 2)];
      const loss = async (l: Learner) => {
        const said = predictModel(await fit(l, train), fresh);
        return lossOf(fresh, said.values, said.width);
      };
      const [own, bar] = [await loss(learner), await loss(learners.get('baseline'))];
      if (learner.type === 'baseline') expect(own).toBe(bar);
      else expect(own).toBeLessThan((learner.unsupervised ? 0.8 : 0.7) * bar);
    });

    test('one row, a constant feature, one that is all missing, a missing cell', async () => {
      const full = toy(task, 60);
      const one: Matrix = { ...full, rows: 1, data: full.data.map((c) => c.slice(0, 1)), target: full.target!.kind === 'class' ? { ...full.target!, codes: full.target!.codes.slice(0, 1) } : { ...full.target!, values: full.target!.values.slice(0, 1) } };
      const odd: Matrix = { ...full, data: [full.data[0].map((v, i) => (i % 7 ? v : NaN)), new Float32Array(60).fill(5), new Float32Array(60).fill(NaN)] };
      for (const data of [one, odd]) {
        const model = await fit(learner, data);
        checkModel(model);
        const said = predictModel(model, odd);
        expect(isSound(said.values, said.width)).toBe(true);
      }
    });

    test('a stop ends it within a beat and keeps a usable model', async () => {
      let beats = 0;
      const model = await fit(learner, toy(task, 2000), 1, { breathe: async () => (++beats > 3 ? 'stop' : 'go') });
      expect(beats).toBeLessThan(8);
      checkModel(model);
    });

    test.runIf(learner.exactWeights)('weight 2 is the row twice, weight 0 no row', async () => {
      const base = toy(task, 50);
      const weight = Array.from({ length: 50 }, (_, i) => i % 3);
      const rows = weight.flatMap((w, i) => Array<number>(w).fill(i));
      const take = (values: ArrayLike<number>) => rows.map((i) => values[i]);
      const target = base.target!.kind === 'class' ? classTarget(base.target!.classes, take(base.target!.codes)) : valueTarget(take(base.target!.values));
      const weighted = predictModel(await fit(learner, { ...base, weight: Float32Array.from(weight) }), base);
      const repeated = predictModel(await fit(learner, matrixOf(base.data.map(take), target)), base);
      weighted.values.forEach((v, i) => expect(v).toBeCloseTo(repeated.values[i], 6));
    });
  });

  test.runIf(learner.tasks.includes('regression'))('a constant target is predicted', async () => {
    const data = { ...toy('regression', 80), target: valueTarget(Array<number>(80).fill(42)) };
    const { values } = predictModel(await fit(learner, data), data);
    values.forEach((v) => expect(v).toBeCloseTo(42, 3));
  });

  test.runIf(learner.tasks.includes('binary'))('one class among two names, and a class that no row has', async () => {
    const two = { ...toy('binary', 80), target: classTarget(['no', 'yes'], Array<number>(80).fill(1)) };
    for (const p of predictModel(await fit(learner, two), two).values) expect(p).toBeGreaterThan(0.9);
    if (!learner.tasks.includes('multiclass')) return;
    const some = toy('multiclass', 80);
    const codes = [...(some.target as { codes: Int32Array }).codes].map((c) => (c === 2 ? 1 : c));
    const said = predictModel(await fit(learner, { ...some, target: classTarget(['a', 'b', 'c'], codes) }), some);
    expect(isSound(said.values, said.width)).toBe(true);
    for (let row = 0; row < 80; row++) expect(said.values[row * 3 + 2]).toBeLessThan(0.3);
  });

  test('reports points of a curve whose numbers are finite or null', async () => {
    const points: unknown[] = [];
    const [task] = learner.tasks;
    await fit(learner, toy(task, 100), 1, { valid: toy(task, 40, 3, 9), report: (p) => p.point && points.push(...Object.values(p.point)) });
    for (const value of points) if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
    if (learner.type !== 'baseline') expect(points.length).toBeGreaterThan(0);
  });
});
