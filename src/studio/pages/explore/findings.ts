// What the profile says, in one sentence for the page's title: the most useful finding that its figures support.
// Order: what tells most about the target, else two columns that say the same, else the largest gap, else that all is calm.
import { percent } from '../../../charts/format.ts';
import type { Profile } from '../../../core/profile/profile.ts';
import { count } from '../../format.ts';
import { partner, strongest } from './chart-data.ts';

export function exploreFinding(profile: Profile, target: string | null): string {
  const best = target === null ? undefined : strongest(profile, target)[0];
  if (target !== null && best) {
    const name = partner(best, target);
    const size = Math.abs(best.value);
    if (size >= 0.98) return `${name} gives ${target} away: check that it is known when predicting`;
    if (size >= 0.1) return `${name} tells most about ${target}`;
    return `No single column tells much about ${target}`;
  }
  const pair = strongest(profile, null)[0];
  if (pair && Math.abs(pair.value) >= 0.8) return `${pair.a} and ${pair.b} ${Math.abs(pair.value) >= 0.98 ? 'say nearly the same' : 'go closely together'}`;
  const gap = profile.columns.toSorted((a, b) => b.missing - a.missing)[0];
  if (gap && gap.missing > 0) return `${gap.name} has the most gaps: ${percent(gap.missing / Math.max(1, profile.rows))} of its rows`;
  return pair ? `${pair.a} and ${pair.b} belong together most` : `${count(profile.columns.length)} columns, nothing missing`;
}

/** On which rows the page stands. */
export function exploreRows(profile: Profile): string {
  const rows = `Counts and gaps cover all ${count(profile.rows)} rows`;
  return profile.sampled < profile.rows ? `${rows}; associations a seeded sample of ${count(profile.sampled)}.` : `${rows}, and so do the associations.`;
}

/** Title of the missingness chart. */
export function gapFinding(profile: Profile): string {
  const gaps = profile.columns.filter((column) => column.missing > 0).toSorted((a, b) => b.missing - a.missing);
  const worst = gaps[0];
  if (!worst) return 'Nothing is missing';
  const share = percent(worst.missing / Math.max(1, profile.rows));
  return gaps.length === 1 ? `Only ${worst.name} has gaps, in ${share} of rows` : `${count(gaps.length)} columns have gaps, ${worst.name} the most (${share})`;
}

/** Title of the association chart. */
export function pairFinding(profile: Profile): string {
  const strong = strongest(profile, null).filter((pair) => Math.abs(pair.value) >= 0.8).length;
  if (profile.pairs.length === 0) return 'No pair of columns could be compared';
  return strong === 0 ? 'No two columns go closely together' : `${count(strong)} ${strong === 1 ? 'pair goes' : 'pairs go'} closely together (0.8 or more)`;
}
