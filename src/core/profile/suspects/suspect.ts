// Cells that look wrong, found without labels: what one is, what a detector of them must offer, and the report.
// A detector adds cells with a certainty of its own, in (0, 1): how likely such a cell is wrong. Cells that several
// detectors name are joined by find-suspects.
import type { WorkContext } from '../../base/task.ts';
import type { Table } from '../../table/table.ts';
import type { CodedColumn } from './coded-column.ts';

/** Row from 0; `value` null = missing; `suggestion` what it might be ('' = it stands for "missing"), null = not known. */
export type SuspectCell = { row: number; column: string; value: string | null; detector: string; certainty: number; reason: string; suggestion: string | null };
export type SuspectReport = {
  cells: SuspectCell[];
  /** Found in all above the certainty asked for; `cells` holds at most 2,000. */
  total: number;
  byDetector: { detector: string; label: string; column: string; cells: number }[];
};

/** `column` is the place of the column in the table. */
export type AddSuspect = (row: number, column: number, certainty: number, reason: string, suggestion: string | null) => void;

export interface SuspectFacts {
  readonly table: Table;
  /** Each column's distinct values by code; null where they are too many to compare. */
  readonly coded: readonly (CodedColumn | null)[];
  readonly context: WorkContext;
}

export interface SuspectDetector {
  readonly type: string;
  readonly label: string;
  readonly help: string;
  /** True when the others are to see its suggestions in place of the cells. */
  readonly mends?: boolean;
  find(facts: SuspectFacts, add: AddSuspect): Promise<void>;
}
export const defineDetector = (detector: SuspectDetector): SuspectDetector => detector;
