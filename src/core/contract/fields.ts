// Small parsers of hostile JSON for contracts: they copy what they accept, field by field, and name the path of what they
// do not. What is thrown is the caller's choice, since a contract also travels inside bundles, whose errors have their own code.
// A record must list every key of its type (the compiler sees to it) and refuses any other.
import type { Json, JsonObject } from '../base/json.ts';

/** Makes the error for a value at a path that is not what was expected. */
export type Unfit = (path: string, value: Json | undefined, expected: string) => Error;
export type Field<T> = (value: Json | undefined, path: string, unfit: Unfit) => T;

export const text = (most: number): Field<string> => (value, path, unfit) => {
  if (typeof value !== 'string' || value.length > most) throw unfit(path, value, `text of at most ${most} characters`);
  return value;
};
export const number = (min = -Infinity, max = Infinity): Field<number> => (value, path, unfit) => {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < min || value > max) throw unfit(path, value, min === -Infinity ? 'a finite number' : max === Infinity ? `a number of at least ${min}` : `a number in [${min}, ${max}]`);
  return value;
};
export const flag: Field<boolean> = (value, path, unfit) => {
  if (typeof value !== 'boolean') throw unfit(path, value, 'true or false');
  return value;
};
export const only = <const T extends string | number>(...choices: readonly T[]): Field<T> => (value, path, unfit) => {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw unfit(path, value, choices.join(' or '));
  return found;
};
export const either = <A, B>(is: (value: Json | undefined) => boolean, a: Field<A>, b: Field<B>): Field<A | B> => (value, path, unfit) => (is(value) ? a(value, path, unfit) : b(value, path, unfit));
export const nullable = <T>(of: Field<T>): Field<T | null> => (value, path, unfit) => (value === null ? null : of(value, path, unfit));
export const optional = <T>(of: Field<T>): Field<T | undefined> => (value, path, unfit) => (value === undefined ? undefined : of(value, path, unfit));
export const list = <T>(of: Field<T>, most: number, least = 0): Field<T[]> => (value, path, unfit) => {
  if (!Array.isArray(value) || value.length > most || value.length < least) throw unfit(path, value, `a list of ${least ? `${least} to` : 'at most'} ${most}`);
  return value.map((item: Json, i) => of(item, `${path}[${i}]`, unfit));
};
/** A string, finite number, boolean or null. */
export const single: Field<string | number | boolean | null> = (value, path, unfit) => {
  if (value === undefined || (value !== null && typeof value === 'object')) throw unfit(path, value, 'a single value');
  return value as string | number | boolean | null;
};
/** Keys whose type allows undefined may be absent. */
export const record = <T extends object>(fields: { readonly [K in keyof T]-?: Field<T[K]> }): Field<T> => (value, path, unfit) => {
  const given = object(value, path, unfit);
  const known = fields as { readonly [key: string]: Field<unknown> };
  for (const key of Object.keys(given)) if (!Object.hasOwn(known, key)) throw unfit(`${path}.${key.slice(0, 40)}`, given[key], 'no such field');
  const out: { [key: string]: unknown } = {};
  for (const [key, of] of Object.entries(known)) {
    const made = of(Object.hasOwn(given, key) ? given[key] : undefined, `${path}.${key}`, unfit);
    if (made !== undefined) out[key] = made;
  }
  return out as T;
};

export function object(value: Json | undefined, path: string, unfit: Unfit): JsonObject {
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) throw unfit(path, value, 'an object');
  return value as JsonObject;
}
