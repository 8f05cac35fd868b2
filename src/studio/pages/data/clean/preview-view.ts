// The preview of a step for the eye: where rows and columns stay, one table with what each touched cell was and becomes;
// where rows leave, these rows; where another table is made, the rows before and the rows after.
import type { CleanPreview } from '../../../../wire/data.ts';
import type { TablePage } from '../../../../wire/engine.ts';

type Text = string | null | undefined;
export type PairedCell = { was: Text; is: Text; changed: boolean };
export type PairedColumn = { name: string; state: 'new' | 'gone' | 'changed' | 'same' };
export type Side = { columns: string[]; rows: { label: number; cells: { text: Text; marked: boolean }[] }[]; hidden: number };
export type PreviewView =
  | { paired: true; columns: PairedColumn[]; rows: { label: number; cells: PairedCell[] }[]; hidden: number }
  | { paired: false; before: Side; after: Side | null };

const TOUCHED = 10;
const CONTEXT = 3;
const WIDE = 12;

/** `asked`: the columns that the step takes; they are shown though nothing in them changes. */
export function previewView(preview: CleanPreview, asked: readonly string[]): PreviewView {
  const { before, after, marks, rows } = preview;
  const marked = new Set(marks.map(([row, column]) => `${row}\n${column}`));
  const touched = new Set(marks.map(([, column]) => column));
  if (after.rows === 0 && before.rows > 0 && preview.outcome.rowsAfter < preview.outcome.rowsBefore) return { paired: false, before: side(before, rows, new Set(), asked), after: null };
  const inBoth = after.columns.filter((name) => before.columns.includes(name));
  const isPaired = before.rows === after.rows && preview.outcome.rowsBefore === preview.outcome.rowsAfter && (inBoth.length > 0 || before.columns.length === after.columns.length);
  if (!isPaired) return { paired: false, before: side(before, rows, new Set(), asked), after: side(after, before.rows === after.rows ? rows : [], marked, [...touched, ...asked]) };
  const stateOf = (name: string): PairedColumn['state'] => (!after.columns.includes(name) ? 'gone' : !before.columns.includes(name) ? 'new' : touched.has(name) ? 'changed' : 'same');
  const names = [...before.columns.filter((name) => !after.columns.includes(name)), ...after.columns];
  const all = names.map((name) => ({ name, state: stateOf(name) }));
  const first = all.filter((column) => column.state !== 'same' || asked.includes(column.name));
  const context = all.filter((column) => !first.includes(column));
  const columns = [...first.slice(0, TOUCHED), ...context.slice(0, first.length >= TOUCHED ? 0 : CONTEXT)];
  const at = (page: TablePage, name: string, row: number): Text => page.cells[page.columns.indexOf(name)]?.[row];
  return {
    paired: true, columns, hidden: all.length - columns.length,
    rows: Array.from({ length: after.rows }, (_, row) => ({
      label: (rows[row] ?? row) + 1,
      cells: columns.map(({ name, state }) => ({ was: at(before, name, row), is: at(after, name, row), changed: state === 'changed' && marked.has(`${row}\n${name}`) })),
    })),
  };
}

function side(page: TablePage, rows: readonly number[], marked: ReadonlySet<string>, first: readonly string[]): Side {
  const names = [...page.columns.filter((name) => first.includes(name)), ...page.columns.filter((name) => !first.includes(name))].slice(0, WIDE);
  const places = names.map((name) => page.columns.indexOf(name));
  return {
    columns: names, hidden: page.columns.length - names.length,
    rows: Array.from({ length: page.rows }, (_, row) => ({ label: (rows[row] ?? page.from + row) + 1, cells: places.map((place, i) => ({ text: page.cells[place]?.[row], marked: marked.has(`${row}\n${names[i]}`) })) })),
  };
}

/** True when the step leaves all as it is: no cell, no column and no row, not even the order. */
export function isNothing(preview: CleanPreview, view: PreviewView): boolean {
  const { outcome, rows } = preview;
  if (outcome.error !== null || outcome.changed > 0 || outcome.rowsBefore !== outcome.rowsAfter || !view.paired) return false;
  return view.columns.every((column) => column.state === 'same') && rows.every((row, i) => i === 0 || row > rows[i - 1]!) && preview.before.columns.join('\n') === preview.after.columns.join('\n');
}
