// What a person can do with one column: each is a cleaning step, begun with the column and the likeliest params.
import type { ColumnProfile } from '../../../../core/profile/profile.ts';
import type { Field } from '../../../../core/table/table.ts';
import type { CleanerCard, Params } from '../clean/clean-edits.ts';
import { columnText, literal } from '../clean/expression-words.ts';

export type Verb = { id: string; label: string; type: string; params: Params };
type Declared = Verb & { group: number };

function declared(field: Field, about: ColumnProfile | undefined): Declared[] {
  const name = columnText(field.name);
  const median = about?.number?.quantiles.find((each) => each.q === 0.5)?.value;
  const low = about?.number?.quantiles.find((each) => each.q <= 0.01)?.value ?? about?.number?.min;
  const high = about?.number?.quantiles.findLast((each) => each.q >= 0.99)?.value ?? about?.number?.max;
  const top = about?.levels?.[0]?.level;
  const fallback = field.kind === 'number' && median !== undefined ? String(median) : top ?? '';
  return [
    { id: 'rename', label: 'Rename', type: 'rename', params: { name: field.name }, group: 0 },
    { id: 'trim', label: 'Trim blanks', type: 'trim', params: { inner: true }, group: 1 },
    { id: 'case', label: 'Letter case', type: 'letter-case', params: {}, group: 1 },
    { id: 'replace', label: 'Find and replace', type: 'replace', params: {}, group: 1 },
    { id: 'merge', label: 'Merge spellings', type: 'merge-variants', params: {}, group: 1 },
    { id: 'split', label: 'Split into columns', type: 'split-column', params: {}, group: 1 },
    { id: 'unit', label: 'Take a unit off', type: 'strip-unit', params: {}, group: 1 },
    { id: 'missing', label: 'Values that mean missing', type: 'set-missing', params: {}, group: 2 },
    { id: 'fill', label: 'Fill missing values', type: 'fill', params: { value: fallback }, group: 2 },
    { id: 'down', label: 'Fill from the row above', type: 'fill-down', params: {}, group: 2 },
    { id: 'clip', label: 'Clip to a range', type: 'clip', params: field.kind === 'number' && low !== undefined && high !== undefined ? { low: String(low), high: String(high) } : {}, group: 2 },
    { id: 'up', label: 'Sort, smallest first', type: 'sort', params: { descending: false }, group: 3 },
    { id: 'fall', label: 'Sort, largest first', type: 'sort', params: { descending: true }, group: 3 },
    { id: 'filter', label: 'Keep rows where …', type: 'filter', params: { expression: field.kind === 'number' ? `${name} >= ${median ?? 0}` : field.kind === 'boolean' ? name : top === undefined ? `${name} ` : `${name} = ${literal(top)}` }, group: 3 },
    { id: 'dedupe', label: 'One row for each value', type: 'dedupe', params: {}, group: 3 },
    { id: 'compute', label: 'Compute from it', type: 'compute', params: { expression: name }, group: 4 },
    { id: 'group', label: 'Group by it', type: 'group', params: {}, group: 4 },
    { id: 'drop', label: 'Drop', type: 'drop-columns', params: {}, group: 5 },
  ];
}
/** Steps whose columns are left open: what they read stands in their expression. */
const columnless = new Set(['filter', 'compute']);
export const columnsFor = (verb: Verb, column: string): string[] => (columnless.has(verb.type) ? [] : [column]);

/** The verbs that the registered cleaners allow for a column of that kind, in groups. */
export function columnVerbs(field: Field, about: ColumnProfile | undefined, cleaners: readonly CleanerCard[]): Verb[][] {
  const able = new Map(cleaners.map((each) => [each.type, each]));
  const groups: Verb[][] = [];
  for (const { group, ...verb } of declared(field, about)) {
    const cleaner = able.get(verb.type);
    if (cleaner === undefined || (!columnless.has(verb.type) && !cleaner.takes.includes(field.kind))) continue;
    (groups[group] ??= []).push(verb);
  }
  return groups.filter((group) => group !== undefined);
}
