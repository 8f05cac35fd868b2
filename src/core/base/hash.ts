// Content hash of bytes and of plain values: MurmurHash3 x86_128 (Austin Appleby, public domain), as 32 hex digits.
// It names content (cache keys, ids, integrity against accident); it is no defence against an adversary.
// JSON is hashed by its canonical form (keys sorted), so equal values hash alike whatever the order they were written in.
import type { Hash, Json } from './json.ts';

type TypedArray = Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** Hash of a byte sequence. */
export function hashBytes(bytes: Uint8Array, seed = 0): Hash {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const blocks = aligned.length >> 4;
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, blocks * 4);
  let h1 = seed, h2 = seed, h3 = seed, h4 = seed;
  const c1 = 0x239b961b, c2 = 0xab0e9789, c3 = 0x38b34ae5, c4 = 0xa1e38b93;
  for (let i = 0; i < blocks * 4; i += 4) {
    h1 ^= Math.imul(rotate(Math.imul(words[i], c1), 15), c2);
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(words[i + 1], c2), 16), c3);
    h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(words[i + 2], c3), 17), c4);
    h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(words[i + 3], c4), 18), c1);
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  const tail = [0, 0, 0, 0];
  for (let i = blocks << 4, j = 0; i < aligned.length; i++, j++) tail[j >> 2] |= aligned[i] << ((j & 3) * 8);
  if ((aligned.length & 15) > 12) h4 ^= Math.imul(rotate(Math.imul(tail[3], c4), 18), c1);
  if ((aligned.length & 15) > 8) h3 ^= Math.imul(rotate(Math.imul(tail[2], c3), 17), c4);
  if ((aligned.length & 15) > 4) h2 ^= Math.imul(rotate(Math.imul(tail[1], c2), 16), c3);
  if ((aligned.length & 15) > 0) h1 ^= Math.imul(rotate(Math.imul(tail[0], c1), 15), c2);
  h1 ^= aligned.length; h2 ^= aligned.length; h3 ^= aligned.length; h4 ^= aligned.length;
  h1 = (h1 + h2 + h3 + h4) | 0; h2 = (h2 + h1) | 0; h3 = (h3 + h1) | 0; h4 = (h4 + h1) | 0;
  h1 = finish(h1); h2 = finish(h2); h3 = finish(h3); h4 = finish(h4);
  h1 = (h1 + h2 + h3 + h4) | 0; h2 = (h2 + h1) | 0; h3 = (h3 + h1) | 0; h4 = (h4 + h1) | 0;
  return hex(h1) + hex(h2) + hex(h3) + hex(h4);
}

/** Hash of the raw bytes of a typed array (its view only). */
export function hashArray(array: TypedArray): Hash {
  return hashBytes(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

/** Hash of a JSON value in canonical form. */
export function hashJson(value: Json): Hash {
  return hashBytes(new TextEncoder().encode(canonicalJson(value)));
}

/** JSON text with sorted keys; undefined members are left out, NaN and infinities become null as in JSON.stringify. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((v: Json) => canonicalJson(v ?? null)).join(',')}]`;
  if (value && typeof value === 'object') {
    const record = value as { [key: string]: Json | undefined };
    const keys = Object.keys(record).filter((k) => record[k] !== undefined).sort();
    return `{${keys.map((k) => `${JSON.stringify(k)}:${canonicalJson(record[k] ?? null)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const rotate = (x: number, r: number): number => (x << r) | (x >>> (32 - r));
const hex = (x: number): string => (x >>> 0).toString(16).padStart(8, '0');
function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
