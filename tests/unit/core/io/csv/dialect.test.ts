import { describe, expect, test } from 'vitest';
import { codesOf, readBytes, readText, valuesOf } from '../read.ts';

const rows = (delimiter: string, end = '\n'): string => [['name', 'n', 'when'], ['x, y', '1', '2020-01-02'], ['z', '2', '2020-01-03'], ['w', '3', '2020-01-04']].map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(delimiter)).join(end) + end;

describe('delimiters', () => {
  test.each(['^', '~', '#', '&', '!', '*', '=', '\u0001', '\u001f', '||', '::', '~~', '\t\t', '¦', '§'])('finds %j', async (delimiter) => {
    const result = await readText(rows(delimiter));
    expect([result.how.delimiter, result.how.header, result.rejected]).toEqual([delimiter, 'yes', []]);
    expect([valuesOf(result, 'name'), valuesOf(result, 'n')]).toEqual([['x, y', 'z', 'w'], [1, 2, 3]]);
  });

  test('a delimiter of several characters inside quotes is text, also across chunks', async () => {
    const result = await readText(`a||b\n"x||y"||1\n${'z||2\n'.repeat(400000)}`);
    expect([valuesOf(result, 'a')[0], result.table.rows, result.rejected]).toEqual(['x||y', 400001, []]);
  });

  test('times, addresses and mail are not parted', async () => {
    expect((await readText('when\n10:20:30\n11:21:31\n12:22:32\n')).table.columns.length).toBe(1);
    expect((await readText('url\nhttp://x.org/a\nhttp://x.org/b\n')).table.columns.length).toBe(1);
    expect((await readText('who\nada@x.org\nbob@x.org\n')).table.columns.length).toBe(1);
    expect((await readText('at\n2020-01-02 10:00\n2020-01-03 11:00\n2020-01-04 12:00\n')).table.columns.length).toBe(1);
  });

  test('single spaces part cells, two of them hold an empty one between', async () => {
    const result = await readText('a b c\n1 "x y" 2\n3  4\n5 z \n');
    expect([result.how.delimiter, valuesOf(result, 'b'), valuesOf(result, 'c')]).toEqual([' ', ['x y', null, 'z'], [2, 4, null]]);
  });

  test('a backslash before a delimiter outside quotes', async () => {
    const result = await readText(`title,n\nThe Good\\, the Bad,1\n${'plain,2\n'.repeat(20)}`);
    expect([valuesOf(result, 'title')[0], result.rejected]).toEqual(['The Good, the Bad', []]);
  });

  test('record separators', async () => {
    expect(valuesOf(await readText('a\u001fb\u001e1\u001f2\u001e3\u001f4\u001e'), 'b')).toEqual([2, 4]);
  });
});

test('a row with an empty cell too many is rejected where the last column is often empty', async () => {
  const result = await readText(`a,b,c,note\n${'1,x,2020-01-02,\n'.repeat(20)}1,,x,2020-01-02,\n`);
  expect(result.rejected).toEqual([{ line: 22, text: '1,,x,2020-01-02,', reason: '5 cells where 4 were expected' }]);
  expect(result.table.columns.map((c) => c.kind)).toEqual(['number', 'category', 'time', 'number']);
});

describe('encodings', () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => (c.charCodeAt(0) < 128 ? c.charCodeAt(0) : c.charCodeAt(0) - 0x410 + 0xc0));

  test('a code page is used when it is named', async () => {
    const result = await readBytes(bytes('имя,n\nАнна,1\nИван,2\n'), { encoding: 'windows-1251' });
    expect([valuesOf(result, 'имя'), result.how.encoding]).toEqual([['Анна', 'Иван'], 'windows-1251']);
  });

  test('another script is not guessed but told', async () => {
    const result = await readBytes(bytes('имя,n\nАнна,1\nИван,2\n'));
    expect(result.notes.find((n) => n.code === 'encoding')?.message).toContain('choose its encoding');
    expect(codesOf(await readBytes(Uint8Array.from([...bytes('name\nCaf'), 0xe9, ...bytes('\nZo'), 0xeb, ...bytes('\nx\n')])))).toContain('encoding');
  });
});
