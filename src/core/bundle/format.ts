// The layout of a bundle file, in one place for writer and reader. Little-endian, as every machine that runs this is:
//   0   magic, 8 bytes (as PNG's: a transfer that mangles line ends or the eighth bit is seen at once)
//   8   version, uint32
//   12  length of the header in bytes, uint32
//   16  header: canonical JSON, UTF-8, then zeros to a multiple of 8
//   ..  the model's arrays in the header's order, each followed by zeros to a multiple of 8
//   end content hash of all before it, 16 bytes (MurmurHash3 x86_128: against accident, not against an adversary)
// Bumping `version` needs a step in migrations.ts; a header key is never reused with another meaning.
import { hashBytes } from '../base/hash.ts';
import type { Hash } from '../base/json.ts';
import type { ModelArray } from '../models/model.ts';

export const bundleVersion = 1;
export const magic = Uint8Array.of(0x89, 0x42, 0x52, 0x4e, 0x0d, 0x0a, 0x1a, 0x0a);
export const headerStart = 16;
export const hashLength = 16;
/** Caps on what is read; a written bundle is far below them. */
export const limits = { bytes: 1 << 30, header: 1 << 26, arrays: 100_000, depth: 64 } as const;

/** Element types of arrays by the name in the header. */
export const arrayTypes = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
} as const;
export type ArrayType = keyof typeof arrayTypes;

/** How the header names one array; arrays follow each other without gaps but padding. */
export type ArrayRecord = { name: string; type: ArrayType; length: number };

export const arrayTypeOf = (array: ModelArray): ArrayType => (Object.keys(arrayTypes) as ArrayType[]).find((type) => array instanceof arrayTypes[type])!;
export const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** The content hash of `body` as the 16 bytes that end a file, and those bytes as a Hash. */
export function hashTail(body: Uint8Array): Uint8Array {
  const hex = hashBytes(body);
  return Uint8Array.from({ length: hashLength }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
export const tailHash = (tail: Uint8Array): Hash => Array.from(tail, (byte) => byte.toString(16).padStart(2, '0')).join('');
