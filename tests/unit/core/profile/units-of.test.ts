import { expect, test } from 'vitest';
import { isOneUnit, percentScale, unitsOf } from '../../../../src/core/profile/units-of.ts';

const counted = (cells: { [text: string]: number }) => Object.entries(cells).map(([text, count]) => ({ text, count }));

test('one unit in several spellings', () => {
  const units = unitsOf(counted({ '12.0 oz': 40, '16.0 oz.': 30, '12 ounce': 20, '19.2 OZ.': 10 }))!;
  expect(units.spellings.map((s) => [s.unit, s.rows])).toEqual([['oz', 40], ['oz.', 30], ['ounce', 20], ['OZ.', 10]]);
  expect([units.isMixed, isOneUnit(units)]).toEqual([true, true]);
});
test('one unit in one spelling is no inconsistency; rare misspellings of it are not spellings', () => {
  const units = unitsOf(counted({ '1 patients': 300, '2 patients': 300, '3 patients': 390, '4 paxients': 5, empty: 30 }))!;
  expect([units.isMixed, units.spellings.length, units.others]).toEqual([false, 1, 5]);
});
test('a percentage beside shares is divided by 100 only when it is so much larger', () => {
  const same = unitsOf(counted({ '0.05%': 20, '0.07%': 20, '0.06': 30, '0.04': 40 }))!;
  const hundredfold = unitsOf(counted({ '5%': 20, '7%': 20, '0.06': 30, '0.04': 40 }))!;
  expect([percentScale(same), percentScale(hundredfold), same.isMixed]).toEqual([1, 0.01, true]);
});
test('different units, codes and words are told apart', () => {
  expect(isOneUnit(unitsOf(counted({ '5 kg': 20, '700 g': 20, '6 kg': 10 }))!)).toBe(false);
  expect(unitsOf(counted({ VS1: 30, SI2: 30, VVS1: 20, SI1: 9 }))).toBeNull();
  expect(unitsOf(counted({ red: 30, blue: 30 }))).toBeNull();
  expect(unitsOf(counted({ '1': 30, '2': 30 }))).toBeNull();
});
