// Any text encoding -> UTF-8 bytes, chunk by chunk. Detects a byte order mark, UTF-16 without one, and bytes that are
// not UTF-8 (then windows-1252, the superset of Latin-1 that files call Latin-1). What leaves is always valid UTF-8.
// A mostly valid UTF-8 file with a few broken bytes stays UTF-8: each broken byte becomes U+FFFD and is counted.
import type { Chunks } from '../source.ts';

/** What can be asked for: names of the WHATWG Encoding Standard, with words for a person. */
export const ENCODINGS = [
  ['utf-8', 'UTF-8'], ['utf-16le', 'UTF-16 little endian'], ['utf-16be', 'UTF-16 big endian'], ['windows-1252', 'Windows-1252 (Latin-1)'],
  ['windows-1250', 'Windows-1250 (Central European)'], ['windows-1251', 'Windows-1251 (Cyrillic)'], ['windows-1253', 'Windows-1253 (Greek)'], ['windows-1254', 'Windows-1254 (Turkish)'],
  ['windows-1255', 'Windows-1255 (Hebrew)'], ['windows-1256', 'Windows-1256 (Arabic)'], ['windows-1257', 'Windows-1257 (Baltic)'], ['windows-1258', 'Windows-1258 (Vietnamese)'], ['windows-874', 'Windows-874 (Thai)'],
  ['iso-8859-2', 'ISO-8859-2 (Central European)'], ['iso-8859-3', 'ISO-8859-3 (South European)'], ['iso-8859-4', 'ISO-8859-4 (Baltic)'], ['iso-8859-5', 'ISO-8859-5 (Cyrillic)'], ['iso-8859-6', 'ISO-8859-6 (Arabic)'],
  ['iso-8859-7', 'ISO-8859-7 (Greek)'], ['iso-8859-8', 'ISO-8859-8 (Hebrew)'], ['iso-8859-10', 'ISO-8859-10 (Nordic)'], ['iso-8859-13', 'ISO-8859-13 (Baltic)'], ['iso-8859-14', 'ISO-8859-14 (Celtic)'], ['iso-8859-15', 'ISO-8859-15 (Latin-9)'],
  ['koi8-r', 'KOI8-R (Russian)'], ['koi8-u', 'KOI8-U (Ukrainian)'], ['ibm866', 'IBM 866 (DOS Cyrillic)'], ['macintosh', 'Mac Roman'], ['x-mac-cyrillic', 'Mac Cyrillic'],
  ['shift_jis', 'Shift JIS (Japanese)'], ['euc-jp', 'EUC-JP (Japanese)'], ['gb18030', 'GB 18030 (Chinese, GBK)'], ['big5', 'Big5 (Chinese)'], ['euc-kr', 'EUC-KR (Korean)'],
] as const;
export type Encoding = (typeof ENCODINGS)[number][0];

/** Thrown (never shown) when bytes that are not UTF-8 turn up: the caller starts again with windows-1252. */
export class NotUtf8 {
  readonly offset: number;
  constructor(offset: number) {
    this.offset = offset;
  }
}

/** The encoding that the first bytes speak for; utf-8 when nothing speaks against it. */
export function sniffEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const n = Math.min(head.length & ~1, 4096);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (n >= 4 && odd > n * 0.2 && even < n * 0.02) return 'utf-16le';
  if (n >= 4 && even > n * 0.2 && odd < n * 0.02) return 'utf-16be';
  return 'utf-8';
}

/** The chunks as UTF-8 without a byte order mark. `broken` counts replaced bytes; `isAscii` is a fast check. Throws NotUtf8 (see there). */
export async function* utf8Chunks(chunks: Chunks, encoding: Encoding, broken: { count: number }, isAscii?: (bytes: Uint8Array) => boolean): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') yield* checked(chunks, broken, isAscii);
  else if (encoding === 'windows-1252') for await (const chunk of chunks) yield from1252(chunk);
  else yield* decoded(chunks, encoding);
}

async function* decoded(chunks: Chunks, encoding: Encoding): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  const rest = encoder.encode(decoder.decode());
  if (rest.length) yield rest;
}

