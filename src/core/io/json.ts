// The JSON reader: a list of objects, an object of lists, or one object that holds such a list.
// The file must stand in memory as a whole (MOST_BYTES); NDJSON and Parquet have no such bound.
import { BarnacleError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { Note } from '../base/task.ts';
import { parseJson, wideNote } from './json/parse-json.ts';
import { finishRows, makeRows, pushCell, pushRow } from './json/rows.ts';
import { openSource, readWhole } from './open-source.ts';
import { defineReader, type RejectedRow } from './reader.ts';
import { bytesSource, chunksOf, joinBytes } from './source.ts';
import { encodingNote } from './text/encoding-of.ts';
import { NotUtf8, sniffEncoding, utf8Chunks, type Encoding } from './text/encoding.ts';

const MOST_BYTES = 384 * 1024 ** 2;

export const json = defineReader<{ [key: string]: never }>({
  type: 'json',
  label: 'JSON',
  extensions: ['json'],
  params: {},
  sniff: (head) => {
    const text = firstText(head);
    return /^(\[\s*([{\][]|$)|\{\s*(["}]|$))/.test(text);
  },
  async read(source, _params, context) {
    const opened = await openSource(source);
    const replaced = { count: 0, wide: 0 };
    const { text, encoding } = await textOf(await readWhole(opened, MOST_BYTES));
    context.report({ stage: 'read', done: 0.3, text: 'parsing JSON' });
    const value = parseJson(text, 'json', replaced);
    const notes: Note[] = encodingNote(encoding);
    const rejected: RejectedRow[] = [];
    const rows = makeRows();
    const { records, at } = findRecords(value);
    if (records) {
      for (let i = 0; i < records.length; i++) {
        const record = records[i];
        if (typeof record === 'object' && record !== null && !Array.isArray(record)) pushRow(rows, record as JsonObject);
        else if (Array.isArray(record)) pushRow(rows, Object.fromEntries(record.map((cell: Json, k) => [`column ${k + 1}`, cell])));
        else rejected.push({ line: i + 1, text: JSON.stringify(record).slice(0, 1000), reason: 'an object was expected' });
        if (i % 20000 === 19999) {
          context.report({ stage: 'read', done: 0.3 + (0.6 * i) / records.length, text: `${i + 1} rows` });
          if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
        }
      }
    } else fillColumns(rows, value as JsonObject, rejected);
    notes.push(...wideNote(replaced));
    if (replaced.count) notes.push({ code: 'not-a-number', message: `${replaced.count} NaN or Infinity are missing`, column: null, rows: replaced.count, example: null });
    if (rejected.length) notes.push({ code: 'rejected', message: `${rejected.length} entries are no objects and were set aside`, column: null, rows: rejected.length, example: null });
    if (rows.rows === 0) notes.push({ code: 'no-rows', message: 'the file holds no rows', column: null, rows: 0, example: null });
    return { table: finishRows(rows, notes), notes, rejected, how: { layout: records ? 'rows' : 'columns', at, encoding, packed: opened.isPacked ? 'gzip' : 'no' } };
  },
});

/** The list of rows: the value itself, or the one list of objects within an object. Null for an object of lists. */
function findRecords(value: Json): { records: readonly Json[] | null; at: string } {
  if (Array.isArray(value)) return { records: value as readonly Json[], at: '' };
  if (value === null || typeof value !== 'object') throw new BarnacleError('bad-file', `the file holds a single ${value === null ? 'null' : typeof value}; a list of objects is needed`, { format: 'json', reason: 'no list of objects' });
  const entries = Object.entries(value as JsonObject);
  const lists = entries.filter(([, member]) => Array.isArray(member) && member.length > 0 && (member as readonly Json[]).every((m) => typeof m === 'object' && m !== null && !Array.isArray(m)));
  if (lists.length === 1) return { records: lists[0][1] as readonly Json[], at: lists[0][0] };
  const members = entries.map(([, member]) => member);
  const isColumns = members.length > 0 && members.every((member) => typeof member === 'object' && member !== null);
  if (!isColumns) return { records: [value], at: '' };
  return { records: null, at: '' };
}

/** An object of lists, or of objects keyed by row as pandas writes them; short columns end in missing cells. */
function fillColumns(rows: ReturnType<typeof makeRows>, value: JsonObject, rejected: RejectedRow[]): void {
  const index = new Map<string, number>();
  for (const [name, member] of Object.entries(value)) {
    if (Array.isArray(member)) (member as readonly Json[]).forEach((cell, row) => {
      pushCell(rows, row, name, cell);
      if (row >= rows.rows) rows.rows = row + 1;
    });
    else if (typeof member === 'object' && member !== null) {
      const cells = Object.entries(member as JsonObject).map(([key, cell]) => {
        if (!index.has(key)) index.set(key, index.size);
        return [index.get(key)!, cell] as const;
      });
      for (const [row, cell] of cells.sort((a, b) => a[0] - b[0])) pushCell(rows, row, name, cell);
      rows.rows = Math.max(rows.rows, index.size);
    } else rejected.push({ line: 1, text: name, reason: 'a list was expected' });
  }
}

async function textOf(bytes: Uint8Array): Promise<{ text: string; encoding: Encoding }> {
  const as = async (encoding: Encoding): Promise<{ text: string; encoding: Encoding }> => {
    const parts: Uint8Array[] = [];
    for await (const part of utf8Chunks(chunksOf(bytesSource('', bytes)), encoding, { count: 0 })) parts.push(part);
    return { text: new TextDecoder().decode(joinBytes(parts.length ? parts : [new Uint8Array(0)])), encoding };
  };
  try {
    return await as(sniffEncoding(bytes));
  } catch (error) {
    if (error instanceof NotUtf8) return as('windows-1252');
    throw error;
  }
}

/** The first hundred characters that are not blank. */
export function firstText(head: Uint8Array): string {
  const encoding = sniffEncoding(head);
  return new TextDecoder(encoding).decode(head.subarray(0, 1024)).trimStart().slice(0, 100);
}
