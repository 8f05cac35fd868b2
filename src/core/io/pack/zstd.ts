// A Zstandard file (RFC 8878) as a stream of the bytes within, by fzstd, loaded on first use. Bounded by us: the window that a
// frame asks for, the size of a block and of what comes out; input goes in by the kilobyte, so that no step makes much.
// fzstd does not check a frame's checksum, so a changed byte may only show in the data.
import { BarnacleError } from '../../base/errors.ts';
import type { Packed } from '../gunzip.ts';
import { CHUNK_BYTES, joinBytes } from '../source.ts';

const MOST_WINDOW = 1 << 27;
const STEP = 1024;
const MOST_BLOCK = 1 << 17;

export const isZstd = (head: Uint8Array): boolean => head.length > 3 && ((head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) || ((head[0] & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18));

/** The unpacked bytes. Throws bad-file, or too-large past `limit` bytes or a window of 128 MB. */
export async function* unzstdStream(packed: Packed, limit: number, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd');
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let total = 0;
  let read = 0;
  const unpack = new Decompress((bytes) => {
    if (bytes.length > MOST_BLOCK) throw new Error('a block is larger than the format allows');
    total += bytes.length;
    if (total > limit) throw new BarnacleError('too-large', `file "${packed.name}" unpacks to more than ${limit} bytes; unpack and split it`, { what: 'unpacked bytes', value: total, limit });
    if (!bytes.length) return;
    held.push(bytes);
    heldBytes += bytes.length;
  });
  let isFirst = true;
  for await (const chunk of packed.chunks()) {
    if (isFirst) checkWindow(chunk, packed.name);
    isFirst = false;
    for (let at = 0; at < chunk.length; at += STEP) {
      guarded(packed.name, () => unpack.push(chunk.subarray(at, at + STEP), false));
      if (heldBytes < CHUNK_BYTES) continue;
      yield joinBytes(held);
      held = [];
      heldBytes = 0;
    }
    read += chunk.length;
    onRead?.(read);
  }
  guarded(packed.name, () => unpack.push(new Uint8Array(0), true));
  if (heldBytes) yield joinBytes(held);
}

/** Small frames within other formats: exactly `length` bytes come out, or, when that is null, at most `limit`. Throws Error. */
export async function makeUnzstd(): Promise<(bytes: Uint8Array, length: number | null, limit?: number) => Uint8Array> {
  const { Decompress } = await import('fzstd');
  return (bytes, length, limit = length ?? 0) => {
    checkWindow(bytes, 'a compressed block');
    const parts: Uint8Array[] = [];
    let n = 0;
    const unpack = new Decompress((part) => {
      n += part.length;
      if (n > limit || part.length > MOST_BLOCK) throw new Error('it unpacks to more than it says');
      parts.push(part);
    });
    for (let at = 0; at < bytes.length; at += STEP) unpack.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    if (length !== null && n !== length) throw new Error(`it unpacks to ${n} of ${length} bytes`);
    const whole = joinBytes(parts.length ? parts : [new Uint8Array(0)]);
    return whole.byteOffset % 8 === 0 ? whole : whole.slice();
  };
}

function guarded(name: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof BarnacleError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BarnacleError('bad-file', `file "${name}" is not a whole zstd file: ${reason}; copy or pack it again`, { format: 'zstd', reason }, { cause: error });
  }
}

function checkWindow(head: Uint8Array, name: string): void {
  if (head.length < 6 || head[0] !== 0x28) return;
  const flags = head[4];
  const isSingle = (flags & 32) !== 0;
  const log = 10 + (head[5] >> 3);
  let size = 2 ** log + (2 ** log / 8) * (head[5] & 7);
  if (isSingle) {
    const bytes = [1, 2, 4, 8][flags >> 6];
    const at = 5 + [0, 1, 2, 4][flags & 3];
    size = 0;
    for (let k = bytes - 1; k >= 0; k--) size = size * 256 + (head[at + k] ?? 0);
  }
  if (size > MOST_WINDOW) throw new BarnacleError('too-large', `file "${name}" asks for a window of ${size} bytes; at most ${MOST_WINDOW} are given, pack it without --long`, { what: 'zstd window', value: size, limit: MOST_WINDOW });
}
