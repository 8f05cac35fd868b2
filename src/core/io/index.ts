// The registry of readers: the only list of formats that can be read. Order matters: the first whose sniff agrees reads.
import type { Json } from '../base/json.ts';
import { makeRegistry } from '../base/registry.ts';
import type { WorkContext } from '../base/task.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import { parquet } from './parquet.ts';
import { readWith, type AnyReader } from './read-with.ts';
import type { ByteSource, ReadResult } from './reader.ts';
import { tsv } from './tsv.ts';

export const readers = makeRegistry<AnyReader>('reader', [parquet, ndjson, json, tsv, csv] as unknown as readonly AnyReader[]);

/**
 * A file -> a Table with Notes and rejected rows. Format by `options.format`, else by content and name ending.
 * Throws empty-file, bad-file, unsupported-format, too-large, bad-param, stopped; nothing else.
 */
export const readTable = (source: ByteSource, options: { format?: string; params?: Json }, context: WorkContext): Promise<ReadResult> => readWith(readers, source, options, context);

export { bytesSource } from './source.ts';
export { writeCsv } from './csv-write.ts';
