// What a person typed -> a value that fits a declared parameter, or the sentence that says why it does not.
import type { Json } from '../../core/base/json.ts';
import type { Param } from '../../core/base/params.ts';

export type ReadParam = { value: Json; error: null } | { value: null; error: string };
const wrong = (error: string): ReadParam => ({ value: null, error });
const right = (value: Json): ReadParam => ({ value, error: null });

export function readParam(param: Param, given: string | boolean): ReadParam {
  switch (param.kind) {
    case 'flag':
      return right(given === true);
    case 'choice':
      return param.choices.some((choice) => choice.value === given) ? right(String(given)) : wrong('Choose one of the list.');
    case 'text':
      return String(given).length <= param.maxLength ? right(String(given)) : wrong(`At most ${param.maxLength} characters.`);
    case 'number':
      return readNumber(String(given), param);
    case 'numbers': {
      const parts = String(given).split(/[\s,;]+/).filter((part) => part !== '');
      if (parts.length > param.maxLength) return wrong(`At most ${param.maxLength} numbers.`);
      const values: number[] = [];
      for (const part of parts) {
        const read = readNumber(part, param);
        if (read.error !== null) return read;
        values.push(read.value as number);
      }
      return right(values);
    }
  }
}

function readNumber(text: string, bounds: { min: number; max: number; integer: boolean }): ReadParam {
  const value = Number(text.trim().replace('−', '-'));
  if (text.trim() === '' || !Number.isFinite(value)) return wrong(`“${text}” is not a number.`);
  if (bounds.integer && !Number.isInteger(value)) return wrong(`A whole number, not ${value}.`);
  if (value < bounds.min || value > bounds.max) return wrong(`From ${bounds.min} to ${bounds.max}; ${value} is outside.`);
  return right(value);
}
