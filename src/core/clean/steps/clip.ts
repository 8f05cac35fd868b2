// Numbers and times held within declared limits: what lies outside becomes the limit, or missing. NaN stays.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import { BarnacleError } from '../../base/errors.ts';
import { parseNumber, parseTime } from '../../table/parse-cell.ts';
import { unitOfTimes } from '../../table/texts.ts';
import type { Column, NumberColumn, TimeColumn } from '../../table/table.ts';
import { defineCleaner } from '../clean.ts';
import { eachColumn } from '../each-column.ts';
import { columnWords } from '../words.ts';

type Params = { low: string; high: string; outside: 'clip' | 'missing' };

export const clip = defineCleaner<Params>({
  type: 'clip',
  label: 'Limit values',
  help: 'Holds numbers and dates within limits: what lies outside becomes the limit, or missing.',
  scope: 'row',
  takes: ['number', 'time'],
  arity: { fewest: 1, most: 0 },
  each: true,
  params: {
    low: { kind: 'text', label: 'Lowest', help: 'A number, or a date as 2024-12-31; empty = no limit.', fallback: '', maxLength: 100 },
    high: { kind: 'text', label: 'Highest', help: 'A number, or a date as 2024-12-31; empty = no limit.', fallback: '', maxLength: 100 },
    outside: { kind: 'choice', label: 'Values outside', help: 'What they become.', fallback: 'clip', choices: [{ value: 'clip', label: 'The nearest limit' }, { value: 'missing', label: 'Missing' }] },
  },
  apply: (table, columns, params) => eachColumn(table, columns, (column) => limited(column as NumberColumn | TimeColumn, params)),
  describe: (columns, { low, high, outside }) => `${columnWords(columns)} ${low === '' ? '' : `from ${low} `}${high === '' ? '' : `to ${high} `}${low === '' && high === '' ? 'without limits' : outside === 'clip' ? '(others become the limit)' : '(others become missing)'}`,
});

function limited(column: NumberColumn | TimeColumn, params: Params): Column {
  const low = limitOf(column, params.low, 'low', -Infinity);
  const high = limitOf(column, params.high, 'high', Infinity);
  if (low > high) throw new BarnacleError('bad-param', `clip.low is ${params.low}, above clip.high ${params.high}; expected low <= high`, { path: 'clip.low', value: params.low, expected: `at most ${params.high}` });
  const rows = column.values.length;
  let values: Float64Array | null = null;
  let missing: Bits | null = column.missing;
  for (let i = 0; i < rows; i++) {
    const value = column.values[i];
    if (!(value < low || value > high) || (column.missing && getBit(column.missing, i))) continue;
    if (!values) {
      values = Float64Array.from(column.values);
      if (params.outside === 'missing') missing = missing ? missing.slice() : makeBits(rows);
    }
    values[i] = params.outside === 'missing' ? 0 : value < low ? low : high;
    if (params.outside === 'missing') setBit(missing!, i);
  }
  if (!values) return column;
  return column.kind === 'time' ? { ...column, values, missing, unit: finer(column.unit, unitOfTimes(values, missing)) } : { ...column, values, missing };
}

const finer = (a: TimeColumn['unit'], b: TimeColumn['unit']): TimeColumn['unit'] => (a === 'ms' || b === 'ms' ? 'ms' : a === 'second' || b === 'second' ? 'second' : 'day');

function limitOf(column: Column, text: string, key: 'low' | 'high', open: number): number {
  if (text.trim() === '') return open;
  const value = column.kind === 'time' ? parseTime(text) : parseNumber(text);
  if (value === null) throw new BarnacleError('bad-param', `clip.${key} is ${JSON.stringify(text)}; expected a ${column.kind} for "${column.name}"`, { path: `clip.${key}`, value: text, expected: `a ${column.kind} for "${column.name}"` });
  return value;
}
