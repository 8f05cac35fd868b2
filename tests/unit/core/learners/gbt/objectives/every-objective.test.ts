// What holds of every objective of the registry, over drawn rows: gradients are the slope of the loss, starting scores are
// its least point, hessians are positive, weights are repeats, ranges are the largest values.
import { describe, expect, test } from 'vitest';
import { objectives } from '../../../../../../src/core/learners/gbt/objectives/index.ts';
import type { LossRows, Objective } from '../../../../../../src/core/learners/gbt/objectives/objective.ts';
import { objectiveParams } from '../../../../../../src/core/learners/gbt/objectives/params.ts';
import { drawnRows, drawnScores, gradientsAt, outputsOf, paramsOf } from './rows.ts';

const ROWS = 60;
/** The loss is this many times what the gradient is the slope of. */
const scaleOf = (objective: Objective): number => (['squared', 'poisson', 'gamma', 'tweedie'].includes(objective.type) ? 2 : 1);
const params = paramsOf({ quantile: 0.8, huberDelta: 7, tweediePower: 1.3 });

for (const objective of objectives.all) {
  describe.each([false, true])(`${objective.type}, weighted %s`, (isWeighted) => {
    const rows = drawnRows(objective, ROWS, 3, isWeighted);
    const open = objective.open(rows, params, outputsOf(objective));
    const scores = drawnScores(objective, ROWS, 4);
    const found = gradientsAt(open, scores);

    test.skipIf(objective.grouped)('gradients are the slope of the mean loss', () => {
      const total = rows.weight ? rows.weight.reduce((a, b) => a + b, 0) : ROWS;
      for (let i = 0; i < scores.length; i++) {
        const at = (shift: number) => open.mean(scores.map((s, j) => (j === i ? s + shift : s)), rows);
        const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
        expect(found.gradients[i]).toBeCloseTo((slope * total) / scaleOf(objective), 4);
      }
    });

    test('hessians are positive, ranges are the largest of each output, all of it finite', () => {
      const outputs = outputsOf(objective);
      expect(Math.min(...found.hessians)).toBeGreaterThan(0);
      for (let k = 0; k < outputs; k++) {
        const part = <T>(all: T[]) => all.slice(k * ROWS, (k + 1) * ROWS);
        expect(found.ranges[2 * k]).toBe(Math.max(...part(found.gradients).map(Math.abs)));
        expect(found.ranges[2 * k + 1]).toBe(Math.max(...part(found.hessians)));
      }
      expect(found.ranges.every(Number.isFinite)).toBe(true);
    });

    test('the starting scores are at most as bad as any near them', () => {
      const start = open.start();
      expect(start).toHaveLength(outputsOf(objective));
      const lossAt = (shift: number, k: number) => open.mean(Float64Array.from({ length: scores.length }, (_, i) => start[Math.floor(i / ROWS)] + (Math.floor(i / ROWS) === k ? shift : 0)), rows);
      if (objective.type !== 'huber') for (let k = 0; k < start.length; k++) for (const shift of [-0.3, -0.01, 0.01, 0.3]) expect(lossAt(shift, k)).toBeGreaterThanOrEqual(lossAt(0, k) - 1e-12);
    });

    test('asked again it says the same, and leaves scores and targets as they were', () => {
      const before = [scores.slice(), rows.target.slice()];
      expect(gradientsAt(open, scores)).toEqual(found);
      expect([scores, rows.target]).toEqual(before);
    });

    test('a score out of all bounds shows as an infinite range or stays finite, never as NaN', () => {
      for (const far of [1e3, -1e3, NaN]) {
        const ranges = gradientsAt(open, scores.map((s, i) => (i === 5 ? far : s))).ranges.slice(0, 2);
        expect(ranges.every((r) => r === r && r >= 0)).toBe(true);
      }
    });
  });

  test.skipIf(objective.grouped)(`${objective.type}: weight 2 is the row twice, weight 0 its absence`, () => {
    const plain = drawnRows(objective, 30, 6, false);
    const weight = Float32Array.from({ length: 30 }, (_, i) => i % 3);
    const repeated = Array.from({ length: 30 }, (_, i) => new Array<number>(i % 3).fill(i)).flat();
    const twice: LossRows = { rows: repeated.length, target: Float64Array.from(repeated, (i) => plain.target[i]), weight: null, groups: null };
    const outputs = outputsOf(objective);
    const open = objective.open({ ...plain, weight }, paramsOf(), outputs);
    const other = objective.open(twice, paramsOf(), outputs);
    const scores = drawnScores(objective, 30, 7);
    const spread = Float64Array.from({ length: repeated.length * outputs }, (_, i) => scores[Math.floor(i / repeated.length) * 30 + repeated[i % repeated.length]]);
    other.start().forEach((start, k) => expect(open.start()[k]).toBeCloseTo(start, 12));
    expect(open.mean(scores, { ...plain, weight })).toBeCloseTo(other.mean(spread, twice), 12);
    const sum = (all: number[]) => all.reduce((a, b) => a + b, 0);
    expect(sum(gradientsAt(open, scores).gradients)).toBeCloseTo(sum(gradientsAt(other, spread).gradients), 4);
  });

  test(`${objective.type} says what it reads, in params that exist, and is offered`, () => {
    for (const key of objective.reads) expect(objectiveParams).toHaveProperty(key);
    const choices = objectiveParams.objective.kind === 'choice' ? objectiveParams.objective.choices.map((c) => c.value as string) : [];
    if (objective.tasks.includes('regression')) expect(choices).toContain(objective.type);
    expect(objective.tasks.length).toBeGreaterThan(0);
  });
}
