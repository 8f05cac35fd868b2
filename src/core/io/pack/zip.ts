// A zip archive (APPNOTE 6.3, zip64 too): its directory, and one entry as a stream of bytes. Names are labels, never paths.
// Nothing the directory says is believed: places are checked against the file, bytes are counted while they come out, and
// size and CRC must agree at the end. Bounded: entries, bytes, and the ratio of a large entry.
import { BarnacleError } from '../../base/errors.ts';
import { inflateChunks } from '../gunzip.ts';
import type { ByteSource } from '../reader.ts';
import { CHUNK_BYTES } from '../source.ts';
import { crc32 } from './crc32.ts';
import { unzstdStream } from './zstd.ts';

export type ZipEntry = { readonly name: string; readonly method: number; readonly packed: number; readonly size: number; readonly crc: number; readonly offset: number; readonly isEncrypted: boolean };

const MOST_ENTRIES = 100_000;
const MOST_DIRECTORY = 64 * 1024 ** 2;
/** Past RATIO_FROM bytes an entry may be at most this many times its packed size. */
const MOST_RATIO = 1000;
const RATIO_FROM = 256 * 1024 ** 2;

export const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));

const bad = (name: string, reason: string): BarnacleError => new BarnacleError('bad-file', `file "${name}" is not a whole zip archive: ${reason}; copy or pack it again`, { format: 'zip', reason });

/** The entries in order of the directory. Throws bad-file or too-large. */
export async function readZip(source: ByteSource): Promise<ZipEntry[]> {
  const tailStart = Math.max(0, source.size - 65557);
  const tail = await source.slice(tailStart, source.size);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let end = tail.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw bad(source.name, 'its directory is missing');
  let count = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let start = view.getUint32(end + 16, true);
  if (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50) {
    const at = Number(view.getBigUint64(end - 12, true));
    if (!(at + 56 <= source.size)) throw bad(source.name, 'its directory lies past the end');
    const record = await source.slice(at, at + 56);
    const wide = new DataView(record.buffer, record.byteOffset, record.byteLength);
    if (wide.getUint32(0, true) !== 0x06064b50) throw bad(source.name, 'its wide directory is missing');
    count = Number(wide.getBigUint64(32, true));
    size = Number(wide.getBigUint64(40, true));
    start = Number(wide.getBigUint64(48, true));
  }
  if (count > MOST_ENTRIES || size > MOST_DIRECTORY) throw new BarnacleError('too-large', `archive "${source.name}" holds ${count} entries; at most ${MOST_ENTRIES} are read`, { what: 'entries', value: count, limit: MOST_ENTRIES });
  if (!(start + size <= source.size)) throw bad(source.name, 'its directory reaches past the end');
  return parseDirectory(await source.slice(start, start + size), count, source.name);
}

function parseDirectory(bytes: Uint8Array, count: number, name: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  for (let at = 0, k = 0; k < count; k++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw bad(name, `entry ${k + 1} of its directory is damaged`);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > bytes.length) throw bad(name, `entry ${k + 1} of its directory is damaged`);
    let packed = view.getUint32(at + 20, true);
    let size = view.getUint32(at + 24, true);
    let offset = view.getUint32(at + 42, true);
    for (let e = at + 46 + nameLength; e + 4 <= at + 46 + nameLength + extraLength; ) {
      const stop = e + 4 + view.getUint16(e + 2, true);
      let v = e + 4;
      const wide = (): number => {
        if (v + 8 > stop || v + 8 > bytes.length) throw bad(name, `entry ${k + 1} lacks its size`);
        v += 8;
        return Number(view.getBigUint64(v - 8, true));
      };
      if (view.getUint16(e, true) === 1) {
        if (size === 0xffffffff) size = wide();
        if (packed === 0xffffffff) packed = wide();
        if (offset === 0xffffffff) offset = wide();
      }
      e = stop;
    }
    const raw = bytes.subarray(at + 46, at + 46 + nameLength);
    entries.push({ name: new TextDecoder().decode(raw).slice(0, 500), method: view.getUint16(at + 10, true), packed, size, crc: view.getUint32(at + 16, true), offset, isEncrypted: (view.getUint16(at + 8, true) & 1) === 1 });
    at = next;
  }
  return entries;
}

