// The rules of a column that look at one cell alone, made ready once: each says whether a value breaks it, and how to say so.
// Texts are tested as they stand; numbers and times as numbers. What is absent from the contract makes no test.
import { timeText } from '../table/cell.ts';
import type { Bounds, BreachCode, ColumnContract, Policy } from './contract.ts';
import { compilePattern } from './pattern.ts';

export type CellTest<T> = { code: BreachCode; policy: Policy; breaks: (value: T) => boolean; said: string };
const DAY = 86_400_000;

/** Throws bad-param for a pattern that cannot be read. */
export function textTests(rule: ColumnContract): CellTest<string>[] {
  const tests: CellTest<string>[] = [];
  if (rule.levels && rule.kind !== 'boolean') tests.push(unseen(rule.levels, rule.unseen));
  if (rule.forbidden) tests.push(forbidden(rule.forbidden));
  if (rule.pattern && rule.pattern.policy !== 'accept') {
    const { text, not = false, policy } = rule.pattern;
    const isFound = compilePattern(text);
    tests.push({ code: 'pattern', policy, breaks: (value) => isFound(value) === not, said: not ? `which has the pattern ${text}` : `which does not fit the pattern ${text}` });
  }
  if (rule.length) {
    const { min, max, policy } = rule.length;
    const breaks = (value: string): boolean => {
      const length = lengthOf(value);
      return (min !== null && length < min) || (max !== null && length > max);
    };
    tests.push({ code: 'length', policy, breaks, said: `whose length is not ${boundsText(rule.length, (n) => `${n}`)}` });
  }
  return tests.filter((test) => test.policy !== 'accept');
}

/** `now` in ms since 1970; null = rules about now are not asked. */
export function numberTests(rule: ColumnContract, now: number | null): CellTest<number>[] {
  const tests: CellTest<number>[] = [];
  const { range } = rule;
  const isTime = rule.kind === 'time';
  const shown = isTime ? shortTime : String;
  if (range) tests.push({ code: 'outside', policy: rule.outside, breaks: (value) => value < range.min || value > range.max, said: rangeText(range, shown) });
  if (rule.integers && rule.kind === 'number') tests.push({ code: 'not-integer', policy: rule.integers, breaks: (value) => !Number.isInteger(value), said: 'not a whole number' });
  const asText = (test: CellTest<string>): CellTest<number> => ({ ...test, breaks: (value) => test.breaks(isTime ? shortTime(value) : String(value)) });
  if (rule.levels && rule.kind === 'number') tests.push(asText(unseen(rule.levels, rule.unseen)));
  if (rule.forbidden) tests.push(asText(forbidden(rule.forbidden)));
  if (rule.fromNow && isTime && now !== null) {
    const low = rule.fromNow.min === null ? -Infinity : now + rule.fromNow.min * DAY;
    const high = rule.fromNow.max === null ? Infinity : now + rule.fromNow.max * DAY;
    tests.push({ code: 'from-now', policy: rule.fromNow.policy, breaks: (value) => value < low || value > high, said: high === now && low === -Infinity ? 'in the future' : `not ${boundsText(rule.fromNow, (n) => `${n}`)} days from now` });
  }
  return tests.filter((test) => test.policy !== 'accept');
}

/** "2 to 5", "at least 2", "at most 5". */
export function boundsText(bounds: Pick<Bounds, 'min' | 'max'>, show: (value: number) => string): string {
  if (bounds.min === null) return bounds.max === null ? 'anything' : `at most ${show(bounds.max)}`;
  if (bounds.max === null) return `at least ${show(bounds.min)}`;
  return bounds.min === bounds.max ? show(bounds.min) : `${show(bounds.min)} to ${show(bounds.max)}`;
}

/** The largest numbers there are stand for open ends. */
function rangeText({ min, max }: { min: number; max: number }, show: (value: number) => string): string {
  if (min !== -Number.MAX_VALUE && max !== Number.MAX_VALUE) return `outside ${show(min)} to ${show(max)}`;
  return `not ${boundsText({ min: min === -Number.MAX_VALUE ? null : min, max: max === Number.MAX_VALUE ? null : max }, show)}`;
}

/** A time with as much as it has: whole days without hours. */
export const shortTime = (ms: number): string => timeText(ms, ms % DAY === 0 ? 'day' : ms % 1000 === 0 ? 'second' : 'ms');

/** Code points. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) length--;
  return length;
}

function unseen(levels: readonly string[], policy: Policy): CellTest<string> {
  const known = new Set(levels);
  return { code: 'unseen', policy, breaks: (value) => !known.has(value), said: 'a level that training rows did not have' };
}

function forbidden(rule: NonNullable<ColumnContract['forbidden']>): CellTest<string> {
  const known = new Set(rule.values);
  return { code: 'forbidden', policy: rule.policy, breaks: (value) => known.has(value), said: 'which is forbidden' };
}
