// The NDJSON writer: one object per line, so that any tool can stream it.
import { eachPart } from './each-part.ts';
import { jsonRows } from './json-rows.ts';
import { defineWriter } from './writer.ts';

export const ndjsonWriter = defineWriter<{ [key: string]: never }>({
  type: 'ndjson',
  label: 'NDJSON',
  extension: 'ndjson',
  mime: 'application/x-ndjson',
  help: 'One JSON object per line, for logs and streams. Times are ISO text; a table without rows is an empty file.',
  params: {},
  async write(table, _params, context) {
    const encoder = new TextEncoder();
    const textOf = jsonRows(table);
    const chunks: Uint8Array[] = [];
    await eachPart(table.rows, 10_000, context, (from, to) => {
      let text = '';
      for (let row = from; row < to; row++) text += `${textOf(row)}\n`;
      chunks.push(encoder.encode(text));
    });
    return { chunks, notes: [] };
  },
});
