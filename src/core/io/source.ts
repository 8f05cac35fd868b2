// Bytes in memory as a ByteSource, and a ByteSource as a stream of chunks.
// A chunk is at most CHUNK_BYTES long; chunks come in order and together they are the whole file.
import type { ByteSource } from './reader.ts';

/** How much is read at a time: large enough for speed, small enough to keep memory flat. */
export const CHUNK_BYTES = 1 << 20;

export type Chunks = AsyncIterable<Uint8Array>;

/** A source over bytes that are already in memory; slices share them. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return { name, size: bytes.length, slice: async (start, end) => bytes.subarray(start, end) };
}

/** The bytes of a source from `start` on, chunk by chunk. */
export async function* chunksOf(source: ByteSource, start = 0): AsyncGenerator<Uint8Array> {
  for (let at = start; at < source.size; at += CHUNK_BYTES) yield await source.slice(at, Math.min(source.size, at + CHUNK_BYTES));
}

/** At most `limit` bytes from the beginning of a stream. */
export async function headOf(chunks: Chunks, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= limit) break;
  }
  return joinBytes(parts).subarray(0, limit);
}

/** One array from many. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
