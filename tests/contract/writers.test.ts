// What every writer promises: any table written and read back is the same table. What a format cannot hold is written down in
// `kept` and nowhere else: each line there is a fact about the format, not a tolerance.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseParams } from '../../src/core/base/params.ts';
import { quiet } from '../../src/core/base/task.ts';
import { bytesSource, readers, readTable } from '../../src/core/io/index.ts';
import { joinBytes } from '../../src/core/io/source.ts';
import { writers } from '../../src/core/io/writers.ts';
import { makeBits, setBit } from '../../src/core/base/bits.ts';
import { categoriesOf, makeBoolean, makeCategory, makeNumber, makeTable, makeTime, textsOf } from '../../src/core/table/build.ts';
import { cellText, cellValue, isMissing } from '../../src/core/table/cell.ts';
import type { Column, NumberArray, Table } from '../../src/core/table/table.ts';

const written = async (type: string, table: Table, params = {}): Promise<Uint8Array> => joinBytes([...(await writers.get(type).write(table, parseParams(writers.get(type).params, params, 'params'), quiet)).chunks, new Uint8Array(0)]);

type Kept = {
  /** Kinds, units and dictionaries stand in the file. */
  kinds: boolean;
  /** '' is not missing. */
  empty: boolean;
  /** A table without rows keeps its columns. */
  columns: boolean;
};
/** CSV has only text; JSON has numbers, booleans, strings and null, and no place for a column beside its rows. */
const kept: { [type: string]: Kept } = {
  csv: { kinds: false, empty: false, columns: true },
  parquet: { kinds: true, empty: true, columns: true },
  arrow: { kinds: true, empty: true, columns: true },
  json: { kinds: false, empty: true, columns: false },
  ndjson: { kinds: false, empty: true, columns: false },
};

/** CSV is told the kinds, since the file cannot hold them, and that no row is a total or a note; everything else reads without being told. */
const plain: { [key: string]: number } = { preamble: 0, footer: 0, headerRows: 1 };
const known = Object.fromEntries(Object.entries(plain).filter(([key]) => key in readers.get('csv').params));
const readParams = (type: string, table: Table): { [key: string]: string | number } => (type === 'csv' ? { ...known, delimiter: ',', quote: '"', escape: 'double', header: 'yes', encoding: 'utf-8', decimal: '.', kinds: table.columns.map((c) => `${c.name}=${c.kind}`).join('\n') } : {});

const unit = fc.constantFrom('a', 'b', 'Z', '7', '0', ' ', ',', '"', '\n', '\r', "'", ';', '\t', '\\', '|', 'é', '日', '😀', '.', '-', '=', 'NA', 'null', '#', '\u0001', '{', ']', '2020-01-01');
const text = fc.string({ unit, minLength: 0, maxLength: 12 });
const integers: [new (n: number) => NumberArray, number, number][] = [[Int8Array, -128, 127], [Uint8Array, 0, 255], [Int16Array, -32768, 32767], [Uint16Array, 0, 65535], [Int32Array, -(2 ** 31), 2 ** 31 - 1], [Uint32Array, 0, 2 ** 32 - 1]];

const columnOf = (name: string, rows: number): fc.Arbitrary<Column> =>
  fc.array(fc.integer({ min: 0, max: 5 }).map((n) => n === 0), { minLength: rows, maxLength: rows }).chain((gaps) => {
    const missing = gaps.some(Boolean) ? makeBits(rows) : null;
    gaps.forEach((gap, i) => gap && setBit(missing!, i));
    const present = <T>(values: T[], zero: T): T[] => values.map((v, i) => (gaps[i] ? zero : v));
    const list = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(value, { minLength: rows, maxLength: rows });
    const orNull = (values: string[]): (string | null)[] => values.map((v, i) => (gaps[i] ? null : v));
    const days = fc.integer({ min: -700_000, max: 2_900_000 }).map((d) => d * 86400000);
    const ms = fc.integer({ min: -6e13, max: 2.5e14 });
    return fc.oneof(
      ...integers.map(([make, min, max]) => list(fc.integer({ min, max })).map((v) => makeNumber(name, Object.assign(new make(rows), present(v, 0)), missing))),
      list(fc.float({ noNaN: true, noDefaultInfinity: true })).map((v) => makeNumber(name, Float32Array.from(present(v, 0)), missing)),
      list(fc.double({ noNaN: true, noDefaultInfinity: true })).map((v) => makeNumber(name, Float64Array.from(present(v, 0)), missing)),
      list(fc.boolean()).map((v) => makeBoolean(name, Uint8Array.from(present(v, false), Number), missing)),
      list(days).map((v) => makeTime(name, Float64Array.from(present(v, 0)), 'day', missing)),
      list(ms.map((v) => Math.floor(v / 1000) * 1000)).map((v) => makeTime(name, Float64Array.from(present(v, 0)), 'second', missing)),
      list(ms).map((v) => makeTime(name, Float64Array.from(present(v, 0)), 'ms', missing)),
      list(text).map((v) => textsOf(name, orNull(v))),
      list(text).map((v) => categoriesOf(name, orNull(v))),
    );
  });

