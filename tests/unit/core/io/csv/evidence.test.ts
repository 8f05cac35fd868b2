import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../../src/core/base/json.ts';
import type { ReadResult } from '../../../../../src/core/io/reader.ts';
import { kindOf, readText, valuesOf } from '../read.ts';

const told = ({ how }: ReadResult, name: string): JsonObject => (how.columns as JsonObject[]).find((column) => column.name === name)!;
const note = (result: ReadResult, code: string, column: string): { rows: number | null; example: string | null } | undefined => result.notes.find((n) => n.code === code && n.column === column);

describe('how.columns', () => {
  test('counts what was seen, and shows the rows against a kind with their lines', async () => {
    const result = await readText(`a,b\n${Array.from({ length: 20 }, (_, i) => (i === 7 ? 'abc,' : `${i},x`)).join('\n')}\n`);
    expect(told(result, 'a')).toEqual({ name: 'a', kind: 'category', evidence: { seen: 20, missing: 0, agreeing: 20, contrary: { count: 0, examples: [] }, alternatives: [{ kind: 'number', share: 0.95, contrary: { count: 1, examples: [{ line: 9, text: 'abc' }] } }] } });
    expect(note(result, 'almost-typed', 'a')).toMatchObject({ rows: 1, example: 'abc' });
    expect((told(result, 'b').evidence as JsonObject).missing).toBe(1);
  });

  test('a late contradiction has its line too, rejected rows counted', async () => {
    const rows = Array.from({ length: 60000 }, (_, i) => (i === 100 ? 'one,two,three' : i === 59000 ? 'abc,1' : `${i},2`));
    const [number] = (told(await readText(`a,b\n${rows.join('\n')}\n`), 'a').evidence as { alternatives: JsonObject[] }).alternatives;
    expect(number).toMatchObject({ kind: 'number', contrary: { count: 1, examples: [{ line: 59002, text: 'abc' }] } });
  });

  test('decimal and thousands marks for each column', async () => {
    const result = await readText('a;b;c\n1,5;2.5;1.234,5\n2;3;2,5\n');
    expect(['a', 'b', 'c'].map((name) => [told(result, name).decimal, told(result, name).thousands])).toEqual([[',', null], ['.', null], [',', '.']]);
    expect(kindOf(await readText('a;b\n1.234;x\n5.678;y\n', { thousands: 'none' }), 'a')).toBe('number');
    expect(valuesOf(await readText('a;b\n1.234;x\n5.678;y\n', { thousands: '.' }), 'a')).toEqual([1234, 5678]);
  });

  test('the order of day and month, or that nothing decides it', async () => {
    const result = await readText('a,b,c,d\n25/12/2020,12/25/2020,2020-12-25,03/04/2020\n01/02/2020,01/02/2020,2020-02-01,05/06/2020\n');
    expect(['a', 'b', 'c', 'd'].map((name) => told(result, name).dateOrder)).toEqual(['dmy', 'mdy', 'ymd', 'ambiguous']);
    expect(told(result, 'd').kind).toBe('category');
  });

  test('a name that had to change is told as written', async () => {
    expect(told(await readText('a,a\n1,2\n3,4\n'), 'a (2)').written).toBe('a');
  });
});

describe('told and left as it is', () => {
  test('units and currencies', async () => {
    const result = await readText('w,p,q,o\n12 kg,$3,5%,1st\n13 kg,$4.50,6%,2nd\n7 lb,$5,7.5%,3rd\n');
    expect([note(result, 'unit', 'w'), note(result, 'unit', 'p'), note(result, 'unit', 'q')]).toMatchObject([{ rows: 3, example: 'kg' }, { rows: 3, example: '$' }, { rows: 3, example: '%' }]);
    expect([kindOf(result, 'w'), valuesOf(result, 'p'), note(result, 'unit', 'o')]).toEqual(['category', ['$3', '$4.50', '$5'], undefined]);
  });

  test('words and numbers that may mean missing', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => (i % 10 ? `${20 + (i % 30)},x,2020-01-${10 + (i % 10)}` : '999,-,1900-01-01'));
    const result = await readText(`age,who,day\n${rows.join('\n')}\n`);
    expect([note(result, 'disguised-missing', 'age'), note(result, 'disguised-missing', 'who'), note(result, 'disguised-missing', 'day')]).toMatchObject([{ rows: 4, example: '999' }, { rows: 4, example: '-' }, { rows: 4, example: '1900-01-01' }]);
    expect([valuesOf(result, 'age')[0], valuesOf(result, 'who')[0]]).toEqual([999, '-']);
  });

  test('99 among other high values is a value', async () => {
    expect(note(await readText(`n\n${Array.from({ length: 50 }, (_, i) => 60 + (i % 40)).join('\n')}\n99\n99\n`), 'disguised-missing', 'n')).toBeUndefined();
  });

  test('thousands parted by a space or an apostrophe, until it is said', async () => {
    const text = "a;b;c\n1 234,5;1'234.5;555 123\n12;7;555 124\n1\u00a0234\u00a0567;2'000;555 125\n";
    const result = await readText(text);
    expect([kindOf(result, 'a'), note(result, 'grouped-numbers', 'a')?.rows, note(result, 'grouped-numbers', 'b')?.rows]).toEqual(['category', 2, 2]);
    expect(valuesOf(await readText(text, { thousands: ' ' }), 'a')).toEqual([1234.5, 12, 1234567]);
    const said = await readText(text, { thousands: "'" });
    expect([valuesOf(said, 'b'), told(said, 'b').thousands]).toEqual([[1234.5, 7, 2000], "'"]);
  });

  test('leading zeros', async () => {
    const result = await readText('zip,n\n01234,1\n98765,2\n12345,3\n45678,4\n34567,5\n');
    expect([kindOf(result, 'zip'), note(result, 'leading-zeros', 'zip')?.example, note(result, 'almost-typed', 'zip')]).toEqual(['category', '01234', undefined]);
  });
});

test('how.head and how.dialect show the raw lines and what else was tried', async () => {
  const result = await readText(`Title\n\na;b\n1;${'x'.repeat(500)}\n2;y\n3;z\n`);
  expect((result.how.head as { line: number; text: string }[]).map(({ line, text }) => [line, text.length])).toEqual([[1, 5], [2, 0], [3, 3], [4, 200], [5, 3], [6, 3]]);
  expect(result.how).toMatchObject({ preamble: 2, header: 'yes', headerRows: 1, dialect: { delimiter: ';', quote: '"', columns: 2 } });
  const { alternatives } = result.how.dialect as { alternatives: { delimiter: string; score: number }[] };
  expect(alternatives[0].delimiter).toBe(';');
  expect(alternatives.every((a, i) => i === 0 || a.score <= alternatives[i - 1].score)).toBe(true);
});
