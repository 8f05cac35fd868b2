import { expect, it } from 'vitest';
import type { ColumnProfile, Profile } from '../../../../../src/core/profile/profile.ts';
import { arrange, associationOf, barsOf, factsOf, strongest } from '../../../../../src/studio/pages/explore/chart-data.ts';
import { exploreFinding, exploreRows, gapFinding, pairFinding } from '../../../../../src/studio/pages/explore/findings.ts';

const column = (name: string, missing = 0): ColumnProfile => ({ name, kind: 'category', rows: 100, missing, distinct: 2, distinctIsExact: true, number: null, levels: [{ level: 'x', count: 100 - missing }], rest: 0, text: null });
const pair = (a: string, b: string, value: number) => ({ a, b, measure: 'pearson' as const, value, rows: 90 });
const profile = (pairs: Profile['pairs'], sampled = 100): Profile => ({ version: 1, rows: 100, columns: [column('a'), column('b', 30), column('y')], duplicateRows: 0, pairs, sampled, alerts: [] });

it('states what tells most about the target, and warns of what gives it away', () => {
  expect(exploreFinding(profile([pair('a', 'y', -0.5), pair('b', 'y', 0.3)]), 'y')).toBe('a tells most about y');
  expect(exploreFinding(profile([pair('a', 'y', 0.99)]), 'y')).toContain('gives y away');
  expect(exploreFinding(profile([pair('a', 'y', 0.02)]), 'y')).toBe('No single column tells much about y');
});
it('without a target says what is alike, or where the gaps are', () => {
  expect(exploreFinding(profile([pair('a', 'b', 0.99)]), null)).toBe('a and b say nearly the same');
  expect(exploreFinding(profile([pair('a', 'b', 0.9)]), null)).toBe('a and b go closely together');
  expect(exploreFinding(profile([pair('a', 'b', 0.2)]), null)).toContain('b has the most gaps: 30');
});
it('says on which rows', () => {
  expect(exploreRows(profile([], 50))).toContain('seeded sample of 50');
  expect(exploreRows(profile([]))).toContain('all 100 rows');
});
it('titles gaps and pairs by their figures', () => {
  expect(gapFinding(profile([]))).toContain('Only b has gaps');
  expect(pairFinding(profile([pair('a', 'b', 0.9), pair('a', 'y', 0.1)]))).toContain('1 pair goes');
});
it('orders columns by strength, leaves the target out, finds by name', () => {
  const all = profile([pair('b', 'y', 0.5), pair('a', 'y', 0.1)]);
  expect(arrange(all, 'y', 'strength', '').map((one) => one.name)).toEqual(['b', 'a']);
  const named: Profile = { ...all, columns: [column('id', 0), ...all.columns, column('z', 0)], alerts: [{ code: 'identifier', severity: 'watch', column: 'id', message: '', evidence: '', rows: 100, fix: null }] };
  expect(arrange(named, 'y', 'strength', '').map((one) => one.name)).toEqual(['b', 'a', 'z', 'id']);
  expect(arrange(all, 'y', 'file', 'B').map((one) => one.name)).toEqual(['b']);
  expect(strongest(all, 'a').map((one) => one.value)).toEqual([0.1]);
  expect(associationOf(all, 'y').columns).toEqual(['a', 'b', 'y']);
});
it('counts two columns once, by their strongest measure', () => {
  const twice = profile([pair('a', 'b', 0.82), { ...pair('a', 'b', -0.9), measure: 'spearman' }]);
  expect(strongest(twice, null).map((one) => one.value)).toEqual([-0.9]);
  expect(pairFinding(twice)).toContain('1 pair goes');
});
it('reads a boolean column as two levels', () => {
  const flag: ColumnProfile = { ...column('f', 10), kind: 'boolean', levels: null, number: { min: 0, max: 1, mean: 0.7, sd: 0.4, skew: 0, zeros: 27, integers: true, quantiles: [], histogram: [] } };
  expect(barsOf(flag).levels).toEqual([{ level: 'true', count: 63 }, { level: 'false', count: 27 }]);
  expect(factsOf(flag).map((fact) => fact.label)).toEqual(['Rows', 'Missing', 'Distinct']);
});
