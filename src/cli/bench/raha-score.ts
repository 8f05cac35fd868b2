// Cells found wrong against the clean copy: precision, recall and F1 over all, by detector and by column.
import { cellText } from '../../core/table/cell.ts';
import type { Table } from '../../core/table/table.ts';

export type Score = { cells: number; wrong: number; found: number; hit: number; precision: number | null; recall: number | null; f1: number | null };

/** `found`: detector by "row column". A cell is wrong when its text differs from the clean copy's. */
export function scoreOf(raw: Table, clean: Table, found: ReadonlyMap<string, string>): { all: Score; byDetector: Map<string, Score>; byColumn: Map<number, Score> } {
  const detectors = new Map<string, Tally>();
  const columns = new Map<number, Tally>();
  const all = tally();
  for (let c = 0; c < clean.columns.length; c++) {
    const column = tally();
    for (let row = 0; row < clean.rows; row++) {
      const isWrong = (cellText(raw.columns[c], row) ?? '') !== (cellText(clean.columns[c], row) ?? '');
      const detector = found.get(`${row} ${c}`);
      add(column, isWrong, detector !== undefined);
      if (detector === undefined) continue;
      if (!detectors.has(detector)) detectors.set(detector, tally());
      add(detectors.get(detector)!, isWrong, true);
    }
    for (const key of ['cells', 'wrong', 'found', 'hit'] as const) all[key] += column[key];
    if (column.wrong || column.found) columns.set(c, column);
  }
  const byDetector = new Map([...detectors].map(([name, t]) => [name, finish({ ...t, wrong: all.wrong })]));
  return { all: finish(all), byDetector, byColumn: new Map([...columns].map(([c, t]) => [c, finish(t)])) };
}

/** Equal as text, or as numbers to 12 digits: "12.0" and "12"; the dirty file writes some 0.052 as 0.052000000000000005. */
export const sameCell = (a: string, b: string): boolean => a === b || (a.trim() !== '' && b.trim() !== '' && Math.abs(Number(a) - Number(b)) <= 1e-12 * Math.abs(Number(b)));

type Tally = { cells: number; wrong: number; found: number; hit: number };
const tally = (): Tally => ({ cells: 0, wrong: 0, found: 0, hit: 0 });
function add(t: Tally, isWrong: boolean, isFound: boolean): void {
  t.cells++;
  if (isWrong) t.wrong++;
  if (isFound) t.found++;
  if (isWrong && isFound) t.hit++;
}
function finish(t: Tally): Score {
  const precision = t.found ? t.hit / t.found : null;
  const recall = t.wrong ? t.hit / t.wrong : null;
  return { ...t, precision, recall, f1: precision !== null && recall !== null && precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : null };
}
