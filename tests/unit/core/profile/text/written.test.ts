import { expect, test } from 'vitest';
import { missingWord } from '../../../../../src/core/profile/text/missing-words.ts';
import { hasIbanCheck, hasLuhnCheck, personalKind } from '../../../../../src/core/profile/text/personal.ts';
import { isWords, textShape } from '../../../../../src/core/profile/text/text-shape.ts';
import { dateOrderOf, readDate } from '../../../../../src/core/profile/text/written-date.ts';
import { hasLeadingZeros, readWritten, writingOf } from '../../../../../src/core/profile/text/written-number.ts';
import { mayBeUnit, splitUnit, unitMeaning } from '../../../../../src/core/profile/text/written-unit.ts';

const all = (...texts: string[]) => texts.map((text) => ({ text, count: 1 }));

test.each([
  ['1,234.5', '.', ',', 1234.5], ['1.234,5', ',', '.', 1234.5], ['1 234,5', ',', ' ', 1234.5], ["1'234.5", '.', "'", 1234.5], ['12', '.', ',', 12], ['3,5', ',', '', 3.5], ['-2e3', '.', '', -2000],
  ['1,23', '.', ',', null], ['12,34,567', '.', ',', null], ['1.2.3', '.', '', null], ['', '.', '', null], ['abc', '.', '', null],
] as const)('%s with decimal %s and thousands %j is %s', (text, decimal, thousands, value) => {
  expect(readWritten(text, { decimal, thousands })).toBe(value);
});
test('the writing is that of the column, not of one cell', () => {
  expect(writingOf(all('1,234', '2,500.5', '12'))).toEqual({ writing: { decimal: '.', thousands: ',' }, rows: 3 });
  expect(writingOf(all('1,5', '2,25', '1.000,5'))).toEqual({ writing: { decimal: ',', thousands: '.' }, rows: 3 });
  expect(writingOf(all('x', 'y')).rows).toBe(0);
  expect([hasLeadingZeros('007'), hasLeadingZeros('0.5'), hasLeadingZeros('0')]).toEqual([true, false, false]);
});
test('day and month: told by one value above 12, else open', () => {
  expect(dateOrderOf(all('1/2/2024', '13/2/2024'))).toEqual({ order: 'dmy', rows: 2, isOpen: false });
  expect(dateOrderOf(all('1/2/2024', '2/13/2024'))).toEqual({ order: 'mdy', rows: 2, isOpen: false });
  expect(dateOrderOf(all('1/2/2024', '3/4/2024'))!.isOpen).toBe(true);
  expect(dateOrderOf(all('2024-02-30', '2024-02-29'))).toEqual({ order: 'ymd', rows: 1, isOpen: false });
  expect(dateOrderOf(all('red'))).toBeNull();
  expect(readDate('5.6.69', 'dmy')).toEqual({ year: 2069, month: 6, day: 5 });
});
test.each([
  ['12.0 oz', '12.0', 'oz', 'after'], ['45%', '45', '%', 'after'], ['$1,200', '1,200', '$', 'before'], ['EUR 5', '5', 'EUR', 'before'], ['37 patients', '37', 'patients', 'after'], ['12.0 oz. Alumi-Tek', '12.0', 'oz. Alumi-Tek', 'after'],
])('%s has a number and a unit', (text, number, unit, place) => {
  expect(splitUnit(text)).toMatchObject({ number, unit, place });
});
test('no unit where there is no number or several', () => {
  for (const text of ['12', 'oz', '1-2 kg', 'a1b', '', '12:30 h']) expect(splitUnit(text), text).toBeNull();
  expect([unitMeaning('OZ.'), unitMeaning('ounces'), unitMeaning('Percent'), unitMeaning('widgets')]).toEqual(['oz', 'oz', '%', 'widget']);
  expect(['VS1', '4b', '4 b', '12oz', '$5'].map((text) => mayBeUnit(splitUnit(text)!))).toEqual([false, false, true, true, true]);
});
test('shapes: runs become one sign, capitals before small letters are a word', () => {
  expect(['AB-12.5 kg', 'Paris', 'de Kalb', '3595x', '9x%'].map((t) => textShape(t))).toEqual(['A-9.9 a', 'a', 'a a', '9a', '9a%']);
  expect(textShape('35957', true)).toBe('99999');
  expect([isWords('a a'), isWords('9a')]).toEqual([true, false]);
});
test('words for missing: plain, vague, none', () => {
  expect(['N/A', ' ', '#REF!', 'Unknown', '-999', 'no', 'France'].map(missingWord)).toEqual(['plain', 'plain', 'plain', 'vague', 'vague', null, null]);
});
test('personal: forms and check digits', () => {
  expect(['a@b.org', '10.0.0.255', '123-45-6789', 'DE89 3704 0044 0532 0130 00', '4111 1111 1111 1111', '+49 30 1234567', '(555) 123-4567'].map(personalKind)).toEqual(['e-mail addresses', 'IP addresses', 'national identity numbers', 'bank account numbers (IBAN)', 'card numbers', 'phone numbers', 'phone numbers']);
  expect(['10.0.0.256', '4111 1111 1111 1112', 'DE88 3704 0044 0532 0130 00', '1.2.3', '2024-01-05', '1234567890123'].map(personalKind)).toEqual([null, null, null, null, null, null]);
  expect([hasIbanCheck('GB82 WEST 1234 5698 7654 32'), hasIbanCheck('GB82 WEST 1234 5698 7654 33')]).toEqual([true, false]);
  expect([hasLuhnCheck('5555555555554444'), hasLuhnCheck('5555555555554445')]).toEqual([true, false]);
});
