// The central data type: a table of typed columns, plain and cloneable, never written after it was built.
// Every column is typed arrays (text = UTF-8 bytes + offsets, as in Arrow), so a table crosses a thread by transfer or
// is shared. `missing` is an explicit mask (bit set = missing), so 0, NaN, '' and absent stay four things.
import type { Bits } from '../base/bits.ts';

export type Kind = 'number' | 'category' | 'boolean' | 'time' | 'text';
export type NumberArray = Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array;

interface Named {
  readonly name: string;
  /** Bit i set = row i is missing; null = nothing is missing. The value under a set bit is 0 and means nothing. */
  readonly missing: Bits | null;
}
export interface NumberColumn extends Named { readonly kind: 'number'; readonly values: NumberArray }
/** codes[i] indexes levels; distinct, in order of first appearance or sorted, as the reader declares. Missing rows hold 0. */
export interface CategoryColumn extends Named {
  readonly kind: 'category';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  /** Set by the recipe step `codes`: goes into the Matrix as it is, a nominal feature. */
  readonly nominal?: true;
}
/** values[i] is 0 or 1. */
export interface BooleanColumn extends Named { readonly kind: 'boolean'; readonly values: Uint8Array }
/** values[i] is milliseconds since 1970-01-01T00:00Z; `unit` is the finest field that was written in the source. */
export interface TimeColumn extends Named { readonly kind: 'time'; readonly values: Float64Array; readonly unit: 'day' | 'second' | 'ms' }
/** Row i is the UTF-8 text bytes[offsets[i] .. offsets[i + 1]); offsets has rows + 1 entries. */
export interface TextColumn extends Named { readonly kind: 'text'; readonly bytes: Uint8Array; readonly offsets: Uint32Array }

export type Column = NumberColumn | CategoryColumn | BooleanColumn | TimeColumn | TextColumn;

export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** A selection of rows by index; splits, folds and samples are Rows. */
export type Rows = Int32Array;

/** What a column is, without its values. */
export type Field = { name: string; kind: Kind };
export type Schema = Field[];
