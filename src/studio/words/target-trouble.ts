// Why a target cannot be learned, in words, from the profile alone: said on Data before anybody presses Train.
// The bounds are those of core/recipe's readTarget, which refuses the same targets; a test holds the two together.
import type { ColumnProfile } from '../../core/profile/profile.ts';
import type { RecipeSpec } from '../../core/recipe/spec.ts';
import { count, figure } from '../format.ts';

const MAX_CLASSES = 1000;
const FEW_CLASSES = 20;

/** A sentence and a half, the way out included; null when it can be learned or its column was not profiled. */
export function targetTrouble(recipe: Pick<RecipeSpec, 'task' | 'target' | 'above'>, about: ColumnProfile | undefined): string | null {
  if (about === undefined) return null;
  const present = about.rows - about.missing;
  const { distinct, number } = about;
  const name = `“${recipe.target}”`;
  if (present === 0 || distinct === 0) return `${name} has no value at all. Choose another column.`;
  if (distinct === 1) return `${name} has one value only${about.levels?.[0] === undefined ? '' : ` (${about.levels[0].level})`}. Choose another column.`;
  if (recipe.task === 'regression') return null;
  if (recipe.above !== null) {
    if (number !== null && (number.max <= recipe.above || number.min > recipe.above)) return `${number.max <= recipe.above ? 'No' : 'Every'} value of ${name} is above ${figure(recipe.above)} (they go from ${figure(number.min)} to ${figure(number.max)}). Choose a threshold between.`;
    return null;
  }
  if (distinct >= present) return `${name} has another value in every row (${count(present)} of them): no class repeats, so none can be learned. Choose another column.`;
  if (distinct > MAX_CLASSES || (distinct > FEW_CLASSES && distinct > present / 2)) return `${name} has ${count(distinct)} classes in ${count(present)} rows, too many to learn. Choose another column, or group its values in the file.`;
  return null;
}
