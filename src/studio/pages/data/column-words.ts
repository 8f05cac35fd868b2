// A column for its header: its type in a few words, the bars of its mini histogram, and a sentence with the figures.
import type { ColumnProfile } from '../../../core/profile/profile.ts';
import type { Field } from '../../../core/table/table.ts';
import { brief, count, day, figure, percent } from '../../format.ts';

export type ColumnWords = { type: string; counts: readonly number[]; told: string };
const BARS = 18;

export function columnWords(field: Field, about: ColumnProfile | undefined): ColumnWords {
  if (about === undefined) return { type: field.kind, counts: [], told: `${field.name}, ${field.kind}, not profiled yet` };
  const missing = about.missing === 0 ? 'nothing missing' : `${count(about.missing)} missing (${percent(about.missing / Math.max(1, about.rows))})`;
  const number = about.number;
  if (number !== null && about.kind !== 'boolean') {
    const show = about.kind === 'time' ? day : (value: number): string => figure(value);
    const type = about.kind === 'time' ? 'time' : number.integers ? 'integer' : 'number';
    return { type: `${type} · ${show(number.min)} to ${show(number.max)}`, counts: squeeze(number.histogram.map((bin) => bin.count)), told: `${field.name}: ${type} from ${show(number.min)} to ${show(number.max)}, ${about.kind === 'time' ? '' : `mean ${figure(number.mean)}, `}${missing}` };
  }
  const distinct = `${about.distinctIsExact ? '' : '~'}${brief(about.distinct)}`;
  const levels = about.levels ?? (number === null ? [] : [{ level: 'true', count: number.mean * (about.rows - about.missing) }, { level: 'false', count: (1 - number.mean) * (about.rows - about.missing) }]);
  const top = levels[0];
  return { type: about.kind === 'boolean' ? 'yes or no' : `${about.kind} · ${distinct}`, counts: levels.slice(0, BARS).map((each) => each.count), told: `${field.name}: ${about.kind}, ${distinct} distinct${top === undefined ? '' : `, most often “${top.level.slice(0, 40)}” (${percent(top.count / Math.max(1, about.rows))})`}, ${missing}` };
}

/** At most BARS bars: neighbouring bins are summed. */
function squeeze(counts: readonly number[]): number[] {
  const group = Math.ceil(counts.length / BARS);
  if (group <= 1) return [...counts];
  return Array.from({ length: Math.ceil(counts.length / group) }, (_, i) => counts.slice(i * group, (i + 1) * group).reduce((a, b) => a + b, 0));
}
