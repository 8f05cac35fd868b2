// The contract of a writer: a Table in, the bytes of a file out, in chunks, so that a large table needs no array of its size.
// What the format cannot hold is a Note. Reading the file back gives the same table up to what docs/formats.md states.
import type { Params } from '../../base/params.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Note, WorkContext } from '../../base/task.ts';
import type { Table } from '../../table/table.ts';

/** The chunks in order are the file. */
export type Written = { chunks: Uint8Array[]; notes: Note[] };

export interface Writer<P = JsonObject> {
  readonly type: string;
  readonly label: string;
  /** File name ending, lower case, without the dot. */
  readonly extension: string;
  readonly mime: string;
  /** One line: when to choose it, and what it cannot hold. */
  readonly help: string;
  readonly params: Params<P>;
  /** Throws bad-param for params that contradict each other, stopped. */
  write(table: Table, params: P, context: WorkContext): Promise<Written>;
}
export const defineWriter = <P>(writer: Writer<P>): Writer<P> => writer;
export type AnyWriter = Writer<{ [key: string]: unknown }>;
