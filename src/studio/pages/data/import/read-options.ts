// The settings of a reader as a file was read with them, and as the form changes them. What the sniffer found is shown
// beside each setting, and is not passed on: a setting left alone is found out again.
import type { Json } from '../../../../core/base/json.ts';
import type { AnyParams } from '../../../../core/base/params.ts';

export type Options = { [key: string]: Json };

/** The settings that the file was read with by word of the person: `how.params` where the reader tells, else none. */
export function givenOptions(how: { readonly [key: string]: Json }, params: AnyParams): Options {
  const given = how['params'];
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return {};
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => Object.hasOwn(params, key) && value !== undefined && JSON.stringify(value) !== JSON.stringify(params[key]!.fallback))) as Options;
}

/** Each setting whose value was found out, in the words of its choices: "Delimiter: Comma". */
export function foundWords(how: { readonly [key: string]: Json }, params: AnyParams): string[] {
  return Object.entries(params).flatMap(([key, param]) => {
    const value = how[key];
    if (value === undefined || value === null || typeof value === 'object') return [];
    const word = param.kind === 'choice' ? (param.choices.find((choice) => choice.value === value)?.label ?? String(value)) : String(value);
    return [`${param.label}: ${word}`];
  });
}
