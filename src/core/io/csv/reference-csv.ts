// CsvKernels in plain TypeScript: tokenize and feedColumn over blocks of cells. The truth that twins prove themselves against.
import { feedColumn } from './column-state.ts';
import type { CsvKernels } from './csv-kernels.ts';
import { keepRows, makeCells, makeCursor, tokenize, type Cursor } from './tokenize.ts';

/** Cells in a block: a few hundred kilobytes of bytes and places, so that all of it stays in the cache. */
const BLOCK_SLOTS = 1 << 15;

export const referenceCsv: CsvKernels = {
  backend: 'reference',
  open({ dialect, columns, words }) {
    const cursor = makeCursor();
    const block = makeCells(columns, BLOCK_SLOTS);
    let cells = block;
    return {
      cursor,
      load(chunk, isLast) {
        loadWindow(cursor, chunk);
        cursor.isLast = isLast;
      },
      next(most) {
        cells = most === undefined ? block : makeCells(columns, columns * most);
        tokenize(cursor, dialect, columns, cells);
        return cells.rows;
      },
      keep: (places) => keepRows(cells, columns, places),
      feed: (state) => feedColumn(state, cursor.bytes, cells, columns, dialect, words),
      settle: () => {},
      close: () => {},
    };
  },
};

/** Moves the unread rest to the front of the window and puts the chunk behind it. */
function loadWindow(cursor: Cursor, chunk: Uint8Array): void {
  const rest = cursor.end - cursor.position;
  const needed = rest + chunk.length + 4;
  if (needed > cursor.bytes.length) {
    const larger = new Uint8Array(Math.max(needed, cursor.bytes.length * 2));
    larger.set(cursor.bytes.subarray(cursor.position, cursor.end));
    cursor.bytes = larger;
  } else cursor.bytes.copyWithin(0, cursor.position, cursor.end);
  cursor.bytes.set(chunk, rest);
  cursor.position = 0;
  cursor.end = rest + chunk.length;
}
