// How two datasets differ: their columns, their rows, and how each column's values are distributed. Plain JSON.
import type { Field, Kind } from '../table/table.ts';

export type ColumnShift = {
  /** Its name in b; `from` in a, another one when it was likely renamed. */
  name: string;
  from: string;
  kind: Kind;
  /** Population stability index over ten bins or the levels, present values only; above 0.1 it moved, above 0.25 much. Null = another kind, nothing present, or free text and names, where each row has its own. */
  psi: number | null;
  /** Jensen-Shannon distance of the same shares, base 2: 0 = the same, 1 = nothing in common. */
  js: number | null;
  mean: { a: number; b: number } | null;
  /** Shares of missing rows. */
  missing: { a: number; b: number };
  distinct: { a: number; b: number };
  /** At most 20 levels each, the most frequent first, and how many there are; null when the column has no levels or they are too many. */
  levels: { added: string[]; addedCount: number; lost: string[]; lostCount: number } | null;
  /** Cells that differ among rows that are matched; null where rows were not compared. */
  changed: number | null;
};

export type RowChange = { change: 'added' | 'removed' | 'changed'; /** Row in a (removed, changed) or b (added), from 0. */ row: number; /** Only cells that differ for `changed`; at most 8. */ cells: { column: string; a: string | null; b: string | null }[] };

export type DatasetDiff = {
  version: 1;
  columns: {
    added: Field[];
    removed: Field[];
    retyped: { name: string; from: Kind; to: Kind }[];
    /** A removed and an added column that hold the same. */
    renamed: { from: string; to: string; why: string }[];
    reordered: boolean;
  };
  rows: {
    a: number;
    b: number;
    /** How rows were matched: by the column(s) that name them, by place, or by what they hold; null = not compared (tables not given). */
    by: 'key' | 'place' | 'content' | null;
    key: string | null;
    added: number;
    removed: number;
    changed: number;
    same: number;
  };
  /** Columns in both, the most shifted first. */
  shifts: ColumnShift[];
  /** At most 30. */
  examples: RowChange[];
};
