// The NDJSON reader: one JSON object per line, streamed, so that the file need not fit in memory as text.
// A line that is no object is a rejected row with its number.
import { BarnacleError, isBarnacleError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { Note } from '../base/task.ts';
import { parseJson, wideNote } from './json/parse-json.ts';
import { finishRows, makeRows, pushRow } from './json/rows.ts';
import { keptColumns, partParams, sampledRows, tellPart, type PartParams } from './part.ts';
import { openSource } from './open-source.ts';
import { defineReader, type Reader, type RejectedRow } from './reader.ts';
import { bytesSource } from './source.ts';
import { streamLines } from './stream/lines-stream.ts';
import { streamTable } from './stream/table-stream.ts';
import { encodingNote, encodingOf } from './text/encoding-of.ts';
import { sniffEncoding } from './text/encoding.ts';

/** A line longer than this is refused. */
const LONGEST = 64 * 1024 ** 2;

export const ndjson: Reader<PartParams> = defineReader<PartParams>({
  type: 'ndjson',
  label: 'NDJSON',
  extensions: ['ndjson', 'jsonl', 'jsonlines'],
  params: partParams,
  sniff: (head) => {
    const lines = new TextDecoder(sniffEncoding(head)).decode(head).split('\n').map((line) => line.trim()).filter(Boolean);
    const whole = head.length < 65536 ? lines : lines.slice(0, -1);
    return whole.length > 1 && isObject(whole[0]) && whole.filter((line) => line[0] === '{').length > whole.length / 2;
  },
  async read(source, params, context) {
    const opened = await openSource(source);
    const encoding = await encodingOf(opened);
    const decoder = new TextDecoder(encoding);
    const wanted = params.columns.split('\n').map((name) => name.trim()).filter(Boolean);
    const rows = makeRows(wanted.length ? new Set(wanted) : null);
    const total = params.sampleRows ? await countLines(opened.chunks()) : 0;
    const picked = params.sampleRows ? sampledRows(total, params) : null;
    let filled = 0;
    let next = 0;
    const rejected: RejectedRow[] = [];
    const replaced = { count: 0, wide: 0 };
    let rest = '';
    let line = 0;
    const take = (text: string): void => {
      line++;
      if (text.trim() === '') return;
      if (picked && picked[next] !== filled++) return;
      if (picked) next++;
      let value: Json;
      try {
        value = parseJson(text, 'ndjson', replaced);
      } catch (error) {
        if (!isBarnacleError(error, 'bad-file')) throw error;
        rejected.push({ line, text: text.slice(0, 1000), reason: `not JSON: ${error.details.reason}` });
        return;
      }
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) pushRow(rows, value as JsonObject);
      else rejected.push({ line, text: text.slice(0, 1000), reason: 'an object was expected' });
    };
    const takeAll = (text: string, isLast: boolean): void => {
      const lines = (rest + text).split('\n');
      rest = isLast ? '' : lines.pop()!;
      lines.forEach(take);
      if (rest.length > LONGEST) throw new BarnacleError('bad-file', `line ${line + 1} is longer than ${LONGEST} characters; NDJSON holds one object per line`, { format: 'ndjson', reason: 'a line is too long' });
    };
    for await (const chunk of opened.chunks()) {
      takeAll(decoder.decode(chunk, { stream: true }), false);
      context.report({ stage: 'read', done: opened.share(), text: `${rows.rows} rows` });
      if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
    }
    takeAll(decoder.decode(), true);
    const notes: Note[] = encodingNote(encoding);
    if (rows.rows === 0) {
      if (!rejected.length) throw new BarnacleError('empty-file', `file "${source.name}" holds only blank lines; choose another`, { name: source.name });
      throw new BarnacleError('bad-file', `no line of "${source.name}" is a JSON object: ${rejected[0].reason}`, { format: 'ndjson', reason: rejected[0].reason });
    }
    const table = finishRows(rows, notes);
    if (wanted.length) keptColumns(params.columns, table.columns.map((column) => column.name));
    const part = tellPart(params, picked, { rows: total, columns: 0, kept: 0 }, notes);
    notes.push(...wideNote(replaced));
    if (replaced.count) notes.push({ code: 'not-a-number', message: `${replaced.count} NaN or Infinity are missing`, column: null, rows: replaced.count, example: null });
    if (rejected.length) notes.push({ code: 'rejected', message: `${rejected.length} lines are no JSON objects and were set aside`, column: null, rows: rejected.length, example: rejected[0].text.slice(0, 60) });
    return { table, notes, rejected, how: { encoding, ...part, packed: opened.isPacked ? 'gzip' : 'no' } };
  },
  async stream(source, params, context) {
    const whole = { ...params, sampleRows: 0 };
    const opened = await openSource(source);
    const read = (bytes: Uint8Array) => ndjson.read(bytesSource(opened.name, bytes), whole, { ...context, report: () => {} });
    return (params.columns ? null : await streamLines(opened, context, read)) ?? streamTable(await ndjson.read(source, whole, context));
  },
});

/** Lines that are not blank; read as bytes, so for files in UTF-8. */
async function countLines(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let count = 0;
  let isBlank = true;
  for await (const chunk of chunks) {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === 10) {
        if (!isBlank) count++;
        isBlank = true;
      } else if (byte > 32) isBlank = false;
    }
  }
  return isBlank ? count : count + 1;
}

function isObject(text: string): boolean {
  try {
    return text[0] === '{' && typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
