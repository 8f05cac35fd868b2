// The registry of writers: the only list of formats that can be written.
import { makeRegistry } from '../base/registry.ts';
import { arrowWriter } from './write/arrow.ts';
import { csvWriter } from './write/csv.ts';
import { jsonWriter } from './write/json.ts';
import { ndjsonWriter } from './write/ndjson.ts';
import { parquetWriter } from './write/parquet.ts';
import type { AnyWriter } from './write/writer.ts';

export const writers = makeRegistry<AnyWriter>('writer', [csvWriter, parquetWriter, arrowWriter, jsonWriter, ndjsonWriter] as unknown as readonly AnyWriter[]);
