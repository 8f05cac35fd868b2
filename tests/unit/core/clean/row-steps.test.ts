import { describe, expect, test } from 'vitest';
import { categoriesOf, getColumn, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { cells, names, refused, step } from './table-of.ts';

const city = makeTable([categoriesOf('city', [' Paris', 'paris ', 'new  york', null, '\u00a0Rome\u200b']), numbersOf('n', [1, 2, null, 4, 5])]);

test('rename keeps the place', () => {
  const out = step('rename', city, ['city'], { name: 'town' });
  expect([names(out.table), out.sources]).toEqual([['town', 'n'], { town: ['city'] }]);
  expect(() => step('rename', city, ['city'], { name: '  ' })).toThrow(refused('bad-param'));
});
test('trim, in categories and text alike, counts what changed', () => {
  const out = step('trim', city, []);
  expect([cells(out.table, 'city'), out.changed]).toEqual([['Paris', 'paris', 'new york', null, 'Rome'], 4]);
  const text = makeTable([textsOf('t', ['a  b', ' c', null, 'd'])]);
  expect([cells(step('trim', text, [], { inner: false }).table, 't'), step('trim', text, []).changed]).toEqual([['a  b', 'c', null, 'd'], 2]);
  const clean = makeTable([textsOf('t', ['a'])]);
  expect(step('trim', clean, []).table.columns[0]).toBe(clean.columns[0]);
});
test('letter case', () => {
  const table = makeTable([categoriesOf('c', ["o'NEIL smith-jones", '\u00c9COLE', '3rd st'])]);
  const to = (how: string) => cells(step('letter-case', table, ['c'], { to: how }).table, 'c');
  expect([to('title'), to('lower'), to('upper')]).toEqual([["O'neil Smith-Jones", '\u00c9cole', '3rd St'], ["o'neil smith-jones", '\u00e9cole', '3rd st'], ["O'NEIL SMITH-JONES", '\u00c9COLE', '3RD ST']]);
});
test('levels that become equal become one', () => {
  const out = step('letter-case', makeTable([categoriesOf('c', ['A', 'a', 'b'])]), ['c']).table.columns[0];
  expect(out).toMatchObject({ kind: 'category', levels: ['a', 'b'], codes: Int32Array.of(0, 0, 1) });
});
test('replace takes the text literally', () => {
  const table = makeTable([textsOf('t', ['a.b.c', 'A.', '$1', null, '.'])]);
  const of = (params: { [key: string]: string | boolean }) => cells(step('replace', table, ['t'], params).table, 't');
  expect(of({ find: '.', with: '$&' })).toEqual(['a$&b$&c', 'A$&', '$1', null, '$&']);
  expect(of({ find: 'a.', with: 'x', ignoreCase: true })).toEqual(['xb.c', 'x', '$1', null, '.']);
  expect(of({ find: '.', with: '', whole: true })).toEqual(['a.b.c', 'A.', '$1', null, '']);
});
test('set-missing compares numbers as numbers, dates as dates, text as written', () => {
  const table = makeTable([numbersOf('n', [999, 1, null]), categoriesOf('c', ['NA ', 'x', '999']), makeTime('w', Float64Array.of(-2208988800000, 0, 5), 'day'), makeBoolean('b', Uint8Array.of(1, 0, 1))]);
  const out = step('set-missing', table, [], { values: '999.0|NA|1900-01-01|999' });
  expect([cells(out.table, 'n'), cells(out.table, 'c'), out.changed]).toEqual([[null, 1, null], [null, 'x', null], 4]);
  expect(cells(out.table, 'w')[0]).toBeNull();
});
describe('strip-unit', () => {
  const of = (values: (string | null)[], params: { [key: string]: string | number }) => step('strip-unit', makeTable([textsOf('v', values)]), ['v'], params);
  test('numbers without the unit that are multiplied all the same are told', () => {
    const mixed = of(['5%', '0.061', '0.5', 'x', null], { unit: '%', scale: 0.01 });
    expect([cells(mixed.table, 'v'), mixed.notes.map((n) => [n.code, n.example])]).toEqual([[0.05, 0.00061, 0.005, null, null], [['unreadable', 'x'], ['no-unit', '0.061']]]);
    expect(of(['5%', '0.061'], { unit: '%' }).notes).toEqual([]);
  });
  test('behind, before, either side', () => {
    expect(cells(of(['12.0 oz', '8OZ', '-3 oz', '7', null], { unit: 'oz' }).table, 'v')).toEqual([12, 8, -3, 7, null]);
    expect(cells(of(['$1,200.50', '-$5', '($7)', '$ 3'], { unit: '$', place: 'before', thousands: ',' }).table, 'v')).toEqual([1200.5, -5, -7, 3]);
    expect(cells(of(['1.234,5 \u20ac', '\u20ac 2'], { unit: '\u20ac', place: 'either', decimal: ',', thousands: '.' }).table, 'v')).toEqual([1234.5, 2]);
    expect(cells(of(['35 %', '100 percent'], { unit: '%|percent', scale: 0.01 }).table, 'v')).toEqual([0.35, 1]);
  });
  test('what is no number with that unit becomes missing and is counted', () => {
    const out = of(['5 kg', '5 lb', 'N/A', '1,5 kg'], { unit: 'kg' });
    expect([cells(out.table, 'v'), out.notes.map((n) => [n.code, n.rows, n.example])]).toEqual([[5, null, null, null], [['unreadable', 2, '5 lb']]]);
  });
});
describe('retype', () => {
  const of = (values: (string | null)[], params: { [key: string]: string }) => step('retype', makeTable([textsOf('v', values)]), ['v'], params);
  test('numbers by their marks, never by a guess', () => {
    expect(cells(of(['1.234,56', '7', '1,234.5', '12.34'], { kind: 'number', decimal: ',', thousands: '.' }).table, 'v')).toEqual([1234.56, 7, null, null]);
    expect(cells(of(["1'000", '1 000'], { kind: 'number', thousands: "'" }).table, 'v')).toEqual([1000, null]);
    expect(cells(of(['1\u202f000,5', '2'], { kind: 'number', thousands: ' ', decimal: ',' }).table, 'v')).toEqual([1000.5, 2]);
    expect(() => of(['1'], { kind: 'number', decimal: ',', thousands: ',' })).toThrow(refused('bad-param'));
  });
  test('dates by their order', () => {
    const dates = ['03/04/2020', '3.4.20', '2020-04-03', '13/12/2020', '4 Mar 2020 2:05 PM', 'March 4, 2020', '31/02/2020', '20200403'];
    expect(cells(of(dates, { kind: 'time', dates: 'dmy' }).table, 'v').map((c) => (typeof c === 'string' ? c.slice(0, 10) : c))).toEqual(['2020-04-03', '2020-04-03', '2020-04-03', '2020-12-13', '2020-03-04', '2020-03-04', null, null]);
    expect(cells(of(dates, { kind: 'time', dates: 'mdy' }).table, 'v').map((c) => (typeof c === 'string' ? c.slice(0, 10) : c))).toEqual(['2020-03-04', '2020-03-04', '2020-04-03', null, '2020-03-04', '2020-03-04', null, null]);
    expect(cells(of(['2020.4.3', '20200403', '03/04/2020'], { kind: 'time' }).table, 'v')).toEqual(['2020-04-03', '2020-04-03', null]);
  });
  test('yes/no, categories, text', () => {
    expect(cells(of(['Yes', 'n', '1', 'maybe', null], { kind: 'boolean' }).table, 'v')).toEqual([true, false, true, null, null]);
    const table = makeTable([numbersOf('n', [1.5, null, 1.5]), makeTime('w', Float64Array.of(0, 86400000, 1000), 'second'), makeBoolean('b', Uint8Array.of(1, 0, 1))]);
    const out = step('retype', table, ['n', 'w', 'b'], { kind: 'category' }).table;
    expect([cells(out, 'n'), cells(out, 'w'), cells(out, 'b')]).toEqual([['1.5', null, '1.5'], ['1970-01-01', '1970-01-02', '1970-01-01 00:00:01'], ['true', 'false', 'true']]);
    expect(step('retype', table, ['n'], { kind: 'text' }).changed).toBe(0);
    expect(cells(step('retype', table, ['b', 'w'], { kind: 'number' }).table, 'w')).toEqual([0, 86400000, 1000]);
    expect(() => step('retype', table, ['w'], { kind: 'boolean' })).toThrow(refused('bad-param'));
  });
  test('counts cells that read otherwise, and what cannot be read', () => {
    const out = of(['1', '1.0', 'x', null, ''], { kind: 'number' });
    expect([out.changed, out.notes.map((n) => n.rows)]).toEqual([3, [1]]);
  });
});
describe('split, join, extract', () => {
  const table = makeTable([numbersOf('id', [1, 2, 3, 4]), categoriesOf('who', ['Smith, John', 'Doe', 'a,b,c', null]), textsOf('z', ['q', 'r', 's', 't'])]);
  test('split puts the parts in the place of the column', () => {
    const out = step('split-column', table, ['who'], { by: ',', names: 'last|first' });
    expect([names(out.table), cells(out.table, 'last'), cells(out.table, 'first')]).toEqual([['id', 'last', 'first', 'z'], ['Smith', 'Doe', 'a', null], ['John', null, 'b,c', null]]);
    expect(out.notes.map((n) => [n.code, n.rows])).toEqual([['more-parts', 1]]);
    expect(names(step('split-column', table, ['who'], { by: ',', names: 'who|x' }).table)).toEqual(['id', 'who', 'x', 'z']);
    expect(names(step('split-column', table, ['who'], { by: ',', names: 'a|b', keep: true }).table)).toEqual(['id', 'who', 'a', 'b', 'z']);
    expect(() => step('split-column', table, ['who'], { by: '', names: 'a' })).toThrow(refused('bad-param'));
    expect(() => step('split-column', table, ['who'], { names: 'a|a' })).toThrow(refused('duplicate-column'));
  });
  test('join leaves missing parts out', () => {
    const out = step('join-columns', table, ['who', 'id'], { separator: '-', name: 'key' });
    expect([names(out.table), cells(out.table, 'key'), out.table.columns[0].kind]).toEqual([['key', 'z'], ['Smith, John-1', 'Doe-2', 'a,b,c-3', '4'], 'category']);
    expect(getColumn(step('join-columns', table, ['z', 'id'], { name: 'key', keep: true }).table, 'key').kind).toBe('text');
  });
  test('extract', () => {
    const of = (params: { [key: string]: string | number }) => cells(step('extract', table, ['who'], params).table, 'who');
    expect([of({ from: 'start', length: 2 }), of({ from: 'end', length: 2 }), of({ from: 'before', left: ',' }), of({ from: 'between', left: ',', right: ',' })]).toEqual([['Sm', 'Do', 'a,', null], ['hn', 'oe', ',c', null], ['Smith', null, 'a', null], [null, null, 'b', null]]);
    expect(cells(step('extract', makeTable([textsOf('t', ['apt -12.5b', 'none'])]), ['t'], { from: 'number', name: 'no' }).table, 'no')).toEqual(['-12.5', null]);
    expect(() => step('extract', table, ['who'], { from: 'after' })).toThrow(refused('bad-param'));
  });
});
test('merge-variants maps once, and to missing', () => {
  const out = step('merge-variants', makeTable([categoriesOf('c', ['NYC', 'N.Y.', 'x', 'New York'])]), ['c'], { map: '{"NYC":"N.Y.","N.Y.":"New York","x":null}' });
  expect([cells(out.table, 'c'), out.changed]).toEqual([['N.Y.', 'New York', null, 'New York'], 3]);
  for (const map of ['[]', '{', '{"a":1}', '3', 'null']) expect(() => step('merge-variants', city, ['city'], { map })).toThrow(refused('bad-param'));
  const hostile = step('merge-variants', makeTable([categoriesOf('c', ['__proto__', 'constructor'])]), ['c'], { map: '{"__proto__":"p"}' });
  expect(cells(hostile.table, 'c')).toEqual(['p', 'constructor']);
});
test('fill reads the value as the column', () => {
  const table = makeTable([numbersOf('n', [null, 2]), categoriesOf('c', [null, 'b']), textsOf('t', ['a', null]), makeTime('w', Float64Array.of(0, 0), 'day', Uint8Array.of(1))]);
  expect([cells(step('fill', table, ['n'], { value: '7.5' }).table, 'n'), cells(step('fill', table, ['c', 't'], { value: 'none' }).table, 'c'), cells(step('fill', table, ['t'], { value: '' }).table, 't')]).toEqual([[7.5, 2], ['none', 'b'], ['a', '']]);
  expect(cells(step('fill', table, ['w'], { value: '1970-01-03' }).table, 'w')).toEqual(['1970-01-03', '1970-01-01']);
  expect(() => step('fill', table, ['n'], { value: 'seven' })).toThrow(refused('bad-param'));
});
test('clip', () => {
  const table = makeTable([numbersOf('n', [-5, 0, 50, null])]);
  expect([cells(step('clip', table, ['n'], { low: '0', high: '10' }).table, 'n'), cells(step('clip', table, ['n'], { high: '10', outside: 'missing' }).table, 'n')]).toEqual([[0, 0, 10, null], [-5, 0, null, null]]);
  expect(() => step('clip', table, ['n'], { low: '9', high: '1' })).toThrow(refused('bad-param'));
  expect(() => step('clip', table, ['n'], { low: 'x' })).toThrow(refused('bad-param'));
  expect(cells(step('clip', makeTable([makeTime('w', Float64Array.of(0, 1e12), 'day')]), ['w'], { high: '2000-01-01' }).table, 'w')).toEqual(['1970-01-01', '2000-01-01']);
});
test('compute may replace a column, and says what it is made of', () => {
  const out = step('compute', city, [], { name: 'n', expression: 'coalesce(n, 0) * 10' });
  expect([names(out.table), cells(out.table, 'n'), out.sources, out.changed]).toEqual([['city', 'n'], [10, 20, 0, 40, 50], { n: ['n'] }, 5]);
});
test('drop and keep', () => {
  expect(names(step('drop-columns', city, ['n']).table)).toEqual(['city']);
  expect(names(step('keep-columns', city, ['n', 'city']).table)).toEqual(['n', 'city']);
});
