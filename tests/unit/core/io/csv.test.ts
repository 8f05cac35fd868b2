import { describe, expect, test } from 'vitest';
import { getColumn } from '../../../../src/core/table/build.ts';
import { codesOf, kindOf, readBytes, readText, valuesOf } from './read.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('dialect', () => {
  test.each([
    [',', 'a,b\n1,x\n2,y\n'],
    [';', 'a;b\n1;x\n2;y\n'],
    ['\t', 'a\tb\n1\tx\n2\ty\n'],
    ['|', 'a|b\n1|x\n2|y\n'],
    [' ', 'a b\n1 x\n2 y\n'],
  ])('finds the delimiter %j', async (delimiter, text) => {
    const result = await readText(text);
    expect(result.how.delimiter).toBe(delimiter);
    expect(valuesOf(result, 'a')).toEqual([1, 2]);
    expect(valuesOf(result, 'b')).toEqual(['x', 'y']);
  });

  test('runs of spaces are one delimiter', async () => {
    const result = await readText(' a   b\n 1.5   2 \n 3.25  4 \n');
    expect(valuesOf(result, 'a')).toEqual([1.5, 3.25]);
    expect(valuesOf(result, 'b')).toEqual([2, 4]);
  });

  test('quotes hold delimiters, line ends and doubled quotes', async () => {
    const result = await readText('a,b\n"x, y","say ""hi""\nthere"\nz,w\n');
    expect(valuesOf(result, 'a')).toEqual(['x, y', 'z']);
    expect(valuesOf(result, 'b')).toEqual(['say "hi"\nthere', 'w']);
  });

  test('quotes behind a backslash', async () => {
    const result = await readText('a,b\n"say \\"hi\\" now",1\n"x",2\n');
    expect(result.how.escape).toBe('backslash');
    expect(valuesOf(result, 'a')).toEqual(['say "hi" now', 'x']);
  });

  test('single quotes', async () => {
    const result = await readText("a,b\n'x, y',1\n'z',2\n");
    expect(valuesOf(result, 'a')).toEqual(['x, y', 'z']);
  });

  test.each([['\r\n'], ['\r'], ['\n']])('line ends %j, with and without one at the end', async (end) => {
    for (const tail of ['', end]) {
      const result = await readText(['a,b', '1,x', '2,y'].join(end) + tail);
      expect(result.table.rows).toBe(2);
      expect(valuesOf(result, 'b')).toEqual(['x', 'y']);
    }
  });

  test('no header when the first row looks like the others', async () => {
    const result = await readText('1,x,2.5\n2,y,3.5\n3,x,1.5\n');
    expect(result.how.header).toBe('no');
    expect(result.table.rows).toBe(3);
    expect(result.table.columns.map((c) => c.name)).toEqual(['column 1', 'column 2', 'column 3']);
  });

  test('the person may override all of it', async () => {
    const result = await readText('a;b\n1,5;2\n', { delimiter: ',', header: 'no' });
    expect(valuesOf(result, 'column 1').length + result.rejected.length).toBe(2);
    expect(result.how.delimiter).toBe(',');
  });

  test('lines before the table are rejected, not lost', async () => {
    const result = await readText('Report of May\n\na,b,c\n1,2,3\n4,5,6\n7,8,9\n');
    expect(result.rejected).toEqual([{ line: 1, text: 'Report of May', reason: '1 cells where 3 were expected' }]);
    expect(valuesOf(result, 'a')).toEqual([1, 4, 7]);
  });
});

