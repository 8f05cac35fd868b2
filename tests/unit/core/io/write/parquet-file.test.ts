import { parquetMetadata } from 'hyparquet';
import { expect, test } from 'vitest';
import { quiet } from '../../../../../src/core/base/task.ts';
import { joinBytes } from '../../../../../src/core/io/source.ts';
import { parquetFile } from '../../../../../src/core/io/write/parquet-file.ts';
import { makeNumber, makeTable, makeTime } from '../../../../../src/core/table/build.ts';
import { readBytes, valuesOf } from '../read.ts';

test('wide whole numbers are stored whole, times without a zone, and come back', async () => {
  const table = makeTable([makeNumber('phone', Float64Array.of(9053258100, 5)), makeNumber('share', Float64Array.of(9053258100.5, 5)), makeNumber('zero', Float64Array.of(2053258100000, -0)), makeTime('at', Float64Array.of(-1000, 5000), 'second')]);
  const bytes = joinBytes(await parquetFile(table, 'SNAPPY', quiet));
  const [, ...elements] = parquetMetadata(bytes.slice().buffer).schema;
  expect(elements.map((e) => e.type)).toEqual(['INT64', 'DOUBLE', 'DOUBLE', 'INT64']);
  expect(elements[3].logical_type).toMatchObject({ type: 'TIMESTAMP', isAdjustedToUTC: false });
  const back = await readBytes(bytes, {}, 'x.parquet');
  expect([valuesOf(back, 'phone'), valuesOf(back, 'at')]).toEqual([[9053258100, 5], ['1969-12-31 23:59:59', '1970-01-01 00:00:05']]);
});
