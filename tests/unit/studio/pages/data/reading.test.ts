import { expect, test } from 'vitest';
import { choices, evidenceOf, evidenceWords, retypeParams, styleWords, undecidedDates } from '../../../../../src/studio/pages/data/evidence.ts';
import { choiceWords, dialectChoices } from '../../../../../src/studio/pages/data/import/dialects.ts';
import { headLines, pieces } from '../../../../../src/studio/pages/data/import/raw-head.ts';
import { foundWords, givenOptions } from '../../../../../src/studio/pages/data/import/read-options.ts';
import { RejectedState } from '../../../../../src/studio/pages/data/import/rejected-state.svelte.ts';
import { tabOf, withTab } from '../../../../../src/studio/pages/data/tabs.ts';
import type { Json } from '../../../../../src/core/base/json.ts';
import type { AnyParams } from '../../../../../src/core/base/params.ts';

const price = { name: 'price', kind: 'number', evidence: { seen: 12305, missing: 7, agreeing: 12301, contrary: { count: 4, examples: [{ line: 17, text: 'n/a' }] }, alternatives: [{ kind: 'text', share: 1 }, { kind: 'time', share: 0.02 }] }, decimal: ',', thousands: '.' };

test('the evidence of a column says how many values agree and which do not', () => {
  const found = evidenceOf({ columns: [price] }).get('price')!;
  expect(evidenceWords(found).replaceAll('\u202f', '')).toBe('12301 of 12305 values are numbers; 4 are not: line 17 “n/a”.');
  expect(styleWords(found)).toBe('decimal comma, thousands point');
});
test('a text that is nearly numbers says why it is none', () => {
  const found = evidenceOf({ columns: [{ name: 'n', kind: 'text', evidence: { seen: 100, missing: 4, agreeing: 96, contrary: { count: 0, examples: [] }, alternatives: [{ kind: 'number', share: 0.98, contrary: { count: 2, examples: [{ line: 17, text: '12 oz' }, { line: null, text: 'none' }] } }] } }] }).get('n')!;
  expect(evidenceWords(found)).toBe('94 of 96 values are numbers; 2 are not: line 17 “12 oz”, “none”. So it stays text.');
});
test('a column that agrees throughout says so, with what is missing', () => {
  const found = evidenceOf({ columns: [{ name: 'n', kind: 'number', evidence: { seen: 10, missing: 2, agreeing: 8, contrary: { count: 0, examples: [] } } }] }).get('n')!;
  expect(evidenceWords(found)).toBe('All 8 values are numbers. 2 are missing.');
});
test('evidence from an older or a hostile file is left out, not trusted', () => {
  const how: { [key: string]: Json } = { columns: [null, 3, { name: 'a' }, { name: 'b', kind: 'constructor' }, { name: 'c', kind: 'text', evidence: { seen: 'many', contrary: [] } }] };
  expect([...evidenceOf(how).keys()]).toEqual(['c']);
  expect(evidenceWords(evidenceOf(how).get('c')!)).toBe('No cell of it holds a value.');
  expect(evidenceOf({}).size).toBe(0);
});
test('other kinds come by how many values fit, and a retype starts from what was read', () => {
  const found = evidenceOf({ columns: [price] }).get('price');
  expect(choices('number', found).map((each) => each.kind)).toEqual(['text', 'time', 'category', 'boolean']);
  expect(choices('number', found)[0]?.told).toBe('100 % fit');
  expect(retypeParams('number', found)).toEqual({ kind: 'number', decimal: ',', thousands: '.', dates: 'ymd' });
});
test('only dates that nothing decides are asked about', () => {
  const date = (name: string, dateOrder: string) => ({ name, kind: 'text', evidence: { seen: 3, missing: 0, agreeing: 3 }, dateOrder });
  expect(undecidedDates(evidenceOf({ columns: [date('a', 'ambiguous'), date('b', 'dmy')] })).map((each) => each.name)).toEqual(['a']);
});

test('a raw line is cut at delimiters outside quotes', () => {
  expect(pieces('a,"b, c",d', ',', '"').map((each) => each.text)).toEqual(['a', ',', '"b, c"', ',', 'd']);
  expect(pieces("a;'b;c'", ';', 'none').filter((each) => each.is === 'delimiter').length).toBe(2);
  expect(pieces('a||b', '||', '"').map((each) => each.is)).toEqual(['cell', 'delimiter', 'cell']);
});
test('the head is read as lines or as text, with what stands before the table', () => {
  expect(headLines({ head: ['note', 'x,y', '1,2'], preamble: 1, header: 'yes' }).map((each) => each.is)).toEqual(['preamble', 'header', 'row']);
  expect(headLines({ head: 'x,y\r\n1,2', header: 'no' }).map((each) => each.text)).toEqual(['x,y', '1,2']);
  expect(headLines({ head: [{ line: 5, text: 'z' }] })[0]).toEqual({ line: 5, text: 'z', is: 'row' });
  expect(headLines({})).toEqual([]);
});
test('the dialects that were tried become choices, the one in use marked', () => {
  const found = dialectChoices({ delimiter: ';', quote: '"', tried: [{ delimiter: ';', quote: '"', columns: 4, score: 0.912 }, { delimiter: ',', quote: '', columns: 1, score: 0.2 }] });
  expect(found.map((each) => each.chosen)).toEqual([true, false]);
  expect(found[1]?.options).toEqual({ delimiter: ',', quote: 'none' });
  expect(choiceWords(found[0]!)).toBe('4 columns, consistency 0.91');
});
test('the same cut is offered once', () => {
  expect(dialectChoices({ delimiter: ';', quote: '"', dialect: { alternatives: [{ delimiter: ' ', quote: '"', columns: 4 }, { delimiter: ' ', quote: '"', columns: 3 }] } }).length).toBe(1);
});
test('settings by word of the person are told from those found out', () => {
  const params: AnyParams = { delimiter: { kind: 'choice', label: 'Delimiter', help: '', fallback: 'auto', choices: [{ value: 'auto', label: 'Find out' }, { value: ';', label: 'Semicolon' }] } };
  expect(givenOptions({ delimiter: ';' }, params)).toEqual({});
  expect(givenOptions({ params: { delimiter: ';', other: 1 } }, params)).toEqual({ delimiter: ';' });
  expect(foundWords({ delimiter: ';' }, params)).toEqual(['Delimiter: Semicolon']);
});

test('rejected rows come by pages, each asked for once, and all of them for a file', async () => {
  const asked: number[] = [];
  const state = new RejectedState({ rejected: async (_id, from, count) => { asked.push(from); return { total: 450, rows: Array.from({ length: Math.max(0, Math.min(count, 450 - from)) }, (_, i) => ({ line: from + i + 1, text: 't', reason: 'r' })) }; } }, 'd');
  state.want(190, 210);
  state.want(195, 215);
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toEqual([0, 200]);
  expect(state.row(205)?.line).toBe(206);
  expect(state.row(449)).toBeUndefined();
  expect((await state.all()).length).toBe(450);
});

test('the tab stands in the address', () => {
  expect(tabOf('#/p/x/data/clean')).toBe('clean');
  expect(tabOf('#/p/x/data')).toBeNull();
  expect(tabOf('#/p/x/train/clean')).toBeNull();
  expect(withTab('#/p/x/data/clean', 'alerts')).toBe('#/p/x/data/alerts');
  expect(withTab('#/p/x/data/clean', 'table')).toBe('#/p/x/data');
});
