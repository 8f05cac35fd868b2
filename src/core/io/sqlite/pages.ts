// The pages of an SQLite database (sqlite.org/fileformat2.html) and the rows of its table b-trees, read-only and without SQL.
// Every pointer is checked against the page and the file; a page met twice in one tree is a damaged file, never a loop.
import type { ByteSource } from '../reader.ts';

export type Cell = null | number | bigint | string | Uint8Array;
export interface Database {
  readonly pages: number;
  readonly isWal: boolean;
  /** The rows of a table b-tree: rowid and stored cells. */
  rows(root: number): AsyncGenerator<{ rowid: number | bigint; cells: Cell[] }>;
  /** How many rows there are, or `limit` pages' worth of them. */
  count(root: number, limit: number): Promise<number>;
}

const BLOCK = 1 << 20;
const CACHED = 32;
const MOST_PAYLOAD = 2 ** 28;

export async function openDatabase(source: ByteSource): Promise<Database> {
  const head = await source.slice(0, Math.min(100, source.size));
  if (head.length < 100) throw new Error('it is shorter than its header');
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const raw = view.getUint16(16);
  const size = raw === 1 ? 65536 : raw;
  const usable = size - head[20];
  if (size < 512 || (size & (size - 1)) !== 0 || usable < 480) throw new Error(`its page size ${size} is impossible`);
  const pages = Math.floor(source.size / size);
  const encoding = view.getUint32(56);
  const decoder = new TextDecoder(encoding === 2 ? 'utf-16le' : encoding === 3 ? 'utf-16be' : 'utf-8', { ignoreBOM: true });
  const page = pageCache(source, size, pages);

  async function payloadOf(bytes: Uint8Array, at: number, length: number): Promise<Uint8Array> {
    if (length > MOST_PAYLOAD || length > pages * size) throw new Error('a row claims an impossible length');
    const most = usable - 35;
    const least = Math.floor(((usable - 12) * 32) / 255) - 23;
    const wanted = least + ((length - least) % (usable - 4));
    const local = length <= most ? length : wanted <= most ? wanted : least;
    if (at + local + (local < length ? 4 : 0) > usable) throw new Error('a row reaches past its page');
    if (local === length) return bytes.subarray(at, at + length);
    const out = new Uint8Array(length);
    out.set(bytes.subarray(at, at + local));
    let next = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + local);
    for (let n = local; n < length; ) {
      const more = await page(next);
      const take = Math.min(usable - 4, length - n);
      out.set(more.subarray(4, 4 + take), n);
      n += take;
      next = new DataView(more.buffer, more.byteOffset).getUint32(0);
    }
    return out;
  }

  /** The leaves of a tree in order. */
  async function* leaves(root: number): AsyncGenerator<{ bytes: Uint8Array; start: number; cells: number }> {
    const seen = new Set<number>();
    const stack = [root];
    while (stack.length) {
      const number = stack.pop()!;
      if (seen.has(number)) throw new Error(`page ${number} occurs twice in one table`);
      seen.add(number);
      const bytes = await page(number);
      const start = number === 1 ? 100 : 0;
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const kind = bytes[start];
      const cells = view.getUint16(start + 3);
      if (start + 12 + cells * 2 > size) throw new Error(`page ${number} claims too many cells`);
      if (kind === 13) yield { bytes, start, cells };
      else if (kind === 5) {
        const children = Array.from({ length: cells }, (_, k) => view.getUint32(view.getUint16(start + 12 + 2 * k)));
        children.push(view.getUint32(start + 8));
        stack.push(...children.reverse());
        if (stack.length > pages) throw new Error('its pages contradict each other');
      } else throw new Error(`page ${number} is no page of a table`);
    }
  }

  return {
    pages,
    isWal: head[19] === 2,
    async *rows(root) {
      let spare = pages * size;
      for await (const { bytes, start, cells } of leaves(root)) {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        for (let k = 0; k < cells; k++) {
          const cursor = { at: view.getUint16(start + 8 + 2 * k) };
          const length = Number(varint(bytes, cursor));
          const rowid = varint(bytes, cursor);
          spare -= length;
          if (!(spare >= 0)) throw new Error('its rows take more bytes than the file has');
          yield { rowid, cells: recordOf(await payloadOf(bytes, cursor.at, length), decoder) };
        }
      }
    },
    async count(root, limit) {
      let rows = 0;
      for await (const { cells } of leaves(root)) {
        rows += cells;
        if (--limit <= 0) break;
      }
      return rows;
    },
  };
}

