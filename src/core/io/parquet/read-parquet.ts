// A Parquet file -> a Table, row group by row group and column by column; at most one column chunk is in memory beside the
// columns. What the footer claims is checked against the file before anything is allocated, and whatever the decoder
// throws becomes one bad-file. Lists and maps are assembled by hyparquet and kept as JSON text.
import type { Compressors, FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetMetadataAsync, parquetSchema } from 'hyparquet/src/metadata.js';
import { parquetRead } from 'hyparquet/src/read.js';
import { BarnacleError, isBarnacleError } from '../../base/errors.ts';
import { defaults } from '../../base/params.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import { makeTable } from '../../table/build.ts';
import { takeColumn } from '../../table/take.ts';
import type { Column } from '../../table/table.ts';
import { fitNames } from '../build/names.ts';
import { finishStrings, makeStringBuilder, pushMissingStrings, pushString } from '../build/string-builder.ts';
import { keptColumns, partParams, sampledRows, tellPart, type PartParams } from '../part.ts';
import type { Hint } from '../build/typed-column.ts';
import { hintsOf } from '../write/hints.ts';
import type { ByteSource, ReadResult } from '../reader.ts';
import { fieldsOf, type Leaf } from './leaf.ts';
import { makeLeafColumn } from './leaf-column.ts';
import { readPages } from './pages.ts';
import { TooWide } from './values.ts';

const MOST_ROWS = 2 ** 31 - 1;
const MOST_CHUNK = 2 ** 31 - 1;
/** Lists are assembled as a whole, so their chunks must unpack to less. */
const MOST_NESTED = 256 * 1024 ** 2;
type AsyncFile = { byteLength: number; slice(start: number, end?: number): Promise<ArrayBuffer> };

/** The rows of each row group. Throws bad-file. */
export async function parquetGroups(source: ByteSource): Promise<number[]> {
  try {
    const metadata = await parquetMetadataAsync(fileOf(source), { geoparquet: false });
    checkMetadata(metadata, source.size, []);
    return metadata.row_groups.map((group) => Number(group.num_rows));
  } catch (error) {
    throw badParquet(source, error);
  }
}

/** `part`: columns to keep and rows to sample; at most one whole column stands beside what is kept. `groups`: only these row groups. */
export async function readParquet(source: ByteSource, context: WorkContext, part: PartParams = defaults(partParams), groups: readonly number[] | null = null): Promise<ReadResult> {
  try {
    const file = fileOf(source);
    await refuseEncrypted(source);
    const all = await parquetMetadataAsync(file, { geoparquet: false });
    const notes: Note[] = [];
    checkMetadata(all, source.size, notes);
    const row_groups = groups?.map((g) => all.row_groups[g]) ?? all.row_groups;
    const metadata = { ...all, row_groups, num_rows: row_groups.reduce((n, group) => n + group.num_rows, 0n) };
    const rows = Number(metadata.num_rows);
    const fields = fieldsOf(parquetSchema(metadata));
    if (!fields.length) throw new Error('it has no column');
    const names = fitNames(fields.map((field) => (field.kind === 'leaf' ? field.leaf.name : field.name)), notes);
    const kept = keptColumns(part.columns, names);
    const picked = sampledRows(rows, part);
    const hints = hintsOf(new Map(all.key_value_metadata?.map(({ key, value }) => [key, value ?? ''])));
    const columns: Column[] = [];
    for (let k = 0; k < fields.length; k++) {
      const field = fields[k];
      if (kept && !kept.has(names[k])) continue;
      const step = async (group: number): Promise<void> => {
        context.report({ stage: 'read', done: (k + group / metadata.row_groups.length) / fields.length, text: names[k] });
        if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
      };
      const column = field.kind === 'leaf' ? await readLeaf(source, metadata, field.leaf, names[k], notes, step, hints.get(field.leaf.name)) : await readNested(file, metadata, field.name, names[k], notes, step);
      columns.push(picked ? takeColumn(column, picked) : column);
    }
    if (rows === 0) notes.push({ code: 'no-rows', message: 'the file holds no rows', column: null, rows: 0, example: null });
    const codecs = [...new Set(metadata.row_groups.flatMap((group) => group.columns.map((chunk) => chunk.meta_data?.codec ?? '')))];
    const told = tellPart(part, picked, { rows, columns: fields.length, kept: columns.length }, notes);
    return { table: makeTable(columns, picked?.length ?? rows), notes, rejected: [], how: { ...told, rowGroups: metadata.row_groups.length, codecs, createdBy: String(metadata.created_by ?? '').slice(0, 200) } };
  } catch (error) {
    throw badParquet(source, error);
  }
}

async function refuseEncrypted(source: ByteSource): Promise<void> {
  const end = new TextDecoder().decode(await source.slice(Math.max(0, source.size - 4), source.size));
  if (end === 'PARE') throw new BarnacleError('unsupported-format', `file "${source.name}" is an encrypted Parquet file; write it without encryption`, { format: 'parquet', reason: 'it is encrypted' });
}

function badParquet(source: ByteSource, error: unknown): BarnacleError {
  if (isBarnacleError(error)) return error;
  const said = error instanceof Error ? error.message : String(error);
  const reason = error instanceof TypeError || error instanceof RangeError ? `its bytes contradict each other (${said})` : said;
  return new BarnacleError('bad-file', `file "${source.name}" is not a whole Parquet file: ${reason}; copy or write it again`, { format: 'parquet', reason }, { cause: error });
}

