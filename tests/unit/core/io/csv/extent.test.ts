import { describe, expect, test } from 'vitest';
import { codesOf, readText, valuesOf } from '../read.ts';

const namesOf = (result: { table: { columns: readonly { name: string }[] } }): string[] => result.table.columns.map((c) => c.name);
const data = '2020-01-02,1,AB-1,x\n2020-01-03,2,CD-2,y\n2020-01-04,3,EF-3,z\n';

describe('lines before the table', () => {
  test('titles of the width of the table', async () => {
    const result = await readText(`Sales report,,,\n,,,\nday,n,code,who\n${data}`);
    expect(result.rejected).toEqual([{ line: 1, text: 'Sales report,,,', reason: 'stands before the table' }, { line: 2, text: ',,,', reason: 'stands before the table' }]);
    expect([namesOf(result), valuesOf(result, 'n'), result.how.preamble]).toEqual([['day', 'n', 'code', 'who'], [1, 2, 3], 2]);
  });

  test('the person may say how many', async () => {
    const result = await readText(`a,b,c,d\ne,f,g,h\n${data}`, { preamble: 1, header: 'yes' });
    expect([namesOf(result), result.rejected.map((r) => r.line)]).toEqual([['e', 'f', 'g', 'h'], [1]]);
  });

  test('lines of rejected rows behind them stay those of the file', async () => {
    const result = await readText(`Title,,,\nday,n,code,who\n${data}short,1\n2020-01-05,4,GH-4,w\n`);
    expect(result.rejected.map((r) => r.line)).toEqual([1, 6]);
  });
});

describe('names', () => {
  test('in two rows are joined', async () => {
    const result = await readText(`day,amount,code,who\nymd,kg,text,name\n${data}`);
    expect([namesOf(result), result.how.headerRows]).toEqual([['day ymd', 'amount kg', 'code text', 'who name'], 2]);
    expect(valuesOf(result, 'amount kg')).toEqual([1, 2, 3]);
  });

  test('as many rows of names as the person says', async () => {
    expect(namesOf(await readText('a,b\nc,d\ne,f\n', { headerRows: 2 }))).toEqual(['a c', 'b d']);
    expect(namesOf(await readText(`day,n,code,who\nymd,kg,text,name\n${data}`, { headerRows: 0 }))).toEqual(['column 1', 'column 2', 'column 3', 'column 4']);
  });

  test('an odd first row of data is no second row of names', async () => {
    const result = await readText('n,who\nunknown,x\n2,y\n3,x\n4,y\n');
    expect([namesOf(result), result.table.rows]).toEqual([['n', 'who'], 4]);
  });

  test('a name too few or too many', async () => {
    const few = await readText(`day,ncode,who\n${data}`);
    expect([namesOf(few), few.table.rows, codesOf(few)]).toEqual([['day', 'ncode', 'who', 'column 4'], 3, expect.arrayContaining(['odd-header'])]);
    const many = await readText(`day,n,,code,who\n${data}`);
    expect([namesOf(many), many.table.rows]).toEqual([['day', 'n', 'code', 'who'], 3]);
  });

  test('of rows written by R', async () => {
    expect(namesOf(await readText('mpg,cyl,hp\nMazda,21.0,6,110\nDatsun,22.8,4,93\nHornet,21.4,6,110\n'))).toEqual(['column 1', 'mpg', 'cyl', 'hp']);
    expect(namesOf(await readText('"a" "b"\n"1" 2.5 3\n"2" 3.5 4\n"3" 1.5 2\n'))).toEqual(['column 1', 'a', 'b']);
  });

  test('parted by something else than the rows', async () => {
    const result = await readText(`day n code who\n${data}`);
    expect([namesOf(result), result.table.rows, result.rejected]).toEqual([['day', 'n', 'code', 'who'], 3, []]);
  });

  test('that are years', async () => {
    expect(namesOf(await readText('country,1990,1991,1992\nA,1.5,2.5,3.5\nB,2.5,1.5,0.5\n'))).toEqual(['country', '1990', '1991', '1992']);
  });

  test('of a column wider than the head', async () => {
    const long = 'x'.repeat(400_000);
    const result = await readText(`a,${long},c\n1,2,3\n4,5,6\n`);
    expect([result.table.rows, result.table.columns[0].name, result.table.columns[2].name]).toEqual([2, 'a', 'c']);
  });
});
