// A column's contract in words: the values it may take, and what else is asked of it, each in a few words.
import type { Bounds, ColumnContract, Policy } from '../../../../core/contract/contract.ts';
import { count, day, figure, percent, plural } from '../../../format.ts';

export const policies: readonly { value: Policy; label: string }[] = [{ value: 'accept', label: 'accept' }, { value: 'warn', label: 'warn' }, { value: 'refuse', label: 'refuse' }];
export const policyTone: { [policy in Policy]: string } = { accept: '', warn: '', refuse: 'bad' };
const DAY = 86_400_000;

/** A moment as it is typed: 2024-05-01, with hours only where there are some. */
export function timeWords(ms: number): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return '\u2013';
  return ms % DAY === 0 ? day(ms) : new Date(ms).toISOString().slice(0, ms % 60_000 === 0 ? 16 : 19).replace('T', ' ');
}
/** The inverse; UTC. Null when it is no moment. */
export function readTime(text: string): number | null {
  const m = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
  if (!m) return null;
  const [year, month, date, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(m[i] ?? 0)) as [number, number, number, number, number, number];
  const ms = Date.UTC(year, month - 1, date, hour, minute, second);
  const back = new Date(ms);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === date && hour < 24 && minute < 60 && second < 60 ? ms : null;
}

/** A range's ends; the largest numbers there are stand for open ones. */
export const endsOf = (range: { min: number; max: number } | null): { min: number | null; max: number | null } => ({ min: range === null || range.min === -Number.MAX_VALUE ? null : range.min, max: range === null || range.max === Number.MAX_VALUE ? null : range.max });

export function boundsWords(bounds: { min: number | null; max: number | null }, show: (value: number) => string): string {
  if (bounds.min === null) return bounds.max === null ? 'any' : `at most ${show(bounds.max)}`;
  if (bounds.max === null) return `at least ${show(bounds.min)}`;
  return bounds.min === bounds.max ? show(bounds.min) : `${show(bounds.min)} to ${show(bounds.max)}`;
}

export function valuesWords(column: ColumnContract): string {
  if (column.levels !== null && column.kind !== 'boolean') return `${plural(column.levels.length, 'value')}: ${column.levels.slice(0, 3).join(', ')}${column.levels.length > 3 ? ', \u2026' : ''}`;
  if (column.range !== null) return boundsWords(endsOf(column.range), column.kind === 'time' ? timeWords : figure);
  return { number: 'any number', time: 'any time', boolean: 'true or false', category: 'any value', text: 'any text' }[column.kind];
}

/** Which policy the values obey: of levels, of the range, or none. */
export const valuesPolicy = (column: ColumnContract): 'unseen' | 'outside' | null => (column.levels !== null && column.kind !== 'boolean' ? 'unseen' : column.range !== null ? 'outside' : null);

export function alsoWords(column: ColumnContract): { text: string; policy: Policy }[] {
  const said: { text: string; policy: Policy }[] = [];
  const add = (text: string, policy: Policy): void => void (policy !== 'accept' && said.push({ text, policy }));
  const some = (bounds: Bounds | undefined, text: (words: string) => string): void => { if (bounds) add(text(boundsWords(bounds, count)), bounds.policy); };
  if (column.integers) add('whole', column.integers);
  if (column.unique) add('unique', column.unique);
  if (column.pattern) add(`${column.pattern.not === true ? 'not ' : ''}${column.pattern.text}`, column.pattern.policy);
  some(column.length, (words) => `${words} characters`);
  if (column.missingShare) add(`${percent(column.missingShare.max)} missing at most`, column.missingShare.policy);
  if (column.forbidden) add(`never ${column.forbidden.values.slice(0, 2).join(', ')}${column.forbidden.values.length > 2 ? ', \u2026' : ''}`, column.forbidden.policy);
  if (column.contains) add(`must have ${plural(column.contains.values.length, 'value')}`, column.contains.policy);
  if (column.order) add(`${column.order.strict ? 'strictly ' : ''}${column.order.direction}`, column.order.policy);
  some(column.distinct, (words) => `${words} different`);
  if (column.fromNow) add(column.fromNow.min === null && column.fromNow.max === 0 ? 'not in the future' : `${boundsWords(column.fromNow, count)} days from now`, column.fromNow.policy);
  return said;
}