/** The number of rows; throws when the footer contradicts itself or the file. */
function checkMetadata(metadata: FileMetaData, size: number, notes: Note[]): number {
  let rows = 0n;
  for (const group of metadata.row_groups) {
    if (group.num_rows < 0n) throw new Error('a row group has a negative number of rows');
    rows += group.num_rows;
    for (const chunk of group.columns) {
      const about = chunk.meta_data;
      if (chunk.file_path) throw new Error('a column lies in another file');
      if (!about) throw new Error('a column is encrypted or has no description');
      const start = about.dictionary_page_offset && about.dictionary_page_offset > 0n && about.dictionary_page_offset < about.data_page_offset ? about.dictionary_page_offset : about.data_page_offset;
      if (start < 0n || about.total_compressed_size < 0n || start + about.total_compressed_size > BigInt(size)) throw new Error('a column reaches past the end of the file');
      if (about.total_compressed_size > BigInt(MOST_CHUNK)) throw new Error('a column chunk is over 2 GB');
    }
  }
  if (metadata.num_rows === 0n && rows > 0n) notes.push({ code: 'row-count', message: `the footer says 0 rows; the row groups hold ${rows} and were read`, column: null, rows: Number(rows), example: null });
  else if (rows !== metadata.num_rows) throw new Error(`its row groups hold ${rows} rows, its footer says ${metadata.num_rows}`);
  if (rows > BigInt(MOST_ROWS)) throw new BarnacleError('too-large', `the file holds ${rows} rows; at most ${MOST_ROWS} are read`, { what: 'rows', value: Number(rows), limit: MOST_ROWS });
  return Number(rows);
}

async function readLeaf(source: ByteSource, metadata: FileMetaData, leaf: Leaf, name: string, notes: Note[], step: (group: number) => Promise<void>, hint?: Hint): Promise<Column> {
  try {
    return await readLeafAs(source, metadata, leaf, name, notes, step, false, hint);
  } catch (error) {
    if (!(error instanceof TooWide)) throw error;
    notes.push({ code: 'wide-integers', message: `column "${name}" holds integers beyond 2^53; it is read as text so that none changes`, column: name, rows: null, example: null });
    return readLeafAs(source, metadata, leaf, name, notes, step, true, hint);
  }
}

async function readLeafAs(source: ByteSource, metadata: FileMetaData, leaf: Leaf, name: string, notes: Note[], step: (group: number) => Promise<void>, asText: boolean, hint?: Hint): Promise<Column> {
  const column = makeLeafColumn(leaf, asText, hint);
  for (let g = 0; g < metadata.row_groups.length; g++) {
    await step(g);
    const group = metadata.row_groups[g];
    const about = group.columns.find((chunk) => chunk.meta_data?.path_in_schema.join('.') === leaf.path)?.meta_data;
    if (!about) throw new Error(`row group ${g} has no column ${leaf.path}`);
    if (group.num_rows === 0n) continue;
    if (about.num_values !== group.num_rows) throw new Error(`column ${leaf.path} holds ${about.num_values} values for ${group.num_rows} rows`);
    const dictionary = about.dictionary_page_offset;
    const start = Number(dictionary && dictionary > 0n && dictionary < about.data_page_offset ? dictionary : about.data_page_offset);
    const chunk = await source.slice(start, start + Number(about.total_compressed_size));
    readPages(chunk, leaf, about.codec, compressors as Compressors, Number(group.num_rows), column);
  }
  return column.finish(name, notes);
}

async function readNested(file: AsyncFile, metadata: FileMetaData, field: string, name: string, notes: Note[], step: (group: number) => Promise<void>): Promise<Column> {
  const builder = makeStringBuilder();
  const encoder = new TextEncoder();
  let start = 0;
  for (let g = 0; g < metadata.row_groups.length; g++) {
    await step(g);
    const end = start + Number(metadata.row_groups[g].num_rows);
    for (const { meta_data: about } of metadata.row_groups[g].columns) {
      if (about?.path_in_schema[0] === field && about.total_uncompressed_size > BigInt(MOST_NESTED)) throw new BarnacleError('too-large', `column "${name}" holds lists of ${about.total_uncompressed_size} bytes in one row group; at most ${MOST_NESTED} are assembled, write smaller row groups`, { what: 'nested bytes', value: Number(about.total_uncompressed_size), limit: MOST_NESTED });
    }
    let values: unknown[][] = [];
    await parquetRead({ file, metadata: { ...metadata, num_rows: metadata.row_groups.reduce((n, group) => n + group.num_rows, 0n) }, columns: [field], rowStart: start, rowEnd: end, compressors: compressors as Compressors, geoparquet: false, onComplete: (rows: unknown[][]) => (values = rows) });
    if (values.length !== end - start) throw new Error(`column ${field} gave ${values.length} of ${end - start} rows`);
    for (const [value] of values) {
      if (value === null || value === undefined) pushMissingStrings(builder);
      else {
        const bytes = encoder.encode(JSON.stringify(value, plainValue));
        pushString(builder, bytes, 0, bytes.length);
      }
    }
    start = end;
  }
  notes.push({ code: 'nested', message: `column "${name}" holds lists or objects; they are kept as JSON text`, column: name, rows: builder.rows, example: null });
  return finishStrings(builder, name);
}

function plainValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Uint8Array ? Array.from(value) : value;
}

/** hyparquet's view of a source; every slice is a buffer of its own. */
function fileOf(source: ByteSource): AsyncFile {
  return {
    byteLength: source.size,
    async slice(start, end = source.size) {
      const bytes = await source.slice(start, Math.min(end, source.size));
      const copy = new Uint8Array(bytes.length);
      copy.set(bytes);
      return copy.buffer;
    },
  };
}
