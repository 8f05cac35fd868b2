// A file of rows -> the same rows with their predictions as CSV: read, check, predict, put the columns beside.
// The reader is asked for nothing but the file; the contract says what its columns must be.
import type { WorkContext } from '../base/task.ts';
import type { Breach } from '../contract/contract.ts';
import { writeCsv } from '../io/csv-write.ts';
import { readTable } from '../io/index.ts';
import type { ServingContext } from '../models/serving-kernels.ts';
import type { ByteSource } from '../io/reader.ts';
import { predictionColumns } from './prediction-columns.ts';
import { decodeRow, predictRows, predictTable, type Answer, type Serving } from './predict.ts';
import type { RawRow } from './golden-rows.ts';
import { tablePage, type TablePage } from './table-page.ts';


/** Throws what the reader and predictTable throw; a stop between them ends with what the reader gave. */
export async function predictSource(bundle: Serving, source: ByteSource, context: WorkContext & ServingContext): Promise<{ csv: Uint8Array; rows: number; breaches: Breach[]; page: TablePage }> {
  const { table } = await readTable(source, {}, context);
  context.report({ stage: 'predict', done: null, text: `predicting ${table.rows} rows` });
  await context.breathe();
  const { prediction, breaches, refused } = predictTable(bundle, table, context.serving);
  const columns = predictionColumns(prediction, table, refused);
  const beside = { rows: table.rows, columns: [...table.columns, ...columns] };
  await context.breathe();
  context.report({ stage: 'write', done: null, text: 'writing CSV' });
  return { csv: writeCsv(beside), rows: table.rows, breaches, page: tablePage({ rows: table.rows, columns: [...columns, ...table.columns] }, 0, 200) };
}

/** Rows as objects -> each one's prediction in words, with what is wrong about it. */
export function predictWords(bundle: Serving, rows: readonly RawRow[]): (Answer & { breaches: Breach[] })[] {
  const { prediction, breaches, refused } = predictRows(bundle, rows);
  return rows.map((_, row) => ({ ...decodeRow(prediction, row, refused), breaches: breaches.filter((breach) => breach.row === row || breach.row === null) }));
}
