// Lists of columns as people write them: words apart by blanks or commas, quotes around names that hold such signs.
// A name means the feature of that name, or every feature made of the source column of that name.
import { BarnacleError } from '../../base/errors.ts';
import type { Feature } from '../../table/matrix.ts';

export type NameToken = { readonly kind: 'name' | 'sign'; readonly text: string };

/** Names and the given signs, in order. A quote left open is bad-param at `path`. */
export function readNames(text: string, signs: string, path: string): NameToken[] {
  const out: NameToken[] = [];
  let at = 0;
  while (at < text.length) {
    const c = text[at];
    if (/[\s,]/.test(c)) at++;
    else if (c === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0) throw new BarnacleError('bad-param', `parameter ${path} opens a quote at character ${at + 1} that it does not close; add the quote`, { path, value: text, expected: 'names in closed quotes' });
      out.push({ kind: 'name', text: text.slice(at + 1, end) });
      at = end + 1;
    } else if (signs.includes(c)) {
      out.push({ kind: 'sign', text: c });
      at++;
    } else {
      let end = at;
      while (end < text.length && !/[\s,"]/.test(text[end]) && !signs.includes(text[end])) end++;
      out.push({ kind: 'name', text: text.slice(at, end) });
      at = end;
    }
  }
  return out;
}

/** The numbers of the features that a name means, ascending. An unknown name is bad-param at `path`. */
export function featuresNamed(name: string, features: readonly Feature[], path: string): number[] {
  const own = features.flatMap((feature, f) => (feature.name === name ? [f] : []));
  const found = own.length > 0 ? own : features.flatMap((feature, f) => (feature.source === name ? [f] : []));
  if (found.length > 0) return found;
  const known = [...new Set(features.map((feature) => feature.source))].slice(0, 20).join(', ');
  throw new BarnacleError('bad-param', `parameter ${path} names "${name}", which is no feature of this fit; known: ${known}`, { path, value: name, expected: 'names of features or of their columns' });
}
