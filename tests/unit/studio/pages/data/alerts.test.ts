import { expect, test } from 'vitest';
import type { CleanStep } from '../../../../../src/core/clean/clean.ts';
import type { Alert } from '../../../../../src/core/profile/profile.ts';
import type { RecipeSpec } from '../../../../../src/core/recipe/spec.ts';
import { isChanged, silenced, thresholdsOf, withThresholds } from '../../../../../src/studio/pages/data/alerts/alerting.ts';
import { FixesState, fixLabel } from '../../../../../src/studio/pages/data/alerts/fixes-state.svelte.ts';
import { LabelQueue } from '../../../../../src/studio/pages/data/alerts/label-queue.svelte.ts';
import { LabelsState } from '../../../../../src/studio/pages/data/alerts/labels-state.svelte.ts';
import { suspectFixes } from '../../../../../src/studio/pages/data/alerts/suspect-fixes.ts';
import { decisions } from '../../../../../src/studio/pages/data/decisions.ts';
import { SuspectsState } from '../../../../../src/studio/pages/data/table/suspects-state.svelte.ts';
import type { LabelReport, SuspectReport } from '../../../../../src/wire/data.ts';
import { recipe } from '../../fake-engine.ts';

const alert = (fix: Alert['fix'], part: Partial<Alert> = {}): Alert => ({ code: 'x', severity: 'high', column: 'city', message: 'city has 3 spellings.', evidence: '', rows: 3, fix, ...part });
const merge = alert({ label: 'Merge', clean: [{ type: 'trim', columns: ['city'], params: { inner: true } }, { type: 'merge-variants', columns: ['city'], params: { map: '{}' } }] });
const issue = (row: number) => ({ row, given: 'a', suggested: 'b', givenShare: 0.1, suggestedShare: 0.9, cells: [] });
const report: LabelReport = { issues: [issue(4), issue(9), issue(2)], total: 3, columns: ['y'], rows: 100, learner: 'gbt', folds: 5, noise: 0.03 };

const home = () => ({
  recipe: recipe as RecipeSpec | null, clean: { version: 1 as const, steps: [] as CleanStep[] },
  edit(_label: string, change: { recipe?: RecipeSpec }) { this.recipe = change.recipe ?? this.recipe; },
  async editClean(_label: string, change: (steps: readonly CleanStep[]) => CleanStep[]) { this.clean = { version: 1, steps: change(this.clean.steps) }; },
});

test('a fix by cleaning adds its steps, is known as fixed, and can be taken back', async () => {
  const project = home();
  const fixes = new FixesState(project);
  expect(fixes.hindrance(merge)).toBeNull();
  expect(await fixes.take(merge)).toBe(true);
  expect(project.clean.steps.map((step) => step.type)).toEqual(['trim', 'merge-variants']);
  expect(fixes.isIn(merge)).toBe(true);
  expect(fixes.taken).toEqual([merge]);
  expect(await fixes.take(merge)).toBe(false);
  await fixes.undo(merge);
  expect(project.clean.steps).toEqual([]);
  expect(fixes.isIn(merge)).toBe(false);
});
test('taking one fix back leaves other steps, and what was switched off is not fixed', async () => {
  const project = home();
  const fixes = new FixesState(project);
  await project.editClean('', () => [{ id: 'c1', type: 'trim', columns: ['name'], params: {} }]);
  await fixes.take(merge);
  project.clean = { version: 1, steps: project.clean.steps.map((step) => ({ ...step, disabled: true })) };
  expect(fixes.isIn(merge)).toBe(false);
  await fixes.undo(merge);
  expect(project.clean.steps.map((step) => step.id)).toEqual(['c1']);
});
test('a fix of the recipe is taken back too; the target is never dropped', async () => {
  const project = home();
  const fixes = new FixesState(project);
  const drop = alert({ label: 'Drop it', drop: 'city' });
  await fixes.take(drop);
  expect(project.recipe?.drop).toEqual(['city']);
  await fixes.undo(drop);
  expect(project.recipe?.drop).toEqual([]);
  expect(fixes.hindrance(alert({ label: 'Drop', drop: 'y' }))).toBe('This is what is predicted');
  expect(fixes.hindrance({ ...drop })).toBeNull();
  project.recipe = null;
  expect(fixes.hindrance(drop)).toBe('Choose what to predict first');
  expect(fixLabel(drop)).toBe('Drop it: city');
});

