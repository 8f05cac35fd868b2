// Hostile JSON -> a clean copy of a declared shape. Only declared keys are copied, into fresh objects, so no prototype
// can be smuggled in; unknown keys are dropped, wrong types are a bad-file naming the path.
import { BarnacleError } from '../core/base/errors.ts';
import type { Json, JsonObject } from '../core/base/json.ts';

export type Shape =
  | 'string' | 'number' | 'boolean' | 'json'
  | { readonly nullable: Shape }
  /** In a record: left out when it is absent. */
  | { readonly optional: Shape }
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly record: { readonly [key: string]: Shape } }
  | { readonly oneOf: readonly string[] };

const maxItems = 1_000_000;
const maxDepth = 40;

/** Throws bad-file. The result has exactly the keys of the shape (absent nullable keys become null). */
export function copyShape(value: unknown, shape: Shape, path: string): Json {
  if (shape === 'json') return copyJson(value, path, 0);
  if (typeof shape === 'string') {
    if (typeof value !== shape || (shape === 'number' && !Number.isFinite(value))) throw bad(path, `a ${shape}`);
    return value as Json;
  }
  if ('nullable' in shape) return value === null || value === undefined ? null : copyShape(value, shape.nullable, path);
  if ('optional' in shape) return copyShape(value, shape.optional, path);
  if ('oneOf' in shape) {
    if (typeof value !== 'string' || !shape.oneOf.includes(value)) throw bad(path, `one of ${shape.oneOf.join(', ')}`);
    return value;
  }
  if ('list' in shape) {
    if (!Array.isArray(value) || value.length > maxItems) throw bad(path, `a list of at most ${maxItems}`);
    return value.map((item, i) => copyShape(item, shape.list, `${path}[${i}]`));
  }
  const given = object(value, path);
  if ('map' in shape) return fromEntries(Object.keys(given).map((key) => [key, copyShape(given[key], shape.map, `${path}.${key}`)]));
  const wanted = Object.entries(shape.record).filter(([key, inner]) => Object.hasOwn(given, key) || typeof inner === 'string' || !('optional' in inner));
  return fromEntries(wanted.map(([key, inner]) => [key, copyShape(Object.hasOwn(given, key) ? given[key] : undefined, inner, `${path}.${key}`)]));
}

function copyJson(value: unknown, path: string, depth: number): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (depth > maxDepth) throw bad(path, `nested at most ${maxDepth} deep`);
  if (Array.isArray(value) && value.length <= maxItems) return value.map((item, i) => copyJson(item, `${path}[${i}]`, depth + 1));
  const given = object(value, path);
  return fromEntries(Object.keys(given).map((key) => [key, copyJson(given[key], `${path}.${key}`, depth + 1)]));
}

function object(value: unknown, path: string): { [key: string]: unknown } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw bad(path, 'an object');
  return value as { [key: string]: unknown };
}

function fromEntries(entries: [string, Json][]): JsonObject {
  return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'));
}

const bad = (path: string, expected: string) => new BarnacleError('bad-file', `project file is damaged: ${path} should be ${expected}; export it again`, { format: 'barnacle-project', reason: `${path} should be ${expected}` });