const tables = fc.tuple(fc.integer({ min: 0, max: 25 }), fc.uniqueArray(fc.constantFrom('a', 'b c', 'é"', '日', '__proto__', 'constructor', 'x,y', "it's", '=1'), { minLength: 1, maxLength: 5 })).chain(([rows, names]) => fc.tuple(...names.map((name) => columnOf(name, rows))).map((columns) => makeTable(columns, rows)));

/** Cells as a reader would give them where the format is silent. */
function expected(column: Column, row: number, { kinds, empty }: Kept): unknown {
  const value = cellValue(column, row);
  if (value === '' && !empty) return null;
  if (value === 0) return 0;
  if (column.kind === 'time' && value !== null && !kinds) return column.values[row];
  return value;
}
function found(column: Column, row: number): unknown {
  const value = cellValue(column, row);
  return value === 0 ? 0 : value;
}
/** JSON says nothing of a string column that is all dates, or of a column without a value. */
const isTold = (type: string, column: Column, table: Table): boolean => type !== 'json' && type !== 'ndjson' ? true : Array.from({ length: table.rows }, (_, row) => cellText(column, row)).some((v) => v !== null && !/^\d{4}-\d\d-\d\d/.test(v));

describe.each(writers.all.map((w) => w.type))('%s', (type) => {
  test('says what it keeps', () => expect(kept[type]).toBeDefined());

  test('any table comes back', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const rules = kept[type];
        const bytes = await written(type, table);
        if (table.rows === 0 && !rules.columns) return;
        const result = await readTable(bytesSource(`x.${writers.get(type).extension}`, bytes), { format: type, params: readParams(type, table) }, quiet);
        expect(result.rejected).toEqual([]);
        expect([result.table.rows, result.table.columns.map((c) => c.name)]).toEqual([table.rows, table.columns.map((c) => c.name)]);
        table.columns.forEach((column, k) => {
          const back = result.table.columns[k];
          const cells = Array.from({ length: table.rows }, (_, row) => row);
          if (rules.kinds) expect([back.kind, back.kind === 'time' && back.unit]).toEqual([column.kind, column.kind === 'time' && column.unit]);
          if (column.kind === 'time' && !rules.kinds) {
            if (back.kind === 'time') expect(cells.map((row) => (isMissing(back, row) ? null : back.values[row]))).toEqual(cells.map((row) => expected(column, row, rules)));
            else expect(cells.map((row) => cellText(back, row))).toEqual(cells.map((row) => cellText(column, row)));
          } else if (isTold(type, column, table) || back.kind === column.kind) expect(cells.map((row) => found(back, row))).toEqual(cells.map((row) => expected(column, row, rules)));
        });
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  test('many rows, many levels: every part is there', async () => {
    const rows = 270_001;
    const codes = Int32Array.from({ length: rows }, (_, i) => i % 5000);
    const missing = makeBits(rows);
    for (let i = 0; i < rows; i += 7) setBit(missing, i);
    const levels = Array.from({ length: 5000 }, (_, k) => `level ${k}`);
    const values = Float64Array.from({ length: rows }, (_, i) => (i % 7 ? i / 3 : 0));
    const table = makeTable([makeCategory('c', codes, levels), makeNumber('n', values, missing)]);
    const result = await readTable(bytesSource(`x.${writers.get(type).extension}`, await written(type, table)), { format: type }, quiet);
    expect([result.table.rows, result.table.columns[0].kind]).toEqual([rows, 'category']);
    for (let i = 0; i < rows; i += 997) expect(result.table.columns.map((c) => cellValue(c, i))).toEqual([`level ${i % 5000}`, i % 7 ? i / 3 : null]);
    expect(isMissing(result.table.columns[1], 7)).toBe(true);
  });

  test('the same table, the same bytes; stops when told to', async () => {
    const table = makeTable([categoriesOf('c', ['x', null, 'y'])]);
    expect(await written(type, table)).toEqual(await written(type, table));
    const context = { ...quiet, breathe: async (): Promise<'stop'> => 'stop' };
    await expect(writers.get(type).write(table, parseParams(writers.get(type).params, {}, 'params'), context)).rejects.toMatchObject({ code: 'stopped' });
  });
});

describe('csv for spreadsheets', () => {
  const table = makeTable([textsOf('t', ['=1+1', '-x', 'plain', '@a']), categoriesOf('c', ['+k', 'm', '+k', 'm']), makeNumber('n', Float64Array.of(-1.5, 2, 3, 4))]);

  test('formulas are disarmed in text only, and counted', async () => {
    const writer = writers.get('csv');
    const { chunks, notes } = await writer.write(table, parseParams(writer.params, { spreadsheetSafe: true, delimiter: ';', decimal: ',', bom: true }, 'params'), quiet);
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(joinBytes(chunks))).toBe("\ufefft;c;n\n\"'=1+1\";\"'+k\";-1,5\n\"'-x\";m;2\nplain;\"'+k\";3\n\"'@a\";m;4\n");
    expect(notes).toMatchObject([{ code: 'disarmed', rows: 5 }]);
  });

  test('a comma cannot be both', async () => {
    await expect(written('csv', table, { decimal: ',' })).rejects.toMatchObject({ code: 'bad-param' });
  });
});
