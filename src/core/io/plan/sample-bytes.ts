// A small part of a file of lines, as a file of its own: its first part and several from the middle and the end, each cut at
// line ends. What one file is to the other is told in bytes. Packed files are unpacked up to MOST_UNPACKED
// bytes for it; beyond that the size is estimated: gzip's own word for it, or the share read so far.
import type { Opened } from '../open-source.ts';
import type { ByteSource } from '../reader.ts';
import { joinBytes } from '../source.ts';
import { sniffEncoding } from '../text/encoding.ts';

/** `isWhole`: the sample is the file. `total` and `taken` are unpacked bytes of the file and of the sample. */
export type ByteSample = { bytes: Uint8Array; taken: number; total: number; isWhole: boolean };

const HEAD = 1 << 20;
const PART = 1 << 18;
const PARTS = 15;
const PACKED_HEAD = 1 << 22;
const MOST_UNPACKED = 1 << 28;

export async function sampleLines(source: ByteSource, opened: Opened): Promise<ByteSample> {
  if (opened.isPacked) return samplePacked(source, opened);
  if (source.size <= HEAD + PARTS * PART) return wholeSample(await source.slice(0, source.size));
  const head = await source.slice(0, HEAD);
  if (sniffEncoding(head.subarray(0, 4096)) !== 'utf-8') return sampleOf([head.subarray(0, HEAD & ~1)], source.size);
  const newline = head.includes(10) ? 10 : 13;
  const parts = [head.subarray(0, head.lastIndexOf(newline) + 1)];
  const step = (source.size - HEAD - PART) / PARTS;
  for (let k = 1; k <= PARTS; k++) {
    const at = Math.floor(HEAD + k * step);
    const part = await source.slice(at, at + PART);
    const from = part.indexOf(newline) + 1;
    const to = k === PARTS ? part.length : part.lastIndexOf(newline) + 1;
    if (from < to) parts.push(part.subarray(from, to));
  }
  return sampleOf(parts, source.size);
}

/** Unpacks up to MOST_UNPACKED bytes and keeps the first part and, of what follows, parts at equal distances. */
async function samplePacked(source: ByteSource, opened: Opened): Promise<ByteSample> {
  const first: Uint8Array[] = [];
  let later: Uint8Array[] = [];
  let stride = 1;
  let seen = 0;
  let length = 0;
  let isCut = false;
  for await (const chunk of opened.chunks()) {
    if (length >= MOST_UNPACKED) {
      isCut = true;
      break;
    }
    length += chunk.length;
    if (length <= PACKED_HEAD) first.push(chunk);
    else if (seen++ % stride === 0) {
      later.push(chunk.slice(0, PART));
      if (later.length > 2 * PARTS) {
        later = later.filter((_, k) => k % 2 === 0);
        stride *= 2;
      }
    }
  }
  const head = joinBytes(first);
  if (length <= PACKED_HEAD) return wholeSample(head);
  const total = isCut ? Math.max(length, unpackedSize(length, length / Math.max(1e-6, opened.share()), opened.packing === 'gzip' ? await source.slice(source.size - 4, source.size) : null)) : length;
  const newline = head.includes(10) ? 10 : 13;
  if (sniffEncoding(head.subarray(0, 4096)) !== 'utf-8') return sampleOf([head.subarray(0, head.length & ~1)], total);
  return sampleOf([head.subarray(0, head.lastIndexOf(newline) + 1), ...later.map((part) => part.subarray(part.indexOf(newline) + 1, part.lastIndexOf(newline) + 1))], total);
}

/** gzip ends with its size modulo 2^32; taken unless less than was unpacked already, since a file of several members tells only of its last. */
function unpackedSize(least: number, guess: number, trailer: Uint8Array | null): number {
  if (!trailer) return guess;
  const low = new DataView(trailer.buffer, trailer.byteOffset, 4).getUint32(0, true);
  const told = low + Math.max(0, Math.round((guess - low) / 2 ** 32)) * 2 ** 32;
  return told >= least ? told : guess;
}

const wholeSample = (bytes: Uint8Array): ByteSample => ({ bytes, taken: bytes.length, total: bytes.length, isWhole: true });

function sampleOf(parts: readonly Uint8Array[], total: number): ByteSample {
  const bytes = joinBytes(parts);
  return { bytes, taken: bytes.length, total, isWhole: false };
}
