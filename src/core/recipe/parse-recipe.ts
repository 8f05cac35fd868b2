// A RecipeSpec from JSON that anybody may have written: checked field by field, copied, never merged.
// Throws bad-param with the path, newer-version, unknown-type. Whether columns exist is settled at fitting.
import { BarnacleError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { parseParams } from '../base/params.ts';
import type { Task } from '../base/task.ts';
import type { Feature } from '../table/matrix.ts';
import type { Kind, Schema } from '../table/table.ts';
import type { FittedRecipe, RecipeSpec, StepSpec } from './spec.ts';
import { steps } from './steps/index.ts';

const MAX_NAME = 10_000;
const MAX_COLUMNS = 100_000;
const MAX_STEPS = 500;
/** Codes are held in single precision, exact below this. */
const MAX_LEVELS = 2 ** 24;
const TASKS: readonly Task[] = ['binary', 'multiclass', 'regression'];
const KINDS: readonly Kind[] = ['number', 'category', 'boolean', 'time', 'text'];

export function parseRecipe(json: Json): RecipeSpec {
  const from = objectOf(json, 'recipe');
  versionOf(from, 'recipe');
  const task = TASKS.find((t) => t === from.task);
  if (!task) throw bad('recipe.task', from.task, TASKS.join(', '));
  const above = from.above ?? null;
  if (above !== null && !(typeof above === 'number' && Number.isFinite(above))) throw bad('recipe.above', above, 'a number or null');
  const positive = from.positive ?? null;
  const target = textOf(from.target, 'recipe.target');
  const group = (from.group ?? null) === null ? null : textOf(from.group, 'recipe.group');
  if (group === target) throw bad('recipe.group', group, 'another column than the target');
  const weight = (from.weight ?? null) === null ? null : textOf(from.weight, 'recipe.weight');
  if (weight !== null && (weight === target || weight === group)) throw bad('recipe.weight', weight, 'another column than the target and the group');
  const list = listOf(from.steps ?? [], 'recipe.steps', MAX_STEPS);
  const parsed = list.map((step, i) => parseStep(step, `recipe.steps[${i}]`));
  const ids = new Set<string>();
  for (const { id } of parsed) if (ids.has(id)) throw bad('recipe.steps', id, 'distinct ids'); else ids.add(id);
  return {
    version: 1,
    task,
    target,
    above,
    positive: positive === null ? null : textOf(positive, 'recipe.positive'),
    drop: namesOf(from.drop ?? [], 'recipe.drop'),
    steps: parsed,
    ...(group === null ? {} : { group }),
    ...(weight === null ? {} : { weight }),
  };
}

/** A FittedRecipe from a file: spec and frame are checked; a state is data of its step, which reads it defensively. */
export function parseFittedRecipe(json: Json): FittedRecipe {
  const from = objectOf(json, 'fitted');
  versionOf(from, 'fitted recipe');
  const spec = parseRecipe(from.spec);
  const states = listOf(from.states, 'fitted.states', MAX_STEPS);
  if (states.length !== spec.steps.length) throw bad('fitted.states', states.length, `${spec.steps.length} states, one per step`);
  const input: Schema = listOf(from.input, 'fitted.input', MAX_COLUMNS).map((field, i) => {
    const { name, kind } = objectOf(field, `fitted.input[${i}]`);
    const known = KINDS.find((k) => k === kind);
    if (!known) throw bad(`fitted.input[${i}].kind`, kind, KINDS.join(', '));
    return { name: textOf(name, `fitted.input[${i}].name`), kind: known };
  });
  const output: Feature[] = listOf(from.output, 'fitted.output', 1_000_000).map((field, i) => {
    const { name, source, levels } = objectOf(field, `fitted.output[${i}]`);
    if (levels !== undefined && !(typeof levels === 'number' && Number.isInteger(levels) && levels >= 1 && levels <= MAX_LEVELS)) throw bad(`fitted.output[${i}].levels`, levels, `a count of levels in [1, ${MAX_LEVELS}]`);
    return { name: textOf(name, `fitted.output[${i}].name`), source: textOf(source, `fitted.output[${i}].source`), ...(levels === undefined ? {} : { levels }) };
  });
  return {
    version: 1,
    spec,
    input,
    states: states.map((state, i) => {
      if (spec.steps[i].disabled) return null;
      const held = objectOf(state, `fitted.states[${i}]`);
      return { columns: namesOf(held.columns, `fitted.states[${i}].columns`), state: held.state ?? null };
    }),
    output,
    classes: namesOf(from.classes, 'fitted.classes'),
  };
}

function parseStep(json: Json, path: string): StepSpec {
  const from = objectOf(json, path);
  const type = textOf(from.type, `${path}.type`);
  const id = from.id === undefined ? type : textOf(from.id, `${path}.id`);
  if (from.disabled !== undefined && typeof from.disabled !== 'boolean') throw bad(`${path}.disabled`, from.disabled, 'true or false');
  const params = parseParams(steps.get(type).params, from.params, `${path}.params`) as Json;
  return { id, type, columns: namesOf(from.columns ?? [], `${path}.columns`), params, ...(from.disabled ? { disabled: true } : {}) };
}

function versionOf(from: JsonObject, what: string): void {
  if (from.version === 1) return;
  if (typeof from.version === 'number' && from.version > 1) throw new BarnacleError('newer-version', `${what} is of version ${from.version}, this Barnacle reads 1; update it`, { what, found: from.version, supported: 1 });
  throw bad(`${what}.version`, from.version, '1');
}

function objectOf(value: Json | undefined, path: string): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw bad(path, value, 'an object');
  return value as JsonObject;
}
function listOf(value: Json | undefined, path: string, limit: number): readonly Json[] {
  if (!Array.isArray(value) || value.length > limit) throw bad(path, Array.isArray(value) ? value.length : value, `a list of at most ${limit}`);
  return value as readonly Json[];
}
function textOf(value: Json | undefined, path: string): string {
  if (typeof value !== 'string' || value.length > MAX_NAME) throw bad(path, typeof value === 'string' ? value.length : value, `text of at most ${MAX_NAME} characters`);
  return value;
}
const namesOf = (value: Json | undefined, path: string): string[] => listOf(value, path, MAX_COLUMNS).map((name, i) => textOf(name, `${path}[${i}]`));

function bad(path: string, value: Json | undefined, expected: string): BarnacleError<'bad-param'> {
  const shown = JSON.stringify(value ?? null).slice(0, 80);
  return new BarnacleError('bad-param', `${path} is ${shown}; expected ${expected}`, { path, value: typeof value === 'object' ? null : (value ?? null), expected });
}
