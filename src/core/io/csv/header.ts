// Whether rows begin with names, and how many rows the names take. Each column votes: names over numbers or dates are a
// header, a value that comes again below is not, and so on; several rows of names are joined with a space.
// A row of names whose width is not the table's (a delimiter too few or too many, or another delimiter) is still its header.
import type { HeadRow } from './trial.ts';
import { NUMBERS, STRING } from './cell-kinds.ts';

/** More rows of names than this are not believed. */
const MOST_ROWS = 5;

/** True when the first of these rows (all of the table's width) holds names. */
export function looksLikeHeader(rows: readonly HeadRow[]): boolean {
  if (!rows.length) return true;
  const [first] = rows;
  const rest = rows.slice(1).filter((row) => !isSame(row, first));
  const areYears = countsUp(first);
  let votes = 0;
  for (let k = 0; k < first.cells.length; k++) votes += voteOf(first, rest, k, areYears);
  return votes > 0;
}

/** True for a row that repeats another in two cells or more. */
const isSame = (row: HeadRow, other: HeadRow): boolean => row.cells.length > 1 && row.cells.every((cell, k) => cell === other.cells[k]);

function voteOf(first: HeadRow, rest: readonly HeadRow[], k: number, areYears: boolean): number {
  const cell = first.cells[k];
  const below = rest.filter((row) => row.kinds[k] !== 0);
  const isName = first.kinds[k] === STRING || (areYears && (first.kinds[k] & NUMBERS) !== 0);
  if (!below.length) return isName ? 0.2 : -0.2;
  const typed = below.filter((row) => row.kinds[k] !== STRING).length;
  if (typed > below.length * 0.8) return isName ? 1 : first.kinds[k] === 0 ? 0 : -1;
  if (!isName) return first.kinds[k] === 0 ? 0 : -0.5;
  if (below.some((row) => row.cells[k] === cell)) return -1;
  const shape = commonShape(below, k);
  if (shape !== null) return shapeOf(cell) === shape ? -0.3 : 0.5;
  if (!/\d/.test(cell) && below.filter((row) => /\d/.test(row.cells[k])).length > below.length * 0.9) return 0.5;
  return 0.1;
}

/** True when at least three numbers of the row each follow on the one before: years or months across the columns. */
function countsUp({ cells, kinds }: HeadRow): boolean {
  const numbers = cells.filter((_, k) => kinds[k] & NUMBERS).map(Number);
  return numbers.length >= 3 && numbers.every((value, i) => i === 0 || value === numbers[i - 1] + 1);
}

/** The writing that at least four in five cells share, when it has digits or signs in it; else null. */
function commonShape(rows: readonly HeadRow[], k: number): string | null {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const shape = shapeOf(row.cells[k]);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  for (const [shape, count] of counts) if (count >= rows.length * 0.8 && rows.length > 2 && /[^a ]/.test(shape)) return shape;
  return null;
}

const shapeOf = (cell: string): string => cell.slice(0, 200).replace(/\p{L}+/gu, 'a').replace(/\d+/g, '9').replace(/\s+/g, ' ');

/** How many rows of names the table begins with, given that the first is one. */
export function headerRows(rows: readonly HeadRow[]): number {
  let count = 1;
  while (count < MOST_ROWS && count + 2 <= rows.length && continuesHeader(rows, count)) count++;
  return count;
}

/** A further row of names: at least two columns are typed below and this row has a name or nothing over each of them. */
function continuesHeader(rows: readonly HeadRow[], at: number): boolean {
  const row = rows[at];
  const rest = rows.slice(at + 1).filter((other) => !isSame(other, row));
  let over = 0;
  let named = 0;
  for (let k = 0; k < row.cells.length; k++) {
    const below = rest.filter((r) => r.kinds[k] !== 0);
    const typed = below.filter((r) => r.kinds[k] !== STRING).length;
    if (below.length && (typed > below.length * 0.8 || isShaped(below, k))) {
      if (row.kinds[k] !== 0 && (row.kinds[k] !== STRING || (typed <= below.length * 0.8 && shapeOf(row.cells[k]) === shapeOf(below[0].cells[k])))) return false;
      over++;
      if (row.kinds[k] === STRING) named++;
    } else if (row.kinds[k] !== 0 && below.some((r) => r.cells[k] === row.cells[k])) return false;
  }
  return over >= 2 && named * 2 > over;
}

const isShaped = (rows: readonly HeadRow[], k: number): boolean => /9/.test(commonShape(rows, k) ?? '');

/** The parts of each column's name, joined. */
export const joinedNames = (rows: readonly HeadRow[], columns: number): string[] =>
  Array.from({ length: columns }, (_, k) => rows.map((row) => (row.cells[k] ?? '').trim()).filter(Boolean).join(' '));

/** True when a row could be names although its width is another: all words, none twice. */
export function looksLikeNames({ cells, kinds }: Pick<HeadRow, 'cells' | 'kinds'>): boolean {
  const words = cells.filter((cell) => cell !== '');
  return words.length > 1 && words.length * 2 > cells.length && new Set(words).size === words.length && kinds.every((kind) => kind === STRING || kind === 0) && words.every((word) => word.length <= 100);
}

/** Names from a row of another width, made to fit; the first column has no name when the table begins with row labels. */
export function fittedNames(cells: readonly string[], columns: number, below: readonly HeadRow[]): string[] {
  const words = cells.map((cell) => cell.trim());
  const kept = words.length > columns ? words.filter((word) => word !== '') : words;
  const names = kept.length > columns ? words.slice(0, columns) : kept;
  if (names.length === columns - 1 && hasRowLabels(below)) names.unshift('');
  return Array.from({ length: columns }, (_, k) => names[k] ?? '');
}

/** True when the first column holds distinct words, or 1, 2, 3, ...: how R writes the names of rows. */
function hasRowLabels(rows: readonly HeadRow[]): boolean {
  const labels = rows.map((row) => row.cells[0]);
  if (labels.length < 2 || new Set(labels).size < labels.length) return false;
  return rows.every((row) => row.kinds[0] === STRING) || labels.every((label, i) => label === String(i + Number(labels[0])) && Number(labels[0]) <= 1);
}
