// Single cells corrected by hand: [row, value] pairs, rows counted from 0 in the table as it stands at this step.
// A value is read as the column's kind; what cannot be read leaves the cell as it was and is counted, as are rows beyond the table.
import { getBit, makeBits, setBit } from '../../base/bits.ts';
import { BarnacleError } from '../../base/errors.ts';
import type { Note } from '../../base/task.ts';
import { columnRows } from '../../table/build.ts';
import { parseBoolean, parseNumber, parseTime } from '../../table/parse-cell.ts';
import { makeTextBuilder } from '../../table/text-builder.ts';
import { categoryOfTexts, unitOfTimes } from '../../table/texts.ts';
import type { Column } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn, noteOf } from '../each-column.ts';
import { counted } from '../words.ts';

type Edits = Map<number, string | null>;
const MOST_EDITS = 100_000;

export const fixCells = defineCleaner<{ edits: string }>({
  type: 'fix-cells',
  label: 'Correct cells',
  help: 'Corrects single cells of a column by hand; the file that was read keeps what it had.',
  scope: 'data',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 1 },
  params: { edits: { kind: 'text', label: 'Corrections', help: 'JSON: [[row, value], ...], rows from 0 in the table as it stands here, null = missing.', fallback: '[]', maxLength: 16_000_000 } },
  apply(table, columns, { edits }) {
    const read = readEdits(edits);
    return eachColumn(table, columns, (column, note) => (read.size ? corrected(column, read, note) : column));
  },
  describe: ([name], { edits }) => `${counted(readEdits(edits).size, 'cell')} of ${name} corrected`,
});

function readEdits(text: string): Edits {
  const refuse = () => new BarnacleError('bad-param', `fix-cells.edits is ${JSON.stringify(text.slice(0, 60))}; expected JSON [[row, value or null], ...], at most ${MOST_EDITS}`, { path: 'fix-cells.edits', value: text.slice(0, 200), expected: `[[row, value or null], ...], at most ${MOST_EDITS}` });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse();
  }
  if (!Array.isArray(value) || value.length > MOST_EDITS) throw refuse();
  const edits: Edits = new Map();
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2 || !Number.isInteger(pair[0]) || (pair[0] as number) < 0) throw refuse();
    const [row, to] = pair as [number, unknown];
    if (to !== null && typeof to !== 'string' && typeof to !== 'number' && typeof to !== 'boolean') throw refuse();
    edits.set(row, to === null ? null : String(to));
  }
  return edits;
}

function corrected(column: Column, edits: Edits, note: (note: Note) => void): Column {
  const rows = columnRows(column);
  const read = readerOf(column);
  const fine = [...edits].filter(([row, to]) => row < rows && (to === null || read(to) !== null));
  const beyond = [...edits.keys()].filter((row) => row >= rows).length;
  const unread = edits.size - fine.length - beyond;
  if (beyond) note(noteOf('no-such-row', `${counted(beyond, 'correction')} of "${column.name}" name rows beyond the ${rows} of the table and did nothing`, column.name, beyond));
  if (unread) note(noteOf('unreadable', `${counted(unread, 'correction')} of "${column.name}" cannot be read as ${column.kind} and did nothing`, column.name, unread, [...edits].find(([row, to]) => row < rows && to !== null && read(to) === null)?.[1] ?? null));
  return fine.length ? rewritten(column, new Map(fine), read) : column;
}

function readerOf(column: Column): (text: string) => number | string | null {
  if (column.kind === 'number') return parseNumber;
  if (column.kind === 'time') return parseTime;
  if (column.kind !== 'boolean') return (text) => text;
  return (text) => {
    const value = parseBoolean(text);
    return value === null ? null : value ? 1 : 0;
  };
}

function rewritten(column: Column, edits: Edits, read: (text: string) => number | string | null): Column {
  const rows = columnRows(column);
  if (column.kind === 'text') {
    const builder = makeTextBuilder(rows, column.bytes.length + 1024);
    for (let i = 0; i < rows; i++) if (edits.has(i)) builder.push(edits.get(i)!); else builder.copy(column, i);
    return builder.build(column.name);
  }
  const missing = makeBits(rows);
  for (let i = 0; i < rows; i++) if (edits.has(i) ? edits.get(i) === null : column.missing && getBit(column.missing, i)) setBit(missing, i);
  const mask = missing.some((byte) => byte !== 0) ? missing : null;
  if (column.kind === 'category') {
    const levels = [...column.levels];
    const codes = column.codes.slice();
    for (const [row, to] of edits) codes[row] = to === null ? 0 : levels.push(to) - 1;
    return categoryOfTexts(column.name, { codes, levels, missing: mask });
  }
  const values = column.kind === 'number' ? Float64Array.from(column.values) : column.values.slice();
  for (const [row, to] of edits) values[row] = to === null ? 0 : (read(to) as number);
  const unit = column.kind === 'time' && column.unit !== 'ms' ? { unit: finerUnit(column.unit, unitOfTimes(values as Float64Array, mask)) } : {};
  return { ...column, values, missing: mask, ...unit } as Column;
}

const finerUnit = (a: 'day' | 'second', b: 'day' | 'second' | 'ms'): 'day' | 'second' | 'ms' => (b === 'ms' ? 'ms' : a === 'second' || b === 'second' ? 'second' : 'day');
