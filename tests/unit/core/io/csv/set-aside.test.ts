import { describe, expect, test } from 'vitest';
import { kindOf, readText, valuesOf } from '../read.ts';

const head = 'day,who,n,price\n';
const row = (i: number): string => `2020-01-${String((i % 28) + 1).padStart(2, '0')},w${i % 5},${i % 7},${(i % 9) + 0.5}\n`;
const rows = (count: number): string => Array.from({ length: count }, (_, i) => row(i)).join('');

describe('behind the table', () => {
  test('a total and a note', async () => {
    const result = await readText(`${head}${rows(20)}Total,,57,100\nSource: somebody,,,\n`);
    expect(result.rejected).toEqual([{ line: 22, text: 'Total,,57,100', reason: 'a total behind the table' }, { line: 23, text: 'Source: somebody,,,', reason: 'a note behind the table' }]);
    expect([result.table.rows, kindOf(result, 'day'), kindOf(result, 'n')]).toEqual([20, 'time', 'number']);
    expect(result.notes.filter((n) => n.code === 'set-aside')).toHaveLength(2);
  });

  test('in a file far larger than its head', async () => {
    const result = await readText(`${head}${rows(60000)}Total,,57,100\n,,,\n* preliminary,,,\n`);
    expect(result.rejected.map((r) => [r.line, r.reason])).toEqual([[60002, 'a total behind the table'], [60003, 'an empty row behind the table'], [60004, 'a note behind the table']]);
    expect([result.table.rows, kindOf(result, 'day'), kindOf(result, 'n')]).toEqual([60000, 'time', 'number']);
  });

  test('without a line end at the end', async () => {
    const result = await readText(`${head}${rows(60000)}Total,,57,100`);
    expect(result.rejected.map((r) => r.line)).toEqual([60002]);
  });

  test('a total whose sum is right although its row is full', async () => {
    expect((await readText('who,n,m\na,1,2\nb,2,3\nc,3,4\nTotal,6,9\n')).rejected.map((r) => r.line)).toEqual([5]);
    expect((await readText('who,n,m\na,1,2\nb,2,3\nc,3,4\nTotal,7,8\n')).rejected).toEqual([]);
  });

  test('a category "Total" that recurs is data', async () => {
    const result = await readText(`sex,n\n${'Male,1\nFemale,2\nTotal,3\n'.repeat(5)}`);
    expect([result.rejected, result.table.rows]).toEqual([[], 15]);
  });

  test('a sparse last row is data when its cell fits', async () => {
    expect((await readText(`${head}${rows(20)}2020-02-01,,,\n`)).table.rows).toBe(21);
    expect((await readText('a,b,c\nx,1,2\ny,3,4\nz,5,6\nw,,\n')).table.rows).toBe(4);
  });

  test('the person may say how many rows, or none', async () => {
    expect((await readText(`${head}${rows(20)}`, { footer: 2 })).rejected.map((r) => r.line)).toEqual([20, 21]);
    expect((await readText(`${head}${rows(20)}Total,,57,100\n`, { footer: 0 })).table.rows).toBe(21);
  });
});

describe('within the table', () => {
  test('names that come again are set aside and the rows go on', async () => {
    const result = await readText(`${head}${rows(3)}${head}${rows(3)}bad,row\n`);
    expect(result.rejected).toEqual([{ line: 5, text: 'day,who,n,price', reason: 'repeats the names' }, { line: 9, text: 'bad,row', reason: '2 cells where 4 were expected' }]);
    expect([result.table.rows, valuesOf(result, 'n')]).toEqual([6, [0, 1, 2, 0, 1, 2]]);
  });

  test('names that come again far behind the head', async () => {
    const result = await readText(`${head}${rows(30000)}${head}bad,row\n${rows(5)}${head}${rows(3)}`);
    expect(result.rejected.map((r) => [r.line, r.reason])).toEqual([[30002, 'repeats the names'], [30003, '2 cells where 4 were expected'], [30009, 'repeats the names']]);
    expect([result.table.rows, kindOf(result, 'day'), kindOf(result, 'n')]).toEqual([30008, 'time', 'number']);
  });

  test('names with more behind them begin another table', async () => {
    const result = await readText(`${head}${rows(4)}day,who,n,price,more\n${rows(2).replaceAll('\n', ',\n')}`);
    expect([result.table.rows, result.rejected.map((r) => [r.line, r.reason])]).toEqual([4, [6, 7, 8].map((line) => [line, 'belongs to another table, which begins on line 6'])]);
  });
});
