// Values or rows far from the rest of this table: by quartiles (Tukey), by median and MAD, or rows that an isolation forest
// tells apart easily. Limits come from the table as it stands; the rows of a prediction are never judged by this step.
import { getBit, makeBits, setBit } from '../../base/bits.ts';
import { BarnacleError } from '../../base/errors.ts';
import { quantilesOf } from '../../base/order.ts';
import type { Note } from '../../base/task.ts';
import { getColumn } from '../../table/build.ts';
import { putColumns } from '../../table/take.ts';
import { rowsWhere } from '../../table/verbs/filter.ts';
import type { Column, NumberColumn, Table, TimeColumn } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { noteOf } from '../each-column.ts';
import { isolationScores } from '../isolation-forest.ts';
import { keptRows } from '../kept-rows.ts';
import { columnWords } from '../words.ts';

type Method = 'iqr' | 'robust-z' | 'isolation-forest';
type Params = { method: Method; factor: number; action: 'rows' | 'missing' };
type Measured = NumberColumn | TimeColumn;

export const dropOutliers = defineCleaner<Params>({
  type: 'drop-outliers',
  label: 'Remove outliers',
  help: 'Removes rows, or blanks values, that lie far from the rest of the table.',
  scope: 'data',
  takes: ['number', 'time'],
  arity: { fewest: 0, most: 0 },
  params: {
    method: { kind: 'choice', label: 'Far by', help: 'Quartiles and median judge each column by itself, the forest judges whole rows.', fallback: 'iqr', choices: [{ value: 'iqr', label: 'Quartiles (distance in interquartile ranges)' }, { value: 'robust-z', label: 'Median (distance in robust standard deviations)' }, { value: 'isolation-forest', label: 'Isolation forest (rows unlike all others)' }] },
    factor: { kind: 'number', label: 'From', help: 'How far is too far: 1.5 or 3 interquartile ranges, 3.5 robust deviations; for the forest, deviations of its score.', fallback: 3, min: 0.1, max: 1000, integer: false },
    action: { kind: 'choice', label: 'Then', help: 'What happens to what is found.', fallback: 'rows', choices: [{ value: 'rows', label: 'The row goes' }, { value: 'missing', label: 'The value becomes missing' }] },
  },
  apply(table, columns, { method, factor, action }) {
    if (method === 'isolation-forest' && action === 'missing') throw new BarnacleError('bad-param', 'drop-outliers.action is "missing"; expected "rows": the isolation forest judges whole rows', { path: 'drop-outliers.action', value: action, expected: 'rows' });
    if (!columns.length || !table.rows) return keptRows(table, rowsWhere(new Uint8Array(table.rows), false));
    const measured = columns.map((name) => getColumn(table, name) as Measured);
    if (method === 'isolation-forest') return keptRows(table, rowsWhere(lonely(measured, table.rows, factor), false));
    const notes: Note[] = [];
    const found = measured.map((column) => farCells(column, method, factor, notes));
    if (action === 'missing') return { ...blanked(table, measured, found), notes };
    const gone = new Uint8Array(table.rows);
    for (const flags of found) for (let i = 0; i < gone.length; i++) gone[i] |= flags[i];
    return { ...keptRows(table, rowsWhere(gone, false)), notes };
  },
  describe: (columns, { method, factor, action }) => `${action === 'rows' ? 'Rows' : 'Values'} more than ${factor} ${{ iqr: 'interquartile ranges', 'robust-z': 'robust deviations', 'isolation-forest': 'deviations of the isolation score' }[method]} off in ${columnWords(columns, 'any number')} ${action === 'rows' ? 'go' : 'become missing'}`,
});

function valuesThere(column: Measured): Float64Array {
  const held = new Float64Array(column.values.length);
  let n = 0;
  for (let i = 0; i < held.length; i++) if (Number.isFinite(column.values[i]) && !(column.missing && getBit(column.missing, i))) held[n++] = column.values[i];
  return held.subarray(0, n);
}

function limitsOf(column: Measured, method: Method, factor: number): [number, number] | null {
  const values = valuesThere(column);
  if (values.length < 4) return null;
  const [q1, middle, q3] = quantilesOf(values, [0.25, 0.5, 0.75]);
  if (method === 'iqr') return q3 > q1 ? [q1 - factor * (q3 - q1), q3 + factor * (q3 - q1)] : null;
  const [mad] = quantilesOf(values.map((value) => Math.abs(value - middle)), [0.5]);
  return mad > 0 ? [middle - factor * 1.4826 * mad, middle + factor * 1.4826 * mad] : null;
}

function farCells(column: Measured, method: Method, factor: number, notes: Note[]): Uint8Array {
  const flags = new Uint8Array(column.values.length);
  const limits = limitsOf(column, method, factor);
  if (!limits) {
    notes.push(noteOf('no-spread', `half of the values of "${column.name}" are the same or too few are there; nothing is told apart in it`, column.name, null));
    return flags;
  }
  let n = 0;
  for (let i = 0; i < flags.length; i++) {
    const value = column.values[i];
    if (!(value < limits[0] || value > limits[1]) || (column.missing && getBit(column.missing, i))) continue;
    flags[i] = 1;
    n++;
  }
  if (n) notes.push(noteOf('outliers', `${n} ${n === 1 ? 'value' : 'values'} of "${column.name}" outside ${shown(limits[0], column)} to ${shown(limits[1], column)}`, column.name, n));
  return flags;
}

const shown = (limit: number, column: Measured): string => (column.kind === 'time' && Math.abs(limit) < 8.64e15 ? new Date(limit).toISOString().slice(0, 10) : String(Number(limit.toPrecision(6))));

function blanked(table: Table, columns: readonly Measured[], found: readonly Uint8Array[]): { table: Table; rows: null; changed: number; sources: Record<string, never> } {
  let changed = 0;
  const made = columns.map((column, k): Column => {
    if (!found[k].includes(1)) return column;
    const values = column.values.slice();
    const missing = column.missing ? column.missing.slice() : makeBits(values.length);
    for (let i = 0; i < values.length; i++) {
      if (!found[k][i]) continue;
      values[i] = 0;
      setBit(missing, i);
      changed++;
    }
    return { ...column, values, missing } as Column;
  });
  return { table: putColumns(table, made), rows: null, changed, sources: {} };
}

function lonely(columns: readonly Measured[], rows: number, factor: number): Uint8Array {
  const data = columns.map((column) => Float64Array.from(column.values, (value, i) => (Number.isFinite(value) && !(column.missing && getBit(column.missing, i)) ? value : NaN)));
  const scores = isolationScores(data, rows, 1);
  const [middle] = quantilesOf(scores.slice(), [0.5]);
  const [mad] = quantilesOf(scores.map((score) => Math.abs(score - middle)), [0.5]);
  return Uint8Array.from(scores, (score) => (mad > 0 && score > middle + factor * 1.4826 * mad ? 1 : 0));
}
