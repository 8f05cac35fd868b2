// The aggregates of a group step: text lines "name = mean(column)" <-> rows of a small form.

import type { Kind } from '../../../../core/table/table.ts';

export type Aggregate = { name: string; how: string; column: string };
const all: readonly Kind[] = ['number', 'category', 'boolean', 'time', 'text'];
/** The aggregates of core/table/verbs, with the kinds they take; a test holds the two together. */
export const hows: readonly { value: string; label: string; takes: readonly Kind[] }[] = [
  { value: 'count', label: 'number of rows', takes: all }, { value: 'sum', label: 'sum', takes: ['number', 'boolean'] }, { value: 'mean', label: 'mean', takes: ['number', 'boolean', 'time'] }, { value: 'median', label: 'median', takes: ['number', 'time'] },
  { value: 'sd', label: 'standard deviation', takes: ['number'] }, { value: 'min', label: 'smallest', takes: ['number', 'time', 'boolean'] }, { value: 'max', label: 'largest', takes: ['number', 'time', 'boolean'] },
  { value: 'distinct', label: 'different values', takes: all }, { value: 'missing', label: 'missing values', takes: all }, { value: 'first', label: 'first value', takes: all }, { value: 'last', label: 'last value', takes: all }, { value: 'mode', label: 'most frequent value', takes: all },
];

/** Lines that it cannot read are kept apart, as they stand. */
export function parseAggregates(text: string): { rows: Aggregate[]; rest: string[] } {
  const rows: Aggregate[] = [];
  const rest: string[] = [];
  for (const line of text.split('\n').map((each) => each.trim()).filter((each) => each !== '')) {
    const parts = line.match(/^(.*?)\s*=\s*([a-z-]+)\((.*)\)$/);
    if (parts === null) rest.push(line);
    else rows.push({ name: parts[1]!.trim(), how: parts[2]!, column: bare(parts[3]!.trim()) });
  }
  return { rows, rest };
}
export const printAggregates = (rows: readonly Aggregate[], rest: readonly string[] = []): string => [...rows.map((row) => `${row.name} = ${row.how}(${bracketed(row.column)})`), ...rest].join('\n');
const bare = (column: string): string => (column.startsWith('[') && column.endsWith(']') ? column.slice(1, -1).replaceAll(']]', ']') : column === '*' ? '' : column);
const bracketed = (column: string): string => (/^$|^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(column) ? column : `[${column.replaceAll(']', ']]')}]`);

/** A name for it that no other has: "mean of price". */
export function aggregateName(how: string, column: string, taken: readonly string[]): string {
  const name = column === '' ? 'rows' : `${how} of ${column}`;
  let free = name;
  for (let n = 2; taken.includes(free); n++) free = `${name} ${n}`;
  return free;
}