describe('encodings', () => {
  test('a byte order mark is no part of the first name', async () => {
    const result = await readText('\ufeffa,b\n1,2\n');
    expect(result.table.columns[0].name).toBe('a');
  });

  test.each(['utf-16le', 'utf-16be'] as const)('%s with and without mark', async (encoding) => {
    for (const mark of ['\ufeff', '']) {
      const text = `${mark}name,n\nZoë,1\nŽižka,2\nabc,3\n`;
      const bytes = new Uint8Array(text.length * 2);
      [...text].forEach((c, i) => new DataView(bytes.buffer).setUint16(i * 2, c.charCodeAt(0), encoding === 'utf-16le'));
      const result = await readBytes(bytes);
      expect(valuesOf(result, 'name')).toEqual(['Zoë', 'Žižka', 'abc']);
      expect(result.how.encoding).toBe(encoding);
    }
  });

  test('windows-1252 when the bytes are not UTF-8', async () => {
    const result = await readBytes(Uint8Array.from([...encode('name,price\nCaf'), 0xe9, ...encode(',5'), 0x80, ...encode('\nx,6\n')]));
    expect(valuesOf(result, 'name')).toEqual(['Café', 'x']);
    expect(valuesOf(result, 'price')).toEqual(['5€', '6']);
    expect(codesOf(result)).toContain('encoding');
  });

  test('one broken byte does not turn a UTF-8 file into windows-1252', async () => {
    const good = encode('name\n' + 'é\n'.repeat(50));
    const result = await readBytes(Uint8Array.from([...good, 0xff, 10]), { header: 'yes' });
    expect(valuesOf(result, 'name').slice(-2)).toEqual(['é', '\ufffd']);
  });
});

describe('kinds over all rows', () => {
  test.each([
    ['Int8Array', '1\n-128\n127'],
    ['Uint8Array', '0\n255'],
    ['Int16Array', '-1\n300'],
    ['Uint16Array', '0\n65535'],
    ['Int32Array', '-70000\n5'],
    ['Uint32Array', '0\n4294967295'],
    ['Float32Array', '0.5\n-2.25'],
    ['Float64Array', '0.1\n2'],
  ])('%s', async (type, cells) => {
    const result = await readText(`a,b\n${cells.split('\n').map((c) => `${c},x`).join('\n')}\n`);
    const column = getColumn(result.table, 'a');
    expect(column.kind === 'number' && column.values.constructor.name).toBe(type);
    expect(valuesOf(result, 'a')).toEqual(cells.split('\n').map(Number));
  });

  test('a contradiction far behind the first bytes still settles the column', async () => {
    const rows = Array.from({ length: 60000 }, (_, i) => `${i},${i % 7},2020-01-0${(i % 9) + 1}`);
    rows[59000] = '59000,abc,never';
    const result = await readText(`id,n,t\n${rows.join('\n')}\n`);
    expect([kindOf(result, 'id'), kindOf(result, 'n'), kindOf(result, 't')]).toEqual(['number', 'category', 'category']);
    expect(valuesOf(result, 'n')[0]).toBe('0');
    expect(valuesOf(result, 'n')[59000]).toBe('abc');
    const note = result.notes.find((n) => n.code === 'almost-typed' && n.column === 'n');
    expect([note?.rows, note?.example]).toEqual([1, 'abc']);
  });

  test('integers that become decimals late stay exact', async () => {
    const rows = Array.from({ length: 70000 }, (_, i) => `${i},x`);
    rows.push('0.1,x');
    const result = await readText(`a,b\n${rows.join('\n')}\n`);
    expect(valuesOf(result, 'a')[69999]).toBe(69999);
    expect(valuesOf(result, 'a')[70000]).toBe(0.1);
  });

  test('a column whose first value comes late', async () => {
    const result = await readText(`a,b,c\n${'1,,\n'.repeat(100000)}1,word,7\n`);
    expect([kindOf(result, 'b'), kindOf(result, 'c')]).toEqual(['category', 'number']);
    expect([valuesOf(result, 'b')[100000], valuesOf(result, 'c')[100000], valuesOf(result, 'c')[0]]).toEqual(['word', 7, null]);
  });

  test('leading zeros and long ids are no numbers', async () => {
    const result = await readText('zip,id,n\n01234,12345678901234567890,0\n98765,12345678901234567891,10\n');
    expect([kindOf(result, 'zip'), kindOf(result, 'id'), kindOf(result, 'n')]).toEqual(['category', 'category', 'number']);
    expect(valuesOf(result, 'id')[0]).toBe('12345678901234567890');
  });

  test('true and false in any case; yes and no stay a category', async () => {
    const result = await readText('a,b,c\ntrue,yes,TRUE\nfalse,no,\n');
    expect([kindOf(result, 'a'), kindOf(result, 'b'), kindOf(result, 'c')]).toEqual(['boolean', 'category', 'boolean']);
    expect(valuesOf(result, 'c')).toEqual([true, null]);
  });

  test('many distinct strings are text, repeated ones a category', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `name ${i},${i % 3 ? 'x' : 'y'}`);
    const result = await readText(`a,b\n${rows.join('\n')}\n`);
    expect([kindOf(result, 'a'), kindOf(result, 'b')]).toEqual(['text', 'category']);
    expect(valuesOf(result, 'a')[499]).toBe('name 499');
  });

  test('more levels than the dictionary takes', async () => {
    const n = 120_000;
    const result = await readText(`a,b\n${Array.from({ length: n }, (_, i) => (i === 5 ? ',1' : `v${i},1`)).join('\n')}\n`);
    expect(kindOf(result, 'a')).toBe('text');
    const values = valuesOf(result, 'a');
    expect([values[0], values[5], values[6], values[n - 1]]).toEqual(['v0', null, 'v6', `v${n - 1}`]);
  });

  test('a kind can be asked for; what does not fit is counted', async () => {
    const result = await readText('a,b\n1,x\nunknown,y\n3,z\n', { kinds: 'a = number\nb=text' });
    expect(valuesOf(result, 'a')).toEqual([1, null, 3]);
    expect(kindOf(result, 'b')).toBe('text');
    expect(result.notes.find((n) => n.code === 'unfit')).toMatchObject({ rows: 1, example: 'unknown' });
  });
});

