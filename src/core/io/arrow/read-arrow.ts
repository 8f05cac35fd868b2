// An Arrow IPC file, stream or Feather 2 file -> a Table, batch by batch; one batch at a time stands beside the columns.
// Buffers packed with LZ4 or zstd are unpacked as they are needed. Whatever contradicts itself is one bad-file.
import { BarnacleError, isBarnacleError } from '../../base/errors.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import { makeTable } from '../../table/build.ts';
import { fitNames } from '../build/names.ts';
import { TooWide } from '../build/typed-column.ts';
import { hintsOf } from '../write/hints.ts';
import { unlz4 } from '../pack/lz4.ts';
import { makeUnzstd } from '../pack/zstd.ts';
import type { ByteSource, ReadResult } from '../reader.ts';
import { intAt, longAt, longOf, tableAt, vectorAt, type FlatTable } from './flatbuffer.ts';
import { columnsOf, makeLeaf, type Leaf } from './leaves.ts';
import { messagesOf } from './messages.ts';
import { schemaOf, type ArrowField } from './schema.ts';
import { readVector, type BatchCursor, type Vector } from './vector.ts';

const MOST_ROWS = 2 ** 31 - 1;
const MOST_BODY = 2 ** 31 - 1;
const MOST_UNPACKED = 2 ** 30;
/** Rows that cost no byte (null columns, runs) may be so many, and a hundred more for each byte of the file. */
const FREE_ROWS = 10_000_000;

export async function readArrow(source: ByteSource, context: WorkContext): Promise<ReadResult> {
  const asText = new Set<string>();
  for (;;) {
    try {
      return await readAs(source, context, asText);
    } catch (error) {
      if (error instanceof TooWide) {
        if (asText.has(error.path)) throw new BarnacleError('bad-file', `column "${error.path}" of "${source.name}" occurs twice with integers beyond 2^53; rename one`, { format: 'arrow', reason: 'two columns of one name' });
        asText.add(error.path);
        continue;
      }
      if (isBarnacleError(error)) throw error;
      const said = error instanceof Error ? error.message : String(error);
      const reason = error instanceof TypeError || error instanceof RangeError ? `its bytes contradict each other (${said})` : said;
      throw new BarnacleError('bad-file', `file "${source.name}" is not a whole Arrow file: ${reason}; copy or write it again`, { format: 'arrow', reason }, { cause: error });
    }
  }
}

type Dictionary = { field: ArrowField; parts: Vector[] };

async function readAs(source: ByteSource, context: WorkContext, asText: ReadonlySet<string>): Promise<ReadResult> {
  const dictionaries = new Map<number, Dictionary>();
  const codecs = new Set<string>();
  const free = { left: FREE_ROWS + 100 * source.size };
  let fields: readonly ArrowField[] | null = null;
  let leaves: Leaf[] = [];
  let rows = 0;
  let batches = 0;
  for await (const message of messagesOf(source)) {
    if (message.kind === 'schema') {
      if (fields) throw new Error('it has two schemas');
      const schema = schemaOf(message.header);
      fields = schema.fields;
      const hints = hintsOf(schema.pairs);
      leaves = fields.map((field) => makeLeaf(field, '', asText, hints));
      fields.forEach((field) => collectDictionaries(field, dictionaries));
      continue;
    }
    if (message.kind === 'other') continue;
    if (!fields) throw new Error('it does not begin with its schema');
    if (message.bodyLength > MOST_BODY) throw new BarnacleError('too-large', `a batch of "${source.name}" takes ${message.bodyLength} bytes; at most ${MOST_BODY} are read at once, write smaller batches`, { what: 'batch bytes', value: message.bodyLength, limit: MOST_BODY });
    const body = aligned(await source.slice(message.bodyStart, message.bodyStart + message.bodyLength));
    if (message.kind === 'dictionary') {
      const id = longAt(message.header, 0);
      const data = tableAt(message.header, 1);
      const known = dictionaries.get(id);
      if (!data || !known) throw new Error(`dictionary ${id} belongs to no column`);
      const cursor = await cursorOf(data, body, dictionaries, codecs, free);
      const values = readVector({ ...known.field, dictionary: null }, cursor);
      known.parts = intAt(message.header, 2, 8) ? [...known.parts, values] : [values];
      continue;
    }
    const count = longAt(message.header, 0);
    if (count < 0 || rows + count > MOST_ROWS) throw new BarnacleError('too-large', `the file holds over ${MOST_ROWS} rows`, { what: 'rows', value: rows + count, limit: MOST_ROWS });
    const cursor = await cursorOf(message.header, body, dictionaries, codecs, free);
    fields.forEach((field, k) => leaves[k].append(readVector(field, cursor), count, () => false));
    rows += count;
    batches++;
    context.report({ stage: 'read', done: (message.bodyStart + message.bodyLength) / source.size, text: `${rows} rows` });
    if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
  }
  if (!fields) throw new Error('it has no schema');
  const notes: Note[] = [];
  const columns = columnsOf(leaves);
  if (!columns.length) throw new Error('it has no column');
  const names = fitNames(columns.map((leaf) => leaf.name), notes);
  for (const [k, leaf] of columns.entries()) if (asText.has(leaf.name)) notes.push({ code: 'wide-integers', message: `column "${names[k]}" holds integers beyond 2^53; it is read as text so that none changes`, column: names[k], rows: null, example: null });
  const table = makeTable(columns.map((leaf, k) => leaf.column.finish(names[k], notes)), rows);
  if (rows === 0) notes.push({ code: 'no-rows', message: 'the file holds no rows', column: null, rows: 0, example: null });
  return { table, notes, rejected: [], how: { batches, codecs: [...codecs], dictionaries: dictionaries.size } };
}

