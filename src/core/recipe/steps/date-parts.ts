// A time as the parts of its date: year, month (1-12), day (1-31), weekday (0 = Monday), day of year (1-366), hour (0-23),
// in UTC; the time column itself goes. Only parts that vary in training are kept. Missing times give missing parts.
// Integer arithmetic after Howard Hinnant's civil_from_days (public domain), inlined for speed: no Date object per row.
import { cosTurns, sinTurns } from '../../base/circle.ts';
import { getBit } from '../../base/bits.ts';
import { makeNumber } from '../../table/build.ts';
import { dropColumns, putColumns } from '../../table/take.ts';
import type { Column, NumberArray, TimeColumn } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { freshName } from '../levels.ts';
import { isPresent } from '../present-values.ts';
import { defineStep } from '../step.ts';

type Params = { year: boolean; month: boolean; day: boolean; weekday: boolean; dayOfYear: boolean; hour: boolean; cyclic: boolean };
type Part = 'year' | 'month' | 'day' | 'weekday' | 'dayOfYear' | 'hour';
type Made = { part: Part; name: string; sine: string | null; cosine: string | null };
type State = { parts: Made[][] };

const PARTS: readonly Part[] = ['year', 'month', 'day', 'weekday', 'dayOfYear', 'hour'];
const WORDS: Readonly<Record<Part, string>> = { year: 'year', month: 'month', day: 'day', weekday: 'weekday', dayOfYear: 'day of year', hour: 'hour' };
/** First value and number of values of a full circle. */
const CIRCLES: Readonly<Partial<Record<Part, { first: number; period: number }>>> = { month: { first: 1, period: 12 }, day: { first: 1, period: 31 }, weekday: { first: 0, period: 7 }, dayOfYear: { first: 1, period: 366 }, hour: { first: 0, period: 24 } };
const flag = (label: string, help: string, fallback = true) => ({ kind: 'flag', label, help, fallback }) as const;

export const dateParts = defineStep<Params, State>({
  type: 'date-parts',
  label: 'Date parts',
  help: 'Turns a time into its year, month, day, weekday, day of year and hour; parts that never vary are left out.',
  takes: ['time'],
  params: {
    year: flag('Year', 'A trend over years; later years are outside the training range.'),
    month: flag('Month', '1 to 12.'),
    day: flag('Day', 'Day of the month, 1 to 31.'),
    weekday: flag('Weekday', '0 = Monday to 6 = Sunday.'),
    dayOfYear: flag('Day of year', '1 to 366.'),
    hour: flag('Hour', '0 to 23, in UTC or as written.'),
    cyclic: flag('On a circle', 'Adds the sine and cosine of each repeating part, so that December is next to January for linear models and nets.', false),
  },
  fit(table, columns, params) {
    const taken = new Set(table.columns.map((c) => c.name));
    return {
      parts: columns.map((name) => {
        const column = columnOf(table, name) as TimeColumn;
        const wanted = PARTS.filter((part) => params[part]);
        const arrays = partArrays(column, wanted);
        return wanted.filter((_, k) => varies(arrays[k], column)).map((part): Made => {
          const base = `${name} ${WORDS[part]}`;
          const circle = params.cyclic && part in CIRCLES;
          return { part, name: freshName(base, taken), sine: circle ? freshName(`${base} sine`, taken) : null, cosine: circle ? freshName(`${base} cosine`, taken) : null };
        });
      }),
    };
  },
  apply(table, columns, _params, state, context) {
    const made = columns.flatMap((name, c): Column[] => {
      const column = columnOf(table, name) as TimeColumn;
      const source = context.sources.get(name) ?? name;
      const arrays = partArrays(column, state.parts[c].map((made) => made.part));
      return state.parts[c].flatMap((made, k): Column[] => {
        const outputs: Column[] = [makeNumber(made.name, arrays[k], column.missing)];
        if (made.sine !== null) outputs.push(makeNumber(made.sine, onCircle(made.part, arrays[k], sinTurns), column.missing));
        if (made.cosine !== null) outputs.push(makeNumber(made.cosine, onCircle(made.part, arrays[k], cosTurns), column.missing));
        for (const output of outputs) context.sources.set(output.name, source);
        return outputs;
      });
    });
    return putColumns(dropColumns(table, columns), made);
  },
  describe: (columns, _params, { parts }) => columns.map((name, c) => `${name}: ${parts[c].map((made) => WORDS[made.part]).join(', ') || 'nothing varies'}`).join('; '),
});

function partArrays(column: TimeColumn, parts: readonly Part[]): NumberArray[] {
  const { values } = column;
  const n = values.length;
  const want = (part: Part): number => parts.indexOf(part);
  const out: NumberArray[] = parts.map((part) => (part === 'year' ? new Int32Array(n) : part === 'dayOfYear' ? new Uint16Array(n) : new Uint8Array(n)));
  const [year, month, day, weekday, dayOfYear, hour] = PARTS.map((part) => out[want(part)] ?? null);
  for (let i = 0; i < n; i++) {
    const ms = values[i];
    const date = Math.floor(ms / 86400000);
    if (hour) hour[i] = Math.floor((ms - date * 86400000) / 3600000);
    const z = (date + 719468) | 0;
    const era = Math.floor(z / 146097);
    const doe = (z - era * 146097) | 0;
    const yoe = ((doe - ((doe / 1460) | 0) + ((doe / 36524) | 0) - ((doe / 146096) | 0)) / 365) | 0;
    const doy = (doe - (365 * yoe + (yoe >> 2) - ((yoe / 100) | 0))) | 0;
    const mp = ((5 * doy + 2) / 153) | 0;
    const m = mp < 10 ? mp + 3 : mp - 9;
    const y = (yoe + era * 400 + (m <= 2 ? 1 : 0)) | 0;
    if (year) year[i] = y;
    if (month) month[i] = m;
    if (day) day[i] = doy - (((153 * mp + 2) / 5) | 0) + 1;
    if (weekday) weekday[i] = (((date + 3) % 7) + 7) % 7;
    if (dayOfYear) dayOfYear[i] = doy >= 306 ? doy - 305 : doy + 60 + (y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0) ? 1 : 0);
  }
  return out;
}

function varies(array: NumberArray, column: TimeColumn): boolean {
  let first = -1;
  for (let i = 0; i < array.length; i++) {
    if (column.missing && getBit(column.missing, i)) continue;
    if (!isPresent(column, i)) continue;
    if (first < 0) first = i;
    else if (array[i] !== array[first]) return true;
  }
  return false;
}

function onCircle(part: Part, values: NumberArray, wave: (turns: number) => number): Float32Array {
  const { first, period } = CIRCLES[part]!;
  const table = Float32Array.from({ length: period + 1 }, (_, k) => wave(k / period));
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = table[values[i] - first];
  return out;
}
