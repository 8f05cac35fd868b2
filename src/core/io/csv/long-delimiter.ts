// Delimiters of several bytes ("||", "::", "¦"): each becomes one byte (the unit separator) before the rows are split, so
// that the engine knows only one kind. Inside quoted cells nothing is replaced. Works chunk by chunk; a delimiter cut by a
// chunk's end is carried over.
import type { Chunks } from '../source.ts';
import { UNIT_SEPARATOR } from './candidates.ts';
import type { Dialect } from './dialect.ts';

/** Whether the next byte begins a cell, and whether it stands inside a quoted one. */
type State = { isStart: boolean; isQuoted: boolean };

/** All of `bytes` with the delimiter replaced. */
export function replaceDelimiter(bytes: Uint8Array, delimiter: string, dialect: Dialect): Uint8Array {
  const out = new Uint8Array(bytes.length);
  return out.subarray(0, replaceIn(bytes, bytes.length, true, new TextEncoder().encode(delimiter), dialect, { isStart: true, isQuoted: false }, out).written);
}

/** A stream with the delimiter replaced. */
export async function* replaceInChunks(chunks: Chunks, delimiter: string, dialect: Dialect): AsyncGenerator<Uint8Array> {
  const pattern = new TextEncoder().encode(delimiter);
  const state: State = { isStart: true, isQuoted: false };
  let carry = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = new Uint8Array(carry.length + chunk.length);
    bytes.set(carry);
    bytes.set(chunk, carry.length);
    const out = new Uint8Array(bytes.length);
    const { read, written } = replaceIn(bytes, bytes.length, false, pattern, dialect, state, out);
    carry = bytes.slice(read);
    yield out.subarray(0, written);
  }
  const out = new Uint8Array(carry.length);
  yield out.subarray(0, replaceIn(carry, carry.length, true, pattern, dialect, state, out).written);
}

function replaceIn(bytes: Uint8Array, end: number, isLast: boolean, pattern: Uint8Array, { quote, newline }: Dialect, state: State, out: Uint8Array): { read: number; written: number } {
  let n = 0;
  let i = 0;
  while (i < end) {
    if (!isLast && end - i < pattern.length + 1) break;
    const c = bytes[i];
    if (!state.isQuoted && matches(bytes, i, pattern)) {
      out[n++] = UNIT_SEPARATOR;
      i += pattern.length;
      state.isStart = true;
      continue;
    }
    if (c === quote && quote !== 0) {
      if (state.isStart) state.isQuoted = true;
      else if (state.isQuoted && (i + 1 >= end || bytes[i + 1] === newline || bytes[i + 1] === 13 || matches(bytes, i + 1, pattern))) state.isQuoted = false;
    }
    state.isStart = !state.isQuoted && c === newline;
    out[n++] = c;
    i++;
  }
  return { read: i, written: n };
}

function matches(bytes: Uint8Array, at: number, pattern: Uint8Array): boolean {
  for (let k = 0; k < pattern.length; k++) if (bytes[at + k] !== pattern[k]) return false;
  return true;
}
