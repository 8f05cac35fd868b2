import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { getColumn } from '../../../../src/core/table/build.ts';
import { countBits } from '../../../../src/core/base/bits.ts';
import { readHybrid } from '../../../../src/core/io/parquet/hybrid.ts';
import { decimalValue, floorMs, halfFloat, int96Ms, integersOf } from '../../../../src/core/io/parquet/values.ts';
import { untar } from './untar.ts';
import { codesOf, readBytes, valuesOf } from './read.ts';

const archive = new URL('../../../../../shared/data/parquet_testing.tar.gz', import.meta.url);
const here = existsSync(archive);
if (!here) console.warn('parquet.test: ../shared/data/parquet_testing.tar.gz is absent, its tests are skipped');
const files = here ? untar(readFileSync(archive)) : new Map<string, Uint8Array>();
const file = (name: string): Uint8Array => {
  const found = [...files].find(([path]) => path.endsWith(`/${name}`));
  if (!found) throw new Error(`${name} is not in the archive`);
  return found[1];
};

describe('hybrid', () => {
  test('runs and packed values', () => {
    expect([...readHybrid(Uint8Array.from([8, 5]), 0, 2, 3, 4)]).toEqual([5, 5, 5, 5]);
    expect([...readHybrid(Uint8Array.from([3, 0b10001000, 0b11000110, 0b11111010]), 0, 4, 3, 8)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('a run longer than the page is cut, a short page throws', () => {
    expect(readHybrid(Uint8Array.from([0xfe, 0xff, 0xff, 0xff, 0x0f, 1]), 0, 6, 1, 3)).toHaveLength(3);
    expect(() => readHybrid(Uint8Array.from([3, 1]), 0, 2, 8, 8)).toThrow('cut off');
    expect(() => readHybrid(Uint8Array.from([0, 1]), 0, 2, 1, 8)).toThrow('no values');
  });
});

test('stored values', () => {
  expect(Array.from(integersOf(BigInt64Array.from([-1n, 5n, -4294967297n, 9007199254740991n]), false, true))).toEqual([-1, 5, -4294967297, 9007199254740991]);
  expect(() => integersOf(BigInt64Array.from([9007199254740993n]), false, true)).toThrow();
  expect(decimalValue(Uint8Array.from([0xff, 0x85]), 0)).toBe(-123);
  expect(decimalValue(Uint8Array.from([0xdc, 0x79, 0x0d, 0x90, 0x3f, 0x00, 0x01]), 2)).toBe(-99999999999999.99);
  expect(decimalValue(-9999999999999999n, 2)).toBe(-99999999999999.99);
  expect([floorMs(-1_500_000n, 1_000_000n), floorMs(-2_000n, 1_000n), floorMs(253402214400000000n, 1_000n), floorMs(1_500n, 1_000n)].map(Math.floor)).toEqual([-2, -2, 253402214400000, 1]);
  expect([halfFloat(Uint8Array.from([0, 0x3c])), halfFloat(Uint8Array.from([0, 0xc0])), halfFloat(Uint8Array.from([0, 0x7c]))]).toEqual([1, -2, Infinity]);
  expect(int96Ms((2440588n << 64n) + 1_000_000_000n)).toBe(1000);
});

describe.skipIf(!here)('apache/parquet-testing', () => {
  test('all plain types', async () => {
    const result = await readBytes(file('alltypes_plain.parquet'), {}, 'x.parquet');
    expect(result.table.rows).toBe(8);
    expect(valuesOf(result, 'id')).toEqual([4, 5, 6, 7, 2, 3, 0, 1]);
    expect(valuesOf(result, 'bool_col')).toEqual([true, false, true, false, true, false, true, false]);
    expect(valuesOf(result, 'timestamp_col')[1]).toBe('2009-03-01 00:01:00');
    expect(valuesOf(result, 'float_col')[1]).toBeCloseTo(1.1, 6);
    expect(valuesOf(result, 'date_string_col')[0]).toBe('03/01/09');
  });

  test.each(['int32_decimal', 'int64_decimal', 'fixed_length_decimal', 'byte_array_decimal'])('%s', async (name) => {
    expect(valuesOf(await readBytes(file(`${name}.parquet`), {}, 'x.parquet'), 'value')).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
  });

  test('nulls, structs and lists', async () => {
    const result = await readBytes(file('nullable.impala.parquet'), {}, 'x.parquet');
    expect(result.table.rows).toBe(7);
    expect(valuesOf(result, 'id')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(valuesOf(result, 'int_array')[0]).toBe('[1,2,3]');
    expect(getColumn(result.table, 'int_array').kind).toBe('category');
    expect(codesOf(result)).toContain('nested');
  });

  test('NaN is missing', async () => {
    const result = await readBytes(file('single_nan.parquet'), {}, 'x.parquet');
    const column = getColumn(result.table, 'mycol');
    expect(countBits(column.missing, result.table.rows)).toBe(result.table.rows);
  });

  test('all of data/ that other readers read is read; all of bad_data/ is bad-file or a table with the rows it claims', async () => {
    const failed: string[] = [];
    let read = 0;
    for (const [path, bytes] of files) {
      if (!/\/(data|bad_data)\/[^/]+\.parquet$/.test(path)) continue;
      try {
        const { table } = await readBytes(bytes, {}, 'x.parquet');
        for (const column of table.columns) expect(valuesOf({ table, notes: [], rejected: [], how: {} }, column.name)).toHaveLength(table.rows);
        read++;
      } catch (error) {
        expect(['bad-file', 'too-large'], `${path}: ${String(error)}`).toContain((error as { code: string }).code);
        failed.push(path.replace(/^.*\/(?=(data|bad_data)\/)/, ''));
      }
    }
    console.info(`parquet-testing: ${read} read, refused: ${failed.join(' ')}`);
    expect(failed.filter((path) => path.startsWith('data/')).length).toBeLessThanOrEqual(2);
    expect(failed.filter((path) => path.startsWith('bad_data/')).length).toBeGreaterThanOrEqual(6);
  });
});
