// The Parquet writer: typed and packed, the file to keep. Category and text, and the unit of times, go into its metadata.
import { defineWriter } from './writer.ts';

export const parquetWriter = defineWriter<{ codec: 'SNAPPY' | 'UNCOMPRESSED' }>({
  type: 'parquet',
  label: 'Parquet',
  extension: 'parquet',
  mime: 'application/vnd.apache.parquet',
  help: 'Keeps kinds and missing cells, and is small: the format to keep data in. Read by pandas, Polars, DuckDB, Spark, R.',
  params: { codec: { kind: 'choice', label: 'Packing', help: 'Snappy is read by every tool.', fallback: 'SNAPPY', choices: [{ value: 'SNAPPY', label: 'Snappy' }, { value: 'UNCOMPRESSED', label: 'None' }] } },
  async write(table, params, context) {
    const { parquetFile } = await import('./parquet-file.ts');
    return { chunks: await parquetFile(table, params.codec, context), notes: [] };
  },
});
