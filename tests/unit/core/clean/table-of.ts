// One step on a literal table, for the tests of the cleaning steps.
import { expect } from 'vitest';
import type { Json } from '../../../../src/core/base/json.ts';
import { parseParams } from '../../../../src/core/base/params.ts';
import { chooseColumns } from '../../../../src/core/clean/choose-columns.ts';
import { alone, type CleanContext, type Cleaned } from '../../../../src/core/clean/clean.ts';
import { cleaners } from '../../../../src/core/clean/index.ts';
import { getColumn } from '../../../../src/core/table/build.ts';
import { cellValue } from '../../../../src/core/table/cell.ts';
import type { Table } from '../../../../src/core/table/table.ts';

export function step(type: string, table: Table, columns: string[], params: Json = {}, context: CleanContext = alone): Cleaned {
  const cleaner = cleaners.get(type);
  return cleaner.apply(table, chooseColumns(cleaner, table, columns), parseParams(cleaner.params, params, 'params'), context);
}
export const cells = (table: Table, name: string) => Array.from({ length: table.rows }, (_, i) => cellValue(getColumn(table, name), i));
export const names = (table: Table): string[] => table.columns.map((c) => c.name);
export const refused = (code: string) => expect.objectContaining({ code }) as Error;
