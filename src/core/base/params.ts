// Declared parameters: each has a label, help, a fallback and bounds, and can parse a value from an untrusted file.
// Checked once at the border by `parseParams` (unknown keys refused, path in the error); the same declaration draws
// the form in the studio and the help of the CLI. Copies are built field by field, so no prototype can be smuggled in.
import { BarnacleError } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import type { Task } from './task.ts';

interface About {
  readonly label: string;
  /** One line: what it does and why the fallback is what it is. */
  readonly help: string;
  /** Folded away in forms until asked for: the fallback is right for nearly everybody. */
  readonly advanced?: boolean;
  /** Says something for these tasks only; absent = for all. */
  readonly tasks?: readonly Task[];
  /** Says something only while each named choice or flag of the same record has one of these values; absent = always. Kept and checked all the same. */
  readonly when?: { readonly [key: string]: readonly (string | boolean)[] };
}
export type NumberParam = About & { readonly kind: 'number'; readonly fallback: number; readonly min: number; readonly max: number; readonly integer: boolean; readonly log?: boolean };
export type ChoiceParam<T extends string = string> = About & { readonly kind: 'choice'; readonly fallback: T; readonly choices: readonly { readonly value: T; readonly label: string }[] };
export type FlagParam = About & { readonly kind: 'flag'; readonly fallback: boolean };
export type TextParam = About & { readonly kind: 'text'; readonly fallback: string; readonly maxLength: number };
export type NumbersParam = About & { readonly kind: 'numbers'; readonly fallback: readonly number[]; readonly min: number; readonly max: number; readonly integer: boolean; readonly maxLength: number };
export type Param = NumberParam | ChoiceParam | FlagParam | TextParam | NumbersParam;

type ParamFor<V> = V extends number ? NumberParam : V extends boolean ? FlagParam : V extends string ? ChoiceParam<V> | TextParam : V extends readonly number[] ? NumbersParam : never;

/** The declaration of a parameter record P: one entry for each key. */
export type Params<P> = { readonly [K in keyof P]-?: [P[K]] extends [string] ? ChoiceParam<P[K] & string> | TextParam : [P[K]] extends [boolean] ? FlagParam : ParamFor<P[K]> };
/** A declaration whose record type has been forgotten, as registries and forms see it. */
export type AnyParams = { readonly [key: string]: Param };

/** True while the parameter says something, given the others and the task (null = unknown); see `when` and `tasks`. Absent values count as their fallback. */
export function applies(params: AnyParams, key: string, value: { readonly [key: string]: Json }, task: Task | null = null): boolean {
  if (task !== null && params[key]?.tasks?.includes(task) === false) return false;
  const conditions = Object.entries(params[key]?.when ?? {});
  return conditions.every(([other, wanted]) => wanted.some((each) => each === (Object.hasOwn(value, other) ? value[other] : params[other]?.fallback)));
}

/** The values, with the fallback for what was set for another task. */
export function forTask(params: AnyParams, value: { readonly [key: string]: Json }, task: Task): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, params[key]?.tasks?.includes(task) === false ? (params[key].fallback as Json) : each]));
}

/** The record of fallbacks. */
export function defaults<P>(params: Params<P>): P {
  const out: { [key: string]: unknown } = {};
  for (const [key, param] of Object.entries(params as AnyParams)) out[key] = param.fallback;
  return out as P;
}

/** A complete record from JSON: absent keys take their fallback. Throws bad-param naming path, value and bounds. */
export function parseParams<P>(params: Params<P>, value: Json | undefined, path: string): P {
  if (value !== undefined && (value === null || typeof value !== 'object' || Array.isArray(value))) throw bad(path, value, 'an object');
  const given = (value ?? {}) as JsonObject;
  const out: { [key: string]: unknown } = {};
  for (const key of Object.keys(given)) if (!Object.hasOwn(params as object, key)) throw bad(`${path}.${key}`, given[key], `one of ${Object.keys(params as object).join(', ') || 'no parameters'}`);
  for (const [key, param] of Object.entries(params as AnyParams)) {
    out[key] = Object.hasOwn(given, key) && given[key] !== undefined ? parseParam(param, given[key], `${path}.${key}`) : param.fallback;
  }
  return out as P;
}

function parseParam(param: Param, value: Json, path: string): unknown {
  switch (param.kind) {
    case 'number':
      if (!fits(value, param)) throw bad(path, value, numberRange(param));
      return value;
    case 'flag':
      if (typeof value !== 'boolean') throw bad(path, value, 'true or false');
      return value;
    case 'choice':
      if (!param.choices.some((c) => c.value === value)) throw bad(path, value, `one of ${param.choices.map((c) => c.value).join(', ')}`);
      return value;
    case 'text':
      if (typeof value !== 'string' || value.length > param.maxLength) throw bad(path, value, `text of at most ${param.maxLength} characters`);
      return value;
    case 'numbers':
      if (!Array.isArray(value) || value.length > param.maxLength || !value.every((v) => fits(v as Json, param))) throw bad(path, value, `at most ${param.maxLength} of ${numberRange(param)}`);
      return [...(value as readonly number[])];
  }
}

const fits = (value: Json, p: { min: number; max: number; integer: boolean }): boolean =>
  typeof value === 'number' && value >= p.min && value <= p.max && (!p.integer || Number.isInteger(value));
const numberRange = (p: { min: number; max: number; integer: boolean }): string => `${p.integer ? 'an integer' : 'a number'} in [${p.min}, ${p.max}]`;

function bad(path: string, value: Json, expected: string): BarnacleError<'bad-param'> {
  return new BarnacleError('bad-param', `parameter ${path} is ${JSON.stringify(value)}; expected ${expected}`, { path, value, expected });
}
