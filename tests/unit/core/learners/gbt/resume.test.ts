import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../../../../src/core/learners/learner.ts';
import { checkModel } from '../../../../../src/core/models/check-model.ts';
import { hashModel } from '../../../../../src/core/models/hash-model.ts';
import { nodesOf } from '../../../../../src/core/models/trees-nodes.ts';
import { fit, made } from './made.ts';
import type { Made } from './made.ts';

const ways: [string, Made, object, boolean][] = [
  ['plain', 'binary', {}, false],
  ['early stopping', 'binary', { patience: 3, learningRate: 0.4, trees: 60 }, true],
  ['three classes with sampling', 'multiclass', { rows: 0.6, columns: 0.5, columnsPerNode: 0.7, trees: 8 }, true],
  ['goss', 'regression', { sampling: 'goss', learningRate: 0.3 }, false],
  ['dart', 'regression', { boosting: 'dart', skipDrop: 0.2, dropRate: 0.3 }, false],
  ['dart with early stopping', 'multiclass', { boosting: 'dart', skipDrop: 0, dropRate: 0.5, patience: 4, learningRate: 0.5, dropScale: 'rate' }, true],
  ['quantile', 'regression', { objective: 'quantile', quantile: 0.8 }, true],
  ['poisson', 'counts', { objective: 'poisson' }, true],
  ['balanced, monotone, interactions', 'binary', { balance: 'balanced', monotone: 'x0:+', interactions: 'x0 kind; x1 x2' }, true],
];

describe.each(ways)('%s', (_, task, params, isHeld) => {
  test('resumed from any round, it ends in the bytes of the uninterrupted fit', async () => {
    const data = made(task, 300, 1);
    const valid = isHeld ? made(task, 200, 2) : null;
    const kept: Checkpoint[] = [];
    const whole = await fit(data, params, { valid, keep: (_step, make) => kept.push(make()) });
    checkModel(whole);
    expect(kept.length).toBeGreaterThan(2);
    for (const at of [0, Math.floor(kept.length / 2), kept.length - 1]) {
      const stored = structuredClone(kept[at]);
      expect(JSON.parse(JSON.stringify(stored.json))).toEqual(stored.json);
      expect(stored.step).toBe(at + 1);
      const resumed = await fit(made(task, 300, 1), params, { valid, resume: stored });
      expect(hashModel(resumed)).toBe(hashModel(whole));
    }
  });
});

test('a stopped fit goes on where it was', async () => {
  const data = made('binary', 300, 3);
  let last: (() => Checkpoint) | null = null;
  let beats = 0;
  const stopped = await fit(data, {}, { keep: (_, make) => { last = make; }, breathe: async () => (++beats >= 8 ? 'stop' : 'go') });
  const count = nodesOf(stopped).sizes.length;
  expect(count).toBe(7);
  const resumed = await fit(data, {}, { resume: (last as unknown as () => Checkpoint)() });
  expect(hashModel(resumed)).toBe(hashModel(await fit(data)));
});

test('a checkpoint of another learner, other rows or a broken record is refused', async () => {
  const data = made('binary', 300, 4);
  const kept: Checkpoint[] = [];
  await fit(data, { trees: 3 }, { keep: (_, make) => kept.push(make()) });
  const refused = (resume: Checkpoint, over: object = {}) => expect(fit({ ...data, ...over }, { trees: 3 }, { resume })).rejects.toMatchObject({ code: 'bad-bundle' });
  await refused({ ...kept[1], learner: 'forest' });
  await refused({ ...kept[1], json: null });
  await refused({ ...kept[1], json: { ...(kept[1].json as object), round: 1 } });
  await refused({ ...kept[1], json: { ...(kept[1].json as object), gains: [1] } });
  await refused(kept[1], { data: made('binary', 300, 5).data });
  await expect(fit(data, { trees: 3, leaves: 3 }, { resume: kept[1] })).rejects.toMatchObject({ code: 'bad-bundle' });
});
