import { expect, it } from 'vitest';
import { bytes, clip, compact, count, date, figure, percent, score, textWidth } from '../../../src/charts/format.ts';

it('writes counts and figures with thin separators and a true minus', () => {
  expect(count(1234567)).toBe('1\u202f234\u202f567');
  expect(compact(-12300)).toBe('\u221212.3k');
  expect(figure(0.000012)).toBe('1.20e\u22125');
  expect(figure(0.12345)).toBe('0.1235');
  expect(figure(null)).toBe('\u2013');
});
it('never rounds a share to a false none or all', () => {
  expect(percent(0.0004)).toBe('<0.1\u00a0%');
  expect(percent(0.99999)).toBe('>99.9\u00a0%');
  expect(percent(0.214)).toBe('21\u00a0%');
  expect(percent(1)).toBe('100\u00a0%');
});
it('writes bytes in decimal units, scores with four decimals, dates by span', () => {
  expect(bytes(188_400)).toBe('188 kB');
  expect(bytes(2_100_000)).toBe('2.1 MB');
  expect(score(0.87)).toBe('0.8700');
  expect(date(Date.UTC(1990, 0, 8), 1e12)).toBe('1990');
  expect(date(Date.UTC(1990, 0, 8), 30 * 864e5)).toBe('01-08');
  expect(date(NaN)).toBe('\u2013');
});
it('clips long names', () => { expect(clip('abcdefghijkl', 40)).toBe('abcde\u2026'); expect(clip('abc', 40)).toBe('abc'); });
it('leaves a text whole that has just the room it takes', () => { for (const text of ['female', 'abc', 'abcdefghijk', 'abcdefghijklmnopqrstuvw']) expect(clip(text, textWidth(text))).toBe(text); });
