import { describe, expect, test } from 'vitest';
import { BarnacleError } from '../../../../../src/core/base/errors.ts';
import { makeBits, setBit } from '../../../../../src/core/base/bits.ts';
import { categoriesOf, columnRows, makeBoolean, makeNumber, makeTable, makeTime, numbersOf, textsOf } from '../../../../../src/core/table/build.ts';
import { cellValue } from '../../../../../src/core/table/cell.ts';
import { evaluate, holdsIn } from '../../../../../src/core/table/expression/evaluate.ts';
import { functions } from '../../../../../src/core/table/expression/functions.ts';
import { parseExpression } from '../../../../../src/core/table/expression/parse-expression.ts';
import { typeOf } from '../../../../../src/core/table/expression/type-of.ts';

const holes = makeBits(3);
setBit(holes, 2);
const day = (text: string) => Date.parse(`${text}Z`);
const table = makeTable([
  numbersOf('age', [10, 40, null]),
  makeNumber('small', Int8Array.of(-3, 0, 3)),
  categoriesOf('city', ['Bonn', 'Ulm', null]),
  textsOf('note', ['12 oz', 'a,b,c', '\u{1f600}x']),
  makeBoolean('member', Uint8Array.of(1, 0, 0), holes),
  makeTime('when', Float64Array.of(day('2024-02-29T13:45:10'), day('1969-12-31T00:00:00'), 0), 'second', holes),
  numbersOf('two words', [1, 2, 3]),
]);
const cells = (text: string) => {
  const column = evaluate(parseExpression(text), table, 'out');
  return Array.from({ length: columnRows(column) }, (_, i) => cellValue(column, i));
};

describe('values', () => {
  test.each<[string, (string | number | boolean | null)[]]>([
    ['age * 2 + 1', [21, 81, null]],
    ['age / small', [-10 / 3, null, null]],
    ['small % 2', [1, 0, 1]],
    ['-7 % 3', [2, 2, 2]],
    ['2 ^ 10', [1024, 1024, 1024]],
    ['(-2) ^ 3 + 4 ^ 0.5', [-6, -6, -6]],
    ['sqrt(small)', [null, 0, Math.sqrt(3)]],
    ['log10(1000) + log(exp(1))', [4, 4, 4]],
    ['round(2.345, 2)', [2.35, 2.35, 2.35]],
    ['round(-2.5)', [-3, -3, -3]],
    ['round(1234, -2)', [1200, 1200, 1200]],
    ['min(age, small, 5)', [-3, 0, null]],
    ['clip(small, -1, 1)', [-1, 0, 1]],
    ['age > 18', [false, true, null]],
    ['age > 18 and small > 100', [false, false, false]],
    ['age > 18 or small >= 3', [false, true, true]],
    ['not member', [false, true, null]],
    ['age in (10, 11)', [true, false, null]],
    ['city not in ("Ulm", "Kiel")', [true, false, null]],
    ['city in ("Ulm", missing)', [null, true, null]],
    ['small between -1 and 3', [false, true, true]],
    ['age is missing', [false, false, true]],
    ['city is not missing', [true, true, false]],
    ['if(age > 18, "adult", "child")', ['child', 'adult', null]],
    ['if(age is missing, missing, age)', [10, 40, null]],
    ['coalesce(age, small, 0)', [10, 40, 3]],
    ['coalesce(city, "none")', ['Bonn', 'Ulm', 'none']],
    ['city & "-" & small', ['Bonn--3', 'Ulm-0', null]],
    ['upper(left(city, 2))', ['BO', 'UL', null]],
    ['right(note, 1) & mid(note, 1, 2)', ['z12', 'ca,', 'x\u{1f600}x']],
    ['length(note)', [5, 5, 2]],
    ['split(note, ",", 2)', [null, 'b', null]],
    ['split(note, ",", -1)', ['12 oz', 'c', '\u{1f600}x']],
    ['number(split(note, " ", 1))', [12, null, null]],
    ['contains(note, ",") or starts(note, "12")', [true, true, false]],
    ['replace(city, "n", "N!")', ['BoN!N!', 'Ulm', null]],
    ['year(when) * 100 + month(when)', [202402, 196912, null]],
    ['hour(when) & ":" & minute(when)', ['13:45', '0:0', null]],
    ['weekday(when)', [3, 2, null]],
    ['when > "2000-01-01"', [true, false, null]],
    ['when - "2024-02-28"', [1 + (13 * 3600 + 45 * 60 + 10) / 86400, -19782, null]],
    ['days("2024-01-01", "2024-03-01")', [60, 60, 60]],
    ['date(2024, 2, 27 + [two words])', ['2024-02-28', '2024-02-29', null]],
    ['time("2024-05-01") + 1.5', ['2024-05-02 12:00:00', '2024-05-02 12:00:00', '2024-05-02 12:00:00']],
    ['text(when)', ['2024-02-29 13:45:10', '1969-12-31', null]],
    ['member = true', [true, false, null]],
    ['city < "C"', [true, false, null]],
    ['isnan(age)', [false, false, null]],
    ['age', [10, 40, null]],
    ['`two words`', [1, 2, 3]],
  ])('%s', (text, expected) => expect(cells(text)).toEqual(expected));
});

