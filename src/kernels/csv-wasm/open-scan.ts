// A scan in WASM memory: rows as they should be are tokenized there, odd ones by core's reference over the same bytes and cells;
// columns are fed block by block, what is odd in them again by the reference.
import { STRING } from '../../core/io/csv/cell-kinds.ts';
import { feedUnknown, type ColumnState } from '../../core/io/csv/column-state.ts';
import type { CsvPlan, CsvScan } from '../../core/io/csv/csv-kernels.ts';
import { keepRows, makeCursor, tokenize, type Cursor } from '../../core/io/csv/tokenize.ts';
import { makeArena } from './arena.ts';
import { growWindow, makeBlock, renew, type Block } from './block.ts';
import type { Exports } from './exports.ts';
import { feedStrings, settleStrings, type StringParts } from './feed-strings.ts';
import { feedValues } from './feed-values.ts';

/** Odd rows that follow each other are given to the reference in growing numbers, up to this. */
const MOST_ODD = 256;

export function openScan(module: WebAssembly.Module, plan: CsvPlan): CsvScan {
  const arena = makeArena();
  const abort = (): never => { throw new Error('the CSV kernel aborted'); };
  const x = new WebAssembly.Instance(module, { env: { memory: arena.memory, abort } }).exports as unknown as Exports;
  const block = makeBlock(arena, x, plan);
  const cursor = { ...makeCursor(), bytes: block.bytes };
  const strings: StringParts = new Map();
  return {
    cursor,
    load(chunk, isLast) {
      const rest = cursor.end - cursor.position;
      const needed = rest + chunk.length + 4;
      if (needed > block.windowBytes) growWindow(block, needed, cursor.position, cursor.end);
      else block.bytes.copyWithin(0, cursor.position, cursor.end);
      block.bytes.set(chunk, rest);
      Object.assign(cursor, { bytes: block.bytes, position: 0, end: rest + chunk.length, isLast });
    },
    next(most = block.capacity) {
      block.cells.rows = isOrdinary(plan) ? nextRows(block, cursor, most) : nextByReference(block, cursor, 0, most);
      return block.cells.rows;
    },
    keep: (places) => keepRows(block.cells, plan.columns, places),
    feed(state) {
      feed(block, strings, state);
      renew(block);
      cursor.bytes = block.bytes;
    },
    settle: (state) => settleStrings(block, strings, state),
    close: () => strings.clear(),
  };
}

/** What the WASM tokenizer understands; all else is the reference's. */
function isOrdinary({ dialect, columns }: CsvPlan): boolean {
  const { delimiter, quote, escape, newline } = dialect;
  return columns > 0 && escape === 0 && newline === 10 && delimiter !== 32 && delimiter < 128 && quote < 128;
}

function nextRows(block: Block, cursor: Cursor, most: number): number {
  const { arena, x, plan } = block;
  const { dialect, columns } = plan;
  const at = block.cursor >> 2;
  let rows = 0;
  let odd = 1;
  for (;;) {
    arena.i32.set([cursor.position, cursor.end, Number(cursor.isLast), cursor.line, cursor.blankLines, cursor.trimmed, rows], at);
    const outcome = x.tokenize(block.cursor, block.window, block.starts, block.ends, block.quoted, columns, most, dialect.delimiter, dialect.quote, dialect.newline, Number(dialect.isStrict ?? false));
    const [position, , , line, blankLines, trimmed, found] = arena.i32.subarray(at, at + 7);
    Object.assign(cursor, { position, line, blankLines, trimmed });
    odd = found - rows > 4 ? 1 : Math.min(MOST_ODD, odd * 2);
    rows = found;
    if (outcome !== 1) return rows;
    rows += nextByReference(block, cursor, rows, Math.min(odd, most - rows));
    if (cursor.position === position || rows >= most || cursor.position >= cursor.end) return rows;
  }
}

/** Rows by the reference into the cells behind the first `rows` rows; returns how many. */
function nextByReference({ cells, plan }: Block, cursor: Cursor, rows: number, most: number): number {
  const slot = rows * plan.columns;
  const behind = { ...cells, starts: cells.starts.subarray(slot), ends: cells.ends.subarray(slot), quoted: cells.quoted.subarray(slot), rows: 0, capacity: most };
  tokenize(cursor, plan.dialect, plan.columns, behind);
  return behind.rows;
}

function feed(block: Block, strings: StringParts, state: ColumnState): void {
  const { cells, plan, bytes, x } = block;
  let row = 0;
  if (state.kind === 0) {
    const empty = x.emptyAhead(block.starts + state.place * 4, block.ends + state.place * 4, plan.columns * 4, cells.rows);
    if (empty === cells.rows) {
      state.empty += empty;
      state.rows += empty;
      return;
    }
    row = feedUnknown(state, bytes, cells, plan.columns, plan.words);
  }
  if (row === cells.rows || state.kind === 0 || state.hasFailed) return;
  if (state.kind === STRING) feedStrings(block, strings, state, row);
  else feedValues(block, state, row);
}
