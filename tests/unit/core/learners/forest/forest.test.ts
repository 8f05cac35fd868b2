import { describe, expect, test } from 'vitest';
import { defaults } from '../../../../../src/core/base/params.ts';
import type { CurvePoint } from '../../../../../src/core/base/task.ts';
import { forest } from '../../../../../src/core/learners/forest/forest.ts';
import type { OutOfBag } from '../../../../../src/core/learners/forest/out-of-bag.ts';
import type { Checkpoint, FitContext } from '../../../../../src/core/learners/learner.ts';
import { checkModel } from '../../../../../src/core/models/check-model.ts';
import { hashModel } from '../../../../../src/core/models/hash-model.ts';
import type { Model } from '../../../../../src/core/models/model.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import { partsOf } from '../../../../../src/core/models/trees-parts.ts';
import type { Matrix } from '../../../../../src/core/table/matrix.ts';
import { context, made } from '../gbt/made.ts';
import type { Made } from '../gbt/made.ts';

const fit = (data: Matrix, params: object = {}, extra: Partial<FitContext> = {}) => forest.fit(data, { ...defaults(forest.params), trees: 25, ...params }, { ...context, ...extra });
const judged = (model: Model) => (model.json as { outOfBag: OutOfBag | null }).outOfBag;
const tasks: Made[] = ['binary', 'multiclass', 'regression'];

function errorOn(model: Model, data: Matrix): number {
  const { values, width } = predictModel(model, data);
  const target = data.target!;
  let sum = 0;
  for (let row = 0; row < data.rows; row++) {
    for (let k = 0; k < width; k++) {
      const truth = target.kind === 'value' ? target.values[row] : width === 1 ? target.codes[row] : Number(target.codes[row] === k);
      sum += (values[row * width + k] - truth) ** 2;
    }
  }
  return sum / data.rows;
}

describe.each(tasks)('%s', (task) => {
  test.each(['best', 'random'])('%s splits learn what is there, and the out-of-bag error tells the error on fresh rows', async (splits) => {
    const fresh = made(task, 300, 2);
    const model = await fit(made(task, 300, 1), { splits, sampling: 'bootstrap', trees: 80, minLeafRows: 3 });
    checkModel(model);
    const stump = await fit(made(task, 300, 1), { trees: 1, leaves: 2, columns: 'all' });
    const error = errorOn(model, fresh);
    expect(error).toBeLessThan(0.7 * errorOn(stump, fresh));
    const { rows, squared } = judged(model) as OutOfBag;
    expect(rows).toBe(300);
    expect(Math.abs(squared / error - 1)).toBeLessThan(0.3);
    expect(squared).toBeGreaterThan(1.5 * errorOn(model, made(task, 300, 1)));
  });

  test('resumed, it ends in the bytes of the uninterrupted fit', async () => {
    const data = made(task, 200, 3);
    const kept: Checkpoint[] = [];
    const whole = await fit(data, { trees: 6 }, { keep: (_, make) => kept.push(make()) });
    expect(kept.map((each) => each.step)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const at of [0, 3, 5]) expect(hashModel(await fit(data, { trees: 6 }, { resume: structuredClone(kept[at]) }))).toBe(hashModel(whole));
  });
});

test('without sampling, one full tree gives back its rows; its leaves are means', async () => {
  const data = made('regression', 150, 4);
  const model = await fit(data, { trees: 1, sampling: 'all', columns: 'all', minLeafRows: 1, leaves: 200 });
  expect(errorOn(model, data)).toBeLessThan(1e-3);
  expect(judged(model)).toBeNull();
});

test('row weights count as repeated rows where all take part', async () => {
  const data = made('binary', 150, 5);
  const rows = Array.from({ length: 150 }, (_, i) => i).flatMap((i) => Array<number>(i % 3).fill(i));
  const codes = (data.target as { codes: Int32Array }).codes;
  const twice: Matrix = { ...data, rows: rows.length, data: data.data.map((values) => Float32Array.from(rows, (row) => values[row])), target: { kind: 'class', classes: ['no', 'yes'], codes: Int32Array.from(rows, (row) => codes[row]) } };
  const params = { trees: 1, sampling: 'all', columns: 'all', minLeafRows: 1, leaves: 5 };
  const heavy = predictModel(await fit({ ...data, weight: Float32Array.from({ length: 150 }, (_, i) => i % 3) }, params), data).values;
  const repeated = predictModel(await fit(twice, params), data).values;
  const gap = heavy.reduce((sum, value, i) => sum + Math.abs(value - repeated[i]), 0) / 150;
  expect(gap).toBeLessThan(0.02);
});

test('a stop keeps the trees so far, as their own mean', async () => {
  let beats = 0;
  const model = await fit(made('regression', 300, 6), {}, { breathe: async () => (++beats >= 3 ? 'stop' : 'go') });
  expect(partsOf(model).trees).toHaveLength(3);
  expect(errorOn(model, made('regression', 300, 7))).toBeLessThan(20);
});

test('it reports the out-of-bag loss of every tree', async () => {
  const points: CurvePoint[] = [];
  await fit(made('multiclass', 300, 8), { trees: 10 }, { report: (p) => p.point && points.push(p.point) });
  expect(points).toHaveLength(10);
  expect(points[9].valid).toBeLessThan(points[0].valid as number);
  expect(points[9].extra?.leaves).toBeGreaterThan(3);
});

test('more trees after the same first ones; another seed, other trees', async () => {
  const data = made('binary', 200, 9);
  const [few, more, other] = [await fit(data, { trees: 2 }), await fit(data, { trees: 4 }), await fit(data, { trees: 2 }, { seed: 2 })];
  expect(partsOf(more).trees.slice(0, 2).map((tree) => tree.nodes)).toEqual(partsOf(few).trees.map((tree) => tree.nodes));
  expect(hashModel(other)).not.toBe(hashModel(few));
});

test('where the draw of columns holds only constants, a leaf looks at all of them: one tree parts all that can be parted', async () => {
  const flags = Array.from({ length: 30 }, (_, f) => Float32Array.from({ length: 300 }, (_, i) => Number(i % 31 === f)));
  const codes = Int32Array.from({ length: 300 }, (_, i) => Number(i % 31 < 8));
  const data: Matrix = { rows: 300, features: flags.map((_, f) => ({ name: `f${f}`, source: `f${f}` })), data: flags, target: { kind: 'class', classes: ['no', 'yes'], codes }, weight: null };
  const model = await fit(data, { trees: 1, sampling: 'all', columns: 'root', minLeafRows: 1 });
  expect(errorOn(model, data)).toBe(0);
});
