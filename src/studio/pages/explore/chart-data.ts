// Profile records -> what the charts draw. Plain functions, so that components only place things.
import type { AssociationData } from '../../../charts/association.ts';
import type { BarsData } from '../../../charts/bars.ts';
import { percent } from '../../../charts/format.ts';
import type { HistogramData } from '../../../charts/histogram.ts';
import type { MissingnessData } from '../../../charts/missingness.ts';
import type { ColumnProfile, Pair, Profile } from '../../../core/profile/profile.ts';
import { count, day, figure } from '../../format.ts';

export function histogramOf(column: ColumnProfile): HistogramData | null {
  if (column.number === null || column.kind === 'boolean') return null;
  const median = column.number.quantiles.find((one) => one.q === 0.5);
  return { name: column.name, bins: column.number.histogram, missing: column.missing, rows: column.rows, time: column.kind === 'time', marks: median ? [{ label: 'median', value: median.value }] : [] };
}

export function barsOf(column: ColumnProfile): BarsData {
  const levels = column.levels ?? (column.number ? booleanLevels(column) : []);
  return { name: column.name, levels, rest: column.rest, restLevels: Math.max(0, column.distinct - levels.length), missing: column.missing, rows: column.rows };
}
const booleanLevels = (column: ColumnProfile): { level: string; count: number }[] => {
  const present = column.rows - column.missing;
  const zeros = column.number?.zeros ?? 0;
  return [{ level: 'false', count: zeros }, { level: 'true', count: present - zeros }].filter((level) => level.count > 0).toSorted((a, b) => b.count - a.count);
};

export const associationOf = (profile: Profile, target: string | null): AssociationData => ({ columns: profile.columns.map((column) => column.name), pairs: strongest(profile, null), target });
export const missingnessOf = (profile: Profile): MissingnessData => ({ rows: profile.rows, columns: profile.columns.map(({ name, missing }) => ({ name, missing })) });

/** Strongest first, each two columns once by their strongest measure; pairs with `column` only, where one is given. */
export function strongest(profile: Profile, column: string | null): Pair[] {
  const sorted = profile.pairs.filter((pair) => column === null || pair.a === column || pair.b === column).toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const seen = new Set<string>();
  return sorted.filter((pair) => { const key = pairKey(pair); const isNew = !seen.has(key); seen.add(key); return isNew; });
}
export const pairKey = (pair: Pair): string => JSON.stringify(pair.a < pair.b ? [pair.a, pair.b] : [pair.b, pair.a]);
export const partner = (pair: Pair, column: string): string => (pair.a === column ? pair.b : pair.a);
export const measureWords: { [measure in Pair['measure']]: string } = { pearson: 'Pearson r', spearman: 'Spearman \u03c1', 'cramers-v': 'Cram\u00e9r\u2019s V', eta: 'correlation ratio \u03b7' };

export type Order = 'strength' | 'file' | 'missing' | 'name';
/** The columns to look at (the target left out), filtered by a text in their names. By strength, those that name rows come last. */
export function arrange(profile: Profile, target: string | null, order: Order, text: string): ColumnProfile[] {
  const strength = new Map<string, number>();
  if (target !== null) for (const pair of strongest(profile, target)) strength.set(partner(pair, target), Math.abs(pair.value));
  const idle = new Set(profile.alerts.filter((alert) => ['identifier', 'constant', 'empty'].includes(alert.code)).map((alert) => alert.column));
  const telling = (column: ColumnProfile) => strength.get(column.name) ?? (idle.has(column.name) ? -2 : -1);
  const wanted = text.trim().toLowerCase();
  const list = profile.columns.filter((column) => column.name !== target && column.name.toLowerCase().includes(wanted));
  if (order === 'strength') return list.toSorted((a, b) => telling(b) - telling(a));
  if (order === 'missing') return list.toSorted((a, b) => b.missing - a.missing);
  return order === 'name' ? list.toSorted((a, b) => a.name.localeCompare(b.name)) : list;
}

/** Kind and gaps of a column, for a small card. */
export const shortLine = (column: ColumnProfile): string => `${column.kind}, ${column.missing > 0 ? `${percent(column.missing / Math.max(1, column.rows))} missing` : 'none missing'}`;

/** Kind, distinct values and gaps of a column, in one line. */
export function kindLine(column: ColumnProfile): string {
  const distinct = `${column.distinctIsExact ? '' : 'about '}${count(column.distinct)} distinct`;
  return `${column.kind}, ${distinct}${column.missing > 0 ? `, ${percent(column.missing / Math.max(1, column.rows))} missing` : ''}`;
}

export type Fact = { label: string; value: string };
export function factsOf(column: ColumnProfile): Fact[] {
  const facts: Fact[] = [
    { label: 'Rows', value: count(column.rows) },
    { label: 'Missing', value: column.missing === 0 ? 'none' : `${count(column.missing)} (${percent(column.missing / Math.max(1, column.rows))})` },
    { label: 'Distinct', value: `${column.distinctIsExact ? '' : '\u2248 '}${count(column.distinct)}` },
  ];
  const number = column.number;
  if (number && column.kind !== 'boolean') {
    const write = column.kind === 'time' ? day : figure;
    facts.push({ label: 'Smallest', value: write(number.min) }, ...number.quantiles.filter((one) => [0.05, 0.25, 0.5, 0.75, 0.95].includes(one.q)).map((one) => ({ label: one.q === 0.5 ? 'Median' : `${Number((one.q * 100).toFixed(1))} % quantile`, value: write(one.value) })), { label: 'Largest', value: write(number.max) }, { label: 'Mean', value: write(number.mean) });
    if (column.kind !== 'time') facts.push({ label: 'Standard deviation', value: figure(number.sd) }, { label: 'Skewness', value: figure(number.skew) }, { label: 'Zeros', value: count(number.zeros) });
  }
  if (column.text) facts.push({ label: 'Letters', value: `${count(column.text.minLength)} to ${count(column.text.maxLength)}` }, { label: 'Mean letters', value: figure(column.text.meanLength, 3) });
  return facts;
}
