// The contract of a quality alert: its thresholds as declared params (so they can be edited in place) and a rule over the
// facts of a table. An alert names its figure, its threshold and, where there is one, a fix that can be taken back.
import type { Params } from '../../base/params.ts';
import type { Rows, Table } from '../../table/table.ts';
import type { ColumnFacts } from '../profile-column.ts';
import type { Alert, Pair, Sum } from '../profile.ts';

export interface AlertFacts {
  readonly table: Table;
  readonly rows: number;
  readonly columns: readonly ColumnFacts[];
  /** Seeded sample rows behind pairs and other relations. */
  readonly sample: Rows;
  readonly duplicates: { readonly duplicates: number; readonly rows: number };
  readonly pairs: readonly Pair[];
  readonly sums: readonly Sum[];
  readonly paired: number;
  readonly pairable: number;
  /** What is to be predicted, when that is known. */
  readonly target: string | null;
  /** Milliseconds since 1970 of now, as the door gives it; null = not known. */
  readonly today: number | null;
}

export interface AlertKind<P = unknown> {
  /** The code of its alerts. */
  readonly type: string;
  readonly label: string;
  /** What it means and what to do. */
  readonly help: string;
  readonly params: Params<P>;
  find(facts: AlertFacts, params: P): Alert[];
}
export const defineAlert = <P>(kind: AlertKind<P>): AlertKind<P> => kind;
