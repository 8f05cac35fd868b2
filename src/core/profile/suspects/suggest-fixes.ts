// What a person would get by taking every fix that is evident: the alerts' fixes that mend how cells are written (units,
// blanks, words for missing, numbers and dates kept as text), then the suspect cells' own suggestions, cell by cell.
// Nothing is left out of the table and no value is guessed: cells without a suggestion stay for a person to look at.
import type { Alert } from '../profile.ts';
import type { SuspectCell } from './suspect.ts';

export type CleaningStep = { type: string; columns: string[]; params: { [key: string]: string | number | boolean } };

const MENDING = new Set(['units', 'blanks', 'mixed-nulls', 'numbers-as-text', 'dates-as-text']);

/** The cells' own corrections come first: their rows are those of the table as it stands. */
export function suggestFixes(alerts: readonly Alert[], cells: readonly SuspectCell[]): CleaningStep[] {
  const mending = alerts.filter((alert) => alert.severity !== 'info' && MENDING.has(alert.code)).flatMap((alert) => alert.fix?.clean ?? []);
  const rewritten = new Set(mending.filter((step) => step.type !== 'trim' && step.type !== 'set-missing').flatMap((step) => step.columns));
  return [...cellFixes(cells.filter((cell) => cell.detector !== 'unit' || !rewritten.has(cell.column))), ...mending];
}

/** One step of corrections for each column, rows ascending; '' as a suggestion makes the cell missing. */
export function cellFixes(cells: readonly SuspectCell[]): CleaningStep[] {
  const byColumn = new Map<string, [number, string | null][]>();
  for (const { column, row, suggestion } of cells) {
    if (suggestion === null) continue;
    const edits = byColumn.get(column) ?? [];
    edits.push([row, suggestion === '' ? null : suggestion]);
    byColumn.set(column, edits);
  }
  return [...byColumn].map(([column, edits]) => ({ type: 'fix-cells', columns: [column], params: { edits: JSON.stringify(edits.sort((a, b) => a[0] - b[0])) } }));
}
