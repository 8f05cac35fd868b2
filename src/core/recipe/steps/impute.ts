// Fills missing cells: numbers by median, mean or a constant, booleans and categories by the most frequent value.
// The fill is learned from present training values; an indicator column (0/1) says which cells were filled. A column
// without a value in training is filled with 0 (or the constant). NaN and infinities in a number column count as missing.
import { getBit, makeBits, setBit, type Bits } from '../../base/bits.ts';
import { quantilesOf } from '../../base/order.ts';
import { makeBoolean, makeCategory, makeNumber } from '../../table/build.ts';
import { putColumns } from '../../table/take.ts';
import type { BooleanColumn, CategoryColumn, Column, NumberColumn, Table } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { frequentLevels, freshName } from '../levels.ts';
import { presentValues } from '../present-values.ts';
import { defineStep } from '../step.ts';

type Params = { strategy: 'median' | 'mean' | 'most-frequent' | 'constant'; value: number; level: string; indicator: boolean };
type State = { fills: { value: number | string; filled: number; indicator: string | null }[] };

export const impute = defineStep<Params, State>({
  type: 'impute',
  label: 'Fill missing values',
  help: 'Replaces missing cells with a value learned from training rows, and can flag which cells were filled.',
  takes: ['number', 'boolean', 'category'],
  params: {
    strategy: {
      kind: 'choice', label: 'Fill with', help: 'The median is not moved by outliers; categories and booleans always take the most frequent value or the constant.', fallback: 'median',
      choices: [{ value: 'median', label: 'Median' }, { value: 'mean', label: 'Mean' }, { value: 'most-frequent', label: 'Most frequent' }, { value: 'constant', label: 'Constant' }],
    },
    value: { kind: 'number', label: 'Constant for numbers', help: 'Used when filling with a constant.', fallback: 0, min: -1e308, max: 1e308, integer: false },
    level: { kind: 'text', label: 'Constant for categories', help: 'Used when filling with a constant.', fallback: 'missing', maxLength: 200 },
    indicator: { kind: 'flag', label: 'Flag filled cells', help: 'Adds a 0/1 column where training has missing values: that a value is missing often says something.', fallback: true },
  },
  fit(table, columns, params, context) {
    const taken = new Set(table.columns.map((c) => c.name));
    const fills = columns.map((name) => {
      const column = columnOf(table, name) as Fillable;
      const filled = missingRows(column);
      return { value: fillOf(column, params), filled, indicator: params.indicator && filled ? freshName(`${name} is missing`, taken) : null };
    });
    noteSources(columns, { fills }, context.sources);
    return { fills };
  },
  apply(table, columns, _params, state, context) {
    noteSources(columns, state, context.sources);
    const made: Column[] = [];
    const flags: Column[] = [];
    columns.forEach((name, i) => {
      const { value, indicator } = state.fills[i];
      const column = columnOf(table, name) as Fillable;
      const holes = holesOf(column);
      if (indicator !== null) flags.push(makeBoolean(indicator, unpack(holes, table)));
      if (holes) made.push(fill(column, holes, value));
    });
    return made.length || flags.length ? putColumns(table, [...made, ...flags]) : table;
  },
  describe(columns, params, { fills }) {
    const busy = columns.map((name, i) => ({ name, ...fills[i] })).filter((f) => f.filled > 0);
    if (!busy.length) return `nothing missing in ${columns.length} columns; ready for later rows`;
    const shown = busy.slice(0, 3).map((f) => `${f.name}: ${params.strategy === 'constant' ? 'constant' : params.strategy} ${typeof f.value === 'number' ? Number(f.value.toPrecision(4)) : f.value}, ${f.filled} filled`);
    return shown.join('; ') + (busy.length > 3 ? `; and ${busy.length - 3} more` : '');
  },
});

type Fillable = NumberColumn | BooleanColumn | CategoryColumn;

function noteSources(columns: readonly string[], state: State, sources: Map<string, string>): void {
  columns.forEach((name, i) => {
    const { indicator } = state.fills[i];
    if (indicator !== null) sources.set(indicator, sources.get(name) ?? name);
  });
}

function fillOf(column: Fillable, params: Params): number | string {
  if (column.kind === 'category') return params.strategy === 'constant' ? params.level : (frequentLevels(column, 1)[0]?.level ?? params.level);
  if (params.strategy === 'constant') return column.kind === 'boolean' ? (params.value > 0 ? 1 : 0) : params.value;
  const values = presentValues(column);
  if (!values.length) return 0;
  if (params.strategy === 'most-frequent' || column.kind === 'boolean') return mode(values);
  if (params.strategy === 'median') return quantilesOf(values, [0.5])[0];
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The most frequent value; ties go to the smallest. */
function mode(values: Float64Array): number {
  values.sort();
  let best = values[0];
  let most = 0;
  for (let i = 0, run = 0; i < values.length; i++) {
    run = i && values[i] === values[i - 1] ? run + 1 : 1;
    if (run > most) {
      most = run;
      best = values[i];
    }
  }
  return best;
}

/** Missing, NaN and infinite cells as a mask; null when there is none. */
function holesOf(column: Fillable): Bits | null {
  if (column.kind === 'category' || column.kind === 'boolean' || !(column.values instanceof Float64Array || column.values instanceof Float32Array)) return column.missing;
  let holes: Bits | null = column.missing;
  const { values } = column;
  for (let i = 0; i < values.length; i++) {
    if (values[i] - values[i] === 0) continue;
    if (holes === column.missing) holes = holes ? holes.slice() : makeBits(values.length);
    setBit(holes!, i);
  }
  return holes;
}

function missingRows(column: Fillable): number {
  const holes = holesOf(column);
  const rows = column.kind === 'category' ? column.codes.length : column.values.length;
  let n = 0;
  if (holes) for (let i = 0; i < rows; i++) if (getBit(holes, i)) n++;
  return n;
}

function fill(column: Fillable, holes: Bits, value: number | string): Column {
  if (column.kind === 'category') {
    const at = column.levels.indexOf(String(value));
    const levels = at < 0 ? [...column.levels, String(value)] : column.levels;
    const codes = column.codes.slice();
    for (let i = 0; i < codes.length; i++) if (getBit(holes, i)) codes[i] = at < 0 ? levels.length - 1 : at;
    return makeCategory(column.name, codes, levels);
  }
  const number = Number(value);
  const values = column.kind === 'boolean' || new (column.values.constructor as Float64ArrayConstructor)([number])[0] === number ? column.values.slice() : Float64Array.from(column.values);
  for (let i = 0; i < values.length; i++) if (getBit(holes, i)) values[i] = number;
  return column.kind === 'boolean' ? makeBoolean(column.name, values as Uint8Array) : makeNumber(column.name, values);
}

function unpack(bits: Bits | null, table: Table): Uint8Array {
  const out = new Uint8Array(table.rows);
  if (bits) for (let i = 0; i < out.length; i++) if (getBit(bits, i)) out[i] = 1;
  return out;
}
