import { expect, test } from 'vitest';
import type { CurvePoint } from '../../../../../src/core/base/task.ts';
import { checkModel } from '../../../../../src/core/models/check-model.ts';
import { hashModel } from '../../../../../src/core/models/hash-model.ts';
import type { Model } from '../../../../../src/core/models/model.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import { partsOf } from '../../../../../src/core/models/trees-parts.ts';
import type { Checkpoint } from '../../../../../src/core/learners/learner.ts';
import type { Matrix } from '../../../../../src/core/table/matrix.ts';
import { fit, made } from './made.ts';

const errorOn = (model: Model, data: Matrix) => predictModel(model, data).values.reduce((sum, v, i) => sum + (v - (data.target as { values: Float64Array }).values[i]) ** 2, 0) / data.rows;
/** The same rows, where the target has moved. */
const moved = (data: Matrix, by: number): Matrix => ({ ...data, target: { kind: 'value', values: (data.target as { values: Float64Array }).values.map((v) => v * 1.3 + by) } });

test('grow: its trees come first, unchanged, and the new ones fit the new rows', async () => {
  const [old, fresh, held] = [made('regression', 300, 1), moved(made('regression', 300, 2), 5), moved(made('regression', 300, 3), 5)];
  const first = await fit(old);
  const points: CurvePoint[] = [];
  const grown = await fit(fresh, { trees: 25 }, { from: first, report: (p) => p.point && points.push(p.point) });
  checkModel(grown);
  const [a, b] = [partsOf(first), partsOf(grown)];
  expect(b.trees).toHaveLength(45);
  expect(b.trees.slice(0, 20)).toEqual(a.trees);
  expect(points[24].train).toBeCloseTo(errorOn(grown, fresh), 9);
  expect(errorOn(grown, held)).toBeLessThan(0.6 * errorOn(first, held));
  const shares = Array.from(b.gains!).reduce((sum, share) => sum + share, 0);
  expect(shares).toBeCloseTo(1, 5);
});

test('grow without gain keeps the model: no round is better on the validation rows', async () => {
  const data = made('regression', 300, 4);
  const first = await fit(data);
  const noise: Matrix = { ...data, target: { kind: 'value', values: Float64Array.from({ length: 300 }, (_, i) => 100 * ((i * 7919) % 13)) } };
  const grown = await fit(noise, { patience: 3 }, { from: first, valid: data });
  expect(partsOf(grown).trees).toEqual(partsOf(first).trees);
});

test('a warm start is resumed in the bytes of the uninterrupted one, with dropout too', async () => {
  const first = await fit(made('multiclass', 200, 5), { trees: 5 });
  const data = made('multiclass', 200, 6);
  for (const params of [{ trees: 6 }, { trees: 6, boosting: 'dart', skipDrop: 0, dropRate: 0.5 }]) {
    const kept: Checkpoint[] = [];
    const whole = await fit(data, params, { from: first, keep: (_, make) => kept.push(make()) });
    expect(partsOf(whole).trees).toHaveLength(33);
    expect(hashModel(await fit(data, params, { from: first, resume: structuredClone(kept[2]) }))).toBe(hashModel(whole));
    await expect(fit(data, params, { resume: kept[2] })).rejects.toMatchObject({ code: 'bad-bundle' });
  }
});

test('refit: the trees stay, the values move to the new rows; decay 1 changes nothing', async () => {
  const [old, fresh, held] = [made('regression', 300, 7), moved(made('regression', 300, 8), 3), moved(made('regression', 300, 9), 3)];
  const first = await fit(old, { trees: 40 });
  const refitted = await fit(fresh, { warm: 'refit', decay: 0.2 }, { from: first });
  checkModel(refitted);
  const shapes = (model: Model) => partsOf(model).trees.map(({ nodes }) => nodes);
  expect(shapes(refitted)).toEqual(shapes(first));
  expect(errorOn(refitted, held)).toBeLessThan(0.5 * errorOn(first, held));
  expect(hashModel(await fit(fresh, { warm: 'refit', decay: 1 }, { from: first }))).toBe(hashModel(first));
});

test('refit on the rows it was grown on, with decay 0, finds nearly the same values', async () => {
  const data = made('regression', 300, 10);
  const first = await fit(data);
  const again = await fit(data, { warm: 'refit', decay: 0 }, { from: first });
  const [a, b] = [partsOf(first), partsOf(again)];
  a.trees.forEach((tree, t) => tree.values.forEach((value, leaf) => expect(b.trees[t].values[leaf]).toBeCloseTo(value, 5)));
});

test('refit measures training and validation rows as the model does, quantiles and classes too', async () => {
  const valid = made('multiclass', 100, 11);
  const first = await fit(made('multiclass', 200, 12), { trees: 5 });
  const points: CurvePoint[] = [];
  const again = await fit(made('multiclass', 200, 13), { warm: 'refit', decay: 0.5 }, { from: first, valid, report: (p) => p.point && points.push(p.point) });
  const { values } = predictModel(again, valid);
  const loss = values.reduce((sum, p, i) => sum - ((valid.target as { codes: Int32Array }).codes[Math.floor(i / 3)] === i % 3 ? Math.log(p) : 0), 0) / 100;
  expect(points).toHaveLength(5);
  expect(points[4].valid).toBeCloseTo(loss, 9);
  const bounds = await fit(made('regression', 200, 14), { objective: 'quantile', quantile: 0.9, trees: 30 });
  const higher = await fit(moved(made('regression', 200, 14), 10), { objective: 'quantile', quantile: 0.9, warm: 'refit', decay: 0.5 }, { from: bounds });
  expect(predictModel(higher, valid).values[0]).toBeGreaterThan(predictModel(bounds, valid).values[0]);
});

test('a model of another task, other classes, features, link or kind is refused', async () => {
  const data = made('binary', 100, 15);
  const first = await fit(data, { trees: 3 });
  const refused = (from: Model, of: Matrix = data) => expect(fit(of, { trees: 3 }, { from })).rejects.toMatchObject({ code: 'bad-param' });
  await refused(await fit(made('regression', 100, 15), { trees: 3 }));
  await refused(await fit({ ...data, target: { ...data.target!, classes: ['a', 'b'] } as never }, { trees: 3 }));
  await refused({ ...first, features: 9 });
  await refused({ ...first, type: 'linear' });
  await refused(await fit(made('counts', 100, 15), { trees: 3, objective: 'poisson' }), made('regression', 100, 15));
});
