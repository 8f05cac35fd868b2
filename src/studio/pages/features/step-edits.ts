// Edits of a list of steps, and a step in a few words.
import type { Json } from '../../../core/base/json.ts';
import type { StepSpec } from '../../../core/recipe/spec.ts';
import type { Kind } from '../../../core/table/table.ts';

/** The list with one step moved by one place up (-1) or down (1); ends stay ends. */
export function moved(steps: readonly StepSpec[], id: string, by: number): StepSpec[] {
  const from = steps.findIndex((step) => step.id === id);
  const to = Math.max(0, Math.min(steps.length - 1, from + by));
  const next = [...steps];
  const [step] = next.splice(from, 1);
  if (step) next.splice(to, 0, step);
  return next;
}

/** The columns that a step takes, as words: "every column of its kind", "age, fare and 3 more". */
export function stepTitle(step: StepSpec): string {
  if (step.columns.length === 0) return 'every column that fits';
  const shown = step.columns.slice(0, 4).join(', ');
  return step.columns.length > 4 ? `${shown} and ${step.columns.length - 4} more` : shown;
}

export const paramsOf = (step: StepSpec): { [key: string]: Json } =>
  step.params !== null && typeof step.params === 'object' && !Array.isArray(step.params) ? { ...(step.params as { [key: string]: Json }) } : {};

export const kindWords: { [kind in Kind]: string } = { number: 'numbers', category: 'categories', boolean: 'yes-or-no columns', time: 'times', text: 'texts' };
