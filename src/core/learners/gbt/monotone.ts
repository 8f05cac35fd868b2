// "age:+, price:-": the direction in which a prediction may move with a feature. Text in, a sign for each feature out.
import { BarnacleError } from '../../base/errors.ts';
import type { Feature } from '../../table/matrix.ts';
import { featuresNamed, readNames } from './name-lists.ts';
import type { NameToken } from './name-lists.ts';

const PATH = 'monotone';

/** +1, -1 or 0 (free) for each feature. Nominal features have no direction: naming one is bad-param. */
export function parseMonotone(text: string, features: readonly Feature[]): Int8Array {
  const signs = new Int8Array(features.length);
  const tokens = readNames(text, ':+-', PATH);
  for (let i = 0; i < tokens.length; ) {
    const name = nameUpTo(tokens, i, text);
    const sign = tokens[name.next + 1]?.text;
    if (sign !== '+' && sign !== '-') throw bad(text);
    for (const f of featuresNamed(name.text, features, PATH)) {
      if (features[f].levels !== undefined) throw new BarnacleError('bad-param', `parameter ${PATH} names "${name.text}", whose values have no order; name a number`, { path: PATH, value: name.text, expected: 'a numeric feature' });
      const asked = sign === '+' ? 1 : -1;
      if (signs[f] === -asked) throw new BarnacleError('bad-param', `parameter ${PATH} gives "${features[f].name}" both directions; leave one out`, { path: PATH, value: name.text, expected: 'one direction for a feature' });
      signs[f] = asked;
    }
    i = name.next + 2;
  }
  return signs;
}

/** A name may hold + and - itself: it goes on up to the colon. */
function nameUpTo(tokens: readonly NameToken[], from: number, text: string): { text: string; next: number } {
  let at = from;
  let name = '';
  while (at < tokens.length && !(tokens[at].kind === 'sign' && tokens[at].text === ':')) name += tokens[at++].text;
  if (at >= tokens.length || name === '') throw bad(text);
  return { text: name, next: at };
}

const bad = (text: string) => new BarnacleError('bad-param', `parameter ${PATH} is ${JSON.stringify(text)}; write it as age:+, price:-`, { path: PATH, value: text, expected: 'a list of name:+ or name:-' });
