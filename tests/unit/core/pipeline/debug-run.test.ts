// Debugging tools on a whole run: the recipe is fitted anew on shuffled targets, so a leak in the table's own road is found.
import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import { debugRun, toolsFor } from '../../../../src/core/pipeline/debug-run.ts';
import type { RunSpec } from '../../../../src/core/pipeline/run-spec.ts';
import { suggest } from '../../../../src/core/pipeline/suggest.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import { context } from '../debug/subject.ts';

const random = sequence(3, 'debug-run');
const rows = 600;
const a = Array.from({ length: rows }, () => random.normal());
const b = Array.from({ length: rows }, () => random.normal());
const noise = Array.from({ length: rows }, () => random.normal());
const table = makeTable([
  numbersOf('a', a),
  numbersOf('b', b),
  categoriesOf('y', a.map((v, r) => (v - b[r] + 0.5 * noise[r] > 0 ? 'yes' : 'no'))),
]);

async function specOf(learner: string, params: RunSpec['learner']['params'] = {}): Promise<RunSpec> {
  const { recipe, split } = suggest(await profileTable(table, quiet), 'y', null);
  return { data: 'table', recipe, split, learner: { type: learner, params }, metrics: ['roc-auc'], seed: 1 };
}

test('tools of a net on a table with a law', async () => {
  const heard: string[] = [];
  const report = await debugRun(await specOf('mlp', { hidden: [32, 32], rate: 0.01 }), table, { ...quiet, kernels: context.kernels }, { tools: ['overfit-batch', 'rate-range', 'dead-units'], each: (f) => heard.push(f.id) });
  expect(report.findings.map((f) => [f.id, f.verdict])).toEqual(heard.map((id) => [id, 'pass']));
  expect(heard).toHaveLength(3);
}, 60_000);

test('labels shuffled before the recipe fall to chance, and the run itself is left as it was', async () => {
  const before = JSON.stringify(table.columns.map((c) => c.name));
  const report = await debugRun(await specOf('gbt', { trees: 20 }), table, { ...quiet, kernels: context.kernels }, { tools: ['shuffled-labels', 'seed-sweep'], most: 300 });
  expect(report.findings.map((f) => f.verdict)).toEqual(['pass', 'pass']);
  const [shuffled, sweep] = report.findings;
  expect(Math.abs(Number(shuffled.figures[0].value) - 0.5)).toBeLessThan(0.12);
  expect(Number(sweep.figures[0].value)).toBeGreaterThan(0.85);
  expect(report.rows).toBe(300);
  expect(report.trainRows).toBeGreaterThan(300);
  expect(JSON.stringify(table.columns.map((c) => c.name))).toBe(before);
});

test('the tools that suit a learner', () => {
  expect(toolsFor('gbt')).toEqual(['overfit-batch', 'shuffled-labels', 'seed-sweep']);
  expect(toolsFor('mlp')).toHaveLength(7);
});