test('leaving a column out is done by the recipe once there is one, else by cleaning; either counts', async () => {
  const project = home();
  const fixes = new FixesState(project);
  const leave = alert({ label: 'Leave out city', drop: 'city', clean: [{ type: 'drop-columns', columns: ['city'], params: {} }] });
  await fixes.take(leave);
  expect([project.recipe?.drop, project.clean.steps.length]).toEqual([['city'], 0]);
  await fixes.undo(leave);
  project.recipe = null;
  await fixes.take(leave);
  expect(project.clean.steps.map((step) => step.type)).toEqual(['drop-columns']);
  project.recipe = recipe;
  expect([fixes.isIn(leave), fixes.canUndo(leave)]).toEqual([true, true]);
});
test('a step of the recipe over every column counts as fixed and is not taken back from here', () => {
  const project = home();
  const fixes = new FixesState(project);
  const fill = alert({ label: 'Fill', step: { type: 'impute', columns: ['x'], params: {} } });
  expect([fixes.isIn(fill), fixes.canUndo(fill)]).toEqual([true, false]);
});

test('the review goes by keys: accept, keep, skip, back', () => {
  const queue = new LabelQueue(report, 'y/1');
  for (const key of ['y', 's', 'n']) expect(queue.press(key)).toBe(true);
  expect(queue.press('x')).toBe(false);
  expect(queue.isOver).toBe(true);
  expect(queue.edits).toEqual([[4, 'b']]);
  expect(queue.patch).toEqual([{ op: 'test', path: '/4/y~11', value: 'a' }, { op: 'replace', path: '/4/y~11', value: 'b' }]);
  queue.press('u');
  expect(queue.current?.row).toBe(2);
  queue.press('y');
  queue.again();
  expect(queue.current?.row).toBe(9);
  queue.press('y');
  expect([queue.isOver, queue.countOf('accept')]).toEqual([true, 3]);
  queue.press('ArrowLeft');
  expect(queue.current?.row).toBe(9);
});
test('labels are looked for with the recipe, and belong to its data and target', async () => {
  const labels = new LabelsState({ labelIssues: async () => report }, { run: async (_title, work) => work('j', () => {}), stop: async () => {} });
  await labels.look('d', recipe);
  expect(labels.queueOf('d', 'y')?.report).toBe(report);
  expect(labels.queueOf('other', 'y')).toBeNull();
  expect(labels.queueOf('d', 'x')).toBeNull();
  expect(labels.busy).toBe(false);
});

const cell = (row: number, certainty: number, suggestion: string | null, detector = 'pattern') => ({ row, column: 'city', value: 'x', detector, certainty, reason: `${detector} ${row}`, suggestion });
const suspects: SuspectReport = { cells: [cell(3, 0.5, 'Rome'), cell(3, 0.9, 'Roma'), cell(8, 0.4, null), cell(8, 0.6, null, 'range')], total: 4, byDetector: [{ detector: 'pattern', label: 'Pattern', column: 'city', cells: 3 }, { detector: 'range', label: 'Range', column: 'city', cells: 1 }] };
test('suspect cells are found by row and column, the most certain reason first, for their dataset only', async () => {
  const state = new SuspectsState({ suspects: async () => suspects }, { run: async (_title, work) => work('j', () => {}) });
  await state.look('d');
  expect(state.cell('d', 8, 'city')?.detector).toBe('range');
  expect(state.cell('d', 9, 'city')).toBeUndefined();
  expect(state.cell('e', 8, 'city')).toBeUndefined();
  expect(state.reportOf('e')).toBeNull();
  expect(state.first('range', 'city')?.row).toBe(8);
});
test('suggestions of a detector become one step, the more certain one for each cell', () => {
  expect(suspectFixes(suspects)).toEqual([{ detector: 'pattern', column: 'city', label: 'Mend 1', step: { type: 'fix-cells', columns: ['city'], params: { edits: '[[3,"Roma"]]' } } }]);
});

test('what waits for the person comes first, fixed alerts do not count', () => {
  expect(decisions({ alerts: [merge, alert(null, { column: null, message: 'Rows repeat.' })], fixed: (each) => each === merge, target: false, dates: 1, failing: 0 })).toEqual(['what to predict', 'day or month first in 1 column', 'Rows repeat']);
});

test('only changed thresholds are kept; back to the fallback is no change', () => {
  const declared = { some: { kind: 'number', label: '', help: '', fallback: 0.01, min: 0, max: 1, integer: false } } as const;
  const none = { thresholds: {}, silent: [] };
  const changed = withThresholds(none, 'missing', { some: 0.2, other: 3 }, declared);
  expect([changed, isChanged(changed, 'missing'), thresholdsOf(changed, 'constant')]).toEqual([{ thresholds: { missing: { some: 0.2 } }, silent: [] }, true, {}]);
  expect(withThresholds(changed, 'missing', { some: 0.01 }, declared)).toEqual(none);
  expect(silenced(silenced(none, 'skew'), 'skew')).toEqual(none);
});
