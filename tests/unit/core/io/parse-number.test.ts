import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNumber, parseStyled, STYLES } from '../../../../src/core/io/text/parse-number.ts';

const encoder = new TextEncoder();
const parse = (text: string): number => {
  const bytes = encoder.encode(`#${text}#`);
  return parseNumber(bytes, 1, bytes.length - 1);
};
const styled = (text: string, style: number): number => parseStyled(encoder.encode(text), 0, encoder.encode(text).length, STYLES[style]);

describe('parseNumber', () => {
  test.each(['0', '-0.5', '+7', '.5', '5.', '1e5', '1E-7', '-12.25e+3', '123456789012345678', '0.1', '9007199254740993.5', '4.35', '2.2250738585072014e-308', '1.7976931348623157e308', '100000000000000000000'])('%s is Number()', (text) => {
    const isExact = !/^\d{16,}$/.test(text) || String(Number(text)) === text;
    expect(parse(text)).toEqual(isExact ? Number(text) : NaN);
  });

  test.each(['', '-', '+', '.', '-.', '007', '00.5', '1.2.3', '1e', '1e+', 'e5', '0x10', '1_000', '12a', '1 2', '1,5', '--1', '1e99999', '٣'])('%j is none', (text) => {
    expect(parse(text)).toBeNaN();
  });

  test('infinities and overflow', () => {
    expect([parse('inf'), parse('-Infinity'), parse('+INF'), parse('1e999')]).toEqual([Infinity, -Infinity, Infinity, Infinity]);
  });

  test('negative zero is zero', () => expect(Object.is(parse('-0'), 0) && Object.is(parse('-0.0'), 0)).toBe(true));

  test('any double written by JavaScript comes back to the bit', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (v) => parse(String(v)) === (v === 0 ? 0 : v)), { numRuns: 5000, seed: 1 });
  });

  test('any decimal of up to 25 digits is correctly rounded', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.integer({ min: 1, max: 24 }), (n, scale) => {
      const digits = n.toString().padStart(scale + 1, '0');
      const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
      return parse(text) === Number(text);
    }), { numRuns: 5000, seed: 2 });
  });
});

test('writings with spaces and apostrophes', () => {
  expect([styled('1 234,5', 4), styled('1\u202f234.5', 5), styled("-1'234'567", 6), styled('12', 4)]).toEqual([1234.5, 1234.5, -1234567, 12]);
  for (const [text, style] of [['1 23', 4], ['12 34 567', 5], ['1 234,5', 5], ["1'23", 6], ['1  234', 5]] as const) expect(styled(text, style), text).toBeNaN();
});

test('writings', () => {
  expect([styled('3,14', 1), styled('1,234.5', 2), styled('1.234,5', 3), styled('-1,234,567', 2), styled('12', 2), styled('0,5', 1)]).toEqual([3.14, 1234.5, 1234.5, -1234567, 12, 0.5]);
  for (const [text, style] of [['1,23', 2], ['1,2345', 2], ['1234,567', 2], [',123', 2], ['1,234,56', 2], ['3.14', 1], ['1,5.5', 1], ['1,,234', 2]] as const) expect(styled(text, style), text).toBeNaN();
});
