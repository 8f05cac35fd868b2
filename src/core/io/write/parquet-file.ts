// A Table -> a Parquet file by hyparquet-writer, row group by row group: snappy, dictionaries and statistics are its defaults.
// Loaded when a Parquet file is written.
import type { ColumnSource } from 'hyparquet-writer/src/types.js';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import type { WorkContext } from '../../base/task.ts';
import { cellText, isMissing } from '../../table/cell.ts';
import type { Column, Table } from '../../table/table.ts';
import { eachPart } from './each-part.ts';
import { HINT_KEY, hintText } from './hints.ts';

const GROUP = 100_000;
const DAY = 86400000;

export async function parquetFile(table: Table, codec: 'SNAPPY' | 'UNCOMPRESSED', context: WorkContext): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const writer = new ByteWriter();
  const drain = (): void => {
    chunks.push(writer.getBytes().slice());
    writer.index = 0;
  };
  const elements = table.columns.map(elementOf);
  const parquet = new ParquetWriter({ writer, schema: [{ name: 'root', num_children: elements.length }, ...elements], codec, kvMetadata: [{ key: HINT_KEY, value: hintText(table) }], createdBy: 'Barnacle' });
  const part = (from: number, to: number): void => {
    const columnData = table.columns.map((column, k): ColumnSource => ({ name: column.name, data: dataOf(column, elements[k], from, to) as ColumnSource['data'] }));
    void parquet.write({ columnData, rowGroupSize: GROUP });
    drain();
  };
  await eachPart(table.rows, GROUP, context, part);
  await parquet.finish();
  drain();
  return chunks;
}

function elementOf(column: Column): SchemaElement {
  const base = { name: column.name, repetition_type: column.missing ? ('OPTIONAL' as const) : ('REQUIRED' as const) };
  switch (column.kind) {
    case 'boolean':
      return { ...base, type: 'BOOLEAN' };
    case 'time':
      return isWholeDays(column.values) && column.unit === 'day' ? { ...base, type: 'INT32', converted_type: 'DATE' } : { ...base, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } };
    case 'number':
      if (column.values instanceof Float64Array) return { ...base, type: isWideWhole(column.values) ? 'INT64' : 'DOUBLE' };
      if (column.values instanceof Float32Array) return { ...base, type: 'FLOAT' };
      return { ...base, type: column.values instanceof Uint32Array ? 'INT64' : 'INT32' };
  }
  return { ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
}

/** Whole numbers of which one is beyond 32 bits: ids and phone numbers, which other tools would show as 9053258100.0. */
const isWideWhole = (values: Float64Array): boolean => values.some((v) => Math.abs(v) > 2147483647) && values.every((v) => Number.isSafeInteger(v) && !Object.is(v, -0));

const isWholeDays = (values: Float64Array): boolean => values.every((v) => v % DAY === 0 && Math.abs(v) < 2 ** 31 * DAY);

function dataOf(column: Column, element: SchemaElement, from: number, to: number): unknown[] {
  const out: unknown[] = new Array<unknown>(to - from);
  const valueOf = cellOf(column, element);
  for (let row = from; row < to; row++) out[row - from] = isMissing(column, row) ? null : valueOf(row);
  return out;
}

function cellOf(column: Column, element: SchemaElement): (row: number) => unknown {
  if (column.kind === 'category') return (row) => column.levels[column.codes[row]];
  if (column.kind === 'text') return (row) => cellText(column, row);
  if (column.kind === 'boolean') return (row) => column.values[row] === 1;
  if (element.converted_type === 'DATE') return (row) => column.values[row] / DAY;
  if (element.type === 'INT64') return (row) => BigInt(Math.floor(column.values[row]));
  return (row) => column.values[row];
}