/** The bytes of an entry. Throws bad-file, too-large past `limit`, unsupported-format when it is locked or packed in a rare way. */
export async function* entryChunks(source: ByteSource, entry: ZipEntry, limit: number): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted) throw new BarnacleError('unsupported-format', `entry "${entry.name}" of "${source.name}" is locked by a password; unpack it first`, { format: 'zip', reason: 'it is encrypted' });
  if (entry.offset + 30 > source.size) throw bad(source.name, `entry "${entry.name}" lies past the end`);
  const local = await source.slice(entry.offset, entry.offset + 30);
  const view = new DataView(local.buffer, local.byteOffset, local.byteLength);
  if (view.getUint32(0, true) !== 0x04034b50) throw bad(source.name, `entry "${entry.name}" is not where the directory says`);
  const start = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const end = start + entry.packed;
  if (!(end <= source.size)) throw bad(source.name, `entry "${entry.name}" reaches past the end`);
  const packed = {
    name: `${source.name} > ${entry.name}`,
    chunks: async function* () {
      for (let at = start; at < end; at += CHUNK_BYTES) yield await source.slice(at, Math.min(end, at + CHUNK_BYTES));
    },
  };
  let crc = 0;
  let total = 0;
  for await (const chunk of unpacked(entry, packed, limit)) {
    total += chunk.length;
    if (total > limit) throw new BarnacleError('too-large', `entry "${entry.name}" unpacks to more than ${limit} bytes; unpack and split it`, { what: 'unpacked bytes', value: total, limit });
    if (total > RATIO_FROM && total > entry.packed * MOST_RATIO) throw new BarnacleError('too-large', `entry "${entry.name}" unpacks to over ${MOST_RATIO} times its size, as a zip bomb does; unpack it first if you trust it`, { what: 'unpacked share', value: total / entry.packed, limit: MOST_RATIO });
    if (total > entry.size) throw bad(source.name, `entry "${entry.name}" is longer than it says`);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (total !== entry.size) throw bad(source.name, `entry "${entry.name}" gave ${total} of ${entry.size} bytes`);
  if (crc !== entry.crc) throw bad(source.name, `entry "${entry.name}" is damaged: its checksum differs`);
}

function unpacked(entry: ZipEntry, packed: { name: string; chunks(): AsyncGenerator<Uint8Array> }, limit: number): AsyncGenerator<Uint8Array> {
  if (entry.method === 0) return packed.chunks();
  if (entry.method === 8) return inflateChunks('deflate-raw', packed, limit);
  if (entry.method === 93) return unzstdStream(packed, limit);
  throw new BarnacleError('unsupported-format', `entry "${entry.name}" is packed by method ${entry.method}, which is not read; pack it with deflate`, { format: 'zip', reason: `method ${entry.method}` });
}

/** An entry's bytes in memory; null when there is none of that name. Throws too-large beyond `limit`. */
export async function entryBytes(source: ByteSource, entries: readonly ZipEntry[], name: string, limit: number): Promise<Uint8Array | null> {
  const entry = entries.find((e) => e.name === name);
  if (!entry) return null;
  const parts: Uint8Array[] = [];
  for await (const chunk of entryChunks(source, entry, limit)) parts.push(chunk);
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const NO_DATA = /\.(md|html?|pdf|png|jpe?g|gif|svg|docx?|pptx?|py|r|ipynb|ds_store|ini|yml|yaml)$/i;
const HIDDEN = /(^|\/)(\.[^./][^/]*|_(success|metadata|common_metadata|started|committed)[^/]*)$/i;
const ABOUT = /(^|\/)(readme|licen[cs]e|copying|notice|about|changelog|citation|metadata)[^/]*$/i;

/** The entries that could hold rows: no folders, hidden files, pictures or read-me files (those only when there is nothing else). */
export function dataEntries(entries: readonly ZipEntry[]): ZipEntry[] {
  const files = entries.filter((e) => !e.name.endsWith('/') && e.size > 0 && !e.name.startsWith('__MACOSX/') && !HIDDEN.test(e.name) && !NO_DATA.test(e.name));
  const named = files.filter((e) => !ABOUT.test(e.name));
  return named.length ? named : files;
}

/** True for a workbook or document of an office suite, whose entries are no files of their own. */
export const isOffice = (entries: readonly ZipEntry[]): boolean => entries.some((e) => e.name === '[Content_Types].xml') || (entries.some((e) => e.name === 'mimetype') && entries.some((e) => e.name === 'content.xml')) || entries.some((e) => /^xl\//i.test(e.name));
