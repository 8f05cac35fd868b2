// Shapes: small parsers of hostile JSON that copy what they accept, field by field, and name the path of what they do not.
// A record shape must list every key of its type (the compiler sees to it) and refuses any other, so nothing is carried
// in unseen and a field added to a type cannot be forgotten here. Throws bad-bundle.
import { BarnacleError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';

export type Shape<T> = (value: Json | undefined, path: string) => T;

export const text = (most: number): Shape<string> => (value, path) => {
  if (typeof value !== 'string' || value.length > most) throw unfit(path, value, `text of at most ${most} characters`);
  return value;
};
export const number: Shape<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw unfit(path, value, 'a finite number');
  return value;
};
export const count: Shape<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw unfit(path, value, 'a count');
  return value;
};
export const flag: Shape<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw unfit(path, value, 'true or false');
  return value;
};
export const only = <const T extends string | number>(...choices: readonly T[]): Shape<T> => (value, path) => {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw unfit(path, value, choices.join(' or '));
  return found;
};
export const nullable = <T>(of: Shape<T>): Shape<T | null> => (value, path) => (value === null ? null : of(value, path));
export const list = <T>(of: Shape<T>, most: number): Shape<T[]> => (value, path) => {
  if (!Array.isArray(value) || value.length > most) throw unfit(path, value, `a list of at most ${most}`);
  return value.map((item: Json, i) => of(item, `${path}[${i}]`));
};
/** A string, number, boolean or null. */
export const cell: Shape<string | number | boolean | null> = (value, path) => {
  if (value === undefined || (value !== null && typeof value === 'object')) throw unfit(path, value, 'a single value');
  return value as string | number | boolean | null;
};
/** An object used as a map; keys are data. Own properties only, `__proto__` among them is just a name. */
export const map = <T>(of: Shape<T>): Shape<{ [key: string]: T }> => (value, path) =>
  Object.fromEntries(Object.entries(object(value, path)).map(([key, item]) => [key, of(item, `${path}.${key.slice(0, 40)}`)]));
/** Keys whose type allows undefined may be absent. */
export const record = <T extends object>(fields: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> => (value, path) => {
  const given = object(value, path);
  const shapes = fields as { readonly [key: string]: Shape<unknown> };
  for (const key of Object.keys(given)) if (!Object.hasOwn(shapes, key)) throw unfit(`${path}.${key.slice(0, 40)}`, given[key], 'no such field');
  const out: { [key: string]: unknown } = {};
  for (const [key, of] of Object.entries(shapes)) {
    const made = of(Object.hasOwn(given, key) ? given[key] : undefined, `${path}.${key}`);
    if (made !== undefined) out[key] = made;
  }
  return out as T;
};
export const optional = <T>(of: Shape<T>): Shape<T | undefined> => (value, path) => (value === undefined ? undefined : of(value, path));
/** Any JSON, copied; keys stay own properties. */
export const json: Shape<Json> = (value, path) => {
  if (value === undefined) throw unfit(path, value, 'a value');
  if (Array.isArray(value)) return value.map((item: Json) => json(item, path));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, item]) => [key, json(item, path)]));
};

export function object(value: Json | undefined, path: string): JsonObject {
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) throw unfit(path, value, 'an object');
  return value as JsonObject;
}

export function unfit(path: string, value: Json | undefined, expected: string): BarnacleError<'bad-bundle'> {
  const shown = value === undefined ? 'absent' : JSON.stringify(value).slice(0, 60);
  return new BarnacleError('bad-bundle', `bundle field ${path} is ${shown}; expected ${expected}`, { reason: `${path}: expected ${expected}` });
}
