// Rows at the end of a file that have the table's width and are no data: notes in one cell of a wide table, totals, rows of
// empty cells; and, anywhere, rows that repeat the names. Each goes to the rejected rows with its line and a reason.
// Cautious on purpose: a row is only taken for a total when its word says so, its other cells are numbers, and either it
// is less filled than the rows, or its word stands where numbers or dates stand, or the sum is right.
import { NUMBERS, STRING } from './cell-kinds.ts';
import { filled, fits } from './extent.ts';
import type { HeadRow } from './trial.ts';

/** At most so many rows at the end are looked at. */
const DEEPEST = 30;
const TOTAL = /^(grand |sub)?\s?(totals?|sum|average|mean|total general|gesamt|summe|insgesamt|total général|moyenne|totale|totaal)\b[ :.]*/i;
const NOTE = /^(source|notes?|footnotes?|remarks?|disclaimer|data (as of|from)|last updated|updated|generated|exported|report (run|generated)|end of|quelle|hinweis|\*|†|\[\d+\]|©|\(c\)|-- )/i;

export type Footer = { first: number; reasons: string[] };

/** From which of `rows` on they are a footer, with a reason for each; null when there is none. `body` are rows that are data. */
export function findFooter(rows: readonly HeadRow[], body: readonly HeadRow[], columns: number): Footer | null {
  const data = body.filter((row) => fits(row, columns) && filled(row) > 0);
  if (data.length < 3) return null;
  const typical = middle(data.map(filled));
  const typed = Array.from({ length: columns }, (_, k) => isTyped(data, k));
  const reasons: string[] = [];
  let first = rows.length;
  for (let i = rows.length - 1; i >= Math.max(0, rows.length - DEEPEST); i--) {
    const row = rows[i];
    const reason = !fits(row, columns) ? `${row.cells.length} cells where ${columns} were expected` : reasonOf(row, rows.slice(0, i), data, typical, typed, columns);
    if (reason === null) break;
    reasons.unshift(reason);
    if (fits(row, columns)) first = i;
  }
  return first === rows.length ? null : { first, reasons: reasons.slice(reasons.length - (rows.length - first)) };
}

function reasonOf(row: HeadRow, above: readonly HeadRow[], data: readonly HeadRow[], typical: number, typed: readonly boolean[], columns: number): string | null {
  const places = row.cells.map((cell, k) => (cell === '' ? -1 : k)).filter((k) => k >= 0);
  if (!places.length) return columns > 1 ? 'an empty row behind the table' : null;
  const k = places[0];
  const isWord = row.kinds[k] === STRING;
  if (places.length === 1 && typical >= 3 && isWord) {
    const isApart = above.length > 0 && filled(above[above.length - 1]) === 0;
    if (typed[k] || NOTE.test(row.cells[k]) || isApart || isLong(row.cells[k], data, k)) return 'a note behind the table';
  }
  if (!isWord || !TOTAL.test(row.cells[k]) || places.length < 2) return null;
  if (places.slice(1).some((p) => !(row.kinds[p] & NUMBERS))) return null;
  if (data.filter((r) => r !== row && TOTAL.test(r.cells[k])).length > 2) return null;
  return typed[k] || places.length < typical || sumIsRight(row, above, places, columns) ? 'a total behind the table' : null;
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function isTyped(rows: readonly HeadRow[], k: number): boolean {
  const present = rows.filter((row) => row.kinds[k] !== 0);
  return present.length > 2 && present.filter((row) => row.kinds[k] !== STRING).length > present.length * 0.8;
}

const isLong = (cell: string, data: readonly HeadRow[], k: number): boolean => cell.length > 40 && data.every((row) => row.cells[k].length * 2 < cell.length);

/** True when some number of the row is the sum of those above it. */
function sumIsRight(row: HeadRow, above: readonly HeadRow[], places: readonly number[], columns: number): boolean {
  const rows = above.filter((r) => fits(r, columns));
  return rows.length > 2 && places.slice(1).some((k) => {
    const sum = rows.reduce((n, r) => n + (Number(r.cells[k].replace(/,/g, '')) || 0), 0);
    const said = Number(row.cells[k].replace(/,/g, ''));
    return said !== 0 && Math.abs(sum - said) <= Math.abs(said) * 1e-6 + 0.005;
  });
}

/** True when a row holds the table's names again. */
export const repeatsNames = (row: { cells: readonly string[] }, names: readonly string[]): boolean => row.cells.length >= names.length && names.some((name) => name !== '') && names.every((name, k) => row.cells[k].trim() === name);
