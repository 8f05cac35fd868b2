// Why a column has its kind, as the reader counted it over all rows: `how.columns` of a card -> evidence, and its words.
// A reader need not give any; what is there is read field by field, since cards come from files of other versions too.
import type { Json } from '../../../core/base/json.ts';
import type { Kind } from '../../../core/table/table.ts';
import { count, percent, plural } from '../../format.ts';

export type Contrary = { line: number; text: string };
export type Evidence = {
  name: string; kind: Kind; seen: number; missing: number; agreeing: number;
  contrary: { count: number; examples: Contrary[] };
  /** Kinds it could have instead, with the share of values that fit. */
  alternatives: { kind: Kind; share: number }[];
  decimal: string | null; thousands: string | null;
  /** ymd, dmy, mdy, or `ambiguous` when no value decides between day and month. */
  dateOrder: string | null;
};
export const kindNames: { [kind in Kind]: string } = { number: 'number', category: 'category', boolean: 'yes or no', time: 'time', text: 'text' };
const plurals: { [kind in Kind]: string } = { number: 'numbers', category: 'categories', boolean: 'yes or no', time: 'dates or times', text: 'text' };
export const kinds = Object.keys(kindNames) as Kind[];

type Record_ = { readonly [key: string]: Json };
const record = (value: Json | undefined): Record_ => (value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record_) : {});
const array = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const number = (value: Json | undefined): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const isKind = (value: Json | undefined): value is Kind => typeof value === 'string' && Object.hasOwn(kindNames, value);

/** Evidence by column name; empty when the reader gave none. */
export function evidenceOf(how: { readonly [key: string]: Json }): ReadonlyMap<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const each of array(how['columns'])) {
    const column = record(each);
    const { name, kind } = column;
    if (typeof name !== 'string' || !isKind(kind)) continue;
    const evidence = record(column['evidence']);
    const contrary = record(evidence['contrary']);
    found.set(name, {
      name, kind, seen: number(evidence['seen']), missing: number(evidence['missing']), agreeing: number(evidence['agreeing']),
      contrary: { count: number(contrary['count']), examples: array(contrary['examples']).map(record).map((one) => ({ line: number(one['line']), text: text(one['text']) ?? '' })) },
      alternatives: array(evidence['alternatives']).map(record).flatMap((one) => (isKind(one['kind']) ? [{ kind: one['kind'], share: number(one['share']) }] : [])),
      decimal: text(column['decimal']), thousands: text(column['thousands']), dateOrder: text(column['dateOrder']),
    });
  }
  return found;
}

/** "12,301 of 12,305 values are numbers; 4 are not: line 17 “n/a”". */
export function evidenceWords(evidence: Evidence): string {
  const { seen, agreeing, contrary } = evidence;
  const what = plurals[evidence.kind];
  if (seen === 0) return 'No cell of it holds a value.';
  const rest = contrary.count === 0 ? '' : `; ${count(contrary.count)} ${contrary.count === 1 ? 'is' : 'are'} not${contrary.examples.length === 0 ? '' : `: ${contrary.examples.slice(0, 3).map((one) => `line ${count(one.line)} “${one.text.slice(0, 40)}”`).join(', ')}`}`;
  return agreeing >= seen && contrary.count === 0 ? `All ${plural(seen, 'value')} ${seen === 1 ? 'is' : 'are'} ${what}.` : `${count(agreeing)} of ${plural(seen, 'value')} are ${what}${rest}.`;
}

/** How its numbers or dates are written, when it is one of these: "decimal comma, thousands point". */
export function styleWords(evidence: Evidence): string {
  const marks: { [mark: string]: string } = { ',': 'comma', '.': 'point', ' ': 'space', "'": 'apostrophe' };
  const dates: { [order: string]: string } = { ymd: 'year, month, day', dmy: 'day before month', mdy: 'month before day', ambiguous: 'day or month first: no value decides' };
  return [
    evidence.decimal === null || evidence.kind !== 'number' ? '' : `decimal ${marks[evidence.decimal] ?? evidence.decimal}`,
    evidence.thousands === null || evidence.kind !== 'number' ? '' : `thousands ${marks[evidence.thousands] ?? evidence.thousands}`,
    evidence.dateOrder === null ? '' : (dates[evidence.dateOrder] ?? evidence.dateOrder),
  ].filter((part) => part !== '').join(', ');
}

/** The kinds to choose from, the one it has left out: those that the reader found to fit first, with their share. */
export function choices(kind: Kind, evidence: Evidence | undefined): { kind: Kind; told: string }[] {
  const shares = new Map(evidence?.alternatives.map((one) => [one.kind, one.share]));
  return kinds.filter((each) => each !== kind).map((each) => ({ kind: each, share: shares.get(each) ?? -1 })).sort((a, b) => b.share - a.share).map(({ kind: each, share }) => ({ kind: each, told: share < 0 ? '' : `${percent(share)} fit` }));
}

/** Columns whose dates fit both day first and month first: a person must say which. */
export const undecidedDates = (evidence: ReadonlyMap<string, Evidence>): Evidence[] => [...evidence.values()].filter((each) => each.dateOrder === 'ambiguous');

/** Params of a retype step for that kind: what the reader saw as its way of writing, else the commonest. */
export function retypeParams(kind: Kind, evidence: Evidence | undefined): { [key: string]: Json } {
  const dates = evidence?.dateOrder;
  return { kind, decimal: evidence?.decimal ?? '.', thousands: evidence?.thousands ?? '', dates: dates === 'dmy' || dates === 'mdy' ? dates : 'ymd' };
}
