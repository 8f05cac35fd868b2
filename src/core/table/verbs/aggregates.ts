// What a group's rows come to in one column: count, sum, mean, ... each over all groups at once, on typed arrays.
// Missing cells and NaN do not count; a group without a value gives missing (0 for counts). Sums run in row order.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import { BarnacleError } from '../../base/errors.ts';
import { quantilesOf } from '../../base/order.ts';
import { makeNumber, makeTime } from '../build.ts';
import type { Column, Kind, NumberArray, TimeColumn } from '../table.ts';
import { columnIds, pairIds, rowsById, type RowIds } from './row-ids.ts';
import { takeOrMissing } from './take-or-missing.ts';

export type AggregateName = 'count' | 'missing' | 'distinct' | 'sum' | 'mean' | 'median' | 'sd' | 'min' | 'max' | 'first' | 'last' | 'mode';
/** In the order of a picker: what it needs and what it says. */
export const AGGREGATES: readonly { readonly name: AggregateName; readonly takes: readonly Kind[]; readonly label: string }[] = [
  { name: 'count', takes: ['number', 'category', 'boolean', 'time', 'text'], label: 'Values that are there (rows, without a column)' },
  { name: 'missing', takes: ['number', 'category', 'boolean', 'time', 'text'], label: 'Missing values' },
  { name: 'distinct', takes: ['number', 'category', 'boolean', 'time', 'text'], label: 'Different values' },
  { name: 'sum', takes: ['number', 'boolean'], label: 'Sum' },
  { name: 'mean', takes: ['number', 'boolean', 'time'], label: 'Mean (of yes/no: the share of yes)' },
  { name: 'median', takes: ['number', 'time'], label: 'Median' },
  { name: 'sd', takes: ['number'], label: 'Standard deviation (of a sample)' },
  { name: 'min', takes: ['number', 'time', 'boolean'], label: 'Smallest' },
  { name: 'max', takes: ['number', 'time', 'boolean'], label: 'Largest' },
  { name: 'first', takes: ['number', 'category', 'boolean', 'time', 'text'], label: 'First value' },
  { name: 'last', takes: ['number', 'category', 'boolean', 'time', 'text'], label: 'Last value' },
  { name: 'mode', takes: ['number', 'category', 'boolean', 'time', 'text'], label: 'Most frequent value' },
];

/** One value per group. `column` null counts rows. Throws bad-param when the aggregate cannot take the column's kind. */
export function aggregate(how: AggregateName, column: Column | null, groups: RowIds, name: string): Column {
  if (!column) {
    if (how !== 'count') throw refuse(how, null, 'a column, as mean(age)');
    return makeNumber(name, countsOf(groups, null));
  }
  const { takes } = AGGREGATES.find((a) => a.name === how)!;
  if (!takes.includes(column.kind)) throw refuse(how, column, `a column of kind ${takes.join(' or ')}`);
  switch (how) {
    case 'count':
      return makeNumber(name, countsOf(groups, column));
    case 'missing': {
      const present = countsOf(groups, column);
      return makeNumber(name, countsOf(groups, null).map((rows, g) => rows - present[g]));
    }
    case 'distinct':
      return makeNumber(name, distinctOf(groups, column));
    case 'first':
    case 'last':
    case 'mode':
      return { ...takeOrMissing(column, how === 'mode' ? modeRows(groups, column) : edgeRows(groups, column, how)), name };
    default:
      return fromNumbers(numbersPer(how, groups, column as Column & { values: NumberArray }), column, how, name);
  }
}

function refuse(how: string, column: Column | null, expected: string): BarnacleError<'bad-param'> {
  return new BarnacleError('bad-param', `${how} of ${column ? `"${column.name}", which is of kind ${column.kind}` : 'nothing'}; expected ${expected}`, { path: `aggregate.${how}`, value: column?.name ?? null, expected });
}

const present = (column: Column): ((row: number) => boolean) => {
  const { missing } = column;
  if (column.kind === 'number') return (i) => column.values[i] === column.values[i] && !(missing && getBit(missing, i));
  return missing ? (i) => !getBit(missing, i) : () => true;
};

