// A gzip file as a stream of the bytes within, through the platform's own DecompressionStream.
// Never more than `limit` bytes come out (a small file can unpack to terabytes); a truncated or damaged file is bad-file.
// The platform's inflate is native code and costs no download.
import { BarnacleError } from '../base/errors.ts';
import type { ByteSource } from './reader.ts';
import { chunksOf, CHUNK_BYTES, joinBytes } from './source.ts';

export const isGzip = (head: Uint8Array): boolean => head.length > 2 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;

/** The unpacked bytes in chunks of about CHUNK_BYTES. Throws bad-file, or too-large past `limit` bytes. */
export async function* gunzipChunks(source: ByteSource, limit: number, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const unpack = new DecompressionStream('gzip');
  const writer = unpack.writable.getWriter();
  const reader = unpack.readable.getReader();
  const feeding = feed(source, writer, onRead);
  let total = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !value) break;
      total += value.length;
      if (total > limit) throw new BarnacleError('too-large', `file "${source.name}" unpacks to more than ${limit} bytes; unpack and split it, or raise the limit`, { what: 'unpacked bytes', value: total, limit });
      held.push(value);
      heldBytes += value.length;
      if (heldBytes < CHUNK_BYTES) continue;
      yield joinBytes(held);
      held = [];
      heldBytes = 0;
    }
  } catch (error) {
    if (error instanceof BarnacleError) throw error;
    const failure = (await feeding) ?? error;
    if (failure instanceof BarnacleError) throw failure;
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new BarnacleError('bad-file', `file "${source.name}" is not a whole gzip file: ${reason}; copy or pack it again`, { format: 'gzip', reason }, { cause: failure });
  } finally {
    void reader.cancel().catch(() => {});
    void writer.abort().catch(() => {});
    await feeding;
  }
  const failure = await feeding;
  if (failure) throw failure;
  if (heldBytes) yield joinBytes(held);
}

/** Writes the file into the unpacker; resolves to what went wrong, so that no rejection is left alone. */
async function feed(source: ByteSource, writer: { ready: Promise<unknown>; write(bytes: Uint8Array<ArrayBuffer>): Promise<void>; close(): Promise<void> }, onRead?: (bytes: number) => void): Promise<unknown> {
  let read = 0;
  try {
    for await (const chunk of chunksOf(source)) {
      await writer.write(chunk as Uint8Array<ArrayBuffer>);
      read += chunk.length;
      onRead?.(read);
    }
    await writer.close();
    return null;
  } catch (error) {
    return error;
  }
}
