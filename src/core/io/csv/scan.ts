// One pass over a delimited file: chunks -> windows -> blocks of cells -> columns.
// The window holds what is left of the last chunk and the next one; a row is never cut. Breathes after every block.
// The loops are CsvKernels: those that the context brings, else the reference.
import { BarnacleError } from '../../base/errors.ts';
import type { Chunks } from '../source.ts';
import type { ColumnState } from './column-state.ts';
import type { ReadContext } from './csv-kernels.ts';
import type { Dialect } from './dialect.ts';
import { referenceCsv } from './reference-csv.ts';
import type { Cursor } from './tokenize.ts';
import type { MissingWords } from '../text/missing-words.ts';

export type Pass = { rows: number; cursor: Cursor };

/** Feeds every state, of the `picked` rows only (ascending; null = all; `rows` counts all the same); `skip` rows at the front (the header) are tokenized and left out. Throws stopped. */
export async function scanCsv(chunks: Chunks, dialect: Dialect, columns: number, skip: number, states: readonly ColumnState[], words: MissingWords, context: ReadContext, onBlock: (rows: number) => void, picked: Int32Array | null = null): Promise<Pass> {
  const scan = (context.csv ?? referenceCsv).open({ dialect, columns, words });
  let skipped = 0;
  let rows = 0;
  let nextPick = 0;
  const drain = async (): Promise<void> => {
    for (;;) {
      const before = scan.cursor.position;
      const found = skipped < skip ? scan.next(1) : scan.next();
      if (skipped < skip) skipped += found;
      else if (found) {
        const places = picked && placesIn(picked, nextPick, rows, found);
        if (places) scan.keep(places);
        nextPick += places?.length ?? 0;
        if (places?.length !== 0) for (const state of states) if (!state.hasFailed) scan.feed(state);
        rows += found;
        onBlock(rows);
        if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'reading was stopped', { job: 'read' });
      }
      if (scan.cursor.position === before || scan.cursor.position >= scan.cursor.end) return;
    }
  };
  try {
    for await (const chunk of chunks) {
      scan.load(chunk, false);
      await drain();
    }
    scan.load(new Uint8Array(0), true);
    await drain();
    for (const state of states) if (!state.hasFailed) scan.settle(state);
    return { rows, cursor: scan.cursor };
  } finally {
    scan.close();
  }
}

/** The picked rows, from the `next`-th pick on, that are among `count` rows from `first` on, as places in these. */
function placesIn(picked: Int32Array, next: number, first: number, count: number): Int32Array {
  let stop = next;
  while (stop < picked.length && picked[stop] < first + count) stop++;
  return picked.slice(next, stop).map((row) => row - first);
}
