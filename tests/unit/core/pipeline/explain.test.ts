// Explanations of a bundle: raw columns only, sums that add up to what the model says, covers counted where it has none.
import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { runCovers } from '../../../../src/core/pipeline/explain-covers.ts';
import { explainRow, explainTable } from '../../../../src/core/pipeline/explain-row.ts';
import { explainRun } from '../../../../src/core/pipeline/explain-run.ts';
import { outputsOf, scaleOf } from '../../../../src/core/pipeline/explain-scale.ts';
import { contributionColumns } from '../../../../src/core/pipeline/contribution-columns.ts';
import { bestClass, predictRows, predictTable } from '../../../../src/core/pipeline/predict.ts';
import type { RunSpec } from '../../../../src/core/pipeline/run-spec.ts';
import { treeColumns } from '../../../../src/core/pipeline/tree-columns.ts';
import { numbersOf } from '../../../../src/core/table/build.ts';
import { cellText } from '../../../../src/core/table/cell.ts';
import { takeRows } from '../../../../src/core/table/take.ts';
import type { NumberColumn } from '../../../../src/core/table/table.ts';
import { makeFixture, table } from '../bundle/fixture.ts';

const specOf = (bundle: ReturnType<typeof makeFixture>): RunSpec => ({ data: 'd', recipe: bundle.recipe.spec, split: { kind: 'random', column: null, test: 0.5, valid: 0 }, learner: { type: 'gbt', params: {} }, metrics: ['roc-auc'], seed: 1 });

test('a row: base + contributions of the raw columns = score, and the link gives the prediction', async () => {
  for (const task of ['binary', 'multiclass', 'regression'] as const) {
    const bundle = makeFixture('trees', task);
    const row = bundle.golden.rows[0];
    const covers = runCovers(bundle, specOf(bundle), table);
    const why = await explainRow(bundle, row, { covers });
    expect(why.columns.map((one) => one.column).sort()).toEqual(bundle.recipe.input.map((field) => field.name).sort());
    expect(why.columns[0].cell).toBe(String(row.age));
    why.scores.forEach((score, k) => expect(why.base[k] + why.columns.reduce((sum, one) => sum + one.contributions[k], 0)).toBeCloseTo(score, 12));
    expect(why.after).toEqual(Array.from(predictRows(bundle, [row]).prediction.values));
    expect(why.columns.some((one) => Math.abs(one.contributions[0]) > 0.01)).toBe(true);
    expect(why.error).toBeLessThan(1e-12);
    expect(why.outputs).toEqual(outputsOf(bundle));
  }
});

test('test rows: means of the contributions, dots with the place of each value', async () => {
  const bundle = makeFixture('trees', 'binary');
  const found = await explainRun(bundle, specOf(bundle), table, quiet);
  const { rows, columns, dotted, values, places, cells } = found;
  expect([found.testRows, rows, dotted]).toEqual([6, 6, columns.length]);
  expect(columns.map((one) => one.column).sort()).toEqual(bundle.recipe.input.map((field) => field.name).sort());
  columns.forEach((one, at) => {
    const own = values.subarray(at * rows, (at + 1) * rows);
    expect(one.mean).toBeCloseTo(own.reduce((sum, value) => sum + Math.abs(value), 0) / rows, 6);
    if (at > 0) expect(one.mean).toBeLessThanOrEqual(columns[at - 1].mean);
  });
  const age = columns.findIndex((one) => one.column === 'age');
  const seen = Array.from(places.subarray(age * rows, (age + 1) * rows)).map((place, row) => ({ place, cell: cells[age][row] })).filter((one) => one.cell !== null).sort((a, b) => Number(a.cell) - Number(b.cell));
  expect([seen[0].place, seen.at(-1)!.place]).toEqual([0, 1]);
  expect(found.error).toBeLessThan(1e-12);
});

test('gain and splits of features sum to their raw columns; no trees, no columns', () => {
  const bundle = makeFixture('trees', 'binary');
  const columns = treeColumns(bundle)!;
  expect(columns.reduce((sum, one) => sum + one.gain, 0)).toBeCloseTo(1, 6);
  expect(columns.reduce((sum, one) => sum + one.splits, 0)).toBe(6);
  expect(treeColumns(makeFixture('linear', 'binary'))).toBeNull();
});

test('the unit of contributions follows the link', () => {
  const { model } = makeFixture('trees', 'binary');
  expect(scaleOf(model)).toBe('log-odds');
  expect(scaleOf({ ...model, json: { outputs: 1, trees: 3, link: 'share' } })).toBe('share');
  expect(scaleOf({ ...model, json: { outputs: 1, trees: 3, link: { type: 'isolation', a: 0, b: 1 } } })).toBe('anomaly');
  expect(scaleOf(makeFixture('trees', 'regression').model)).toBe('value');
});

test('columns beside the predictions add up to the score; names that are taken get a number, refused rows have none', async () => {
  const bundle = makeFixture('trees', 'multiclass');
  const rows = takeRows(table, Int32Array.of(0, 1, 2, 4));
  const { prediction } = predictTable(bundle, rows);
  const found = await explainTable(bundle, rows, { covers: runCovers(bundle, specOf(bundle), table) });
  const beside = { rows: 4, columns: [...rows.columns, numbersOf('score', [1, 2, 3, 4])] };
  const columns = contributionColumns(found, prediction, beside, Uint8Array.of(0b100)) as NumberColumn[];
  expect(columns.map((column) => column.name)).toEqual(['base score', ...found.columns.map((name) => `contribution of ${name}`), 'score 2']);
  for (let row = 0; row < 4; row++) {
    const best = bestClass(prediction.values.subarray(row * 3, row * 3 + 3));
    expect(columns.at(-1)!.values[row]).toBe(found.scores[row * 3 + best]);
    expect(columns.slice(0, -1).reduce((sum, column) => sum + column.values[row], 0)).toBeCloseTo(columns.at(-1)!.values[row], 12);
  }
  expect(columns.map((column) => cellText(column, 2))).toEqual(columns.map(() => null));
});
