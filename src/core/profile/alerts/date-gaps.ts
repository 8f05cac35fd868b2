// Holes in a series of times that is otherwise regular: an hour, a day, a week or a month between two.
import { getBit } from '../../base/bits.ts';
import { timeText } from '../../table/cell.ts';
import type { TimeColumn } from '../../table/table.ts';
import { defineAlert } from './alert.ts';
import { eachColumn, makeAlert, share } from './say.ts';

const MOST_ROWS = 2_000_000;
const DAY = 86_400_000;

export const dateGaps = defineAlert<{ regular: number }>({
  type: 'date-gaps',
  label: 'Gaps in time',
  help: 'A regular series with holes: rows were lost, or nothing was recorded. Lags and windows across a hole are wrong.',
  params: { regular: share('Regular', 'Share of steps that must be equal for a series to count as regular.', 0.8) },
  find: (facts, { regular }) => eachColumn(facts, ({ column, source }, present) => {
    if (source.kind !== 'time' || source.values.length !== column.rows || present < 20 || present > MOST_ROWS) return null;
    const times = distinctTimes(source);
    const steps = new Map<number, number>();
    for (let i = 1; i < times.length; i++) steps.set(times[i] - times[i - 1], (steps.get(times[i] - times[i - 1]) ?? 0) + 1);
    if (times.length < 20 || steps.size > 1000) return null;
    const isMonthly = [...steps].reduce((n, [step, count]) => n + (step >= 28 * DAY && step <= 31 * DAY ? count : 0), 0) >= regular * (times.length - 1);
    const [step, count] = [...steps].reduce((best, next) => (next[1] > best[1] ? next : best));
    if (!isMonthly && count < regular * (times.length - 1)) return null;
    const far = isMonthly ? 31 * DAY : step;
    let holes = 0;
    let lost = 0;
    let first = -1;
    for (let i = 1; i < times.length; i++) {
      const gap = times[i] - times[i - 1];
      if (gap <= far) continue;
      holes++;
      lost += Math.max(1, Math.round(gap / (isMonthly ? 30.44 * DAY : step)) - 1);
      if (first < 0) first = i;
    }
    if (!holes) return null;
    return makeAlert('date-gaps', 'info', column.name, `"${column.name}" goes in steps of ${isMonthly ? 'a month' : stepText(step)}, with ${holes} ${holes === 1 ? 'gap' : 'gaps'}; the first is after ${timeText(times[first - 1], source.unit)}`, `${lost} steps are missing among ${times.length} times`, lost);
  }),
});

function distinctTimes({ values, missing }: TimeColumn): Float64Array {
  const present = new Float64Array(values.length);
  let n = 0;
  let isSorted = true;
  for (let i = 0; i < values.length; i++) {
    if ((missing && getBit(missing, i)) || !Number.isFinite(values[i]) || (n && values[i] === present[n - 1])) continue;
    if (n && values[i] < present[n - 1]) isSorted = false;
    present[n++] = values[i];
  }
  const found = present.subarray(0, n);
  if (isSorted) return found;
  found.sort();
  let kept = 0;
  for (let i = 0; i < n; i++) if (!i || found[i] !== found[i - 1]) found[kept++] = found[i];
  return found.subarray(0, kept);
}

function stepText(ms: number): string {
  const units: [number, string][] = [[7 * DAY, 'week'], [DAY, 'day'], [3_600_000, 'hour'], [60_000, 'minute'], [1000, 'second']];
  const [size, name] = units.find(([unit]) => ms >= unit && ms % unit === 0) ?? [1, 'millisecond'];
  return ms === size ? `one ${name}` : `${ms / size} ${name}s`;
}