function countsOf({ ids, count }: RowIds, column: Column | null): Float64Array {
  const out = new Float64Array(count);
  if (!column) for (let i = 0; i < ids.length; i++) out[ids[i]]++;
  else {
    const isThere = present(column);
    for (let i = 0; i < ids.length; i++) if (isThere(i)) out[ids[i]]++;
  }
  return out;
}

function distinctOf(groups: RowIds, column: Column): Float64Array {
  const isThere = present(column);
  const { first } = pairIds(groups, columnIds(column));
  const out = new Float64Array(groups.count);
  for (const row of first) if (isThere(row)) out[groups.ids[row]]++;
  return out;
}

function edgeRows({ ids, count }: RowIds, column: Column, which: 'first' | 'last'): Int32Array {
  const isThere = present(column);
  const out = new Int32Array(count).fill(-1);
  for (let i = 0; i < ids.length; i++) if (isThere(i) && (which === 'last' || out[ids[i]] < 0)) out[ids[i]] = i;
  return out;
}

/** A row that holds each group's most frequent value; ties go to the value that came first. */
function modeRows(groups: RowIds, column: Column): Int32Array {
  const isThere = present(column);
  const pairs = pairIds(groups, columnIds(column));
  const counts = new Int32Array(pairs.count);
  for (let i = 0; i < pairs.ids.length; i++) counts[pairs.ids[i]]++;
  const out = new Int32Array(groups.count).fill(-1);
  const best = new Int32Array(groups.count);
  pairs.first.forEach((row, pair) => {
    const g = groups.ids[row];
    if (!isThere(row) || counts[pair] <= best[g]) return;
    best[g] = counts[pair];
    out[g] = row;
  });
  return out;
}

/** NaN = no value. */
function numbersPer(how: AggregateName, groups: RowIds, column: Column & { values: NumberArray }): Float64Array {
  const { ids, count } = groups;
  const { values } = column;
  const isThere = present(column);
  if (how === 'median') return medians(groups, values, isThere);
  const counts = countsOf(groups, column);
  const out = new Float64Array(count).fill(how === 'min' || how === 'max' ? NaN : 0);
  if (how === 'min' || how === 'max') {
    const sign = how === 'min' ? 1 : -1;
    for (let i = 0; i < ids.length; i++) if (isThere(i) && !(sign * out[ids[i]] <= sign * values[i])) out[ids[i]] = values[i];
    return out;
  }
  for (let i = 0; i < ids.length; i++) if (isThere(i)) out[ids[i]] += values[i];
  if (how === 'sum') return out.map((value, g) => (counts[g] ? value : NaN));
  const means = out.map((value, g) => (counts[g] ? value / counts[g] : NaN));
  if (how === 'mean') return means;
  const squares = new Float64Array(count);
  for (let i = 0; i < ids.length; i++) if (isThere(i)) squares[ids[i]] += (values[i] - means[ids[i]]) ** 2;
  return squares.map((value, g) => (counts[g] > 1 ? Math.sqrt(value / (counts[g] - 1)) : NaN));
}

function medians(groups: RowIds, values: NumberArray, isThere: (row: number) => boolean): Float64Array {
  const { starts, rows } = rowsById(groups);
  const out = new Float64Array(groups.count);
  const held = new Float64Array(values.length);
  for (let g = 0; g < groups.count; g++) {
    let n = 0;
    for (let k = starts[g]; k < starts[g + 1]; k++) if (isThere(rows[k])) held[n++] = values[rows[k]];
    out[g] = quantilesOf(held.subarray(0, n), [0.5])[0];
  }
  return out;
}

function fromNumbers(numbers: Float64Array, column: Column, how: AggregateName, name: string): Column {
  let missing: Bits | null = null;
  for (let g = 0; g < numbers.length; g++) {
    if (Number.isFinite(numbers[g])) continue;
    numbers[g] = 0;
    setBit((missing ??= makeBits(numbers.length)), g);
  }
  if (column.kind !== 'time') return makeNumber(name, numbers, missing);
  return makeTime(name, how === 'min' || how === 'max' ? numbers : numbers.map(Math.round), how === 'min' || how === 'max' ? (column as TimeColumn).unit : 'ms', missing);
}
