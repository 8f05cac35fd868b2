// One pass over a delimited file: chunks -> windows -> blocks of cells -> columns.
// The window holds what is left of the last chunk and the next one; a row is never cut. Breathes after every block.
import { BarnacleError } from '../../base/errors.ts';
import type { WorkContext } from '../../base/task.ts';
import type { Chunks } from '../source.ts';
import { feedColumn, type ColumnState } from './column-state.ts';
import type { Dialect } from './dialect.ts';
import { makeCells, makeCursor, tokenize, type Cells, type Cursor } from './tokenize.ts';
import type { MissingWords } from '../text/missing-words.ts';

/** Cells in a block: a few hundred kilobytes of bytes and places, so that all of it stays in the cache. */
const BLOCK_SLOTS = 1 << 15;

export type Pass = { rows: number; cursor: Cursor };

/** Feeds every state, of the `picked` rows only (ascending; null = all; `rows` counts all the same); `skip` rows at the front (the header) are tokenized and left out. Throws stopped. */
export async function scanCsv(chunks: Chunks, dialect: Dialect, columns: number, skip: number, states: readonly ColumnState[], words: MissingWords, context: WorkContext, onBlock: (rows: number) => void, picked: Int32Array | null = null): Promise<Pass> {
  const cursor = makeCursor();
  const block = makeCells(columns, BLOCK_SLOTS);
  const single = makeCells(columns, columns);
  let skipped = 0;
  let rows = 0;
  let nextPick = 0;
  const drain = async (): Promise<void> => {
    for (;;) {
      const cells: Cells = skipped < skip ? single : block;
      const before = cursor.position;
      tokenize(cursor, dialect, columns, cells);
      if (skipped < skip) skipped += cells.rows;
      else if (cells.rows) {
        const found = cells.rows;
        if (picked) nextPick += keepPicked(cells, columns, rows, picked, nextPick);
        if (cells.rows) for (const state of states) if (!state.hasFailed) feedColumn(state, cursor.bytes, cells, columns, dialect, words);
        rows += found;
        onBlock(rows);
        if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
      }
      if (cursor.position === before || cursor.position >= cursor.end) return;
    }
  };
  for await (const chunk of chunks) {
    load(cursor, chunk);
    await drain();
  }
  cursor.isLast = true;
  load(cursor, new Uint8Array(0));
  await drain();
  return { rows, cursor };
}

/** Moves the picked rows of a block, whose first is row `first` of the file, to its front; returns how many there are. */
function keepPicked(cells: Cells, columns: number, first: number, picked: Int32Array, next: number): number {
  const { starts, ends, quoted } = cells;
  let kept = 0;
  for (let k = next; k < picked.length && picked[k] < first + cells.rows; k++, kept++) {
    const from = (picked[k] - first) * columns;
    starts.copyWithin(kept * columns, from, from + columns);
    ends.copyWithin(kept * columns, from, from + columns);
    quoted.copyWithin(kept * columns, from, from + columns);
  }
  cells.rows = kept;
  return kept;
}

/** Moves the unread rest to the front of the window and puts the chunk behind it. */
export function load(cursor: Cursor, chunk: Uint8Array): void {
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