function collectDictionaries(field: ArrowField, dictionaries: Map<number, Dictionary>): void {
  if (field.dictionary && !dictionaries.has(field.dictionary.id)) dictionaries.set(field.dictionary.id, { field, parts: [] });
  field.children.forEach((child) => collectDictionaries(child, dictionaries));
}

/** A copy at offset 0 unless the bytes lie on a multiple of 8 already. */
const aligned = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 8 === 0 ? bytes : bytes.slice());

async function cursorOf(batch: FlatTable, body: Uint8Array, dictionaries: Map<number, Dictionary>, codecs: Set<string>, free: { left: number }): Promise<BatchCursor> {
  const nodes = vectorAt(batch, 1, 16);
  const buffers = vectorAt(batch, 2, 16);
  const counts = vectorAt(batch, 4, 8);
  const compression = tableAt(batch, 3);
  const codec = compression ? intAt(compression, 0, 8) : -1;
  if (codec > 1) throw new Error(`its buffers are packed with codec ${codec}, which is unknown`);
  if (compression) codecs.add(codec === 0 ? 'LZ4' : 'ZSTD');
  const unzstd = codec === 1 ? await makeUnzstd() : null;
  let node = 0;
  let buffer = 0;
  let variadic = 0;
  let unpacked = 0;
  const { view } = batch;
  const unpack = (bytes: Uint8Array): Uint8Array => {
    if (codec < 0 || bytes.length === 0) return bytes;
    if (bytes.length < 8) throw new Error('a packed buffer lacks its length');
    const length = longOf(new DataView(bytes.buffer, bytes.byteOffset, 8), 0);
    const packed = bytes.subarray(8);
    if (length === -1) return packed;
    unpacked += length;
    if (length < 0 || unpacked > MOST_UNPACKED || (codec === 0 && length > packed.length * 256)) throw new BarnacleError('too-large', `a batch unpacks to over ${MOST_UNPACKED} bytes; write smaller batches`, { what: 'unpacked bytes', value: unpacked, limit: MOST_UNPACKED });
    return unzstd ? unzstd(packed, length) : unlz4(packed, length);
  };
  return {
    node() {
      if (node >= nodes.length) throw new Error('a batch describes too few columns');
      const at = nodes.at + 16 * node++;
      const length = longOf(view, at);
      if (length < 0 || length > MOST_ROWS) throw new Error('a batch claims an impossible number of rows');
      return { length, nulls: longOf(view, at + 8) };
    },
    buffer() {
      if (buffer >= buffers.length) throw new Error('a batch has too few buffers');
      const at = buffers.at + 16 * buffer++;
      const start = longOf(view, at);
      const length = longOf(view, at + 8);
      if (start < 0 || length < 0 || start + length > body.length) throw new Error('a buffer reaches past its batch');
      return unpack(body.subarray(start, start + length));
    },
    variadic() {
      if (variadic >= counts.length) throw new Error('a batch does not say how many buffers its strings have');
      const count = longOf(view, counts.at + 8 * variadic++);
      if (count < 0 || count > buffers.length) throw new Error('a batch claims too many buffers');
      return count;
    },
    dictionary(id) {
      const parts = dictionaries.get(id)?.parts ?? [];
      return parts.length === 1 ? parts[0] : joined(parts);
    },
    free(rows) {
      free.left -= rows;
      if (free.left < 0) throw new BarnacleError('too-large', 'the file claims far more empty rows than it has bytes', { what: 'empty rows', value: rows, limit: FREE_ROWS });
    },
  };
}

/** A dictionary and what was added to it later, one after the other. */
function joined(parts: readonly Vector[]): Vector {
  const starts = [0];
  for (const part of parts) starts.push(starts[starts.length - 1] + part.length);
  const find = (row: number): [Vector, number] => {
    let k = parts.length - 1;
    while (k > 0 && starts[k] > row) k--;
    return [parts[k], row - starts[k]];
  };
  return { length: starts[parts.length], nulls: 1, isNull: (row) => ((part, at) => part.isNull(at))(...find(row)), get: (row) => ((part, at) => part.get(at))(...find(row)) };
}
