// The one list of the language's functions: parser, completion and docs are read from it.
import { choiceFunctions } from './choice-functions.ts';
import type { ExpressionFunction } from './function.ts';
import { numberFunctions } from './number-functions.ts';
import { textFunctions } from './text-functions.ts';
import { timeFunctions } from './time-functions.ts';

export const functions: readonly ExpressionFunction[] = [...choiceFunctions, ...numberFunctions, ...textFunctions, ...timeFunctions];

const byName = new Map(functions.map((f) => [f.name, f]));
/** The function of that name in small letters, or null. */
export const functionOf = (name: string): ExpressionFunction | null => byName.get(name) ?? null;
