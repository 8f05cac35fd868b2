// Table -> cells that look wrong, the surest first. Every detector speaks for itself; what several say of one cell is joined
// as independent evidence (1 - product of their doubts), and the surest of them gives the reason.
import type { WorkContext } from '../../base/task.ts';
import { cellText } from '../../table/cell.ts';
import type { Table } from '../../table/table.ts';
import { codedColumn, recount, type CodedColumn } from './coded-column.ts';
import { detectors } from './index.ts';
import type { SuspectCell, SuspectReport } from './suspect.ts';

export type SuspectOptions = {
  /** Cells below it are left out; 0.5 unless the person says otherwise. */
  certainty?: number;
  /** Types of the detectors to ask; left out = all. */
  detectors?: readonly string[];
  /** The most cells listed; 2,000 unless more are asked for. */
  most?: number;
};
export const DEFAULT_CERTAINTY = 0.5;
const MOST_CELLS = 2000;
/** Of one detector in one column: more are counted and not kept. */
const MOST_KEPT = 100_000;
type Held = { row: number; column: number; detector: string; sure: number; doubt: number; reason: string; suggestion: string | null; suggests: number };

/** Throws unknown-type for a detector that is not there. A stop gives what was found so far. */
export async function findSuspects(table: Table, context: WorkContext, options: SuspectOptions = {}): Promise<SuspectReport> {
  const least = options.certainty ?? DEFAULT_CERTAINTY;
  const asked = options.detectors?.map((type) => detectors.get(type)) ?? detectors.all;
  const coded: (CodedColumn | null)[] = [];
  for (const column of table.columns) {
    if ((await context.breathe()) === 'stop') break;
    coded.push(codedColumn(column));
  }
  const held = new Map<number, Held>();
  let beyond = 0;
  if (coded.length === table.columns.length) {
    for (const [k, detector] of asked.entries()) {
      context.report({ stage: 'suspects', done: k / asked.length, text: detector.label.toLowerCase() });
      if ((await context.breathe()) === 'stop') break;
      const kept = new Int32Array(coded.length);
      const mended: { row: number; column: number; suggestion: string }[] = [];
      await detector.find({ table, coded, context }, (row, column, certainty, reason, suggestion) => {
        if (kept[column]++ >= MOST_KEPT) {
          if (certainty >= least) beyond++;
          return;
        }
        if (detector.mends && suggestion !== null) mended.push({ row, column, suggestion });
        join(held, row * coded.length + column, { row, column, detector: detector.type, sure: certainty, doubt: 1 - certainty, reason, suggestion, suggests: suggestion === null ? -1 : certainty });
      });
      mend(coded, mended);
    }
  }
  const found = [...held.values()].filter((cell) => 1 - cell.doubt >= least);
  found.sort((a, b) => a.doubt - b.doubt || a.column - b.column || a.row - b.row);
  context.report({ stage: 'suspects', done: 1, text: 'done' });
  return { cells: found.slice(0, options.most ?? MOST_CELLS).map((cell) => cellOf(table, cell)), total: found.length + beyond, byDetector: countsOf(table, found) };
}

/** The columns as they would be with the suggestions; a suggestion that is no value of its column makes the cell missing. */
function mend(coded: (CodedColumn | null)[], mended: readonly { row: number; column: number; suggestion: string }[]): void {
  for (const c of new Set(mended.map((m) => m.column))) {
    const column = coded[c]!;
    const index = new Map(column.values.map((text, code) => [text, code]));
    const codes = column.codes.slice();
    for (const { row, column: at, suggestion } of mended) if (at === c) codes[row] = index.get(suggestion) ?? -1;
    coded[c] = recount(column, codes);
  }
}

function join(held: Map<number, Held>, key: number, fresh: Held): void {
  const before = held.get(key);
  if (!before) {
    held.set(key, fresh);
    return;
  }
  before.doubt *= fresh.doubt;
  if (fresh.suggests > before.suggests) {
    before.suggestion = fresh.suggestion;
    before.suggests = fresh.suggests;
  }
  if (fresh.sure <= before.sure) return;
  before.sure = fresh.sure;
  before.detector = fresh.detector;
  before.reason = fresh.reason;
}

const cellOf = (table: Table, { row, column, detector, doubt, reason, suggestion }: Held): SuspectCell => ({ row, column: table.columns[column].name, value: cellText(table.columns[column], row), detector, certainty: Number((1 - doubt).toFixed(4)), reason, suggestion });

function countsOf(table: Table, found: readonly Held[]): SuspectReport['byDetector'] {
  const counts = new Map<string, SuspectReport['byDetector'][number]>();
  for (const { detector, column } of found) {
    const key = `${detector} ${column}`;
    const line = counts.get(key) ?? { detector, label: detectors.get(detector).label, column: table.columns[column].name, cells: 0 };
    line.cells++;
    counts.set(key, line);
  }
  return [...counts.values()].sort((a, b) => b.cells - a.cells);
}