describe('numbers', () => {
  test('decimal commas, settled per column', async () => {
    const result = await readText('a;b;c\n1,5;2.5;1.234,5\n2;3;2,5\n');
    expect([valuesOf(result, 'a'), valuesOf(result, 'b'), valuesOf(result, 'c')]).toEqual([[1.5, 2], [2.5, 3], [1234.5, 2.5]]);
  });

  test('thousands in quotes', async () => {
    const result = await readText('a,b\n"1,234",x\n"12,345,678.5",y\n');
    expect(valuesOf(result, 'a')).toEqual([1234, 12345678.5]);
    expect(codesOf(result)).toContain('number-writing');
  });

  test('infinities are counted and missing', async () => {
    const result = await readText('a,b\n1,x\ninf,y\n-Infinity,z\n1e999,w\n');
    expect(valuesOf(result, 'a')).toEqual([1, null, null, null]);
    expect(result.notes.find((n) => n.code === 'infinite')?.rows).toBe(3);
  });
});

describe('missing', () => {
  test('words are missing in number columns and counted', async () => {
    const result = await readText('a,b\n1,x\nNA,?\nNone,NaN\n,\n"NA",y\n');
    expect(valuesOf(result, 'a')).toEqual([1, null, null, null, null]);
    expect(valuesOf(result, 'b')).toEqual(['x', null, null, null, 'y']);
    expect(result.notes.find((n) => n.code === 'missing-word' && n.column === 'a')?.rows).toBe(3);
    expect(result.notes.find((n) => n.code === 'missing-word' && n.column === 'b')?.rows).toBe(2);
    expect(result.notes.find((n) => n.code === 'empty-cells')?.rows).toBe(2);
  });

  test('a quoted word is a value in a string column', async () => {
    const result = await readText('a,b\n"NA",1\nx,2\n');
    expect(valuesOf(result, 'a')).toEqual(['NA', 'x']);
  });

  test('None stays a category unless the person says otherwise', async () => {
    const text = 'damage,n\nNone,1\nMinor,2\nNone,3\n';
    const kept = await readText(text);
    expect(valuesOf(kept, 'damage')).toEqual(['None', 'Minor', 'None']);
    expect(kept.notes.find((n) => n.code === 'kept-word')?.rows).toBe(2);
    expect(valuesOf(await readText(text, { missing: 'None' }), 'damage')).toEqual([null, 'Minor', null]);
  });

  test('blanks behind the delimiter as in adult.test', async () => {
    const result = await readText('25, Private, ?, <=50K.\n38, ?, x, >50K.\n28, Private, x, <=50K.\n');
    expect(valuesOf(result, 'column 2')).toEqual(['Private', null, 'Private']);
    expect(valuesOf(result, 'column 4')).toEqual(['<=50K.', '>50K.', '<=50K.']);
    expect(codesOf(result)).toContain('trimmed');
  });
});