function pageCache(source: ByteSource, size: number, pages: number): (number: number) => Promise<Uint8Array> {
  const blocks = new Map<number, Uint8Array>();
  const per = Math.max(1, Math.floor(BLOCK / size));
  return async (number) => {
    if (!(number >= 1 && number <= pages)) throw new Error(`it refers to page ${number} of ${pages}`);
    const key = Math.floor((number - 1) / per);
    let block = blocks.get(key);
    if (!block) {
      block = await source.slice(key * per * size, Math.min(pages * size, (key + 1) * per * size));
      if (blocks.size >= CACHED) blocks.delete(blocks.keys().next().value!);
      blocks.set(key, block);
    }
    const at = (number - 1 - key * per) * size;
    return block.subarray(at, at + size);
  };
}

/** A big-endian varint of at most nine bytes, signed; a bigint when it is beyond 2^53. */
export function varint(bytes: Uint8Array, cursor: { at: number }): number | bigint {
  let value = 0;
  for (let k = 0; k < 7; k++) {
    if (cursor.at >= bytes.length) throw new Error('a number is cut');
    const byte = bytes[cursor.at++];
    value = value * 128 + (byte & 127);
    if (byte < 128) return value;
  }
  let wide = BigInt(value);
  for (let k = 7; k < 9; k++) {
    if (cursor.at >= bytes.length) throw new Error('a number is cut');
    const byte = bytes[cursor.at++];
    wide = k === 8 ? (wide << 8n) | BigInt(byte) : (wide << 7n) | BigInt(byte & 127);
    if (byte < 128) break;
  }
  const signed = BigInt.asIntN(64, wide);
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

/** The cells of a record; what it does not store is left out at the end. */
function recordOf(bytes: Uint8Array, decoder: TextDecoder): Cell[] {
  const cursor = { at: 0 };
  const headerEnd = Number(varint(bytes, cursor));
  if (!(headerEnd <= bytes.length)) throw new Error('the head of a row is longer than the row');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cells: Cell[] = [];
  let at = headerEnd;
  while (cursor.at < headerEnd) {
    const type = Number(varint(bytes, cursor));
    const length = type >= 12 ? Math.floor((type - 12) / 2) : ([0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? -1);
    if (!(length >= 0 && at + length <= bytes.length)) throw new Error('a cell reaches past its row');
    cells.push(cellOf(bytes, view, at, type, length, decoder));
    at += length;
  }
  return cells;
}

function cellOf(bytes: Uint8Array, view: DataView, at: number, type: number, length: number, decoder: TextDecoder): Cell {
  switch (type) {
    case 0:
      return null;
    case 1:
      return view.getInt8(at);
    case 2:
      return view.getInt16(at);
    case 3:
      return view.getInt16(at) * 256 + bytes[at + 2];
    case 4:
      return view.getInt32(at);
    case 5:
      return view.getInt16(at) * 2 ** 32 + view.getUint32(at + 2);
    case 6: {
      const wide = view.getBigInt64(at);
      return Number.isSafeInteger(Number(wide)) ? Number(wide) : wide;
    }
    case 7:
      return view.getFloat64(at);
    case 8:
      return 0;
    case 9:
      return 1;
  }
  const body = bytes.subarray(at, at + length);
  return type % 2 === 0 ? body : decoder.decode(body);
}
