// The CSV reader: text in lines, cells behind a delimiter. See csv/read-csv.ts.
import { csvParams, type CsvParams } from './csv/dialect.ts';
import { readDelimited } from './csv/read-csv.ts';
import { streamDelimited } from './stream/csv-stream.ts';
import { openSource } from './open-source.ts';
import { defineReader } from './reader.ts';
import { looksLikeText } from './text/looks-like-text.ts';

export const csv = defineReader<CsvParams>({
  type: 'csv',
  label: 'CSV',
  extensions: ['csv', 'txt', 'data', 'dat'],
  params: csvParams,
  sniff: looksLikeText,
  read: async (source, params, context) => readDelimited(await openSource(source), params, context),
  stream: async (source, params, context) => streamDelimited(await openSource(source), params, context),
});