describe('times', () => {
  test.each([
    ['2020-02-29', '2020-02-29'],
    ['2020/2/9', '2020-02-09'],
    ['2020-02-29T12:30:05Z', '2020-02-29 12:30:05'],
    ['2020-02-29 12:30', '2020-02-29 12:30:00'],
    ['2020-02-29 12:30:05.25', '2020-02-29 12:30:05.250'],
    ['2020-02-29T12:30:00+02:00', '2020-02-29 10:30:00'],
    ['Jun 12 1998', '1998-06-12'],
    ['12 June 1998', '1998-06-12'],
    ['12-Jun-1998', '1998-06-12'],
    ['31.12.1999', '1999-12-31'],
    ['1969-12-31', '1969-12-31'],
    ['0001-01-01', '0001-01-01'],
  ])('%s', async (text, expected) => {
    const result = await readText(`t;n\n${text};1\n${text};2\n`);
    expect(kindOf(result, 't')).toBe('time');
    expect(valuesOf(result, 't')[0]).toBe(expected);
  });

  test.each(['2021-02-29', '2020-13-01', '2020-1', '12:30', '32/13/2020', '20200229'])('%s is no time', async (text) => {
    expect(kindOf(await readText(`t;n\n${text};1\n${text};2\n`), 't')).not.toBe('time');
  });

  test('day first when some row says so', async () => {
    const result = await readText('t,n\n03/04/2020,1\n25/12/2020,2\n');
    expect(valuesOf(result, 't')).toEqual(['2020-04-03', '2020-12-25']);
    expect(codesOf(result)).toContain('date-order');
  });

  test('month first when some row says so', async () => {
    expect(valuesOf(await readText('t,n\n03/04/2020 1:05 PM,1\n12/25/2020 12:00 AM,2\n'), 't')).toEqual(['2020-03-04 13:05:00', '2020-12-25 00:00:00']);
  });

  test('an open order stays text until the person says', async () => {
    const text = 't,n\n03/04/2020,1\n05/06/2020,2\n';
    const open = await readText(text);
    expect(kindOf(open, 't')).toBe('category');
    expect(codesOf(open)).toContain('open-dates');
    expect(valuesOf(await readText(text, { dates: 'dmy' }), 't')[0]).toBe('2020-04-03');
    expect(valuesOf(await readText(text, { dates: 'mdy' }), 't')[0]).toBe('2020-03-04');
  });

  test('both orders in one column is no time', async () => {
    expect(kindOf(await readText('t,n\n25/12/2020,1\n12/25/2020,2\n'), 't')).toBe('category');
  });
});

