// Label errors by confident learning: the counts by hand on a small table of probabilities, and flipped labels found.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../../src/core/io/index.ts';
import { referenceTrees } from '../../../../src/core/learners/trees/reference.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import { confidentIssues, residualIssues } from '../../../../src/core/pipeline/confident-learning.ts';
import { labelIssues } from '../../../../src/core/pipeline/label-issues.ts';
import { suggest } from '../../../../src/core/pipeline/suggest.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { categoriesOf, getColumn, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { cellText } from '../../../../src/core/table/cell.ts';
import { putColumns } from '../../../../src/core/table/take.ts';
import type { Table } from '../../../../src/core/table/table.ts';

const context = { ...quiet, kernels: { trees: referenceTrees, nets: async () => referenceNets } };
const rowsTo = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

test('the confident joint by hand: thresholds are mean self-confidences, ambiguous rows count for nothing', () => {
  // labels a a a a b b b b; row 3 is surely b, row 7 is surely a, row 2 is unsure.
  const a = [0.9, 0.8, 0.55, 0.1, 0.2, 0.1, 0.3, 0.95];
  const shares = Float64Array.from(a.flatMap((p) => [p, 1 - p]));
  const { issues, noise } = confidentIssues(shares, Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1), 2, rowsTo(8));
  // thresholds: a 0.5875, b (0.8 + 0.9 + 0.7 + 0.05) / 4 = 0.6125. Counted: a->a rows 0, 1; a->b row 3; b->b 4, 5, 6; b->a 7.
  expect(issues.map((i) => i.row)).toEqual([7, 3]);
  expect(issues[0]).toMatchObject({ given: 1, suggested: 0, suggestedShare: 0.95 });
  expect(issues[0].givenShare).toBeCloseTo(0.05, 12);
  expect(noise).toBeCloseTo(((1 / 3) * 4 + (1 / 4) * 4) / 8, 12);
});
test('no disagreement, no issue; rows that were not judged are left out', () => {
  const shares = Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.2, 0.8, 0.9, 0.1);
  expect(confidentIssues(shares, Int32Array.of(0, 0, 1, 1), 2, Int32Array.of(0, 1, 2)).issues).toEqual([]);
  expect(confidentIssues(new Float64Array(0), new Int32Array(0), 2, new Int32Array(0))).toEqual({ issues: [], noise: 0 });
});
test('numbers: a residual far beyond the usual', () => {
  const predicted = Float64Array.from({ length: 100 }, (_, i) => i);
  const values = predicted.map((v, i) => v + ((i % 5) - 2) * 0.1 + (i === 40 ? 9 : 0));
  const { issues, noise } = residualIssues(predicted, values, rowsTo(100));
  expect(issues.map((i) => [i.row, i.suggested])).toEqual([[40, 40]]);
  expect(issues[0].givenShare).toBeLessThan(1e-6);
  expect(noise).toBe(0.01);
});

function flip(table: Table, target: string, share: number): { table: Table; flipped: Set<number> } {
  const r = sequence(7, 'flip');
  const cells = Array.from({ length: table.rows }, (_, i) => cellText(getColumn(table, target), i)!);
  const levels = [...new Set(cells)];
  const flipped = new Set<number>();
  cells.forEach((cell, i) => {
    if (r.unit() >= share) return;
    cells[i] = levels.filter((l) => l !== cell)[r.below(levels.length - 1)];
    flipped.add(i);
  });
  return { table: putColumns(table, [categoriesOf(target, cells)]), flipped };
}

test('flipped labels of two clusters are found, with the row numbers of the table that was given', async () => {
  const r = sequence(2, 'clusters');
  const label = Array.from({ length: 300 }, (_, i) => (i % 20 === 0 ? null : i % 2 ? 'left' : 'right'));
  const table = makeTable([numbersOf('x', label.map((l) => r.normal() + (l === 'left' ? -3 : 3))), numbersOf('noise', label.map(() => r.normal())), categoriesOf('side', label)]);
  const cells = label.map((l, i) => (l !== null && [31, 74, 155].includes(i) ? (l === 'left' ? 'right' : 'left') : l));
  const dirty = putColumns(table, [categoriesOf('side', cells)]);
  const { recipe } = suggest(await profileTable(dirty, quiet), 'side', null);
  for (const learner of ['linear', 'gbt']) {
    const report = await labelIssues(dirty, recipe, context, { learner });
    const rows = report.issues.map((i) => i.row);
    expect(rows.length, learner).toBeGreaterThanOrEqual(2);
    expect(rows.filter((row) => ![31, 74, 155].includes(row)), learner).toEqual([]);
    expect(report).toMatchObject({ rows: 285, learner, folds: 5, columns: ['x', 'noise', 'side'] });
    expect(report.issues[0].cells[2]).toBe(report.issues[0].given);
    expect(await labelIssues(dirty, recipe, context, { learner })).toEqual(report);
  }
});
test('regression, too few rows, a stop', async () => {
  const x = Array.from({ length: 200 }, (_, i) => (i * 37) % 101);
  const table = makeTable([numbersOf('x', x), numbersOf('y', x.map((v, i) => 2 * v + (i % 3) + (i === 50 ? 500 : 0)))]);
  const { recipe } = suggest(await profileTable(table, quiet), 'y', null);
  const report = await labelIssues(table, recipe, context, { learner: 'linear' });
  expect(report.issues[0].row).toBe(50);
  await expect(labelIssues(makeTable([numbersOf('x', [1, 2]), numbersOf('y', [1, 2])]), recipe, context)).rejects.toMatchObject({ code: 'no-rows' });
  expect(await labelIssues(table, recipe, { ...context, breathe: async () => 'stop' })).toMatchObject({ total: 0, rows: 0 });
});

const file = new URL('../../../../../shared/data/penguins.csv', import.meta.url);
const here = existsSync(file);
if (!here) console.log('skipped: shared/data/penguins.csv is absent');
test.skipIf(!here)('penguins with 5 % flipped species: most are found, and most findings are right', async () => {
  const { table } = await readTable(bytesSource('penguins.csv', readFileSync(file)), {}, quiet);
  const { table: dirty, flipped } = flip(table, 'species', 0.05);
  const { recipe } = suggest(await profileTable(dirty, quiet), 'species', null);
  const { issues } = await labelIssues(dirty, recipe, context);
  const hits = issues.filter((i) => flipped.has(i.row)).length;
  expect(hits / flipped.size).toBeGreaterThan(0.85);
  expect(hits / issues.length).toBeGreaterThan(0.8);
});
