// Functions of times, all in UTC. Days are 86,400 seconds; a day that does not exist (30 February) is missing.
import { daysFromCivil, daysInMonth } from '../../base/civil.ts';
import { parseTime } from '../parse-cell.ts';
import { defineFunction, type ExpressionFunction } from './function.ts';
import { anyMissing, map1, map2, numberOfText, times, type NumberValues, type TextValues, type TimeValues } from './values.ts';

export const DAY = 86400000;

const of1 = (name: string, help: string, f: (ms: number) => number): ExpressionFunction =>
  defineFunction({ name, signature: `${name}(time)`, help, takes: ['time'], fewest: 1, gives: 'number', run: ([t]) => ({ type: 'number', ...map1((t as TimeValues).values, t.missing, f) }) });

export const timeFunctions: readonly ExpressionFunction[] = [
  of1('year', 'The year.', (t) => civil(t).year),
  of1('quarter', 'The quarter of the year, 1 to 4.', (t) => Math.ceil(civil(t).month / 3)),
  of1('month', 'The month, 1 to 12.', (t) => civil(t).month),
  of1('day', 'The day of the month, 1 to 31.', (t) => civil(t).day),
  of1('weekday', 'The day of the week, 0 = Monday to 6 = Sunday.', (t) => (((Math.floor(t / DAY) + 3) % 7) + 7) % 7),
  of1('hour', 'The hour, 0 to 23.', (t) => Math.floor(inDay(t) / 3600000)),
  of1('minute', 'The minute, 0 to 59.', (t) => Math.floor(inDay(t) / 60000) % 60),
  of1('second', 'The second, 0 to 59.', (t) => Math.floor(inDay(t) / 1000) % 60),
  defineFunction({
    name: 'date', signature: 'date(year, month, day)', help: 'The day of those numbers; missing when there is no such day.', takes: ['number', 'number', 'number'], fewest: 3, gives: 'time',
    run(args, rows) {
      const [years, months, days] = (args as readonly NumberValues[]).map((a) => a.values);
      const out = new Float64Array(rows);
      const given = anyMissing(args);
      const missing = given ? given.slice() : new Uint8Array(rows);
      for (let i = 0; i < rows; i++) {
        const ms = dateOf(years[i], months[i], days[i]);
        if (ms === null) missing[i] = 1;
        else out[i] = ms;
      }
      return times(out, missing);
    },
  }),
  defineFunction({
    name: 'time', signature: 'time(text)', help: 'The time that a text holds, as 2024-12-31 or 2024-12-31 18:30:00; missing when it holds none.', takes: ['text'], fewest: 1, gives: 'time',
    run: ([a]) => ({ type: 'time', ...numberOfText(a as TextValues, (t) => parseTime(t) ?? NaN) }),
  }),
  defineFunction({
    name: 'days', signature: 'days(from, to)', help: 'The days from one time to another, with fractions; negative when "to" is earlier.', takes: ['time', 'time'], fewest: 2, gives: 'number',
    run: ([a, b]) => ({ type: 'number', ...map2((a as TimeValues).values, (b as TimeValues).values, anyMissing([a, b]), (x, y) => (y - x) / DAY) }),
  }),
];

const inDay = (ms: number): number => ms - Math.floor(ms / DAY) * DAY;

export function dateOf(year: number, month: number, day: number): number | null {
  if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(day) || Math.abs(year) > 200_000) return null;
  return month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) ? null : daysFromCivil(year, month, day) * DAY;
}

/** Year, month and day of a time; after Howard Hinnant's civil_from_days (public domain). */
export function civil(ms: number): { year: number; month: number; day: number } {
  const z = Math.floor(ms / DAY) + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}
