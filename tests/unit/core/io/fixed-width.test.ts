import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../../src/core/io/index.ts';
import { findRefused } from '../../../../src/core/io/refused.ts';
import { codesOf, readBytes, readText, valuesOf } from './read.ts';

const people = ['Ann Lee', 'Bo', 'Cleo de la Cruz', 'Dan', 'Eve Adams'];
const row = (i: number): string => `${String(i).padStart(4)}  ${people[i % 5].padEnd(18)}${(i * 1.25).toFixed(2).padStart(9)}  2020-01-${String((i % 28) + 1).padStart(2, '0')}`;
const text = `  id  name                 amount  day\n${Array.from({ length: 40 }, (_, i) => row(i)).join('\n')}\n`;

test('columns are found from blanks, by content alone', async () => {
  const result = await readText(text, {}, 'x.txt');
  expect(result.how).toMatchObject({ format: 'fixed-width', breaks: '0, 4, 21, 33' });
  expect([valuesOf(result, 'name').slice(0, 3), valuesOf(result, 'amount').slice(0, 2), valuesOf(result, 'day')[0]]).toEqual([['Ann Lee', 'Bo', 'Cleo de la Cruz'], [0, 1.25], '2020-01-01']);
});

test('a person may say where they begin', async () => {
  const result = await readTable(bytesSource('x', new TextEncoder().encode('ab12\ncd34\nef56\n')), { format: 'fixed-width', params: { breaks: '0, 2', header: 'no' } }, quiet);
  expect(result.table.columns.map((c) => [c.kind, valuesOf(result, c.name)])).toEqual([['category', ['ab', 'cd', 'ef']], ['number', [12, 34, 56]]]);
  await expect(readTable(bytesSource('x', new TextEncoder().encode('ab\n')), { format: 'fixed-width', params: { breaks: '4, 2' } }, quiet)).rejects.toMatchObject({ code: 'bad-param' });
});

test('UTF-16 and Latin-1 are read as such', async () => {
  const latin = Uint8Array.from(text.replaceAll('Bo  ', 'Bé  '), (c) => c.charCodeAt(0));
  expect(valuesOf(await readBytes(latin, {}, 'x.fwf'), 'name')[1]).toBe('Bé');
  const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
  expect(valuesOf(await readBytes(Uint8Array.from(wide), {}, 'x.fwf'), 'name')[1]).toBe('Bo');
});

test.each([
  ['a delimited file', Array.from({ length: 50 }, (_, i) => `${i},${people[i % 5]},x`).join('\n')],
  ['columns parted by one space', Array.from({ length: 50 }, (_, i) => `${i} ${people[i % 5].replaceAll(' ', '_')} x`).join('\n')],
  ['aligned columns of single words', Array.from({ length: 50 }, (_, i) => `${String(i).padStart(5)}   ${people[i % 5].split(' ')[0].padEnd(9)} x`).join('\n')],
  ['prose', Array.from({ length: 60 }, (_, i) => Array.from({ length: 8 + (i % 5) }, (_, k) => ['the', 'quick', 'brown', 'fox', 'jumps', 'over', 'a', 'very', 'lazy', 'dog'][(i * 7 + k * k) % 10]).join(' ')).join('\n')],
])('%s is not taken for one', async (_, other) => {
  expect((await readText(`${other}\n`, {}, 'x.txt')).how.format).toBe('csv');
});

test('a line that is longer than the others is not cut', async () => {
  const result = await readText(`${text}  40  ${'Zed'.padEnd(18)}    99.00  2020-02-01 and more\n`, {}, 'x.fwf');
  expect(result.table.rows + result.rejected.length).toBe(41);
  expect(codesOf(result)).not.toContain('no-rows');
});

test('what is refused says why', () => {
  const bytes = (start: string): Uint8Array => Uint8Array.from(start.padEnd(300, '\0'), (c) => c.charCodeAt(0));
  for (const [start, format] of [['\x80\x04\x95', 'pickle'], ['ccopy_reg\n', 'pickle'], ['RDX3\n', 'R data'], ['DUCK', ''], ['\x89HDF', 'HDF5'], ['<?xml version', 'XML']] as const) {
    if (format) expect(findRefused(bytes(start))?.format).toContain(format);
    else expect(findRefused(bytes(`12345678${start}`))?.format).toContain('DuckDB');
  }
  expect(findRefused(bytes('id,name\n1,x'))).toBeNull();
});
