// An Avro object container file (Avro 1.11) -> a Table, block by block. Blocks may be packed with deflate, snappy or zstd; a
// block must end where its rows end and carry the file's mark, else the file is bad: no row is lost in silence.
import { BarnacleError, isBarnacleError } from '../../base/errors.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import { makeTable } from '../../table/build.ts';
import { fitNames } from '../build/names.ts';
import { TooWide } from '../build/typed-column.ts';
import { crc32 } from '../pack/crc32.ts';
import { inflate } from '../pack/inflate.ts';
import { makeUnzstd } from '../pack/zstd.ts';
import type { ByteSource, ReadResult } from '../reader.ts';
import { joinBytes } from '../source.ts';
import { cursorOver, readBytes, readCount, type Cursor } from './decode.ts';
import { makePlan } from './leaves.ts';
import { parseSchema, type AvroType } from './schema.ts';

const MOST_ROWS = 2 ** 31 - 1;
const MOST_BLOCK = 2 ** 30;
const MOST_HEADER = 64 * 1024 ** 2;
const FREE_ITEMS = 1_000_000;
const AHEAD = 4 * 1024 ** 2;

export async function readAvro(source: ByteSource, context: WorkContext): Promise<ReadResult> {
  const asText = new Set<string>();
  for (;;) {
    try {
      return await readAs(source, context, asText);
    } catch (error) {
      if (error instanceof TooWide && !asText.has(error.path)) {
        asText.add(error.path);
        continue;
      }
      if (isBarnacleError(error)) throw error;
      const said = error instanceof Error ? error.message : String(error);
      const reason = error instanceof TypeError || error instanceof RangeError ? `its bytes contradict each other (${said})` : said;
      throw new BarnacleError('bad-file', `file "${source.name}" is not a whole Avro file: ${reason}; copy or write it again`, { format: 'avro', reason }, { cause: error });
    }
  }
}

async function readAs(source: ByteSource, context: WorkContext, asText: ReadonlySet<string>): Promise<ReadResult> {
  const header = await readHeader(source);
  const unpack = await unpackerOf(header.codec);
  const root: AvroType = header.schema.kind === 'record' ? header.schema : { kind: 'record', name: 'row', fields: [{ name: 'value', type: header.schema }] };
  const plan = makePlan(root, '', asText);
  if (!plan.leaves.length) throw new Error('it has no column');
  const notes: Note[] = [];
  const names = fitNames(plan.leaves.map((leaf) => leaf.name), notes);
  const free = { left: FREE_ITEMS };
  let rows = 0;
  let blocks = 0;
  let window: { start: number; bytes: Uint8Array } = { start: 0, bytes: new Uint8Array(0) };
  const bytesAt = async (start: number, length: number): Promise<Uint8Array> => {
    if (start + length > source.size) throw new Error('it is cut within a block');
    if (start < window.start || start + length > window.start + window.bytes.length) window = { start, bytes: await source.slice(start, Math.min(source.size, start + Math.max(length, AHEAD))) };
    return window.bytes.subarray(start - window.start, start - window.start + length);
  };
  for (let at = header.end; at < source.size; blocks++) {
    const prefix = cursorOver(await bytesAt(at, Math.min(20, source.size - at)), 0);
    const count = readCount(prefix);
    const size = readCount(prefix);
    if (count < 0 || size < 0 || size > MOST_BLOCK) throw new Error('a block claims an impossible size');
    at += prefix.at;
    const packed = await bytesAt(at, size + 16);
    if (!header.mark.every((byte, k) => packed[size + k] === byte)) throw new Error(`block ${blocks + 1} does not end with the file's mark`);
    const cursor = cursorOver(unpack(packed.subarray(0, size)), free.left);
    if (rows + count > MOST_ROWS) throw new BarnacleError('too-large', `the file holds over ${MOST_ROWS} rows`, { what: 'rows', value: rows + count, limit: MOST_ROWS });
    for (let k = 0; k < count; k++) {
      const before = cursor.at;
      cursor.depth = 0;
      plan.read(cursor);
      if (cursor.at === before && --cursor.free < 0) throw new Error('it claims too many rows of nothing');
    }
    free.left = cursor.free;
    if (cursor.at !== cursor.bytes.length) throw new Error(`block ${blocks + 1} holds more than its ${count} rows`);
    rows += count;
    at += size + 16;
    context.report({ stage: 'read', done: at / source.size, text: `${rows} rows` });
    if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
  }
  for (const [k, leaf] of plan.leaves.entries()) if (asText.has(leaf.name)) notes.push({ code: 'wide-integers', message: `column "${names[k]}" holds integers beyond 2^53; it is read as text so that none changes`, column: names[k], rows: null, example: null });
  if (rows === 0) notes.push({ code: 'no-rows', message: 'the file holds no rows', column: null, rows: 0, example: null });
  return { table: makeTable(plan.leaves.map((leaf, k) => leaf.column.finish(names[k], notes)), rows), notes, rejected: [], how: { blocks, codec: header.codec } };
}

