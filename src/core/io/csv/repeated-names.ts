// Names that come again far behind the head, as when files were joined end to end: they make every column one of strings, and
// show as rows in which each column holds its own name. In: columns read to their end; out: those rows, and their bytes.
import type { Chunks } from '../source.ts';
import type { Range } from './body-chunks.ts';
import { STRING } from './cell-kinds.ts';
import type { ColumnState } from './column-state.ts';
import type { StringBuilder } from '../build/string-builder.ts';

/** More are not believed to be names. */
const MOST = 10_000;

/** Rows that hold the names in every column; empty unless all columns are strings. */
export function rowsOfNames(states: readonly ColumnState[], names: readonly string[]): number[] {
  if (states.length < 2 || !states.some((state) => state.wasAlmost) || states.some((state) => state.kind !== STRING)) return [];
  const texts = states.map((state) => new TextEncoder().encode(names[state.place]));
  if (texts.some((text) => text.length === 0)) return [];
  const first = states.findIndex((state) => state.strings.codes !== null);
  if (first < 0) return [];
  const { codes, levels, rows } = states[first].strings;
  const code = Array.from({ length: levels }, (_, k) => k).find((k) => equals(states[first].strings, k, texts[first]));
  const out: number[] = [];
  for (let row = 0; code !== undefined && row < rows && out.length < MOST; row++) {
    if (codes![row] === code && states.every((state, i) => equals(state.strings, state.strings.codes ? state.strings.codes[row] : row, texts[i]))) out.push(row);
  }
  return out;
}

function equals(b: StringBuilder, k: number, text: Uint8Array): boolean {
  const from = b.starts[k];
  if (b.starts[k + 1] - from !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (b.pool[from + i] !== text[i]) return false;
  return true;
}

/** The bytes of those lines (from 1, ascending) of a stream, line ends included, and their text. */
export async function bytesOfLines(chunks: Chunks, lines: readonly number[], newline: number): Promise<{ range: Range; text: string }[]> {
  const out: { range: Range; text: string }[] = [];
  let line = 1;
  let start = 0;
  let at = 0;
  let kept: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    while (from < chunk.length && out.length < lines.length) {
      const end = chunk.indexOf(newline, from);
      const stop = end < 0 ? chunk.length : end;
      if (line === lines[out.length]) kept.push(chunk.slice(from, stop));
      from = stop + 1;
      if (end < 0) break;
      if (line === lines[out.length]) {
        out.push({ range: { from: start, to: at + end + 1 }, text: kept.map((part) => new TextDecoder().decode(part)).join('').replace(/\r$/, '') });
        kept = [];
      }
      line++;
      start = at + end + 1;
    }
    at += chunk.length;
  }
  return out;
}
