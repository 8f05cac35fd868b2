// Untrusted JSON -> a CleanSpec over a registry: copied field by field, params parsed by their declarations, unknown keys,
// unknown types, equal ids and more than 500 steps refused.
import { BarnacleError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { parseParams } from '../base/params.ts';
import type { Registry } from '../base/registry.ts';
import type { Cleaner, CleanSpec, CleanStep } from './clean.ts';

const MOST_STEPS = 500;
const MOST_COLUMNS = 100_000;
const MOST_NAME = 10_000;
const KEYS = ['id', 'type', 'columns', 'params', 'disabled', 'comment'];

export function parseSpec(json: Json, registry: Registry<Cleaner>): CleanSpec {
  const from = objectOf(json, 'clean', ['version', 'steps']);
  if (typeof from.version === 'number' && from.version > 1) throw new BarnacleError('newer-version', `cleaning is of version ${from.version}, this Barnacle reads 1; update it`, { what: 'cleaning', found: from.version, supported: 1 });
  if (from.version !== 1) throw bad('clean.version', from.version, '1');
  const steps = listOf(from.steps ?? null, 'clean.steps', MOST_STEPS).map((step, i) => parseStep(step, `clean.steps[${i}]`, registry));
  const ids = new Set<string>();
  for (const { id } of steps) if (ids.has(id)) throw bad('clean.steps', id, 'distinct ids'); else ids.add(id);
  return { version: 1, steps };
}

function parseStep(json: Json, path: string, registry: Registry<Cleaner>): CleanStep {
  const from = objectOf(json, path, KEYS);
  const type = textOf(from.type, `${path}.type`);
  const params = parseParams(registry.get(type).params, from.params, `${path}.params`) as Json;
  const columns = listOf(from.columns ?? [], `${path}.columns`, MOST_COLUMNS).map((name, i) => textOf(name, `${path}.columns[${i}]`));
  if (from.disabled !== undefined && typeof from.disabled !== 'boolean') throw bad(`${path}.disabled`, from.disabled, 'true or false');
  return {
    id: textOf(from.id, `${path}.id`),
    type,
    columns,
    params,
    ...(from.disabled ? { disabled: true } : {}),
    ...(from.comment === undefined ? {} : { comment: textOf(from.comment, `${path}.comment`) }),
  };
}

function objectOf(value: Json | undefined, path: string, keys: readonly string[]): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw bad(path, value, 'an object');
  const from = value as JsonObject;
  for (const key of Object.keys(from)) if (!keys.includes(key)) throw bad(`${path}.${key.slice(0, 80)}`, from[key], `one of ${keys.join(', ')}`);
  return Object.assign(Object.create(null) as JsonObject, from);
}
function listOf(value: Json | undefined, path: string, limit: number): readonly Json[] {
  if (!Array.isArray(value) || value.length > limit) throw bad(path, Array.isArray(value) ? value.length : value, `a list of at most ${limit}`);
  return value as readonly Json[];
}
function textOf(value: Json | undefined, path: string): string {
  if (typeof value !== 'string' || value.length > MOST_NAME) throw bad(path, typeof value === 'string' ? value.length : value, `text of at most ${MOST_NAME} characters`);
  return value;
}
function bad(path: string, value: Json | undefined, expected: string): BarnacleError<'bad-param'> {
  return new BarnacleError('bad-param', `${path} is ${JSON.stringify(value ?? null).slice(0, 80)}; expected ${expected}`, { path, value: typeof value === 'object' ? null : (value ?? null), expected });
}
