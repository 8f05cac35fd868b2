// Every registered model kind: one row gives what it gave in the batch, a copy predicts the same, hostile arrays are refused.
import { describe, expect, test } from 'vitest';
import { isBarnacleError } from '../../src/core/base/errors.ts';
import { defaults } from '../../src/core/base/params.ts';
import { referenceTrees } from '../../src/core/learners/trees/reference.ts';
import { learners } from '../../src/core/learners/index.ts';
import { checkModel } from '../../src/core/models/check-model.ts';
import { hashModel } from '../../src/core/models/hash-model.ts';
import { modelKinds } from '../../src/core/models/index.ts';
import { modelBytes } from '../../src/core/models/model-bytes.ts';
import type { Model, ModelArray } from '../../src/core/models/model.ts';
import { predictModel } from '../../src/core/models/predict-model.ts';
import type { Matrix } from '../../src/core/table/matrix.ts';
import { modelOf } from '../unit/core/bundle/fixture.ts';
import { contextOf, toy } from '../unit/core/learners/toy.ts';

const small: { [type: string]: object } = { mlp: { hidden: [8, 4], epochs: 2 }, gbt: { trees: 10 } };
async function sample(kind: string, task: 'binary' | 'multiclass' | 'regression'): Promise<Model> {
  const learner = learners.all.find((l) => l.makes === kind);
  if (!learner) return modelOf(kind, task, 3, task === 'regression' ? [] : task === 'binary' ? ['no', 'yes'] : ['a', 'b', 'c']);
  const context = contextOf(1);
  return learner.fit(toy(task, 100), { ...(defaults(learner.params as never) as object), ...small[learner.type] }, { ...context, kernels: { ...context.kernels, trees: referenceTrees } });
}
const withHole = (matrix: Matrix): Matrix => ({ ...matrix, data: matrix.data.map((c, j) => c.map((v, i) => ((i + j) % 5 ? v : NaN))) });
const refused = (model: Model): boolean => {
  try {
    checkModel(model);
  } catch (error) {
    return isBarnacleError(error);
  }
  return false;
};

/** `dense` is in bundles of old; `net` takes its place. */
const byHand = new Set(['dense', 'net']);
/** Those of the learners that make the kind: classes only, values only, or all. */
const tasksOf = (kind: string) => (['binary', 'multiclass', 'regression'] as const).filter((task) => byHand.has(kind) || learners.all.some((l) => l.makes === kind && l.tasks.includes(task))).map((task) => [task] as const);
/** Multiclass where the kind says classes. */
const headOf = (kind: string) => (tasksOf(kind).some(([task]) => task === 'multiclass') ? 'multiclass' : 'regression');
test('every kind is made by some learner, but for those of old bundles', () => {
  for (const kind of modelKinds.all) if (!byHand.has(kind.type)) expect(learners.all.some((l) => l.makes === kind.type), kind.type).toBe(true);
});

describe.each(modelKinds.all.map((k) => [k.type, k] as const))('%s', (type, kind) => {
  describe.each(tasksOf(type))('%s', (task) => {
    test('one row gives what it gave in the batch, with missing cells', async () => {
      const model = await sample(type, task);
      const batch = withHole(toy(task, 20, 3, 4));
      const { values, width } = predictModel(model, batch);
      for (let row = 0; row < 20; row++) {
        const alone = predictModel(model, { ...batch, rows: 1, data: batch.data.map((c) => c.slice(row, row + 1)) });
        expect([...alone.values]).toEqual([...values.subarray(row * width, row * width + width)]);
      }
    });

    test('a copy through JSON and bytes predicts and hashes the same', async () => {
      const model = await sample(type, task);
      const copy: Model = { ...model, json: JSON.parse(JSON.stringify(model.json)), arrays: structuredClone(model.arrays) };
      checkModel(copy);
      expect(hashModel(copy)).toBe(hashModel(model));
      expect(predictModel(copy, toy(task, 9)).values).toEqual(predictModel(model, toy(task, 9)).values);
      expect(modelBytes(model)).toBeGreaterThan(8);
    });

    test('no rows give no predictions', async () => {
      const none = toy(task, 1);
      const said = predictModel(await sample(type, task), { ...none, rows: 0, data: none.data.map(() => new Float32Array(0)) });
      expect([said.rows, said.values.length]).toEqual([0, 0]);
    });

    test('an array cut, lengthened, poisoned or left out is refused', async () => {
      const model = await sample(type, task);
      for (const [name, array] of Object.entries(model.arrays)) {
        const put = (change: ModelArray | null): Model => ({ ...model, arrays: Object.fromEntries(Object.entries({ ...model.arrays, [name]: change }).filter(([, a]) => a)) as Model['arrays'] });
        expect(refused(put(null)), `${name} left out`).toBe(true);
        if (array.length) expect(refused(put(array.slice(0, -1))), `${name} cut`).toBe(true);
        if (array.length && (array instanceof Float64Array || array instanceof Float32Array)) expect(refused(put(array.map(() => NaN))), `${name} poisoned`).toBe(true);
      }
    });
  });

  test('a wrong head is refused: kind, task, classes, count of features', async () => {
    const model = await sample(type, headOf(type));
    const other: Partial<Model>[] = model.task === 'multiclass' ? [{ classes: [] }, { task: 'regression' }] : [{ task: 'multiclass' }];
    const wrong: Partial<Model>[] = [...other, { type: 'nonsense' }, { task: 'guess' as Model['task'] }, { classes: ['a', 'a', 'b'] }, { features: -1 }, { features: 1e9 }, { json: null }, { classes: 'abc' as unknown as string[] }];
    for (const change of wrong) expect(refused({ ...model, ...change }), JSON.stringify(change)).toBe(true);
    if (type !== 'constant') expect(refused({ ...model, features: 1 })).toBe(true);
    expect(kind.label.length).toBeGreaterThan(0);
  });

  test('what it says may be quantised are floats of whole blocks', async () => {
    const model = await sample(type, tasksOf(type)[0][0]);
    for (const { name, block } of kind.quantizable?.(model) ?? []) {
      expect(model.arrays[name]).toBeDefined();
      expect(block).toBeGreaterThan(0);
    }
  });
});