async function readHeader(source: ByteSource): Promise<{ schema: AvroType; codec: string; mark: Uint8Array; end: number }> {
  for (let length = Math.min(source.size, 1 << 16); ; length = Math.min(source.size, length * 8)) {
    const cursor = cursorOver(await source.slice(0, length), 0);
    try {
      return parseHeader(cursor);
    } catch (error) {
      if (length === source.size || length > MOST_HEADER || !(error instanceof Error) || !/cut|past/.test(error.message)) throw error;
    }
  }
}

function parseHeader(cursor: Cursor): { schema: AvroType; codec: string; mark: Uint8Array; end: number } {
  const magic = readBytes(cursor, 4);
  if (magic[0] !== 0x4f || magic[1] !== 0x62 || magic[2] !== 0x6a || magic[3] !== 1) throw new Error('it does not begin as one');
  const meta = new Map<string, string>();
  for (;;) {
    let count = readCount(cursor);
    if (count === 0) break;
    if (count < 0) {
      count = -count;
      readCount(cursor);
    }
    for (let k = 0; k < count; k++) {
      const key = new TextDecoder().decode(readBytes(cursor, readCount(cursor)));
      meta.set(key, new TextDecoder().decode(readBytes(cursor, readCount(cursor))));
    }
  }
  const mark = readBytes(cursor, 16).slice();
  return { schema: parseSchema(meta.get('avro.schema') ?? 'null'), codec: meta.get('avro.codec') ?? 'null', mark, end: cursor.at };
}

async function unpackerOf(codec: string): Promise<(bytes: Uint8Array) => Uint8Array> {
  if (codec === 'null') return (bytes) => bytes;
  if (codec === 'deflate')
    return (bytes) => {
      const parts: Uint8Array[] = [];
      let total = 0;
      for (const part of inflate(bytes, 0)) {
        total += part.length;
        if (total > MOST_BLOCK) throw new Error('a block unpacks to over 1 GB');
        parts.push(part);
      }
      return joinBytes(parts.length ? parts : [new Uint8Array(0)]);
    };
  if (codec === 'zstandard') {
    const unzstd = await makeUnzstd();
    return (bytes) => unzstd(bytes, null, MOST_BLOCK);
  }
  if (codec === 'snappy') {
    const { compressors } = await import('hyparquet-compressors');
    return (bytes) => {
      if (bytes.length < 5) throw new Error('a packed block is too short');
      const packed = bytes.subarray(0, bytes.length - 4);
      const length = snappyLength(packed);
      if (length > packed.length * 64 + 64) throw new Error('a packed block claims an impossible size');
      const out = length === 0 ? new Uint8Array(0) : compressors.SNAPPY!(packed, length);
      if (crc32(out) !== new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0)) throw new Error('the checksum of a block differs');
      return out;
    };
  }
  throw new BarnacleError('unsupported-format', `the Avro file is packed with "${codec.slice(0, 40)}", which is not read; write it with deflate, snappy, zstandard or null`, { format: 'avro', reason: `codec ${codec.slice(0, 40)}` });
}

function snappyLength(bytes: Uint8Array): number {
  let length = 0;
  for (let k = 0; k < 5; k++) {
    length += (bytes[k] & 127) * 2 ** (7 * k);
    if (bytes[k] < 128) return length;
  }
  throw new Error('a packed block has no length');
}
