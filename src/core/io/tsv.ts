// The TSV reader: CSV whose delimiter is a tab unless the person says otherwise.
import { csvParams, type CsvParams } from './csv/dialect.ts';
import { readDelimited } from './csv/read-csv.ts';
import { streamDelimited } from './stream/csv-stream.ts';
import { openSource } from './open-source.ts';
import { defineReader } from './reader.ts';
import { looksLikeText } from './text/looks-like-text.ts';

export const tsv = defineReader<CsvParams>({
  type: 'tsv',
  label: 'TSV',
  extensions: ['tsv', 'tab'],
  params: csvParams,
  sniff: (head) => looksLikeText(head) && head.includes(9) && !head.includes(44),
  read: async (source, params, context) => readDelimited(await openSource(source), params, context, ['\t', ',', ';', '|']),
  stream: async (source, params, context) => streamDelimited(await openSource(source), params, context, ['\t', ',', ';', '|']),
});
