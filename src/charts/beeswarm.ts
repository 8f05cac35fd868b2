// Contributions of many rows by column: a lane for each column, a dot for each row, right of zero where it raises the score.
// Dots are coloured by where the row's value lies among the others' (low to high); grey has no order or is missing. Lanes are ordered
// by mean size. Dots of one colour are one path of round points, so that thousands stay light; a lane answers as a whole.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, count, figure, textWidth } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, write, xAxis, type Frame } from './frame.ts';

/** `values` and `places` by row; a place runs from 0 (lowest value) to 1, NaN = no order or missing. `unit` names the score. */
export type BeeswarmLane = { column: string; mean: number; values: ArrayLike<number>; places: ArrayLike<number> };
export type BeeswarmData = { unit: string; rows: number; columns: readonly BeeswarmLane[] };
export type BeeswarmOptions = ChartOptions & { limit: number };

const step = 26;
const dot = 3.6;
const shades = 5;

export const beeswarm = defineChart<BeeswarmData, BeeswarmOptions>({
  type: 'beeswarm',
  defaults: { width: 560, height: 0, limit: 20 },
  draw(data, given, document) {
    const options = { ...beeswarm.defaults, ...given };
    const list = data.columns.slice(0, options.limit);
    const left = Math.min(options.width * 0.34, Math.max(40, ...list.map((one) => textWidth(one.column) + 10)));
    const frame = makeFrame(document, 'beeswarm', { ...options, height: Math.max(2, list.length) * step + 62 }, { top: 22, right: 58, bottom: 40, left }, beeswarm.summary(data));
    if (list.length === 0 || data.rows === 0) { emptyNote(frame, 'no rows'); return frame.svg; }
    const x = scaleLinear(extentOf([0, ...list.flatMap((one) => Array.from(one.values))]), [0, frame.width]).nice(4);
    xAxis(frame, x, { values: x.ticks(Math.max(3, frame.width / 90)), text: figure }, { grid: true, base: false, title: data.unit });
    add(frame.plot, 'line', { class: 'base', x1: x(0), x2: x(0), y1: 0, y2: list.length * step });
    write(frame.plot, 'mean size', { class: 'tick', x: frame.width + 54, y: -8, 'text-anchor': 'end' });
    key(frame);
    list.forEach((one, index) => {
      const middle = index * step + step / 2;
      write(frame.plot, clip(one.column, left - 10), { class: 'label', x: -8, y: middle + 4, 'text-anchor': 'end' }, one.column);
      swarmPaths(one, x, middle).forEach((path, shade) => { if (path) add(frame.plot, 'path', { class: `swarm ${shade < shades ? `shade${shade}` : 'shadeless'}`, d: path }); });
      write(frame.plot, figure(Number(one.mean.toPrecision(2))), { class: 'value', x: frame.width + 54, y: middle + 4, 'text-anchor': 'end' });
      add(frame.plot, 'rect', { class: 'hit lane', x: 0, y: index * step, width: frame.width, height: step }, reading(one));
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['column', 'mean size', 'lowest', 'highest', 'low values: mean', 'high values: mean'], cells: data.columns.map((one) => { const { low, high } = halves(one); return [one.column, one.mean, least(one), most(one), low, high]; }) }),
  summary(data) {
    const [first] = data.columns;
    return first && data.rows > 0 ? `Contributions of ${count(data.columns.length)} columns to ${data.unit} over ${count(data.rows)} rows: ${reading(first)}` : 'Contributions: no rows.';
  },
});

/** One path a shade (the last for dots without order): dots near each other are stacked around the lane's middle. */
function swarmPaths(lane: BeeswarmLane, x: (value: number) => number, middle: number): string[] {
  const bins = new Map<number, number[]>();
  for (let row = 0; row < lane.values.length; row++) {
    const bin = Math.round(x(lane.values[row]) / dot);
    const members = bins.get(bin);
    if (members) members.push(row);
    else bins.set(bin, [row]);
  }
  const parts = Array.from({ length: shades + 1 }, (): string[] => []);
  for (const members of bins.values()) {
    const gap = Math.min(2.2, (step - 6) / members.length);
    members.sort((a, b) => (lane.places[a] || 0) - (lane.places[b] || 0));
    members.forEach((row, rank) => {
      const offset = (rank % 2 ? 1 : -1) * Math.ceil(rank / 2) * gap;
      const place = lane.places[row];
      parts[place === place ? Math.min(shades - 1, Math.floor(place * shades)) : shades].push(`M${x(lane.values[row]).toFixed(1)},${(middle + offset).toFixed(1)}h0`);
    });
  }
  return parts.map((part) => part.join(''));
}

function key(frame: Frame): void {
  write(frame.plot, 'value: low', { class: 'tick', x: 0, y: -8 });
  for (let shade = 0; shade < shades; shade++) add(frame.plot, 'path', { class: `swarm shade${shade}`, d: `M${64 + 8 * shade},-12h0` });
  write(frame.plot, 'high', { class: 'tick', x: 66 + 8 * shades, y: -8 });
}

const least = (lane: BeeswarmLane): number => Array.from(lane.values).reduce((low, value) => Math.min(low, value), Infinity);
const most = (lane: BeeswarmLane): number => Array.from(lane.values).reduce((high, value) => Math.max(high, value), -Infinity);

/** Mean contribution of the lower and of the upper half of values; null without order. */
function halves({ values, places }: BeeswarmLane): { low: number | null; high: number | null } {
  const meanOf = (test: (place: number) => boolean): number | null => {
    const found = Array.from(values).filter((_, row) => test(places[row]));
    return found.length ? found.reduce((sum, value) => sum + value, 0) / found.length : null;
  };
  return { low: meanOf((place) => place < 0.5), high: meanOf((place) => place > 0.5) };
}

function reading(lane: BeeswarmLane): string {
  const { low, high } = halves(lane);
  const tendency = low === null || high === null ? '' : `; low values ${figure(low)} on average, high values ${figure(high)}`;
  return `${lane.column}: ${figure(lane.mean)} in the mean, from ${figure(least(lane))} to ${figure(most(lane))}${tendency}.`;
}
