// Errors of known kinds put into a clean table: one letter of a word replaced, dropped, doubled or swapped with its
// neighbour; a value of the same column from another row; a number a thousand times too large; a missing word.
import { sequence, type Random } from '../../core/base/random.ts';
import { cellText } from '../../core/table/cell.ts';
import { categoriesOf, makeTable, numbersOf } from '../../core/table/build.ts';
import type { Column, Table } from '../../core/table/table.ts';

/** `kinds`: by "row column name", what was done to the cell. `share` of the cells of category and number columns. */
export function injectErrors(table: Table, share: number, seed: number): { dirty: Table; kinds: Map<string, string> } {
  const kinds = new Map<string, string>();
  const columns = table.columns.map((column, c) => spoil(column, table.rows, share, sequence(seed, `inject ${c}`), kinds));
  return { dirty: makeTable(columns), kinds };
}

function spoil(column: Column, rows: number, share: number, random: Random, kinds: Map<string, string>): Column {
  if (column.kind !== 'category' && column.kind !== 'number') return column;
  const cells = Array.from({ length: rows }, (_, row) => cellText(column, row));
  for (let row = 0; row < rows; row++) {
    const text = cells[row];
    if (text === null || random.unit() >= share) continue;
    const [kind, wrong] = column.kind === 'number' ? wrongNumber(text, random) : wrongText(text, cells[random.below(rows)], random);
    if (wrong === text || wrong === null) continue;
    cells[row] = wrong;
    kinds.set(`${row} ${column.name}`, kind);
  }
  return column.kind === 'category' ? categoriesOf(column.name, cells) : numbersOf(column.name, cells.map((text) => (text === null ? null : Number(text))));
}

const wrongNumber = (text: string, random: Random): [string, string] => (random.unit() < 0.5 ? ['number times 1000', String(Number(text) * 1000)] : ['stand-in -999', '-999']);

function wrongText(text: string, other: string | null, random: Random): [string, string | null] {
  const draw = random.unit();
  if (draw < 0.2) return ['missing word', 'n/a'];
  if (draw < 0.4) return ['value of another row', other];
  const letters = [...text].flatMap((c, k) => (/\p{L}/u.test(c) ? [k] : []));
  if (!letters.length) return ['letter', null];
  const at = letters[random.below(letters.length)];
  const letter = 'abcdefghijklmnopqrstuvwxyz'[random.below(26)];
  const way = random.below(4);
  const wrong = way === 0 ? `${text.slice(0, at)}${letter}${text.slice(at + 1)}` : way === 1 ? text.slice(0, at) + text.slice(at + 1) : way === 2 ? `${text.slice(0, at)}${letter}${text.slice(at)}` : `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at]}${text.slice(at + 2)}`;
  return [text.length < 5 ? 'letter in a value below 5 letters' : 'letter', wrong];
}
