// An alert's fix as an undoable edit: of the recipe (a column dropped, a step added) or of the cleaning (steps added); whether
// it is already in place; and how to take it back.
import type { CleanStep } from '../../../core/clean/clean.ts';
import type { Alert } from '../../../core/profile/profile.ts';
import type { RecipeSpec, StepSpec } from '../../../core/recipe/spec.ts';
import { paramsOf } from './clean/clean-edits.ts';

export type Fix = NonNullable<Alert['fix']>;

/** How a fix is put in place: by the recipe where it leaves a column out of an existing one, else by cleaning where it can be. */
export function wayOf(recipe: RecipeSpec | null, fix: Fix): 'recipe' | 'clean' {
  const cleans = fix.clean !== undefined && fix.clean.length > 0;
  return cleans && (fix.drop === undefined || recipe === null) ? 'clean' : 'recipe';
}

export function isFixed(recipe: RecipeSpec | null, fix: Fix, clean: readonly CleanStep[] = []): boolean {
  return isCleaned(fix, clean) || (recipe !== null && isInRecipe(recipe, fix));
}
export function isCleaned(fix: Fix, clean: readonly CleanStep[]): boolean {
  return fix.clean !== undefined && fix.clean.length > 0 && fix.clean.every((step) => clean.some((each) => each.disabled !== true && each.type === step.type && sameColumns(each.columns, step.columns) && sameParams(paramsOf(each), step.params)));
}
export function isInRecipe(recipe: RecipeSpec, fix: Fix): boolean {
  if (fix.drop !== undefined) return recipe.drop.includes(fix.drop);
  const step = fix.step;
  if (step === undefined) return false;
  return recipe.steps.some((each) => each.disabled !== true && each.type === step.type && (each.columns.length === 0 || step.columns.every((column) => each.columns.includes(column))));
}

/** The recipe with the fix; null when there is nothing to change in it; the target is never dropped. */
export function applyFix(recipe: RecipeSpec, fix: Fix, newId: () => string): RecipeSpec | null {
  if (isInRecipe(recipe, fix)) return null;
  if (fix.drop !== undefined) return fix.drop === recipe.target ? null : { ...recipe, drop: [...recipe.drop, fix.drop] };
  if (fix.step === undefined) return null;
  const step: StepSpec = { id: newId(), type: fix.step.type, columns: [...fix.step.columns], params: { ...fix.step.params } };
  return { ...recipe, steps: [step, ...recipe.steps] };
}

/** The recipe without the fix: the column takes part again, the step of that column is gone; null when it is not in there. */
export function takeBack(recipe: RecipeSpec, fix: Fix): RecipeSpec | null {
  if (!isInRecipe(recipe, fix)) return null;
  if (fix.drop !== undefined) return { ...recipe, drop: recipe.drop.filter((name) => name !== fix.drop) };
  const step = fix.step!;
  const at = recipe.steps.findIndex((each) => each.disabled !== true && each.type === step.type && sameColumns(each.columns, step.columns));
  return at < 0 ? null : { ...recipe, steps: recipe.steps.filter((_, i) => i !== at) };
}

/** A step id that the recipe does not have yet: s1, s2, ... */
export function nextStepId(recipe: RecipeSpec): string {
  const used = new Set(recipe.steps.map((step) => step.id));
  let n = recipe.steps.length + 1;
  while (used.has(`s${n}`)) n += 1;
  return `s${n}`;
}

const sameColumns = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((name, i) => name === b[i]);
/** Equal where `asked` says something; what it leaves out is a default. */
const sameParams = (has: { readonly [key: string]: unknown }, asked: { readonly [key: string]: unknown }): boolean => Object.entries(asked).every(([key, value]) => has[key] === value);
