import { describe, expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { editDistance } from '../../../../src/core/base/edit-distance.ts';
import { categoriesOf, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { variantGroups, variantsAmong } from '../../../../src/core/profile/variants.ts';

const among = (counts: { [level: string]: number }) => variantsAmong(Object.entries(counts).map(([level, rows]) => ({ level, rows })));
const merged = (counts: { [level: string]: number }) => Object.fromEntries(among(counts).flatMap(({ to, from }) => from.map((f) => [f.level, [to, f.why]])));

test('case, blanks, accents, punctuation and the order of words', () => {
  expect(merged({ 'New York': 50, 'new york': 9, ' New  York': 3, 'NEW-YORK': 2, 'N\u00e9w York': 1, 'York, New': 1, Boston: 40 })).toEqual({
    'new york': ['New York', 'case'], ' New  York': ['New York', 'blanks'], 'NEW-YORK': ['New York', 'punctuation'], 'N\u00e9w York': ['New York', 'accents'], 'York, New': ['New York', 'word order'],
  });
});

test('slips of the pen, only toward a much more frequent level', () => {
  expect(merged({ Birmingham: 100, Birmingxam: 3, Birmnigham: 1, Brimingam: 1 })).toEqual({ Birmingxam: ['Birmingham', '1 letter apart'], Birmnigham: ['Birmingham', '1 letter apart'], Brimingam: ['Birmingham', '2 letters apart'] });
  expect(among({ 'Prof-school': 917, Preschool: 83 })).toEqual([]);
  expect(among({ Austria: 10, Australia: 11 })).toEqual([]);
  expect(among({ Masters: 10, Mastersx: 4 })).toEqual([]);
});

describe('what is not one level', () => {
  test.each([
    [['<=50K', '>50K']], [['1.5', '15']], [['A', 'A-', 'A+']], [['-1', '1']], [['1st Street', '2nd Street']], [['Class I', 'Class II']], [['12 oz', '1 2 oz']], [['North Korea', 'South Korea']],
    [['male', 'female']], [['C', 'C++', 'C#']], [['2020-01', '2020-10']], [['Iran', 'Iraq']], [['1-2', '2-1']], [['Self-emp-inc', 'Self-emp-not-inc']], [['', ' ', '?', '-']], [['85099B', '85099F', '85099']],
  ])('%s', (levels) => expect(among(Object.fromEntries(levels.map((level, i) => [level, i ? 1 : 1000])))).toEqual([]));
});

test('rows are counted over the column, missing ones not', () => {
  expect(variantGroups(categoriesOf('c', ['a b', 'A B', null, 'a b', 'x']))).toEqual([{ to: 'a b', rows: 3, from: [{ level: 'A B', rows: 1, why: 'case' }] }]);
  expect(variantGroups(textsOf('c', ['ok', 'OK.', 'ok'])).map((g) => g.from[0].why)).toEqual(['punctuation']);
  expect(variantGroups(numbersOf('n', [1, 2]))).toEqual([]);
});

test('the index finds what comparing all pairs finds', () => {
  const r = sequence(3, 'variants');
  const word = () => Array.from({ length: 5 + r.below(9) }, () => 'abcde'[r.below(5)]).join('');
  const roots = [...new Set(Array.from({ length: 60 }, word))];
  const slips = roots.map((root) => {
    const at = r.below(root.length);
    return [root.slice(0, at) + root.slice(at + 1), root.slice(0, at) + 'z' + root.slice(at), root.slice(0, at) + 'z' + root.slice(at + 1)][r.below(3)];
  });
  const found = merged({ ...Object.fromEntries(slips.map((s) => [s, 1])), ...Object.fromEntries(roots.map((s) => [s, 100])) });
  for (const slip of new Set(slips)) {
    if (roots.includes(slip)) continue;
    const near = roots.filter((root) => editDistance(slip, root, 1) <= 1 && Math.min(slip.length, root.length) >= 5);
    if (near.length) expect(near).toContain((found[slip] as string[])[0]);
  }
});

test('twenty thousand levels in a moment', () => {
  const r = sequence(4, 'many');
  const levels = Array.from({ length: 20_000 }, (_, i) => ({ level: `${Array.from({ length: 14 }, () => 'abcdefghijklmnopqrstuvwxyz'[r.below(26)]).join('')}`, rows: i % 7 ? 1 : 100 }));
  const start = performance.now();
  variantsAmong(levels);
  expect(performance.now() - start).toBeLessThan(60_000);
});
