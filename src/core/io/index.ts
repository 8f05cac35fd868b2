// The registry of readers: the only list of formats that can be read. Order matters: the first whose sniff agrees reads.
import type { Json } from '../base/json.ts';
import { makeRegistry } from '../base/registry.ts';
import type { WorkContext } from '../base/task.ts';
import { arrow } from './arrow.ts';
import { avro } from './avro.ts';
import { csv } from './csv.ts';
import { fixedWidth } from './fixed-width.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import { ods } from './ods.ts';
import { parquet } from './parquet.ts';
import { readPartsWith, type PartsOptions } from './read-parts.ts';
import { readWith, streamWith, type AnyReader } from './read-with.ts';
import type { ByteSource, ReadResult } from './reader.ts';
import { sqlite } from './sqlite.ts';
import { tsv } from './tsv.ts';
import { xlsx } from './xlsx.ts';
import { makeZipReader } from './zip.ts';

const zip = makeZipReader((source, options, context) => readWith(readers, source, options, context));

export const readers = makeRegistry<AnyReader>('reader', [parquet, arrow, avro, sqlite, xlsx, ods, zip, ndjson, json, fixedWidth, tsv, csv] as unknown as readonly AnyReader[]);

/**
 * A file -> a Table with Notes and rejected rows. Format by `options.format`, else by content and name ending.
 * `params.entry` picks a file of a zip archive. Throws empty-file, bad-file, unsupported-format, too-large, bad-param, stopped; nothing else.
 */
export const readTable = (source: ByteSource, options: { format?: string; params?: Json }, context: WorkContext): Promise<ReadResult> => readWith(readers, source, options, context);

/** A file as blocks of rows that are never all in memory. Throws as readTable. */
export const streamTableOf = (source: ByteSource, options: { format?: string; params?: Json }, context: WorkContext): ReturnType<typeof streamWith> => streamWith(readers, source, options, context);

/** Several files of the same columns -> one Table (see read-parts.ts); `fileColumn` adds a column "file". Throws as readTable. */
export const readParts = (sources: readonly ByteSource[], options: PartsOptions, context: WorkContext): Promise<ReadResult> => readPartsWith((source, o, c) => readWith(readers, source, o, c), sources, options, context);

export { bytesSource } from './source.ts';
export { writeCsv } from './csv-write.ts';
