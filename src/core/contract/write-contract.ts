// A contract as the text of a file: the same contract gives the same bytes, whatever order its fields were made in, and
// parse-contract.ts reads it back. Indented, since people edit it and compare it line by line.
import { canonicalJson } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import type { Contract } from './contract.ts';

const first = ['format', 'version', 'name', 'kind', 'type', 'required', 'missing'];
const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);

export function writeContract(contract: Contract): string {
  return `${JSON.stringify(ordered({ format: 'barnacle-contract', ...(JSON.parse(canonicalJson(contract as Json)) as { [key: string]: Json }) }), null, 2)}\n`;
}

/** Keys that say what a record is come first, the rest by name. */
function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => ordered(item));
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, ordered((value as { [key: string]: Json })[key])]));
}
