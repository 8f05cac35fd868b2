// Bytes -> the places of cells: the first half of the CSV engine, and the reference that a WASM kernel ports.
// In: a window of UTF-8 bytes with one spare byte after its end. Out: for each whole row, start and end of each cell (outer
// quotes and blanks around unquoted cells left out) and whether it was quoted (1) or also holds escapes (2), row-major.
// A row is taken or rejected as a whole; a quote that never closes costs its own line and no more. A quote inside a quoted
// cell that no delimiter or line end follows is a character when the cell closes on the same line; where the next cell
// seems to open there instead, the cell ended at the last "" before a delimiter, or was never quoted.
import type { RejectedRow } from '../reader.ts';
import type { Dialect } from './dialect.ts';

/** A record longer than this is taken for an unclosed quote. */
export const MAX_RECORD = 1 << 20;
const SPACE = 32;

export interface Cells {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly quoted: Uint8Array;
  /** Cell count up to and including row i, filled only when `columns` is 0. */
  readonly rowEnds: Int32Array;
  /** Rows in it, and the most it takes. */
  rows: number;
  readonly capacity: number;
}

export interface Cursor {
  bytes: Uint8Array;
  /** The window is bytes[position .. end); `isLast` when the file ends with it. bytes[end] is overwritten. */
  position: number;
  end: number;
  isLast: boolean;
  /** Line of `position`, from 1. */
  line: number;
  blankLines: number;
  /** Unquoted cells with blanks around them; quotes that were not where quotes belong. */
  trimmed: number;
  strayQuotes: number;
  readonly rejected: RejectedRow[];
}

export function makeCells(columns: number, slots: number): Cells {
  const capacity = Math.max(1, Math.floor(slots / Math.max(1, columns)));
  const size = Math.max(slots, columns) + columns;
  return { starts: new Int32Array(size), ends: new Int32Array(size), quoted: new Uint8Array(size), rowEnds: new Int32Array(columns === 0 ? capacity : 0), rows: 0, capacity };
}

/** Moves the rows at `places` (ascending) to the front and forgets the others. */
export function keepRows(cells: Cells, columns: number, places: Int32Array): void {
  for (const array of [cells.starts, cells.ends, cells.quoted]) places.forEach((place, k) => array.copyWithin(k * columns, place * columns, (place + 1) * columns));
  cells.rows = places.length;
}

export const makeCursor = (line = 1): Cursor => ({ bytes: new Uint8Array(1), position: 0, end: 0, isLast: false, line, blankLines: 0, trimmed: 0, strayQuotes: 0, rejected: [] });

/**
 * Fills `cells` with rows of exactly `columns` cells (0 = as many as there are) until it is full or the window is used up;
 * moves the cursor behind the last row taken. Surplus cells that are all empty are let go unless the dialect is strict.
 */
