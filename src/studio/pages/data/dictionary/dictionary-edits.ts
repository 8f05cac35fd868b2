// Edits of a data dictionary, and how far it is: nothing is changed in place, empty entries are not kept.
import type { ColumnEntry, DataDictionary } from '../../../../core/lineage/dictionary.ts';
import { emptyDictionary, emptyEntry } from '../../../../core/lineage/dictionary-lines.ts';
import { list, plural } from '../../../format.ts';

export type HeadKey = 'title' | 'owner' | 'source' | 'collected' | 'licence' | 'consent' | 'description';
export const heads: readonly { key: HeadKey; label: string; hint: string; long?: boolean }[] = [
  { key: 'title', label: 'Title', hint: 'What people call this data' },
  { key: 'owner', label: 'Owner', hint: 'Who answers for it' },
  { key: 'source', label: 'Source', hint: 'Where it comes from: a system, a survey, a file' },
  { key: 'collected', label: 'Collected', hint: 'When, and how' },
  { key: 'licence', label: 'Licence', hint: 'Under which terms it may be used' },
  { key: 'consent', label: 'Consent', hint: 'What the people in it agreed to' },
  { key: 'description', label: 'Description', hint: 'What one row is, what is left out, what to beware of', long: true },
];

export const startOf = (held: DataDictionary | null, title: string): DataDictionary => held ?? emptyDictionary(title);
export const entryOf = (dictionary: DataDictionary, column: string): ColumnEntry => (Object.hasOwn(dictionary.columns, column) ? dictionary.columns[column]! : emptyEntry);

export function withEntry(dictionary: DataDictionary, column: string, change: Partial<ColumnEntry>): DataDictionary {
  const entry = { ...entryOf(dictionary, column), ...change };
  const isEmpty = !entry.sensitive && entry.description === '' && entry.unit === '' && entry.source === '' && entry.note === '';
  return { ...dictionary, columns: Object.fromEntries([...Object.entries(dictionary.columns).filter(([name]) => name !== column), ...(isEmpty ? [] : [[column, entry] as const])]) };
}

/** "3 of 7 columns described; owner, licence and consent are open". */
export function progressWords(dictionary: DataDictionary, columns: readonly string[]): string {
  const described = columns.filter((name) => entryOf(dictionary, name).description !== '').length;
  const open = heads.filter((head) => head.key !== 'description' && head.key !== 'title' && dictionary[head.key] === '').map((head) => head.label.toLowerCase());
  const all = columns.length > 0 && described === columns.length ? `All ${plural(columns.length, 'column')} described` : `${described} of ${plural(columns.length, 'column')} described`;
  return open.length === 0 ? all : `${all}; ${list(open, 6)} ${open.length === 1 ? 'is' : 'are'} open`;
}
