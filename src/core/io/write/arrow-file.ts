// A Table -> an Arrow IPC file (Feather 2, unpacked), in batches of BATCH rows. Number, text and category arrays are Arrow's own
// layout already and go out as views; missing bits are turned around, booleans packed. Loaded when an Arrow file is written.
import type { WorkContext } from '../../base/task.ts';
import type { Column, Table } from '../../table/table.ts';
import { byte, int, long, makeFlatBuilder, ref, short, type FlatBuilder } from '../arrow/flat-builder.ts';
import { eachPart } from './each-part.ts';
import { HINT_KEY, hintText } from './hints.ts';

const BATCH = 1 << 17;
const VERSION = 4;
const DAY = 86400000;
const MAGIC = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];

type Block = { offset: number; metadata: number; body: number };
type Node = { length: number; nulls: number };

export async function arrowFile(table: Table, context: WorkContext): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let at = 0;
  const put = (bytes: Uint8Array): void => {
    chunks.push(bytes);
    at += bytes.length;
  };
  const message = (header: (b: FlatBuilder) => number, kind: number, buffers: readonly Uint8Array[]): Block => {
    const body = buffers.reduce((n, b) => n + padded(b.length), 0);
    const b = makeFlatBuilder();
    const metadata = b.finish(b.table([short(VERSION), byte(kind), ref(header(b)), long(body)]));
    const block = { offset: at, metadata: 8 + padded(metadata.length), body };
    const prefix = new Uint8Array(block.metadata);
    const view = new DataView(prefix.buffer);
    view.setUint32(0, 0xffffffff, true);
    view.setInt32(4, block.metadata - 8, true);
    prefix.set(metadata, 8);
    put(prefix);
    for (const buffer of buffers) {
      put(buffer);
      if (buffer.length % 8) put(new Uint8Array(padded(buffer.length) - buffer.length));
    }
    return block;
  };
  put(Uint8Array.of(...MAGIC, 0, 0));
  message((b) => schemaOf(b, table), 1, []);
  const dictionaries: Block[] = [];
  table.columns.forEach((column, id) => {
    if (column.kind !== 'category') return;
    const { bytes, offsets } = packed(column.levels);
    const buffers = [new Uint8Array(0), bytesOf(offsets), bytes];
    dictionaries.push(message((b) => b.table([long(id), ref(batchOf(b, column.levels.length, [{ length: column.levels.length, nulls: 0 }], buffers))]), 2, buffers));
  });
  const batches: Block[] = [];
  await eachPart(table.rows, BATCH, context, (from, to) => {
    const nodes: Node[] = [];
    const buffers = table.columns.flatMap((column) => buffersOf(column, from, to, nodes));
    batches.push(message((b) => batchOf(b, to - from, nodes, buffers), 3, buffers));
  });
  put(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0));
  const b = makeFlatBuilder();
  const blocks = (list: readonly Block[]): number =>
    b.structs(list.length, 24, (view, place, k) => {
      view.setBigInt64(place, BigInt(list[k].offset), true);
      view.setInt32(place + 8, list[k].metadata, true);
      view.setBigInt64(place + 16, BigInt(list[k].body), true);
    });
  const schema = schemaOf(b, table);
  const [dictionaryBlocks, batchBlocks] = [blocks(dictionaries), blocks(batches)];
  const footer = b.finish(b.table([short(VERSION), ref(schema), ref(dictionaryBlocks), ref(batchBlocks)]));
  const end = new Uint8Array(10);
  new DataView(end.buffer).setInt32(0, footer.length, true);
  end.set(MAGIC, 4);
  put(footer);
  put(end);
  return chunks;
}

