// The contract of a reader: bytes in, a Table with Notes and rejected rows out; nothing is lost in silence.
// `ByteSource` is the two-member seam under every format: a File, a Node file handle, an ArrayBuffer are all that.
import type { JsonObject } from '../base/json.ts';
import type { Params } from '../base/params.ts';
import type { Note, WorkContext } from '../base/task.ts';
import type { Table } from '../table/table.ts';
import type { BlockStream } from './stream/blocks.ts';

export interface ByteSource {
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  /** Bytes [start, end), 0 <= start <= end <= size. */
  slice(start: number, end: number): Promise<Uint8Array>;
}

/** A row that did not fit: its line in the file (1-based), its raw text (at most 1,000 characters) and why. */
export type RejectedRow = { line: number; text: string; reason: string };

export interface ReadResult {
  readonly table: Table;
  readonly notes: Note[];
  readonly rejected: RejectedRow[];
  /** How it was read, for the person to see and change: delimiter, encoding, header, ... */
  readonly how: JsonObject;
}

export interface Reader<P = JsonObject> {
  readonly type: string;
  readonly label: string;
  /** File name endings, lower case, without the dot. */
  readonly extensions: readonly string[];
  readonly params: Params<P>;
  /** True when the first bytes (up to 64 kB) look like this format. */
  sniff(head: Uint8Array): boolean;
  read(source: ByteSource, params: P, context: WorkContext): Promise<ReadResult>;
  /** The same rows and kinds as `read`, in blocks that are never all in memory. Left out where a format must be read whole. */
  stream?(source: ByteSource, params: P, context: WorkContext): Promise<BlockStream>;
}
export const defineReader = <P>(reader: Reader<P>): Reader<P> => reader;
