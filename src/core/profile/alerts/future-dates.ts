// Dates after today, or beyond any calendar in use where today is not known.
import { timeText } from '../../table/cell.ts';
import { rowsBeyond } from './modes-of.ts';
import { defineAlert } from './alert.ts';
import { amount, cleanFix, eachColumn, makeAlert } from './say.ts';

const FAR = 4_102_444_800_000;

export const futureDates = defineAlert<{ days: number }>({
  type: 'future-dates',
  label: 'Dates in the future',
  help: 'A date that has not been yet: a typing error, a stand-in such as 9999-12-31, or a plan. As a feature of past rows it cannot be known.',
  params: { days: amount('Days', 'Days after today that are still fine (clocks of other zones).', 1, 0, 100_000) },
  find: (facts, { days }) => eachColumn(facts, (held) => {
    const { column, source } = held;
    if (source.kind !== 'time' || !column.number) return null;
    const limit = facts.today === null ? FAR : facts.today + days * 86_400_000;
    if (column.number.max <= limit) return null;
    const rows = rowsBeyond(held, -Infinity, limit);
    if (!rows) return null;
    const isPlan = column.number.min > limit || rows > 0.5 * (column.rows - column.missing);
    return makeAlert('future-dates', isPlan ? 'info' : 'watch', column.name, `"${column.name}" has ${rows} dates after ${timeText(limit, 'day')}, up to ${timeText(column.number.max, 'day')}`, facts.today === null ? 'beyond the year 2099' : `later than today and ${days} ${days === 1 ? 'day' : 'days'}`, rows, isPlan ? null : cleanFix('Make them missing', 'clip', [column.name], { low: '', high: timeText(limit, 'day'), outside: 'missing' }));
  }),
});
