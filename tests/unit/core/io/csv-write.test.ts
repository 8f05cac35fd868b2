import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { bytesSource, readTable, writeCsv } from '../../../../src/core/io/index.ts';
import { categoriesOf, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';
import { cellValue } from '../../../../src/core/table/cell.ts';
import { valuesOf } from './read.ts';

const written = (...columns: Parameters<typeof makeTable>[0]): string => new TextDecoder().decode(writeCsv(makeTable(columns)));

test('names, values, missing cells', () => {
  expect(written(numbersOf('n', [1, null, -0.5]), categoriesOf('c', ['x', 'a,b', null]), makeBoolean('b', Uint8Array.of(1, 0, 1)), makeTime('t', Float64Array.of(0, 1, 2), 'day'))).toBe('n,c,b,t\n1,x,true,1970-01-01\n,"a,b",false,1970-01-01\n-0.5,,true,1970-01-01\n');
});

test('what would be read otherwise is quoted', () => {
  expect(written(textsOf('a"b', ['say "hi"', 'two\nlines', ' x', 'NA', '', 'plain']))).toBe('"a""b"\n"say ""hi"""\n"two\nlines"\n" x"\n"NA"\n""\nplain\n');
});

test('formulas are disarmed when asked', () => {
  const table = makeTable([textsOf('=a', ['=1+1', '+x', '-y', '@z', 'x=1']), numbersOf('n', [-1, 2, 3, 4, 5])]);
  expect(new TextDecoder().decode(writeCsv(table, { spreadsheetSafe: true }))).toBe("\"'=a\",n\n\"'=1+1\",-1\n\"'+x\",2\n\"'-y\",3\n\"'@z\",4\nx=1,5\n");
});

test('a single column keeps its missing rows', async () => {
  const bytes = writeCsv(makeTable([numbersOf('n', [1, null, 3])]));
  const result = await readTable(bytesSource('x.csv', bytes), {}, quiet);
  expect(valuesOf(result, 'n')).toEqual([1, null, 3]);
});

test('any table comes back: numbers to the bit, strings to the character, missing as missing', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'b', 'Z', '7', '0', ' ', ',', '"', '\n', '\r', "'", ';', '\t', '\\', '|', 'é', '日', '😀', '.', '-', 'NA', 'null', '?', '#'), minLength: 1, maxLength: 12 });
  const row = fc.record({ s: fc.option(cell, { freq: 8 }), n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { freq: 8 }), i: fc.option(fc.integer(), { freq: 8 }), b: fc.option(fc.boolean(), { freq: 8 }), d: fc.option(fc.date({ min: new Date('1800-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true }), { freq: 8 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
      const days = rows.map((r) => (r.d ? Math.floor(r.d.getTime()) : null));
      const mask = (missing: boolean[]): Uint8Array | null => (missing.some(Boolean) ? Uint8Array.from({ length: (missing.length + 7) >> 3 }, (_, k) => missing.slice(k * 8, k * 8 + 8).reduce((b, m, i) => b | (m ? 1 << i : 0), 0)) : null);
      const table = makeTable([
        textsOf('s', rows.map((r) => r.s)),
        numbersOf('n', rows.map((r) => r.n)),
        numbersOf('i', rows.map((r) => r.i)),
        makeBoolean('b', Uint8Array.from(rows, (r) => (r.b ? 1 : 0)), mask(rows.map((r) => r.b === null))),
        makeTime('d', Float64Array.from(days, (v) => v ?? 0), 'ms', mask(days.map((v) => v === null))),
      ]);
      const result = await readTable(bytesSource('x.csv', writeCsv(table)), { params: { delimiter: ',', quote: '"', escape: 'double', header: 'yes', encoding: 'utf-8', decimal: '.', kinds: 's=text\nn=number\ni=number\nb=boolean\nd=time' } }, quiet);
      expect(result.rejected).toEqual([]);
      expect(result.table.rows).toBe(rows.length);
      table.columns.forEach((column) => expect(valuesOf(result, column.name)).toEqual(Array.from({ length: rows.length }, (_, k) => zero(cellValue(column, k)))));
    }),
    { numRuns: 300, seed: 7 },
  );
});

const zero = (value: ReturnType<typeof cellValue>): ReturnType<typeof cellValue> => (value === 0 ? 0 : value);
