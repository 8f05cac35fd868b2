import { describe, expect, test } from 'vitest';
import type { CurvePoint } from '../../../../../src/core/base/task.ts';
import { chooseDropped, dartGrid, dartScales, onGrid, toGrid } from '../../../../../src/core/learners/gbt/dart.ts';
import { predictModel } from '../../../../../src/core/models/predict-model.ts';
import { partsOf } from '../../../../../src/core/models/trees-parts.ts';
import { fit, made } from './made.ts';

const params = { boosting: 'dart', dropRate: 0.3, skipDrop: 0.2, trees: 30, patience: 0 };

describe.each([['count'], ['rate']])('scaled by %s', (dropScale) => {
  test('the losses that it reports are those of the model: dropping and scaling leave no trace in the scores', async () => {
    const [data, valid] = [made('regression', 300, 1), made('regression', 200, 2)];
    const points: CurvePoint[] = [];
    const model = await fit(data, { ...params, dropScale }, { valid, report: (p) => p.point && points.push(p.point) });
    const kept = partsOf(model).trees.length;
    const lossOf = (of: typeof data) => predictModel(model, of).values.reduce((sum, v, i) => sum + (v - (of.target as { values: Float64Array }).values[i]) ** 2, 0) / of.rows;
    expect(Math.abs(lossOf(data) - (points[kept - 1].train as number))).toBeLessThan(1e-9);
    expect(Math.abs(lossOf(valid) - (points[kept - 1].valid as number))).toBeLessThan(1e-9);
    expect(Math.min(...points.map((p) => p.valid as number))).toBe(points[kept - 1].valid);
  });
});

test('it learns, and its trees are not those of plain boosting', async () => {
  const data = made('binary', 400, 3);
  const [dart, plain] = [await fit(data, params), await fit(data, { trees: 30 })];
  expect(partsOf(dart).trees.slice(5)).not.toEqual(partsOf(plain).trees.slice(5));
  const right = predictModel(dart, data).values.reduce((sum, p, i) => sum + Number(p > 0.5 === ((data.target as { codes: Int32Array }).codes[i] === 1)), 0);
  expect(right / 400).toBeGreaterThan(0.9);
});

test('which rounds are dropped: by chance, at most so many, none when skipped; the same for the same seed', () => {
  const all = { dropRate: 1, maxDrop: 0, skipDrop: 0, dropScale: 'count' as const };
  expect(chooseDropped(4, all, 1)).toEqual([0, 1, 2, 3]);
  expect(chooseDropped(0, all, 1)).toEqual([]);
  expect(chooseDropped(40, { ...all, maxDrop: 3 }, 1).length).toBeLessThanOrEqual(3);
  expect(chooseDropped(40, { ...all, skipDrop: 1 }, 1)).toEqual([]);
  const some = chooseDropped(1000, { ...all, dropRate: 0.1 }, 1);
  expect(Math.abs(some.length - 100)).toBeLessThan(30);
  expect(chooseDropped(1000, { ...all, dropRate: 0.1 }, 1)).toEqual(some);
});

test('scales: LightGBM by number, XGBoost by rate', () => {
  expect(dartScales(0, 0.1, 'count')).toEqual({ fresh: 0.1, dropped: 1 });
  expect(dartScales(3, 0.1, 'count')).toEqual({ fresh: 0.025, dropped: 0.75 });
  const { fresh, dropped } = dartScales(3, 0.1, 'rate');
  expect(fresh).toBeCloseTo(0.1 / 3.1, 12);
  expect(dropped).toBeCloseTo(3 / 3.1, 12);
});

test('values on the grid add exactly and are exact in single precision', () => {
  const grid = dartGrid(0.7, 0.25);
  expect(Math.log2(grid)).toBe(1 - 32);
  const values = Array.from({ length: 100 }, (_, i) => onGrid(Math.sin(i) * 3, grid));
  for (const v of values) expect(Math.fround(v)).toBe(v);
  const sum = values.reduce((a, b) => a + b, toGrid(0.123456789, grid));
  const back = [...values].reverse().reduce((a, b) => a - b, sum);
  expect(back).toBe(toGrid(0.123456789, grid));
  expect(dartGrid(0, 0)).toBeGreaterThan(0);
});
