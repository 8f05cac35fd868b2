// What reading a file into memory will cost, from a few megabytes of it: rows, kinds, bytes of each column at its smallest type,
// and the most in use while reading; when that is over the budget, ways to read less. Nothing of the file is kept.
// Lines and lists of records are sampled and the sample is read as a file of its own; Parquet tells its rows in its footer.
import type { Json } from '../base/json.ts';
import type { WorkContext } from '../base/task.ts';
import { heldBytes } from '../table/held-bytes.ts';
import { readers } from './index.ts';
import type { ReadPlan } from './plan/read-plan.ts';
import { sampleLines, type ByteSample } from './plan/sample-bytes.ts';
import { sampleRecords } from './plan/sample-records.ts';
import { waysOf } from './plan/ways.ts';
import { wholeColumn, type PlannedColumn } from './plan/whole-columns.ts';
import { openWith, type Found } from './read-with.ts';
import type { ByteSource, ReadResult } from './reader.ts';
import { bytesSource } from './source.ts';

export type { ReadPlan, ReadWay } from './plan/read-plan.ts';

/** Formats that cannot be sampled are read whole up to this size, to know. */
const SMALL = 1 << 25;
/** Bytes in use at most for each byte of the columns, for each of the (unpacked) source and for each cell; measured on 3 million rows of flights. */
const PEAK: { [format: string]: { factor: number; source: number; cell: number } } = {
  csv: { factor: 2.2, source: 0, cell: 0 },
  tsv: { factor: 2.2, source: 0, cell: 0 },
  'fixed-width': { factor: 2.2, source: 0, cell: 0 },
  parquet: { factor: 2.2, source: 0, cell: 0 },
  ndjson: { factor: 1, source: 0, cell: 64 },
  json: { factor: 1, source: 3, cell: 64 },
};
const OTHER_PEAK = { factor: 2, source: 2, cell: 0 };
const WINDOW = 6e6;
const FOOTER_ROWS = 100_000;

/** `budget` in bytes. Throws as readTable for a file that cannot be read. */
export async function planRead(source: ByteSource, options: { format?: string; params?: Json }, budget: number, context: WorkContext): Promise<ReadPlan> {
  return openWith(readers, source, options, async (found) => {
    context.report({ stage: 'plan', done: null, text: 'looking at parts of the file' });
    const { rows, columns, basis, total } = await measure(found, context);
    const bytes = columns.reduce((n, column) => n + column.bytes, 0);
    const { factor, source: perSource, cell } = PEAK[found.reader.type] ?? OTHER_PEAK;
    const fixed = total * perSource + Math.min(WINDOW, total * 2);
    const growing = bytes * factor + rows * columns.length * cell;
    const peak = Math.round(growing + fixed);
    const plan = { format: found.reader.type, sourceBytes: source.size, rows, bytes, peak, budget, fits: peak <= budget, basis, columns };
    const canPart = 'sampleRows' in found.reader.params;
    return { ...plan, ways: plan.fits || !canPart ? [] : waysOf(plan, options, growing / Math.max(1, bytes), fixed) };
  });
}

type Measured = { rows: number; columns: PlannedColumn[]; basis: ReadPlan['basis']; total: number };

async function measure(found: Found, context: WorkContext): Promise<Measured> {
  const { reader, picked, opened } = found;
  const { sampleRows = 0, sampleSeed } = found.params as { sampleRows?: number; sampleSeed?: number };
  const cut = (measured: Measured): Measured => (sampleRows > 0 && sampleRows < measured.rows ? { ...measured, rows: sampleRows, columns: measured.columns.map((c) => ({ ...c, bytes: Math.round((c.bytes * sampleRows) / measured.rows) })) } : measured);
  const params = { ...found.params, ...(sampleSeed === undefined ? {} : { sampleRows: 0 }) };
  const read = (bytes: Uint8Array): Promise<ReadResult> => reader.read(bytesSource(opened.name, bytes), params, { ...context, report: () => {} });
  if (reader.type === 'parquet' && !opened.isPacked) return cut(await fromFooter(picked, params, context));
  if (['csv', 'tsv', 'ndjson', 'fixed-width'].includes(reader.type)) return cut(await fromSample(await sampleLines(picked, opened), read));
  if (reader.type === 'json') {
    const sample = await sampleRecords(opened, opened.isPacked ? (await sampleLines(picked, opened)).total : picked.size);
    if (sample) return fromSample(sample, read);
  }
  if (picked.size > SMALL) return { rows: 0, columns: [{ name: '(all columns)', kind: 'unknown', bytes: picked.size * 3 }], basis: 'size', total: picked.size };
  const { table } = await reader.read(picked, params, { ...context, report: () => {} });
  return { rows: table.rows, columns: table.columns.map((column) => ({ name: column.name, kind: column.kind, bytes: heldBytes([{ rows: table.rows, columns: [column] }]) })), basis: 'whole', total: picked.size };
}

async function fromSample(sample: ByteSample, read: (bytes: Uint8Array) => Promise<ReadResult>): Promise<Measured> {
  const { table } = await read(sample.bytes);
  const rows = sample.isWhole ? table.rows : Math.round((table.rows * sample.total) / Math.max(1, sample.taken));
  return { rows, columns: table.columns.map((column) => wholeColumn(column, rows)), basis: sample.isWhole ? 'whole' : 'sample', total: sample.total };
}

/** The first and the last row group, at most FOOTER_ROWS of each, stand for all. */
async function fromFooter(source: ByteSource, params: { [key: string]: unknown }, context: WorkContext): Promise<Measured> {
  const { parquetGroups, readParquet } = await import('./parquet/read-parquet.ts');
  const groups = await parquetGroups(source);
  const rows = groups.reduce((n, r) => n + r, 0);
  const part = { columns: String(params['columns'] ?? ''), sampleRows: FOOTER_ROWS, sampleSeed: 1 };
  const of = async (g: number[]): Promise<PlannedColumn[]> => (await readParquet(source, { ...context, report: () => {} }, part, g)).table.columns.map((column) => wholeColumn(column, rows));
  const first = await of(groups.length ? [0] : []);
  const last = groups.length > 1 ? await of([groups.length - 1]) : first;
  return { rows, columns: first.map((column, c) => (last[c].bytes > column.bytes ? last[c] : column)), basis: 'footer', total: source.size };
}
