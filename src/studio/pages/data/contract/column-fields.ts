// Which fields of a contract can be edited for a column of a kind, and with what: the list that draws the details of a row.
import type { ColumnContract } from '../../../../core/contract/contract.ts';
import type { Kind } from '../../../../core/table/table.ts';

export type ColumnField =
  | { type: 'policy'; key: 'integers' | 'unique'; label: string; help: string }
  | { type: 'bounds'; key: 'length' | 'distinct' | 'fromNow'; label: string; help: string; whole: boolean }
  | { type: 'values'; key: 'forbidden' | 'contains'; label: string; help: string }
  | { type: 'range' | 'levels' | 'pattern' | 'share' | 'order'; label: string; help: string };
type Listed = ColumnField & { kinds: readonly Kind[] };

const words: readonly Kind[] = ['category', 'text'];
const measured: readonly Kind[] = ['number', 'time'];
const all: readonly Kind[] = ['number', 'category', 'boolean', 'time', 'text'];
const fields: readonly Listed[] = [
  { type: 'range', kinds: measured, label: 'Range', help: 'Both ends belong to it. Empty = any value.' },
  { type: 'policy', key: 'integers', kinds: ['number'], label: 'Whole numbers', help: '12 fits, 12.5 does not.' },
  { type: 'levels', kinds: ['number', 'category', 'text'], label: 'Allowed values', help: 'One in each line. Empty = any value.' },
  { type: 'pattern', kinds: words, label: 'Pattern', help: 'As a regular expression without look-around; ^ and $ bind it to the whole value.' },
  { type: 'bounds', key: 'length', kinds: words, whole: true, label: 'Characters', help: 'Length of the value.' },
  { type: 'values', key: 'forbidden', kinds: ['number', 'category', 'time', 'text'], label: 'Forbidden values', help: 'One in each line, such as 999 or unknown.' },
  { type: 'bounds', key: 'fromNow', kinds: ['time'], whole: false, label: 'Days from now', help: 'Negative is before; at most 0 = not in the future. Asked when the data is checked.' },
  { type: 'policy', key: 'unique', kinds: all, label: 'Unique', help: 'No value twice. Asked of whole datasets.' },
  { type: 'share', kinds: all, label: 'Missing at most', help: 'Per cent of the rows without a value. Asked of whole datasets.' },
  { type: 'order', kinds: measured, label: 'Order of rows', help: 'Each value against the one before it. Asked of whole datasets.' },
  { type: 'bounds', key: 'distinct', kinds: all, whole: true, label: 'Different values', help: 'How many there are. Asked of whole datasets.' },
  { type: 'values', key: 'contains', kinds: ['number', 'category', 'time', 'text'], label: 'Must occur', help: 'One in each line. Asked of whole datasets.' },
];

export const fieldsOf = (kind: Kind): ColumnField[] => fields.filter((field) => field.kinds.includes(kind));

/** Changing the kind takes out what the new kind cannot be asked. */
export function toKind(column: ColumnContract, kind: Kind): ColumnContract {
  const kept = fieldsOf(kind);
  const has = (type: ColumnField['type'], key?: string): boolean => kept.some((field) => field.type === type && (key === undefined || ('key' in field && field.key === key)));
  const next: ColumnContract = { ...column, kind, range: column.kind === kind ? column.range : null, levels: kind === 'boolean' ? ['false', 'true'] : has('levels') && column.kind !== 'boolean' ? column.levels : null, example: column.kind === kind ? column.example : null };
  for (const key of ['integers', 'unique', 'length', 'distinct', 'fromNow', 'forbidden', 'contains'] as const) if (!kept.some((field) => 'key' in field && field.key === key)) delete next[key];
  if (!has('pattern')) delete next.pattern;
  if (!has('order') || column.kind !== kind) delete next.order;
  return next;
}

/** A list typed one value to a line; blank lines are none. Values may have blanks inside, not around. */
export const readLines = (text: string): string[] => [...new Set(text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== ''))];
/** A number typed by a person, null when nothing stands there, undefined when it is none. */
export function readNumber(text: string): number | null | undefined {
  const plain = text.trim().replaceAll('\u2212', '-').replace(/[\s\u202f]/g, '');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
