// The JSON writer: one list of objects, as fetch and pandas read it.
import { eachPart } from './each-part.ts';
import { jsonRows } from './json-rows.ts';
import { defineWriter } from './writer.ts';

export const jsonWriter = defineWriter<{ [key: string]: never }>({
  type: 'json',
  label: 'JSON',
  extension: 'json',
  mime: 'application/json',
  help: 'A list of objects. Times are ISO text; a table without rows loses its columns.',
  params: {},
  async write(table, _params, context) {
    const encoder = new TextEncoder();
    const textOf = jsonRows(table);
    const chunks: Uint8Array[] = [encoder.encode('[\n')];
    await eachPart(table.rows, 10_000, context, (from, to) => {
      let text = '';
      for (let row = from; row < to; row++) text += `${row ? ',\n' : ''}${textOf(row)}`;
      chunks.push(encoder.encode(text));
    });
    chunks.push(encoder.encode('\n]\n'));
    return { chunks, notes: [] };
  },
});
