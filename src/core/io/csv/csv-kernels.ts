// The inner loops of reading a delimited file, which a fast twin may take over: bytes -> places of cells -> builders of columns.
// A door hands a twin over in the context (ReadContext); without one the reference works. Whatever reads, the states, the counts
// and the rejected rows after a pass are the same, to the last byte.
import type { WorkContext } from '../../base/task.ts';
import type { MissingWords } from '../text/missing-words.ts';
import type { ColumnState } from './column-state.ts';
import type { Dialect } from './dialect.ts';
import type { Cursor } from './tokenize.ts';

export type CsvPlan = { readonly dialect: Dialect; readonly columns: number; readonly words: MissingWords };

export interface CsvKernels {
  /** What runs it, for the record: reference, wasm. */
  readonly backend: string;
  /** True when no byte has its highest bit set: a check to spare a slower one. */
  isAscii?(bytes: Uint8Array): boolean;
  /** A scan of one file from its first byte on. */
  open(plan: CsvPlan): CsvScan;
}

export interface CsvScan {
  /** Where reading stands, and what was counted. Its `bytes` may move with every call. */
  readonly cursor: Cursor;
  /** Moves the unread rest to the front of the window and puts the chunk behind it; with isLast the file ends there. */
  load(chunk: Uint8Array, isLast: boolean): void;
  /** Finds the cells of the next rows, a block of them or at most `most`; returns how many rows. 0 = the window is used up. */
  next(most?: number): number;
  /** Of those rows keeps the given ones (places from 0 on, ascending) and forgets the others. */
  keep(places: Int32Array): void;
  /** Feeds those rows' cells of one column to its state; not called for a state that has failed. */
  feed(state: ColumnState): void;
  /** Puts all that was fed into the state's builders: before they are read or replaced, and at the end. */
  settle(state: ColumnState): void;
  /** Lets go of its memory; nothing may be called afterwards. */
  close(): void;
}

/** A WorkContext in which a door put faster kernels; any WorkContext is one. */
export type ReadContext = WorkContext & { readonly csv?: CsvKernels };
