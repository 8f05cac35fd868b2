// The cleaning step that mends what a detector found in a column: the suggested value of each suspect cell, when it made
// suggestions; else these cells made missing is left to the person, cell by cell.
import type { SuspectReport } from '../../../../wire/data.ts';
import { count } from '../../../format.ts';
import type { CellEdit } from '../table/fix-cells.ts';

export type SuspectFix = { detector: string; column: string; label: string; step: { type: string; columns: string[]; params: { [key: string]: string } } };

/** One for each detector and column with suggestions; the more certain suggestion of a cell wins. */
export function suspectFixes(report: SuspectReport): SuspectFix[] {
  return report.byDetector.flatMap((group): SuspectFix[] => {
    const cells = report.cells.filter((cell) => cell.detector === group.detector && cell.column === group.column && cell.suggestion !== null).sort((a, b) => a.certainty - b.certainty);
    const edits: CellEdit[] = [...new Map(cells.map((cell): [number, string] => [cell.row, cell.suggestion!]))].sort((a, b) => a[0] - b[0]);
    if (edits.length === 0) return [];
    return [{ detector: group.detector, column: group.column, label: `Mend ${count(edits.length)}`, step: { type: 'fix-cells', columns: [group.column], params: { edits: JSON.stringify(edits) } } }];
  });
}
