// What a dictionary says of each column when it is exported: the person's words beside the profile's figures. Never a row;
// of sensitive columns no value at all, of text and of columns whose values name single rows only how many there are.
import { isIdentifier } from '../profile/is-identifier.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import { timeText } from '../table/cell.ts';
import type { Kind } from '../table/table.ts';
import type { ColumnEntry, DataDictionary } from './dictionary.ts';

const LEVELS = 12;
const DAY = 86_400_000;
export type DictionaryLine = ColumnEntry & {
  name: string;
  kind: Kind;
  /** Share of missing rows. */
  missing: number;
  distinct: number;
  /** Null when there is none, or it may not be told. Times as text. */
  range: { min: number | string; max: number | string } | null;
  /** The most frequent, with their shares of all rows. */
  levels: { level: string; share: number }[] | null;
};

export const emptyEntry: ColumnEntry = { description: '', unit: '', source: '', sensitive: false, note: '' };
export const emptyDictionary = (title: string): DataDictionary => ({ version: 1, title, description: '', owner: '', source: '', collected: '', licence: '', consent: '', columns: {} });

export function dictionaryLines(dictionary: DataDictionary, profile: Pick<Profile, 'columns'>): DictionaryLine[] {
  return profile.columns.map((column) => {
    const entry = Object.hasOwn(dictionary.columns, column.name) ? dictionary.columns[column.name] : emptyEntry;
    const shown = !entry.sensitive && !isIdentifier(column);
    return { ...entry, name: column.name, kind: column.kind, missing: column.missing / Math.max(1, column.rows), distinct: column.distinct, range: shown ? rangeOf(column) : null, levels: shown ? levelsOf(column) : null };
  });
}

function rangeOf({ kind, number }: ColumnProfile): DictionaryLine['range'] {
  if (!number || kind === 'boolean') return null;
  const show = (value: number): number | string => (kind === 'time' ? timeText(value, value % DAY === 0 ? 'day' : 'second') : value);
  return { min: show(number.min), max: show(number.max) };
}

function levelsOf({ kind, levels, rows, number, missing }: ColumnProfile): DictionaryLine['levels'] {
  const share = (count: number): number => Number((count / Math.max(1, rows)).toPrecision(4));
  if (kind === 'boolean' && number) {
    const yes = Math.round(number.mean * (rows - missing));
    return [{ level: 'true', share: share(yes) }, { level: 'false', share: share(rows - missing - yes) }];
  }
  return kind === 'category' && levels ? levels.slice(0, LEVELS).map(({ level, count }) => ({ level, share: share(count) })) : null;
}