export function tokenize(cursor: Cursor, dialect: Dialect, columns: number, cells: Cells): void {
  const { bytes: b, end, isLast } = cursor;
  const { delimiter, quote, escape, newline } = dialect;
  const { starts, ends, quoted, capacity } = cells;
  const isSpaced = delimiter === SPACE;
  const blank = dialect.eachSpace ? -1 : SPACE;
  const most = columns || starts.length;
  const rejected = cursor.rejected;
  let pos = cursor.position;
  let line = cursor.line;
  let slot = 0;
  let rows = 0;
  let trimmed = 0;
  b[end] = newline;
  while (rows < capacity && pos < end) {
    if (columns === 0 && slot + 4096 > starts.length) break;
    const rowStart = pos;
    const first = slot;
    let count = 0;
    let hasSurplus = false;
    let lines = 1;
    let isUnclosed = false;
    const trimmedBefore = trimmed;
    const strayBefore = cursor.strayQuotes;
    for (;;) {
      let c = b[pos];
      const before = pos;
      while (c === blank) c = b[++pos];
      if (isSpaced && blank === SPACE && count > 0 && (c === newline || (c === 13 && b[pos + 1] === newline))) {
        if (c === 13) pos++;
        break;
      }
      let start = pos;
      let stop = -1;
      let flag = 0;
      if (c === quote && quote !== 0) {
        let p = pos + 1;
        let stray = 0;
        let opensNext = false;
        let lone = 0;
        let linesAtLone = 0;
        const linesBefore = lines;
        flag = 1;
        for (;;) {
          c = b[p];
          if (c === quote) {
            if (escape === 0 && b[p + 1] === quote && p + 1 < end) {
              flag = 2;
              p += 2;
              if (b[p] === delimiter || b[p] === newline) {
                lone = p;
                linesAtLone = lines;
              }
              continue;
            }
            let q = p + 1;
            while (b[q] === blank && !isSpaced) q++;
            if (b[q] === 13 && b[q + 1] === newline) q++;
            c = b[q];
            if (c === delimiter || c === newline) {
              start = pos + 1;
              stop = p;
              pos = q;
              break;
            }
            let back = p - 1;
            while (b[back] === blank && !isSpaced && back > pos) back--;
            opensNext = b[back] === delimiter || b[back] === newline;
            if (opensNext) break;
            stray ||= q;
            p++;
            continue;
          }
          if (c === escape && escape !== 0) {
            flag = 2;
            p += 2;
            if (p <= end) continue;
          }
          if (p >= end) break;
          if (c === newline) {
            if (stray !== 0) break;
            lines++;
          }
          p++;
        }
        if (stop >= 0) {
          if (stray !== 0) cursor.strayQuotes++;
        } else if (opensNext && lone !== 0) {
          cursor.strayQuotes++;
          lines = linesAtLone;
          start = pos + 1;
          stop = lone - 1;
          pos = lone;
          c = b[pos];
        } else if (opensNext || stray !== 0) {
          flag = 0;
          cursor.strayQuotes++;
          if (opensNext) lines = linesBefore;
          else pos = stray;
        }
        if (stop < 0 && flag !== 0) {
          isUnclosed = isLast || p - rowStart > MAX_RECORD;
          pos = end;
          break;
        }
        if (stop >= 0 && p - rowStart > MAX_RECORD) {
          isUnclosed = true;
          pos = end;
          break;
        }
      }
      if (stop < 0) {
        c = b[pos];
        if (escape === 0) while (c !== delimiter && c !== newline) c = b[++pos];
        else {
          while (c !== delimiter && c !== newline) {
            if (c === escape && pos + 1 < end && b[pos + 1] !== newline) {
              pos++;
              flag = 2;
            }
            c = b[++pos];
          }
        }
        stop = pos;
        if (c === newline && stop > start && b[stop - 1] === 13) stop--;
        if (!isSpaced) {
          const untrimmed = stop;
          while (stop > start && b[stop - 1] === SPACE) stop--;
          if (start !== before || stop !== untrimmed) trimmed++;
        }
      }
      if (count < most) {
        starts[slot] = start;
        ends[slot] = stop;
        quoted[slot++] = flag;
      } else if (stop > start || flag !== 0) hasSurplus = true;
      count++;
      if (c === newline) break;
      pos++;
    }
    if (isUnclosed) {
      let stop = rowStart;
      while (b[stop] !== newline) stop++;
      rejected.push(reject(b, rowStart, stop, line, 'a quote is opened and never closed', rejected.length));
      pos = stop + 1;
      line++;
      slot = first;
      continue;
    }
    if (pos >= end && !isLast) {
      pos = rowStart;
      slot = first;
      trimmed = trimmedBefore;
      cursor.strayQuotes = strayBefore;
      break;
    }
    if (count === 1 && starts[first] === ends[first] && quoted[first] === 0) {
      cursor.blankLines++;
      slot = first;
    } else if (columns === 0) cells.rowEnds[rows++] = slot;
    else if (count === columns || (count > columns && !hasSurplus && !dialect.isStrict)) rows++;
    else {
      rejected.push(reject(b, rowStart, pos, line, `${count} cells where ${columns} were expected`, rejected.length));
      slot = first;
    }
    line += lines;
    pos++;
  }
  cursor.position = Math.min(pos, end);
  cursor.line = line;
  cursor.trimmed += trimmed;
  cells.rows = rows;
}

/** The first thousand rejected rows keep 1,000 characters, later ones 100. */
function reject(bytes: Uint8Array, start: number, end: number, line: number, reason: string, index: number): RejectedRow {
  if (end > start && bytes[end - 1] === 13) end--;
  const most = index < 1000 ? 1000 : 100;
  const text = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + most * 4)));
  return { line, text: text.length > most ? `${text.slice(0, most - 3)}...` : text, reason };
}

const SCRATCH = { bytes: new Uint8Array(256) };

/** The bytes of a cell with its escapes undone, in a scratch array that the next call overwrites; returns the length. */
export function unescape(bytes: Uint8Array, start: number, end: number, dialect: Dialect): { bytes: Uint8Array; length: number } {
  if (SCRATCH.bytes.length < end - start) SCRATCH.bytes = new Uint8Array((end - start) * 2);
  const out = SCRATCH.bytes;
  const { delimiter, quote, escape } = dialect;
  const skip = escape || quote;
  let n = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i] === skip && i + 1 < end && (bytes[i + 1] === quote || bytes[i + 1] === skip || (escape !== 0 && bytes[i + 1] === delimiter))) i++;
    out[n++] = bytes[i];
  }
  return { bytes: out, length: n };
}

/** The text of cell `slot`. */
export function cellString(bytes: Uint8Array, cells: Cells, slot: number, dialect: Dialect): string {
  if (cells.quoted[slot] !== 2) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(cells.starts[slot], cells.ends[slot]));
  const plain = unescape(bytes, cells.starts[slot], cells.ends[slot], dialect);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(plain.bytes.subarray(0, plain.length));
}
