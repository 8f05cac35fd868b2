// Why a column has its kind, as the reader counted it over all rows: `how.columns` of a card -> evidence, and its words.
// A reader need not give any; what is there is read field by field, since cards come from files of other versions too.
import type { Json } from '../../../core/base/json.ts';
import type { Kind } from '../../../core/table/table.ts';
import { count, percent, plural } from '../../format.ts';

export type Contrary = { line: number | null; text: string };
type Contraries = { count: number; examples: Contrary[] };
export type Evidence = {
  name: string; kind: Kind; seen: number; missing: number; agreeing: number;
  contrary: Contraries;
  /** Kinds it could have instead, with the share of values that fit; of one that nearly fits, those that do not. */
  alternatives: { kind: Kind; share: number; contrary: Contraries | null }[];
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

function contraries(value: Json | undefined): Contraries {
  const given = record(value);
  return { count: number(given['count']), examples: array(given['examples']).map(record).map((one) => ({ line: typeof one['line'] === 'number' ? one['line'] : null, text: text(one['text']) ?? '' })) };
}

/** Evidence by column name; empty when the reader gave none. */
export function evidenceOf(how: { readonly [key: string]: Json }): ReadonlyMap<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const each of array(how['columns'])) {
    const column = record(each);
    const { name, kind } = column;
    if (typeof name !== 'string' || !isKind(kind)) continue;
    const evidence = record(column['evidence']);
    found.set(name, {
      name, kind, seen: number(evidence['seen']), missing: number(evidence['missing']), agreeing: number(evidence['agreeing']),
      contrary: contraries(evidence['contrary']),
      alternatives: array(evidence['alternatives']).map(record).flatMap((one) => (isKind(one['kind']) ? [{ kind: one['kind'], share: number(one['share']), contrary: one['contrary'] === undefined ? null : contraries(one['contrary']) }] : [])),
      decimal: text(column['decimal']), thousands: text(column['thousands']), dateOrder: text(column['dateOrder']),
    });
  }
  return found;
}

const exampleWords = ({ line, text: shown }: Contrary): string => `${line === null ? '' : `line ${count(line)} `}“${shown.slice(0, 40)}”`;
const contraryWords = ({ count: n, examples }: Contraries): string => `${count(n)} ${n === 1 ? 'is' : 'are'} not${examples.length === 0 ? '' : `: ${examples.slice(0, 3).map(exampleWords).join(', ')}`}`;

/** "12,301 of 12,305 values are numbers; 4 are not: line 17 “n/a”"; of a text that is nearly numbers, why it is none. */
export function evidenceWords(evidence: Evidence): string {
  const { agreeing, contrary, kind, missing } = evidence;
  const total = agreeing + contrary.count;
  if (total === 0) return 'No cell of it holds a value.';
  const near = evidence.alternatives.find((each) => each.contrary !== null && each.contrary.count > 0);
  if (near?.contrary && contrary.count === 0) return `${count(total - near.contrary.count)} of ${plural(total, 'value')} are ${plurals[near.kind]}; ${contraryWords(near.contrary)}. So it stays ${kindNames[kind]}.`;
  const lacking = missing === 0 ? '' : ` ${count(missing)} ${missing === 1 ? 'is' : 'are'} missing.`;
  if (contrary.count > 0) return `${count(agreeing)} of ${plural(total, 'value')} are ${plurals[kind]}; ${contraryWords(contrary)}.`;
  return `${total === 1 ? 'Its one value is' : `All ${count(total)} values are`} ${plurals[kind]}.${lacking}`;
}
/** Examples beyond those in the sentence. */
export function moreExamples(evidence: Evidence): string {
  const all = evidence.contrary.count > 0 ? evidence.contrary : (evidence.alternatives.find((each) => each.contrary !== null)?.contrary ?? evidence.contrary);
  return all.examples.slice(3, 8).map(exampleWords).join(', ');
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
