// The bytes of a table's rows and nothing else: the file as UTF-8, one byte for each delimiter, without what stands before
// the first row and without the ranges that were set aside (repeated names, a footer).
import type { Opened } from '../open-source.ts';
import type { Chunks } from '../source.ts';
import { utf8Chunks, type Encoding } from '../text/encoding.ts';
import { isLong } from './candidates.ts';
import { replaceInChunks } from './long-delimiter.ts';
import type { Sniffed } from './sniff.ts';

/** Bytes [from, to) of the body, which begins at 0; ascending. */
export type Range = { from: number; to: number };

export function bodyChunks(opened: Opened, encoding: Encoding, sniffed: Pick<Sniffed, 'delimiter' | 'dialect' | 'offset'>, without: readonly Range[] = [], isAscii?: (bytes: Uint8Array) => boolean): Chunks {
  const text = utf8Chunks(opened.chunks(), encoding, { count: 0 }, isAscii);
  const rows = isLong(sniffed.delimiter) ? replaceInChunks(text, sniffed.delimiter, sniffed.dialect) : text;
  const drop = [{ from: -sniffed.offset, to: 0 }, ...without];
  return drop.length === 1 && sniffed.offset === 0 ? rows : dropped(rows, sniffed.offset, drop);
}

async function* dropped(chunks: Chunks, offset: number, drop: readonly Range[]): AsyncGenerator<Uint8Array> {
  let at = -offset;
  let next = 0;
  for await (const chunk of chunks) {
    const end = at + chunk.length;
    let from = at;
    while (from < end) {
      while (next < drop.length && drop[next].to <= from) next++;
      const range = drop[next];
      const stop = Math.min(end, range ? Math.max(from, range.from) : end);
      if (stop > from) yield chunk.subarray(from - at, stop - at);
      from = range && range.from < end ? Math.min(end, Math.max(stop, range.to)) : end;
    }
    at = end;
    if (next === drop.length - 1 && drop[next].to === Infinity && at >= drop[next].from) return;
  }
}

/** The last bytes of a stream that flows through: at least `least` of them, or all. */
export type Tail = { parts: Uint8Array[]; length: number; total: number };

export async function* keepTail(chunks: Chunks, least: number, tail: Tail): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    tail.parts.push(chunk);
    tail.length += chunk.length;
    tail.total += chunk.length;
    while (tail.parts.length > 1 && tail.length - tail.parts[0].length >= least) tail.length -= tail.parts.shift()!.length;
    yield chunk;
  }
}