test('kinds are known from the schema alone', () => {
  const schema = table.columns.map(({ name, kind }) => ({ name, kind }));
  const kind = (text: string) => typeOf(parseExpression(text), schema);
  expect([kind('age+1'), kind('age>1'), kind('if(member,"a","b")'), kind('upper(note)'), kind('note & city'), kind('when + 1'), kind('if(member, city, note)'), kind('text(age)')]).toEqual(['number', 'boolean', 'category', 'text', 'text', 'time', 'text', 'category']);
});

describe('what does not fit is said before a row is read', () => {
  test.each<[string, string, string]>([
    ['agge + 1', 'missing-column', 'did you mean age?'],
    ['two > 1', 'missing-column', '[two words]'],
    ['city + 1', 'bad-expression', 'number(...)'],
    ['if(age, 1, 2)', 'bad-expression', 'a comparison gives one'],
    ['age = "x"', 'bad-expression', 'meets a number and text'],
    ['when > "soon"', 'bad-expression', 'is no time'],
    ['round()', 'bad-expression', '1 to 2 arguments'],
    ['min(1)', 'bad-expression', '2 or more'],
    ['max(city, "a")', 'bad-expression', 'numbers or times'],
    ['member < true', 'bad-expression', 'no order'],
    ['missing', 'bad-expression', 'always missing'],
    ['upper(age)', 'bad-expression', 'text(...)'],
  ])('%s', (text, code, words) => {
    const attempt = () => evaluate(parseExpression(text), table, 'out');
    expect(attempt).toThrow(expect.objectContaining({ code }) as Error);
    expect(attempt).toThrow(words);
    try { attempt(); } catch (error) { expect(typeof (error as BarnacleError<'bad-expression'>).details.at).toBe('number'); }
  });
});

test('NaN in a column is not missing, but no result is NaN', () => {
  const odd = makeTable([makeNumber('x', Float64Array.of(NaN, Infinity, 1))]);
  const of = (text: string) => Array.from({ length: 3 }, (_, i) => cellValue(evaluate(parseExpression(text), odd, 'y'), i));
  expect([of('x + 1'), of('isnan(x)'), of('x is missing')]).toEqual([[null, null, 2], [true, true, false], [false, false, false]]);
});

test('holdsIn counts the rows that are not known', () => expect(holdsIn(parseExpression('age > 18'), table)).toEqual({ holds: Uint8Array.of(0, 1, 0), unknown: 1 }));

test('every function is described by its signature', () => {
  for (const f of functions) {
    expect(f.signature.startsWith(`${f.name}(`)).toBe(true);
    expect(f.help.length).toBeGreaterThan(5);
    expect(f.fewest).toBeLessThanOrEqual(f.takes.length);
  }
  expect(new Set(functions.map((f) => f.name)).size).toBe(functions.length);
});
