// "age income; region price": which features may meet on one path of a tree. Text in, groups of features out.
// Features that no group names form a group of their own (as in scikit-learn), so none is lost.
import { BarnacleError } from '../../base/errors.ts';
import type { Feature } from '../../table/matrix.ts';
import { featuresNamed, readNames } from './name-lists.ts';

const PATH = 'interactions';

/** Groups of feature numbers, each ascending; null when the text is blank: every feature may meet every other. */
export function parseInteractions(text: string, features: readonly Feature[]): number[][] | null {
  const groups: Set<number>[] = [new Set()];
  for (const token of readNames(text, ';', PATH)) {
    if (token.kind === 'sign') groups.push(new Set());
    else for (const f of featuresNamed(token.text, features, PATH)) groups[groups.length - 1].add(f);
  }
  const named = groups.filter((group) => group.size > 0);
  if (named.length === 0) {
    if (text.trim() !== '') throw new BarnacleError('bad-param', `parameter ${PATH} is ${JSON.stringify(text)}; write it as a b; c d e`, { path: PATH, value: text, expected: 'groups of names apart by semicolons' });
    return null;
  }
  const seen = new Set(named.flatMap((group) => [...group]));
  const rest = features.flatMap((_, f) => (seen.has(f) ? [] : [f]));
  return [...named.map((group) => [...group].sort((a, b) => a - b)), ...(rest.length > 0 ? [rest] : [])];
}
