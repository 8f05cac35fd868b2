// Small ways to read literal text in tests.
import { quiet } from '../../../../src/core/base/task.ts';
import type { Json } from '../../../../src/core/base/json.ts';
import { bytesSource, readTable } from '../../../../src/core/io/index.ts';
import type { ReadResult } from '../../../../src/core/io/reader.ts';
import { cellValue } from '../../../../src/core/table/cell.ts';
import { getColumn } from '../../../../src/core/table/build.ts';

export const readText = (text: string, params: Json = {}, name = 'x.csv'): Promise<ReadResult> => readBytes(new TextEncoder().encode(text), params, name);
export const readBytes = (bytes: Uint8Array, params: Json = {}, name = 'x.csv'): Promise<ReadResult> => readTable(bytesSource(name, bytes), { params }, quiet);
export const valuesOf = (result: ReadResult, name: string): (string | number | boolean | null)[] => {
  const column = getColumn(result.table, name);
  return Array.from({ length: result.table.rows }, (_, row) => cellValue(column, row));
};
export const kindOf = (result: ReadResult, name: string): string => getColumn(result.table, name).kind;
export const codesOf = (result: ReadResult): string[] => result.notes.map((note) => note.code);
