// An alert's fix as an undoable edit of the recipe: a column dropped or a step added; and whether it is already in place.
import type { Alert } from '../../../core/profile/profile.ts';
import type { RecipeSpec, StepSpec } from '../../../core/recipe/spec.ts';

type Fix = NonNullable<Alert['fix']>;

export function isFixed(recipe: RecipeSpec, fix: Fix): boolean {
  if (fix.drop !== undefined) return recipe.drop.includes(fix.drop);
  const step = fix.step;
  if (step === undefined) return false;
  return recipe.steps.some((each) => each.disabled !== true && each.type === step.type && (each.columns.length === 0 || step.columns.every((column) => each.columns.includes(column))));
}

/** Null when there is nothing to change; the target is never dropped. */
export function applyFix(recipe: RecipeSpec, fix: Fix, newId: () => string): RecipeSpec | null {
  if (isFixed(recipe, fix)) return null;
  if (fix.drop !== undefined) return fix.drop === recipe.target ? null : { ...recipe, drop: [...recipe.drop, fix.drop] };
  if (fix.step === undefined) return null;
  const step: StepSpec = { id: newId(), type: fix.step.type, columns: [...fix.step.columns], params: { ...fix.step.params } };
  return { ...recipe, steps: [step, ...recipe.steps] };
}

/** A step id that the recipe does not have yet: s1, s2, ... */
export function nextStepId(recipe: RecipeSpec): string {
  const used = new Set(recipe.steps.map((step) => step.id));
  let n = recipe.steps.length + 1;
  while (used.has(`s${n}`)) n += 1;
  return `s${n}`;
}
