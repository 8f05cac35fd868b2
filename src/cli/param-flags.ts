// --params JSON and --param NAME=VALUE: the parameters of the one learner asked for, checked before anything is read.
import type { Json } from '../core/base/json.ts';
import { parseParams, type AnyParams, type Param } from '../core/base/params.ts';
import { learners } from '../core/learners/index.ts';
import type { Values } from './command.ts';
import { badFlag, textValue } from './values.ts';

export const paramFlagsHelp: [string, string][] = [
  ['--params JSON', 'parameters of the learner, as one JSON object'],
  ['--param NAME=VALUE', 'one parameter of the learner; may be given several times'],
];

/** Throws bad-param for what is misspelt or out of bounds. */
export function paramFlags(values: Values, types: readonly string[]): { [name: string]: Json } {
  const text = textValue(values, 'params');
  const single = (Array.isArray(values['param']) ? values['param'] : []).map(String);
  if (text === null && single.length === 0) return {};
  if (types.length > 1) throw badFlag(text === null ? 'param' : 'params', text ?? single[0], 'one --learner beside it; each learner has its own parameters');
  const declared = learners.get(types[0]).params as AnyParams;
  const params = { ...objectOf(text), ...Object.fromEntries(single.map((each) => readOne(each, declared))) };
  parseParams(learners.get(types[0]).params, params, types[0]);
  return params;
}

function objectOf(text: string | null): { [name: string]: Json } {
  if (text === null) return {};
  try {
    const value = JSON.parse(text) as Json;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as { [name: string]: Json };
  } catch {
    // Said below, as what is JSON but no object.
  }
  throw badFlag('params', text, 'a JSON object');
}

function readOne(text: string, declared: AnyParams): [string, Json] {
  const at = text.indexOf('=');
  const name = text.slice(0, at);
  if (at < 1 || !Object.hasOwn(declared, name)) throw badFlag('param', text, `NAME=VALUE with a name of ${Object.keys(declared).join(', ')}`);
  return [name, valueOf(declared[name], text.slice(at + 1))];
}

/** As it is meant; what fits no kind is left as text, for the check to refuse with its bounds. */
function valueOf(param: Param, text: string): Json {
  const numeric = (part: string): Json => (part.trim() !== '' && Number.isFinite(Number(part)) ? Number(part) : part);
  if (param.kind === 'number') return numeric(text);
  if (param.kind === 'numbers') return text.split(',').filter((part) => part.trim() !== '').map(numeric);
  if (param.kind === 'flag') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}
