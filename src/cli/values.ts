// Typed reading of command-line values; what does not fit throws bad-param with the flag, the value and the bounds.
import { BarnacleError } from '../core/base/errors.ts';
import type { Json } from '../core/base/json.ts';
import type { Values } from './command.ts';

export const textValue = (values: Values, name: string): string | null => (typeof values[name] === 'string' ? (values[name] as string) : null);
export const flagValue = (values: Values, name: string): boolean => values[name] === true;

/** The flag's text; throws bad-param when it is absent. */
export function requiredText(values: Values, name: string, expected: string): string {
  const text = textValue(values, name);
  if (text === null) throw badFlag(name, null, expected);
  return text;
}

/** A number in [min, max]. */
export function numberValue(values: Values, name: string, fallback: number, min: number, max: number, integer = false): number {
  const text = textValue(values, name);
  if (text === null) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !(value >= min && value <= max) || (integer && !Number.isInteger(value))) throw badFlag(name, text, `${integer ? 'an integer' : 'a number'} in [${min}, ${max}]`);
  return value;
}

/** One of the choices. */
export function choiceValue<T extends string>(values: Values, name: string, choices: readonly T[], fallback: T): T {
  const text = textValue(values, name);
  if (text === null) return fallback;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw badFlag(name, text, `one of ${choices.join(', ')}`);
  return found;
}

/** The positional arguments, exactly as many as the usage line names. */
export function fileArguments<const N extends readonly string[]>(positionals: readonly string[], names: N, usage: string): { [K in keyof N]: string } {
  const count = (n: number) => `${n} ${n === 1 ? 'file' : 'files'}`;
  if (positionals.length !== names.length) throw new BarnacleError('bad-param', `${count(positionals.length)} given, expected ${names.join(' and ')}; usage: ${usage}`, { path: names.join(' '), value: [...positionals], expected: names.join(' ') });
  return [...positionals] as { [K in keyof N]: string };
}

/** Where the output goes: a path, or null for standard output. With --json standard output holds the JSON, so `needed` says a path must be given. */
export function outValue(values: Values, needed: boolean): string | null {
  const out = textValue(values, 'out');
  const path = out === '-' ? null : out;
  if (path === null && needed) throw badFlag('out', out, 'a file: with --json standard output holds the JSON');
  return path;
}

export const badFlag = (name: string, value: Json, expected: string): BarnacleError<'bad-param'> =>
  new BarnacleError('bad-param', value === null ? `--${name} is missing; give ${expected}` : `--${name} is ${JSON.stringify(value)}; expected ${expected}`, { path: `--${name}`, value, expected });