const padded = (length: number): number => (length + 7) & ~7;
const bytesOf = (array: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

function schemaOf(b: FlatBuilder, table: Table): number {
  const fields = b.offsets(table.columns.map((column, id) => fieldOf(b, column, id)));
  const pair = b.table([ref(b.string(HINT_KEY)), ref(b.string(hintText(table)))]);
  return b.table([short(0), ref(fields), ref(b.offsets([pair]))]);
}

function fieldOf(b: FlatBuilder, column: Column, id: number): number {
  const name = b.string(column.name);
  const children = b.offsets([]);
  const { kind, type } = typeOf(b, column);
  const dictionary = column.kind === 'category' ? b.table([long(id), ref(b.table([int(32), byte(1)]))]) : 0;
  return b.table([ref(name), byte(1), byte(kind), ref(type), dictionary ? ref(dictionary) : null, ref(children)]);
}

const isDays = (column: Column): boolean => column.kind === 'time' && column.unit === 'day' && column.values.every((v) => v % DAY === 0 && Math.abs(v) < 2 ** 31 * DAY);

/** The member of Arrow's type union, and its table. */
function typeOf(b: FlatBuilder, column: Column): { kind: number; type: number } {
  switch (column.kind) {
    case 'text':
    case 'category':
      return { kind: 5, type: b.table([]) };
    case 'boolean':
      return { kind: 6, type: b.table([]) };
    case 'time':
      return isDays(column) ? { kind: 8, type: b.table([short(0)]) } : { kind: 10, type: b.table([short(1)]) };
  }
  const { values } = column;
  if (values instanceof Float64Array || values instanceof Float32Array) return { kind: 3, type: b.table([short(values instanceof Float64Array ? 2 : 1)]) };
  const isSigned = values instanceof Int8Array || values instanceof Int16Array || values instanceof Int32Array;
  return { kind: 2, type: b.table([int(values.BYTES_PER_ELEMENT * 8), byte(isSigned ? 1 : 0)]) };
}

function batchOf(b: FlatBuilder, rows: number, nodes: readonly Node[], buffers: readonly Uint8Array[]): number {
  const nodeList = b.structs(nodes.length, 16, (view, at, k) => {
    view.setBigInt64(at, BigInt(nodes[k].length), true);
    view.setBigInt64(at + 8, BigInt(nodes[k].nulls), true);
  });
  let offset = 0;
  const bufferList = b.structs(buffers.length, 16, (view, at, k) => {
    view.setBigInt64(at, BigInt(offset), true);
    view.setBigInt64(at + 8, BigInt(buffers[k].length), true);
    offset += padded(buffers[k].length);
  });
  return b.table([long(rows), ref(nodeList), ref(bufferList)]);
}

function buffersOf(column: Column, from: number, to: number, nodes: Node[]): Uint8Array[] {
  const rows = to - from;
  const validity = new Uint8Array(column.missing ? (rows + 7) >> 3 : 0);
  let nulls = 0;
  if (column.missing) {
    for (let i = 0; i < rows; i++) {
      if (column.missing[(from + i) >> 3] & (1 << ((from + i) & 7))) nulls++;
      else validity[i >> 3] |= 1 << (i & 7);
    }
  }
  nodes.push({ length: rows, nulls });
  const head = nulls ? validity : new Uint8Array(0);
  switch (column.kind) {
    case 'text': {
      const start = column.offsets[from];
      const offsets = Int32Array.from({ length: rows + 1 }, (_, i) => column.offsets[from + i] - start);
      return [head, bytesOf(offsets), column.bytes.subarray(start, column.offsets[to])];
    }
    case 'category':
      return [head, bytesOf(column.codes.subarray(from, to))];
    case 'boolean': {
      const bits = new Uint8Array((rows + 7) >> 3);
      for (let i = 0; i < rows; i++) if (column.values[from + i]) bits[i >> 3] |= 1 << (i & 7);
      return [head, bits];
    }
    case 'time':
      if (isDays(column)) return [head, bytesOf(Int32Array.from(column.values.subarray(from, to), (v) => v / DAY))];
      return [head, bytesOf(BigInt64Array.from({ length: rows }, (_, i) => BigInt(Math.floor(column.values[from + i]))))];
    case 'number':
      return [head, bytesOf(column.values.subarray(from, to))];
  }
}

function packed(levels: readonly string[]): { bytes: Uint8Array; offsets: Int32Array } {
  const encoder = new TextEncoder();
  const parts = levels.map((level) => encoder.encode(level));
  const offsets = new Int32Array(levels.length + 1);
  parts.forEach((part, k) => (offsets[k + 1] = offsets[k] + part.length));
  const bytes = new Uint8Array(offsets[levels.length]);
  parts.forEach((part, k) => bytes.set(part, offsets[k]));
  return { bytes, offsets };
}