async function* checked(chunks: Chunks, broken: { count: number }, isAscii?: (bytes: Uint8Array) => boolean): AsyncGenerator<Uint8Array> {
  let carry = new Uint8Array(0);
  let offset = 0;
  let good = 0;
  let first = true;
  const repair = (bytes: Uint8Array): Uint8Array => new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (!carry.length && isAscii?.(chunk)) {
      first &&= chunk.length === 0;
      offset += chunk.length;
      if (chunk.length) yield chunk;
      continue;
    }
    if (carry.length) {
      bytes = new Uint8Array(carry.length + chunk.length);
      bytes.set(carry);
      bytes.set(chunk, carry.length);
    }
    if (first && bytes.length < 3 && bytes[0] === 0xef) {
      carry = bytes.slice();
      continue;
    }
    if (first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      bytes = bytes.subarray(3);
      offset = 3;
    }
    first = false;
    const cut = wholeEnd(bytes);
    const found = countUtf8(bytes, cut);
    good += found.good;
    if (found.bad) {
      if (good <= 10 * (broken.count + found.bad)) throw new NotUtf8(offset + found.firstBad);
      broken.count += found.bad;
      yield repair(bytes.subarray(0, cut));
    } else if (cut) yield bytes.subarray(0, cut);
    offset += cut;
    carry = bytes.slice(cut);
  }
  if (!carry.length) return;
  if (good === 0) throw new NotUtf8(offset);
  broken.count++;
  yield repair(carry);
}

/** Where the last whole UTF-8 sequence ends. */
function wholeEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const b = bytes[bytes.length - back];
    if (b < 0x80) break;
    if (b >= 0xc0) return (b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Counts multi-byte sequences that are well formed (RFC 3629) and bytes that are in none. */
export function countUtf8(bytes: Uint8Array, end: number): { good: number; bad: number; firstBad: number } {
  let good = 0;
  let bad = 0;
  let firstBad = -1;
  const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >> 2);
  const shift = bytes.byteOffset;
  let i = 0;
  while (i < end) {
    const b = bytes[i];
    if (b < 0x80) {
      i++;
      if (((i + shift) & 3) === 0) for (let w = (i + shift) >> 2; i + 16 <= end && ((words[w] | words[w + 1] | words[w + 2] | words[w + 3]) & 0x80808080) === 0; w += 4) i += 16;
      continue;
    }
    const need = b >= 0xc2 && b <= 0xdf ? 1 : b >= 0xe0 && b <= 0xef ? 2 : b >= 0xf0 && b <= 0xf4 ? 3 : 0;
    let ok = need > 0 && i + need < end;
    for (let k = 1; ok && k <= need; k++) ok = (bytes[i + k] & 0xc0) === 0x80;
    if (ok && need > 1) {
      const second = bytes[i + 1];
      ok = !((b === 0xe0 && second < 0xa0) || (b === 0xed && second > 0x9f) || (b === 0xf0 && second < 0x90) || (b === 0xf4 && second > 0x8f));
    }
    if (ok) {
      good++;
      i += need + 1;
    } else {
      if (firstBad < 0) firstBad = i;
      bad++;
      i++;
    }
  }
  return { good, bad, firstBad };
}

// The code points of windows-1252 at 0x80..0x9f; the five unused ones keep their control code, as in the WHATWG standard.
const HIGH = [0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178];

function from1252(chunk: Uint8Array): Uint8Array {
  const out = new Uint8Array(chunk.length * 3);
  let n = 0;
  for (let i = 0; i < chunk.length; i++) {
    const b = chunk[i];
    const code = b >= 0x80 && b < 0xa0 ? HIGH[b - 0x80] : b;
    if (code < 0x80) out[n++] = code;
    else if (code < 0x800) {
      out[n++] = 0xc0 | (code >> 6);
      out[n++] = 0x80 | (code & 63);
    } else {
      out[n++] = 0xe0 | (code >> 12);
      out[n++] = 0x80 | ((code >> 6) & 63);
      out[n++] = 0x80 | (code & 63);
    }
  }
  return out.subarray(0, n);
}

/**
 * True when bytes beyond ASCII stand in runs of two or more and not alone among letters: then a text that is not UTF-8 is
 * hardly in a Latin code page, whose accents stand alone, but Cyrillic, Greek, Chinese or the like. Which one is not guessed.
 */
export function looksForeign(head: Uint8Array): boolean {
  let runs = 0;
  let long = 0;
  for (let i = 0; i < head.length; i++) {
    if (head[i] < 0x80) continue;
    let end = i;
    while (end < head.length && head[end] >= 0x80) end++;
    runs++;
    if (end - i > 2) long++;
    i = end;
  }
  return runs > 2 && long * 2 > runs;
}
