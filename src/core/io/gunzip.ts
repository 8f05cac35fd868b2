// A gzip file as a stream of the bytes within, through the platform's own DecompressionStream (native code, no download).
// Never more than `limit` bytes come out (a small file can unpack to terabytes); a truncated or damaged file is bad-file.
// Chromium's stream refuses a second member ("cat a.gz b.gz", BGZF); then our own inflate reads on where it gave up.
import { BarnacleError } from '../base/errors.ts';
import { crc32 } from './pack/crc32.ts';
import { inflate } from './pack/inflate.ts';
import type { ByteSource } from './reader.ts';
import { chunksOf, CHUNK_BYTES, joinBytes, type Chunks } from './source.ts';

/** Packed bytes that can be read from their start again. */
export type Packed = { readonly name: string; chunks(): Chunks };

/** Files of several members are read whole by our own inflate, so their packed size is bounded. */
const MOST_MEMBERS_BYTES = 1024 ** 3;

export const isGzip = (head: Uint8Array): boolean => head.length > 2 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;

/** The unpacked bytes in chunks of about CHUNK_BYTES. Throws bad-file, or too-large past `limit` bytes. */
export const gunzipChunks = (source: ByteSource, limit: number, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> => gunzipStream({ name: source.name, chunks: () => chunksOf(source) }, limit, onRead);

/** As gunzipChunks, over any stream. */
export async function* gunzipStream(packed: Packed, limit: number, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let given = 0;
  try {
    for await (const chunk of inflateChunks('gzip', packed, limit, onRead)) {
      given += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (!(error instanceof BarnacleError) || error.code !== 'bad-file') throw error;
    yield* gunzipMembers(packed, limit, given, error);
  }
}

/** The bytes from `skip` on, member by member; throws `first` when there is but one member or the first is damaged. */
async function* gunzipMembers(packed: Packed, limit: number, skip: number, first: BarnacleError): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of packed.chunks()) {
    size += chunk.length;
    if (size > MOST_MEMBERS_BYTES) throw first;
    parts.push(chunk);
  }
  const input = joinBytes(parts);
  let total = 0;
  for (let at = 0, member = 0; at < input.length; member++) {
    if (!isGzip(input.subarray(at))) {
      if (member > 0 && input.subarray(at).every((byte) => byte === 0)) return;
      throw first;
    }
    let crc = 0;
    let length = 0;
    try {
      const body = inflate(input, headerEnd(input, at));
      for (let step = body.next(); ; step = body.next()) {
        if (step.done) {
          at = step.value;
          break;
        }
        const chunk = step.value;
        crc = crc32(chunk, crc);
        length += chunk.length;
        total += chunk.length;
        if (total > limit) throw tooLarge(packed.name, total, limit);
        if (total > skip) yield total - skip < chunk.length ? chunk.subarray(chunk.length - (total - skip)) : chunk;
      }
    } catch (error) {
      if (error instanceof BarnacleError) throw error;
      throw first;
    }
    const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
    if (at + 8 > input.length || view.getUint32(at, true) !== crc || view.getUint32(at + 4, true) !== length >>> 0) throw first;
    at += 8;
  }
}

/** Where the header of RFC 1952 ends. */
function headerEnd(input: Uint8Array, start: number): number {
  const flags = input[start + 3];
  let at = start + 10;
  if (flags & 4) at += 2 + (input[at] | (input[at + 1] << 8));
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const zero = input.indexOf(0, at);
    if (zero < 0) throw new Error('its header does not end');
    at = zero + 1;
  }
  return flags & 2 ? at + 2 : at;
}

const tooLarge = (name: string, total: number, limit: number): BarnacleError => new BarnacleError('too-large', `file "${name}" unpacks to more than ${limit} bytes; unpack and split it, or raise the limit`, { what: 'unpacked bytes', value: total, limit });

/** A stream through the platform's inflate. Throws bad-file, or too-large past `limit` bytes. */
export async function* inflateChunks(format: 'gzip' | 'deflate-raw', packed: Packed, limit: number, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const unpack = new DecompressionStream(format);
  const writer = unpack.writable.getWriter();
  const reader = unpack.readable.getReader();
  const feeding = feed(packed, writer, onRead);
  let total = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const bad = (failure: unknown): BarnacleError => {
    if (failure instanceof BarnacleError) return failure;
    const reason = failure instanceof Error ? failure.message : String(failure);
    const kind = format === 'gzip' ? 'gzip file' : 'zip entry';
    return new BarnacleError('bad-file', `file "${packed.name}" is not a whole ${kind}: ${reason}; copy or pack it again`, { format: format === 'gzip' ? 'gzip' : 'zip', reason }, { cause: failure });
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !value) break;
      total += value.length;
      if (total > limit) throw tooLarge(packed.name, total, limit);
      held.push(value);
      heldBytes += value.length;
      if (heldBytes < CHUNK_BYTES) continue;
      yield joinBytes(held);
      held = [];
      heldBytes = 0;
    }
  } catch (error) {
    if (error instanceof BarnacleError) throw error;
    throw bad((await feeding) ?? error);
  } finally {
    void reader.cancel().catch(() => {});
    void writer.abort().catch(() => {});
    await feeding;
  }
  const failure = await feeding;
  if (failure) throw bad(failure);
  if (heldBytes) yield joinBytes(held);
}

/** Writes the file into the unpacker; resolves to what went wrong, so that no rejection is left alone. */
async function feed(packed: Packed, writer: { ready: Promise<unknown>; write(bytes: Uint8Array<ArrayBuffer>): Promise<void>; close(): Promise<void> }, onRead?: (bytes: number) => void): Promise<unknown> {
  let read = 0;
  try {
    for await (const chunk of packed.chunks()) {
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
