import { expect, test } from 'vitest';
import { cleanRows, MEASURES, scoreFile, simpleScore, weightedScore } from '../../../../src/cli/bench/pollock-score.ts';

const clean = cleanRows('"a","b"\n"1","x, ""y"""\n"2",""\n');
const named = (scores: readonly number[]): { [measure: string]: number } => Object.fromEntries(MEASURES.map((m, i) => [m, scores[i]]));

test('clean rows are read as Python reads them', () => expect(clean).toEqual([['a', 'b'], ['1', 'x, "y"'], ['2', '']]));

test('a perfect load scores ten, no load nothing, an empty source ten', () => {
  expect(scoreFile(clean, clean).reduce((a, b) => a + b, 0)).toBe(10);
  expect(scoreFile(clean, null)).toEqual(MEASURES.map(() => 0));
  expect(scoreFile([], [])).toEqual(MEASURES.map(() => 1));
});

test('a lost row and a wrong name', () => {
  const found = named(scoreFile(clean, [['a', 'c'], ['1', 'x, "y"']]));
  expect([found.header_precision, found.header_recall, found.record_precision, found.record_recall, found.cell_precision, found.cell_recall]).toEqual([0.5, 0.5, 0.5, 1, 0.5, 0.75]);
  expect(found.record_f1).toBeCloseTo(2 / 3, 12);
});

test('a cell counts as often as it stands there', () => {
  expect(named(scoreFile([['a'], ['x'], ['x']], [['a'], ['x'], ['y']])).cell_precision).toBeCloseTo(2 / 3, 12);
});

test('simple and weighted sums', () => {
  const files = [{ name: 'p', scores: scoreFile(clean, clean) }, { name: 'q', scores: scoreFile(clean, null) }];
  expect([simpleScore(files), weightedScore(files, { p: 3, q: 1 })]).toEqual([5, 7.5]);
});
