// A file, packed or not, as streams that can be started again: what every reader begins with.
// gzip, zstd and a zip archive with one data file are opened on the way, also one within the other (at most DEEPEST times).
// Unpacking is bounded: MAX_STREAM bytes when streamed, MAX_WHOLE when a format must stand in memory as a whole.
import { BarnacleError } from '../base/errors.ts';
import { gunzipStream, isGzip } from './gunzip.ts';
import { dataEntries, entryChunks, isOffice, isZip, readZip, type ZipEntry } from './pack/zip.ts';
import { isZstd, unzstdStream } from './pack/zstd.ts';
import type { ByteSource } from './reader.ts';
import { bytesSource, chunksOf, headOf, joinBytes, type Chunks } from './source.ts';

export const MAX_STREAM = 16 * 1024 ** 3;
export const MAX_WHOLE = 2 ** 31 - 1;
/** Layers of packing, and archives within archives. */
export const DEEPEST = 3;

/** A source with the entry of its archive that is meant, and in how many archives it was found. */
export type PickedSource = ByteSource & { readonly entry?: string; readonly depth?: number };

export interface Opened {
  /** The name of the file within, without the ending of its packing. */
  readonly name: string;
  readonly isPacked: boolean;
  /** How it was packed, outermost first: "gzip", "zip > gzip"; "no" when it was not. */
  readonly packing: string;
  /** The entry of the archive that was opened, or null. */
  readonly entry: string | null;
  /** A fresh stream of the (unpacked) bytes. */
  chunks(limit?: number): Chunks;
  /** Share of the file that the youngest stream has read, 0..1. */
  share(): number;
}

/** Throws empty-file for a file without a byte; bad-file and too-large for a damaged or hostile archive. */
export async function openSource(source: PickedSource): Promise<Opened> {
  if (source.size === 0) throw new BarnacleError('empty-file', `file "${source.name}" is empty; choose another`, { name: source.name });
  let read = 0;
  let name = source.name;
  let entry: string | null = null;
  const packing: string[] = [];
  let chunks = async function* (_limit: number): AsyncGenerator<Uint8Array> {
    read = 0;
    for await (const chunk of chunksOf(source)) {
      read += chunk.length;
      yield chunk;
    }
  };
  for (;;) {
    const inner = chunks;
    const head = packing.length ? await headOf(inner(MAX_STREAM), 16) : await source.slice(0, Math.min(source.size, 16));
    const isArchive = isZip(head);
    if (!isGzip(head) && !isZstd(head) && !isArchive) break;
    if (packing.length === DEEPEST) throw new BarnacleError('unsupported-format', `file "${source.name}" is packed more than ${DEEPEST} times; unpack it`, { format: 'archive', reason: 'packed too often' });
    const layer = { name, chunks: () => inner(MAX_STREAM) };
    if (isArchive) {
      const found = await openArchive(packing.length ? bytesSource(name, await wholeOf(inner(MAX_WHOLE), name, MAX_WHOLE)) : source, source.entry, packing.includes('zip'));
      if (!found) break;
      packing.push('zip');
      name = found.entry.name;
      entry = found.entry.name;
      chunks = async function* (limit) {
        read = 0;
        for await (const chunk of entryChunks(found.source, found.entry, limit)) {
          read += (chunk.length / found.entry.size) * source.size;
          yield chunk;
        }
      };
    } else {
      const isFirst = packing.length === 0;
      const onRead = (bytes: number): void => void (isFirst && (read = bytes));
      const unpack = isGzip(head) ? gunzipStream : unzstdStream;
      packing.push(isGzip(head) ? 'gzip' : 'zstd');
      name = name.replace(/\.(gz|gzip|zst|zstd)$/i, '');
      chunks = (limit) => unpack(layer, limit, onRead);
    }
  }
  return { name, isPacked: packing.length > 0, packing: packing.join(' > ') || 'no', entry, chunks: (limit = MAX_STREAM) => chunks(limit), share: () => Math.min(1, read / source.size) };
}

/** The one data file of an archive, or the one asked for; null for a workbook and for an archive of several. */
async function openArchive(source: ByteSource, wanted: string | undefined, isInner: boolean): Promise<{ source: ByteSource; entry: ZipEntry } | null> {
  const entries = await readZip(source);
  if (isOffice(entries)) return null;
  const data = dataEntries(entries);
  if (wanted && !isInner) {
    const entry = entries.find((e) => e.name === wanted);
    if (!entry) throw new BarnacleError('bad-param', `archive "${source.name}" has no entry "${wanted}"; it has ${namesOf(data)}`, { path: 'params.entry', value: wanted, expected: `one of ${namesOf(data)}` });
    return { source, entry };
  }
  return data.length === 1 ? { source, entry: data[0] } : null;
}

/** Names for a message: the first ten. */
export const namesOf = (entries: readonly { name: string }[]): string => entries.slice(0, 10).map((e) => e.name).join(', ') + (entries.length > 10 ? ` and ${entries.length - 10} more` : '');

/** The first bytes, unpacked. A damaged rest is not noticed here. */
export async function openHead(opened: Opened, limit: number): Promise<Uint8Array> {
  return headOf(opened.chunks(), limit);
}

/** All bytes in memory. Throws too-large beyond `limit`. */
export const readWhole = (opened: Opened, limit = MAX_WHOLE): Promise<Uint8Array> => wholeOf(opened.chunks(limit), opened.name, limit);

async function wholeOf(chunks: Chunks, name: string, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limit) throw new BarnacleError('too-large', `file "${name}" holds more than ${limit} bytes; this format must fit in memory, use CSV, NDJSON or Parquet`, { what: 'bytes', value: total, limit });
    parts.push(chunk);
  }
  return joinBytes(parts);
}

/** The file itself, or its unpacked bytes as a source when it is packed. */
export async function randomAccess(source: ByteSource, opened: Opened): Promise<ByteSource> {
  return opened.isPacked ? bytesSource(opened.name, await readWhole(opened)) : source;
}
