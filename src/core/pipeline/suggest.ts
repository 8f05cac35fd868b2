// A profile and a target -> the whole plan that an expert would start from: recipe, split and why, in plain sentences.
// A time column asks for a split by time (the past trains, the future tests); classes ask for a stratified one.
import type { Profile } from '../profile/profile.ts';
import type { RecipeSpec } from '../recipe/spec.ts';
import { suggestRecipe } from '../recipe/suggest-recipe.ts';
import type { SplitSpec } from '../split/split.ts';

export function suggest(profile: Profile, target: string, above: number | null): { recipe: RecipeSpec; split: SplitSpec; reasons: string[] } {
  const { recipe, reasons } = suggestRecipe(profile, target, above);
  const shares = { test: 0.2, valid: 0.1 };
  const time = profile.columns.find((c) => c.kind === 'time' && c.name !== target && c.missing === 0 && c.distinct > profile.rows / 50);
  if (time) {
    reasons.push(`Rows are split by ${time.name}: the earliest train, the latest 20 % test, as in use, where only the past is known.`);
    return { recipe, split: { kind: 'time', column: time.name, ...shares }, reasons };
  }
  const kind = recipe.task === 'regression' ? 'random' : 'stratified';
  reasons.push(kind === 'random' ? 'Rows are split at random: no column orders or groups them.' : 'Rows are split at random within each class, so that every part holds its share.');
  return { recipe, split: { kind, column: null, ...shares }, reasons };
}
