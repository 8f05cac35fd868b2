// A file, packed with gzip or not, as streams that can be started again: what every reader begins with.
// Unpacking is bounded: MAX_STREAM bytes when streamed, MAX_WHOLE when a format must stand in memory as a whole.
import { BarnacleError } from '../base/errors.ts';
import { gunzipChunks, isGzip } from './gunzip.ts';
import type { ByteSource } from './reader.ts';
import { bytesSource, chunksOf, headOf, joinBytes, type Chunks } from './source.ts';

export const MAX_STREAM = 16 * 1024 ** 3;
export const MAX_WHOLE = 2 ** 31 - 1;

export interface Opened {
  readonly name: string;
  readonly isPacked: boolean;
  /** A fresh stream of the (unpacked) bytes. */
  chunks(limit?: number): Chunks;
  /** Share of the file that the youngest stream has read, 0..1. */
  share(): number;
}

/** Throws empty-file for a file without a byte. */
export async function openSource(source: ByteSource): Promise<Opened> {
  if (source.size === 0) throw new BarnacleError('empty-file', `file "${source.name}" is empty; choose another`, { name: source.name });
  const isPacked = isGzip(await source.slice(0, Math.min(source.size, 16)));
  let read = 0;
  const plain = async function* (): AsyncGenerator<Uint8Array> {
    read = 0;
    for await (const chunk of chunksOf(source)) {
      read += chunk.length;
      yield chunk;
    }
  };
  return {
    name: source.name,
    isPacked,
    chunks: (limit = MAX_STREAM) => (isPacked ? gunzipChunks(source, limit, (bytes) => (read = bytes)) : plain()),
    share: () => Math.min(1, read / source.size),
  };
}

/** The first bytes, unpacked. A damaged rest is not noticed here. */
export async function openHead(opened: Opened, limit: number): Promise<Uint8Array> {
  return headOf(opened.chunks(), limit);
}

/** All bytes in memory. Throws too-large beyond `limit`. */
export async function readWhole(opened: Opened, limit = MAX_WHOLE): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of opened.chunks(limit)) {
    total += chunk.length;
    if (total > limit) throw new BarnacleError('too-large', `file "${opened.name}" holds more than ${limit} bytes; this format must fit in memory, use CSV, NDJSON or Parquet`, { what: 'bytes', value: total, limit });
    parts.push(chunk);
  }
  return joinBytes(parts);
}

/** The file itself, or its unpacked bytes as a source when it is packed. */
export async function randomAccess(source: ByteSource, opened: Opened): Promise<ByteSource> {
  return opened.isPacked ? bytesSource(source.name, await readWhole(opened)) : source;
}