describe('trouble', () => {
  test('ragged rows are rejected with their line', async () => {
    const result = await readText('a,b,c\n1,2,3\n4,5\n"x\ny",1,2\n6,7,8,9\n1,2,3\n');
    expect(result.rejected.map((r) => [r.line, r.text])).toEqual([[3, '4,5'], [6, '6,7,8,9']]);
    expect(result.table.rows).toBe(3);
  });

  test('surplus cells that are empty do no harm', async () => {
    const result = await readText('a,b\n1,2,\n3,4,\n5,6\n');
    expect(result.rejected).toEqual([]);
    expect(valuesOf(result, 'b')).toEqual([2, 4, 6]);
  });

  test('a quote that never closes costs one line', async () => {
    const result = await readText('a,b\n1,x\n2,"y\n3,z\n4,w\n');
    expect(result.rejected).toEqual([{ line: 3, text: '2,"y', reason: 'a quote is opened and never closed' }]);
    expect(valuesOf(result, 'a')).toEqual([1, 3, 4]);
  });

  test('a quote too many in a cell does not swallow the next one', async () => {
    const result = await readText('a,"b,"c, d"\n1,2,"x, y"\n3,4,"z"\n');
    expect(result.table.columns.map((c) => c.name)).toEqual(['a', '"b', 'c, d']);
    expect(valuesOf(result, 'c, d')).toEqual(['x, y', 'z']);
    expect(result.notes.find((n) => n.code === 'stray-quotes')?.rows).toBe(1);
  });

  test('a quote in the middle of a cell is a character', async () => {
    expect(valuesOf(await readText('a,b\n5\'10" tall,1\nx,2\n'), 'a')).toEqual(['5\'10" tall', 'x']);
  });

  test.each([
    ['one right behind the opening quote', '1,""x, y",2', '"x, y'],
    ['one in the middle', '1,"x" y, z",2', 'x" y, z'],
    ['one not doubled before the closing quote', '1,"x, 3"","y"', 'x, 3"'],
    ['one before a cell that is quoted', '1,"x,"y"', '"x'],
  ])('a quote too many: %s', async (_, line, cell) => {
    const result = await readText(`a,b,c\n1,"q, r","s"\n${line}\n3,z,4\n`, { kinds: '* = text' });
    expect([valuesOf(result, 'b'), result.rejected]).toEqual([['q, r', cell, 'z'], []]);
    expect(result.notes.find((n) => n.code === 'stray-quotes')?.rows).toBe(1);
  });

  test('a backslash that stands before no quote stays', async () => {
    expect(valuesOf(await readText('a,b\n"say \\"hi\\" C:\\new now",1\n"\\"x\\" y",2\n'), 'a')).toEqual(['say "hi" C:\\new now', '"x" y']);
  });

  test('empty, blank and header-only files', async () => {
    await expect(readText('')).rejects.toMatchObject({ code: 'empty-file' });
    await expect(readText('\n\n\n')).rejects.toMatchObject({ code: 'empty-file' });
    const result = await readText('a,b\n', { header: 'yes' });
    expect([result.table.rows, result.table.columns.length]).toEqual([0, 2]);
    expect(codesOf(result)).toContain('no-rows');
  });

  test('one column, and a column without a value', async () => {
    expect(valuesOf(await readText('a\n1\n2\n'), 'a')).toEqual([1, 2]);
    const result = await readText('a,b\n1,\n2,NA\n');
    expect(valuesOf(result, 'b')).toEqual([null, null]);
    expect(codesOf(result)).toContain('all-missing');
  });

  test('duplicate and empty names become distinct', async () => {
    const result = await readText('a,a,,a (2)\n1,2,3,4\n');
    expect(result.table.columns.map((c) => c.name)).toEqual(['a', 'a (3)', 'column 3', 'a (2)']);
    expect(codesOf(result)).toEqual(expect.arrayContaining(['duplicate-name', 'empty-name']));
  });

  test('ten thousand columns', async () => {
    const names = Array.from({ length: 10000 }, (_, k) => `c${k}`).join(',');
    const row = Array.from({ length: 10000 }, (_, k) => k).join(',');
    const result = await readText(`${names}\n${row}\n${row}\n${row}\n`);
    expect([result.table.rows, result.table.columns.length]).toEqual([3, 10000]);
    expect(valuesOf(result, 'c9999')).toEqual([9999, 9999, 9999]);
  });

  test('stop ends the reading with a typed error', async () => {
    const { bytesSource, readTable } = await import('../../../../src/core/io/index.ts');
    const context = { now: () => 0, report: () => {}, breathe: async (): Promise<'stop'> => 'stop' };
    await expect(readTable(bytesSource('x.csv', encode('a,b\n1,2\n')), {}, context)).rejects.toMatchObject({ code: 'stopped' });
  });
});
