// The Parquet reader: all codecs and encodings, row group by row group, into typed columns. The decoder is loaded when a
// Parquet file is read for the first time, so that a page that reads only CSV never fetches it.
import { openSource, randomAccess } from './open-source.ts';
import { partParams, type PartParams } from './part.ts';
import { streamParquet } from './stream/parquet-stream.ts';
import { streamTable } from './stream/table-stream.ts';
import { defineReader, type Reader } from './reader.ts';

export const parquet: Reader<PartParams> = defineReader<PartParams>({
  type: 'parquet',
  label: 'Parquet',
  extensions: ['parquet', 'parq', 'pq'],
  params: partParams,
  sniff: (head) => head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && (head[3] === 0x31 || head[3] === 0x45),
  async read(source, params, context) {
    const { readParquet } = await import('./parquet/read-parquet.ts');
    const opened = await openSource(source);
    const result = await readParquet(await randomAccess(source, opened), context, params);
    return { ...result, how: { ...result.how, packed: opened.isPacked ? 'gzip' : 'no' } };
  },
  async stream(source, params, context) {
    const whole = await randomAccess(source, await openSource(source));
    return (await streamParquet(whole, params, context)) ?? streamTable(await parquet.read(source, { ...params, sampleRows: 0 }, context));
  },
});
