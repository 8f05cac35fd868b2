// About 20 to 40 equal bins with round borders over [min, max]; whole numbers get whole steps, times get clock steps.
// In: the range of the present values. Out: where the first bin starts, the step and the number of bins.
export type Bins = { from: number; step: number; count: number };

const WANTED = 30;
const SECOND = 1000;
const DAY = 86400000;
const CLOCK = [1, 2, 5, 10, 20, 50, 100, 200, 500, SECOND, 5 * SECOND, 15 * SECOND, 60 * SECOND, 300 * SECOND, 900 * SECOND, DAY / 24, DAY / 8, DAY / 4, DAY / 2, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 365.25 * DAY];

export function binsOf(min: number, max: number, scale: 'real' | 'whole' | 'time'): Bins {
  const span = max - min;
  if (!(span > 0) || !Number.isFinite(span)) return { from: min, step: Number.isFinite(span) ? 1 : Infinity, count: 1 };
  const step = scale === 'time' ? clockStep(span / WANTED) : scale === 'whole' ? Math.max(1, roundStep(span / WANTED, [1, 2, 5, 10])) : roundStep(span / WANTED, [1, 2, 2.5, 5, 10]);
  const from = tidy(Math.floor(min / step) * step);
  const reach = (max - from) / step;
  const count = scale === 'whole' ? Math.floor(reach) + 1 : Math.max(1, Math.ceil(reach));
  return { from, step, count: Math.min(count, 100) };
}

/** The bin of a value; what lies on the upper border of the last bin belongs to it. */
export const binOf = ({ from, step, count }: Bins, value: number): number => (step === Infinity ? 0 : Math.min(count - 1, Math.max(0, Math.floor((value - from) / step))));

/** Twelve significant digits: 0.30000000000000004 -> 0.3. */
export const tidy = (value: number): number => Number(value.toPrecision(12));

function roundStep(raw: number, steps: readonly number[]): number {
  const power = Number(`1e${raw.toExponential().split('e')[1]}`);
  return (steps.find((s) => s * power >= raw * 0.999) ?? 10) * power;
}

function clockStep(raw: number): number {
  const year = CLOCK[CLOCK.length - 1];
  return CLOCK.find((s) => s >= raw) ?? roundStep(raw / year, [1, 2, 5, 10]) * year;
}
