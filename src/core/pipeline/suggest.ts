// A profile and a target -> the whole plan that an expert would start from: recipe, split and why, in plain sentences.
// A time column asks for a split by time (the past trains, the future tests); classes ask for a stratified one.
import type { JsonObject } from '../base/json.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import type { RecipeSpec } from '../recipe/spec.ts';
import { suggestRecipe } from '../recipe/suggest-recipe.ts';
import type { SplitSpec } from '../split/split.ts';

const YEAR = 365.25 * 86_400_000;

/** The reasons come in the order of the recipe's steps; the last is the split's. Throws missing-column. */
export function suggest(profile: Profile, target: string, above: number | null): { recipe: RecipeSpec; split: SplitSpec; reasons: string[] } {
  const { recipe, reasons } = suggestRecipe(profile, target, above);
  const shares = { test: 0.2, valid: 0.1 };
  const time = profile.columns.find((c) => c.kind === 'time' && c.name !== target && c.missing === 0 && c.distinct > profile.rows / 50);
  if (time) {
    if (spanOf(time) < 2 * YEAR) leaveOutSeasons(recipe, time.name, reasons);
    reasons.push(`Rows are split by ${time.name}: the earliest train, the latest 20 % test, as in use, where only the past is known.`);
    return { recipe, split: { kind: 'time', column: time.name, ...shares }, reasons };
  }
  const order = orderOf(profile, target);
  if (order) {
    reasons.push(`The rows stand in the order of ${order.clock}, so they are split by ${order.column}: the earliest train, the latest 20 % test, as in use, where only the past is known.`);
    return { recipe, split: { kind: 'time', column: order.column, ...shares }, reasons };
  }
  const kind = recipe.task === 'regression' ? 'random' : 'stratified';
  reasons.push(kind === 'random' ? 'Rows are split at random: no column orders or groups them.' : 'Rows are split at random within each class, so that every part holds its share.');
  return { recipe, split: { kind, column: null, ...shares }, reasons };
}

const CLOCK = /(^|[^a-z])(date|time|datetime|timestamp|epoch|year|yr)$/i;

/**
 * A table in time order without a date column: a number named like a clock that never falls; when it is coarse (a year), a
 * running number beside it. Null when neither is fine enough to cut at.
 */
function orderOf(profile: Profile, target: string): { clock: string; column: string } | null {
  const rising = profile.columns.filter((c) => c.kind === 'number' && c.ascending && c.name !== target);
  const clock = rising.find((c) => CLOCK.test(c.name));
  if (!clock || profile.rows < 100) return null;
  const fine = clock.distinct >= 50 ? clock : rising.find((c) => c.distinct === profile.rows && c.distinctIsExact);
  return fine ? { clock: clock.name, column: fine.name } : null;
}

const spanOf = (column: ColumnProfile): number => (column.number ? column.number.max - column.number.min : Infinity);

/** With less than two years in training, every test month is new to the model: only the day of the month, weekday and hour repeat. */
function leaveOutSeasons(recipe: RecipeSpec, column: string, reasons: string[]): void {
  for (const step of recipe.steps) {
    if (step.type !== 'date-parts' || !step.columns.includes(column)) continue;
    step.params = { ...(step.params as JsonObject), year: false, month: false, dayOfYear: false };
    reasons.push(`Year, month and day of year of ${column} are left out: the data covers less than two years, so the months in test were never seen in training.`);
  }
}
