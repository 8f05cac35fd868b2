// Every metric of the registry, over random rows of each of its tasks: bounds, weights, row order, direction, purity.
import { describe, expect, test } from 'vitest';
import { sequence } from '../../src/core/base/random.ts';
import type { Task } from '../../src/core/base/task.ts';
import { metrics } from '../../src/core/metrics/index.ts';
import type { Prediction, Target } from '../../src/core/table/matrix.ts';

const rows = 120;
type Case = { truth: Target; predicted: Prediction };

function randomCase(task: Task, seed: number, skill: number, order = Array.from({ length: rows }, (_, i) => i)): Case {
  const random = sequence(seed, task);
  const drawn = Array.from({ length: rows }, () => ({ y: random.unit(), noise: random.normal() }));
  const picked = order.map((i) => drawn[i]);
  if (task === 'regression') {
    return { truth: { kind: 'value', values: Float64Array.from(picked, (d) => d.y + 1) }, predicted: { task, classes: [], rows: order.length, width: 1, values: Float64Array.from(picked, (d) => 1 + d.y * skill + (1 - skill) * d.noise) } };
  }
  const classes = task === 'binary' ? ['a', 'b'] : ['a', 'b', 'c'];
  const codes = Int32Array.from(picked, (d) => Math.floor(d.y * classes.length));
  const rough = (share: number) => Math.round(share * 20) / 20;
  const lift = (d: { noise: number }) => Math.min(1, Math.max(0, rough(skill + (1 - skill) * Math.abs(d.noise))));
  const values = task === 'binary' ? picked.map((d, i) => (codes[i] === 1 ? lift(d) : 1 - lift(d))) : picked.flatMap((d, i) => classes.map((_, k) => (codes[i] === k ? lift(d) : (1 - lift(d)) / 2)));
  return { truth: { kind: 'class', classes, codes }, predicted: { task, classes, rows: order.length, width: task === 'binary' ? 1 : 3, values: Float64Array.from(values) } };
}

/** Equal to 12 digits of the larger of 1 and the value. */
const near = (value: number, expected: number): void => expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * rows * Math.max(1, Math.abs(expected)));

// ndcg-10 is of queries, not of rows: tests/unit/core/metrics/ndcg.test.ts
for (const metric of metrics.all.filter((each) => each.type !== 'ndcg-10')) {
  describe.each(metric.tasks.map((task) => [task]))(`${metric.type} of %s`, (task) => {
    const { truth, predicted } = randomCase(task, 1, 0.3);

    test('lies within its bounds', () => {
      for (let seed = 0; seed < 20; seed++) {
        const drawn = randomCase(task, seed, seed / 20);
        const value = metric.score(drawn.truth, drawn.predicted, null);
        expect(value).toBeGreaterThanOrEqual(metric.bounds[0]);
        expect(value).toBeLessThanOrEqual(metric.bounds[1]);
      }
    });

    test('weights of 1 change nothing, doubled weights change nothing, weight 2 is the row twice, 0 is its absence', () => {
      const plain = metric.score(truth, predicted, null);
      near(metric.score(truth, predicted, new Float32Array(rows).fill(1)), plain);
      near(metric.score(truth, predicted, new Float32Array(rows).fill(2)), plain);
      const weight = Float32Array.from({ length: rows }, (_, i) => i % 3);
      const repeated = randomCase(task, 1, 0.3, Array.from({ length: rows }, (_, i) => new Array<number>(i % 3).fill(i)).flat());
      near(metric.score(truth, predicted, weight), metric.score(repeated.truth, repeated.predicted, null));
    });

    test('does not depend on the order of rows', () => {
      const turned = randomCase(task, 1, 0.3, Array.from({ length: rows }, (_, i) => (i * 7 + 3) % rows));
      near(metric.score(turned.truth, turned.predicted, null), metric.score(truth, predicted, null));
    });

    test('prefers the better prediction, in its direction', () => {
      const skilled = randomCase(task, 1, 0.95);
      const better = metric.score(skilled.truth, skilled.predicted, null) - metric.score(truth, predicted, null);
      expect(metric.better === 'higher' ? better : -better).toBeGreaterThan(0);
    });

    test('prepare gives what score gives, and neither writes its inputs', () => {
      const before = predicted.values.slice();
      const weight = Float32Array.from({ length: rows }, (_, i) => (i % 5) / 2);
      const scorer = metric.prepare(truth, predicted);
      expect(scorer(weight)).toBe(metric.score(truth, predicted, weight));
      expect(scorer(null)).toBe(metric.score(truth, predicted, null));
      expect(predicted.values).toEqual(before);
    });
  });
}
