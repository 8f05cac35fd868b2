// A recipe and split that were made for other columns -> for the columns that there are now, changed as little as may be:
// renames are followed, columns that are gone are let go, and new columns are treated as a fresh suggestion would.
// Grades of a ranking stay numbers, where a suggestion would take them for classes. A target that is gone stays named: the studio says so and asks for another.
import type { JsonObject } from '../base/json.ts';
import type { CleanSpec } from '../clean/clean.ts';
import type { Profile } from '../profile/profile.ts';
import type { RecipeSpec, StepSpec } from '../recipe/spec.ts';
import { steps } from '../recipe/steps/index.ts';
import type { SplitSpec } from '../split/split.ts';
import type { Kind } from '../table/table.ts';
import { suggest } from './suggest.ts';

/** `profile` is of the new data; `clean` made it (null = nothing was done). */
export function adaptRecipe(recipe: RecipeSpec, split: SplitSpec, profile: Profile, clean: CleanSpec | null): { recipe: RecipeSpec; split: SplitSpec } {
  const kinds = new Map(profile.columns.map((column) => [column.name, column.kind]));
  const now = renamed(clean, kinds);
  const target = now(recipe.target);
  if (!kinds.has(target)) return { recipe, split };
  const suggested = suggest(profile, target, recipe.above);
  const group = recipe.group === undefined ? null : now(recipe.group);
  const grouped = group !== null && kinds.has(group) && group !== target ? { group } : {};
  const weight = recipe.weight === undefined ? null : now(recipe.weight);
  const weighed = weight !== null && kinds.get(weight) === 'number' && weight !== target ? { weight } : {};
  const drop = recipe.drop.map(now).filter((name) => kinds.has(name) && name !== target);
  const kept = recipe.steps.flatMap((step) => fittingStep(step, now, kinds));
  const isRanking = grouped.group !== undefined && recipe.task === 'regression' && kinds.get(target) === 'number' && recipe.above === null;
  const task = isRanking ? 'regression' : suggested.recipe.task;
  const isTaskKept = task === recipe.task;
  const covered = new Set([target, ...Object.values(grouped), ...Object.values(weighed), ...drop, ...kept.filter((step) => !step.disabled).flatMap((step) => step.columns)]);
  const open = new Set([...kinds.keys()].filter((name) => !covered.has(name)));
  const dropped = suggested.recipe.drop.filter((name) => open.has(name) && !knew(recipe, name, now));
  const added = suggested.recipe.steps.flatMap((step) => newColumns(step, open, kinds));
  const next = added.reduce((list, step) => withStep(list, step), kept);
  const { group: _group, weight: _weight, ...plain } = recipe;
  const column = split.column === null ? null : now(split.column);
  return {
    recipe: { ...plain, ...grouped, ...weighed, task, positive: isTaskKept ? recipe.positive : null, target, drop: [...drop, ...dropped], steps: next },
    split: (column !== null && !kinds.has(column)) || (!isTaskKept && split.kind === 'stratified') ? suggested.split : { ...split, column },
  };
}

/** Old name -> the name it has now, following every rename step whose result is there. */
function renamed(clean: CleanSpec | null, kinds: ReadonlyMap<string, Kind>): (name: string) => string {
  const names = new Map<string, string>();
  for (const step of clean?.steps ?? []) {
    const to = step.type === 'rename' && !step.disabled ? (step.params as JsonObject).name : null;
    if (typeof to === 'string' && step.columns.length === 1) names.set(step.columns[0], to);
  }
  return (name) => {
    let at = name;
    for (let hops = 0; hops < names.size && !kinds.has(at) && names.has(at); hops++) at = names.get(at)!;
    return at;
  };
}

/** A step that listed columns and has none left goes; [] keeps its meaning, "every column". */
function fittingStep(step: StepSpec, now: (name: string) => string, kinds: ReadonlyMap<string, Kind>): StepSpec[] {
  if (!step.columns.length) return [step];
  const { takes } = steps.get(step.type);
  const columns = step.columns.map(now).filter((name) => kinds.has(name) && takes.includes(kinds.get(name)!));
  return columns.length ? [{ ...step, columns }] : [];
}

/** The part of a suggested step that is about columns which nothing treats and which are no numbers yet. */
function newColumns(step: StepSpec, open: ReadonlySet<string>, kinds: ReadonlyMap<string, Kind>): StepSpec[] {
  const columns = step.columns.filter((name) => open.has(name) && kinds.get(name) !== 'number' && kinds.get(name) !== 'boolean');
  return columns.length ? [{ ...step, columns }] : [];
}

function withStep(list: readonly StepSpec[], step: StepSpec): StepSpec[] {
  const at = list.findIndex((each) => each.type === step.type && !each.disabled && each.columns.length > 0);
  if (at >= 0) return list.map((each, i) => (i === at ? { ...each, columns: [...each.columns, ...step.columns] } : each));
  const used = new Set(list.map((each) => each.id));
  let id = step.id;
  for (let n = 2; used.has(id); n++) id = `${step.id}-${n}`;
  return [{ ...step, id }, ...list];
}

/** Whether the person's recipe had a say about a column: then what is suggested for it does not count. */
const knew = (recipe: RecipeSpec, name: string, now: (name: string) => string): boolean => [...recipe.drop, ...recipe.steps.flatMap((step) => step.columns)].some((each) => now(each) === name);
