import { expect, test } from 'vitest';
import { applyFix, isFixed, nextStepId } from '../../../../../src/studio/pages/data/alert-fix.ts';
import { recipe } from '../../fake-engine.ts';

const log = { label: 'log', step: { type: 'log-scale', columns: ['x'], params: {} } };
test('a dropped column is a fix, but never the target', () => {
  expect(applyFix(recipe, { label: '', drop: 'x' }, () => 's2')?.drop).toEqual(['x']);
  expect(applyFix(recipe, { label: '', drop: 'y' }, () => 's2')).toBeNull();
});
test('a step comes first, so that later ones see its result; once is enough', () => {
  const next = applyFix(recipe, log, () => nextStepId(recipe))!;
  expect(next.steps.map((step) => [step.id, step.type])).toEqual([['s2', 'log-scale'], ['s1', 'impute']]);
  expect(applyFix(next, log, () => 's3')).toBeNull();
});
test('a step over every column covers the fix, a switched-off one does not', () => {
  const fix = { label: '', step: { type: 'impute', columns: ['x'], params: {} } };
  expect(isFixed(recipe, fix)).toBe(true);
  expect(isFixed({ ...recipe, steps: recipe.steps.map((step) => ({ ...step, disabled: true })) }, fix)).toBe(false);
});
