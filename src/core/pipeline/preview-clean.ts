// What one cleaning step would do, on real rows: the rows it changes before and after, and what it does to all of them.
// A step of scope row shows rows whose cells change; one that takes rows away shows those rows; one that makes another
// table shows the first rows of both.
import { errorRecord } from '../base/errors.ts';
import { describeCleanStep } from '../clean/apply-clean.ts';
import { applyStep } from '../clean/apply-step.ts';
import type { CleanContext, CleanStep, Cleaned, StepOutcome } from '../clean/clean.ts';
import { cleaners } from '../clean/index.ts';
import { cellText } from '../table/cell.ts';
import { takeRows } from '../table/take.ts';
import type { Column, Rows, Table } from '../table/table.ts';
import { tablePage, type TablePage } from './table-page.ts';

export type CleanPreview = { outcome: StepOutcome; before: TablePage; after: TablePage; marks: [number, string][]; rows: number[] };

const shown = 50;
/** Rows looked through for changes; beyond them the outcome's counts still say how many there are. */
const searched = 2_000_000;

/** `table` is the data as it stands before the step. An error of the step is in the outcome; nothing throws. */
export function previewClean(table: Table, step: CleanStep, context: CleanContext): CleanPreview {
  const base: StepOutcome = { id: step.id, text: '', rowsBefore: table.rows, rowsAfter: table.rows, columns: table.columns.length, changed: 0, notes: [], error: null };
  try {
    const cleaner = cleaners.get(step.type);
    const text = describeCleanStep(step);
    const cleaned = applyStep(cleaner, step, table, context);
    const outcome = { ...base, text, rowsAfter: cleaned.table.rows, columns: cleaned.table.columns.length, changed: cleaned.changed, notes: cleaned.notes };
    return cleaner.scope === 'shape' ? firstRows(table, cleaned, outcome) : changedRows(table, cleaned, outcome);
  } catch (error) {
    const page = tablePage(table, 0, shown);
    return { outcome: { ...base, error: errorRecord(error) }, before: page, after: page, marks: [], rows: Array.from({ length: page.rows }, (_, i) => i) };
  }
}

function firstRows(table: Table, { table: made }: Cleaned, outcome: StepOutcome): CleanPreview {
  const before = tablePage(table, 0, shown);
  return { outcome, before, after: tablePage(made, 0, shown), marks: [], rows: Array.from({ length: before.rows }, (_, i) => i) };
}

function changedRows(table: Table, { table: made, rows }: Cleaned, outcome: StepOutcome): CleanPreview {
  if (rows) {
    const gone = removedRows(rows, table.rows);
    const picked = gone.length ? gone : Int32Array.from(rows.subarray(0, shown));
    return { outcome, before: tablePage(takeRows(table, picked), 0, shown), after: gone.length ? emptyPage(made) : tablePage(made, 0, shown), marks: [], rows: Array.from(picked) };
  }
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const fresh = made.columns.filter((column) => byName.get(column.name) !== column);
  const known = fresh.filter((column) => byName.has(column.name));
  const picked: number[] = [];
  for (let row = 0; row < Math.min(table.rows, searched) && picked.length < shown; row++) {
    if (known.some((column) => differs(byName.get(column.name)!, column, row))) picked.push(row);
  }
  for (let row = 0; !picked.length && row < Math.min(table.rows, shown); row++) picked.push(row);
  const list: Rows = Int32Array.from(picked);
  const marks = picked.flatMap((row, i) => fresh.filter((column) => !byName.has(column.name) || differs(byName.get(column.name)!, column, row)).map((column): [number, string] => [i, column.name]));
  return { outcome, before: tablePage(takeRows(table, list), 0, shown), after: tablePage(takeRows(made, list), 0, shown), marks, rows: picked };
}

const differs = (a: Column, b: Column, row: number): boolean => cellText(a, row) !== cellText(b, row);

function removedRows(kept: Rows, rows: number): Rows {
  const isKept = new Uint8Array(rows);
  for (const row of kept) isKept[row] = 1;
  const out: number[] = [];
  for (let row = 0; row < rows && out.length < shown; row++) if (!isKept[row]) out.push(row);
  return Int32Array.from(out);
}

const emptyPage = (table: Table): TablePage => ({ from: 0, rows: 0, columns: table.columns.map((column) => column.name), cells: table.columns.map(() => []) });
