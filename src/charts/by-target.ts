// One column against the target: the share of each class per bin (stacked to 100 %), or the mean target per bin with its
// 95 % interval; below, a strip with the rows of each bin. The dashed rule is the share (or mean) over all rows.
// The record is the engine's ByTarget.
import { scaleLinear } from 'd3';
import { colour, defineChart, type ChartOptions } from './chart.ts';
import { clip, compact, count, figure, percent, textWidth } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, spread, write, yAxis, type Frame } from './frame.ts';

type Span = { label: string; from: number | null; to: number | null };
export type ByTargetData =
  | { kind: 'classes'; column: string; classes: string[]; bins: (Span & { counts: number[] })[]; rows: number; sampled: number }
  | { kind: 'value'; column: string; bins: (Span & { count: number; mean: number; low: number; high: number })[]; rows: number; sampled: number };
/** `names`: write the classes beside the bars (small multiples share one key instead). */
export type ByTargetOptions = ChartOptions & { names: boolean; strip: number };

const rowsOf = (bin: ByTargetData['bins'][number]): number => ('count' in bin ? bin.count : bin.counts.reduce((sum, value) => sum + value, 0));
type Classes = Extract<ByTargetData, { kind: 'classes' }>;
type Values = Extract<ByTargetData, { kind: 'value' }>;

export const byTarget = defineChart<ByTargetData, ByTargetOptions>({
  type: 'by-target',
  defaults: { width: 280, height: 170, names: false, strip: 22 },
  draw(data, given, document) {
    const options = { ...byTarget.defaults, ...given };
    const names = options.names && data.kind === 'classes' ? Math.min(110, Math.max(...data.classes.map(textWidth), 20) + 12) : 4;
    const frame = makeFrame(document, 'by-target', options, { top: 8, right: names, bottom: options.strip + 24, left: 40 }, byTarget.summary(data));
    if (data.bins.length === 0 || data.bins.every((bin) => rowsOf(bin) === 0)) { emptyNote(frame, 'no rows'); return frame.svg; }
    if (data.kind === 'classes') drawClasses(frame, data, options.names);
    else drawValues(frame, data);
    drawStrip(frame, data, options.strip);
    return frame.svg;
  },
  rows: (data) =>
    data.kind === 'classes'
      ? { columns: [data.column, ...data.classes, 'rows'], cells: data.bins.map((bin) => [bin.label, ...bin.counts, rowsOf(bin)]) }
      : { columns: [data.column, 'mean target', 'low', 'high', 'rows'], cells: data.bins.map((bin) => [bin.label, finite(bin.mean), finite(bin.low), finite(bin.high), bin.count]) },
  summary: (data) => `Target by ${data.column}, ${data.bins.length} bins over ${count(data.sampled)} ${data.sampled < data.rows ? `sampled of ${count(data.rows)} ` : ''}rows: ${span(data)}.`,
});

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function span(data: ByTargetData): string {
  const filled = data.bins.filter((bin) => rowsOf(bin) > 0);
  if (filled.length === 0) return 'no rows';
  const read = data.kind === 'value' ? (bin: ByTargetData['bins'][number]): number => ('mean' in bin ? bin.mean : 0) : (bin: ByTargetData['bins'][number]): number => ('counts' in bin ? (bin.counts.at(-1) ?? 0) / rowsOf(bin) : 0);
  const sorted = filled.toSorted((a, b) => read(a) - read(b));
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return 'no rows';
  const text = (bin: ByTargetData['bins'][number]): string => `${data.kind === 'value' ? figure(read(bin)) : percent(read(bin))} at ${bin.label}`;
  return `${data.kind === 'value' ? 'mean' : `share of ${data.classes.at(-1) ?? ''}`} from ${text(least)} to ${text(most)}`;
}

function drawClasses(frame: Frame, data: Classes, names: boolean): void {
  const y = scaleLinear([0, 1], [frame.height, 0]);
  yAxis(frame, y, { values: [0, 0.5, 1], text: (value) => `${value * 100}\u00a0%` });
  const step = frame.width / data.bins.length;
  const totals = data.classes.map((_, k) => data.bins.reduce((sum, bin) => sum + (bin.counts[k] ?? 0), 0));
  const all = totals.reduce((sum, value) => sum + value, 0);
  const ends: number[] = [];
  // The last class (the positive one of two) stands on the baseline, where shares compare best.
  const order = data.classes.map((_, k) => k).reverse();
  data.bins.forEach((bin, index) => {
    const rows = rowsOf(bin);
    let below = 0;
    for (const k of order) {
      const share = rows > 0 ? (bin.counts[k] ?? 0) / rows : 0;
      if (rows > 0) ends[k] = y(below + share / 2);
      if (share > 0) add(frame.plot, 'rect', { class: `mark ${colour(k)}`, 'fill-opacity': data.classes.length === 2 && k === 0 ? 0.3 : 0.88, x: index * step, width: Math.max(0.5, step - (step > 6 ? 2 : 0.5)), y: y(below + share), height: Math.max(0, y(below) - y(below + share)) }, `${data.column} ${bin.label}: ${data.classes[k] ?? ''} ${percent(share)} (${count(bin.counts[k] ?? 0)} of ${count(rows)} rows)`);
      below += share;
    }
  });
  if (data.classes.length === 2 && all > 0) {
    const overall = (totals[1] ?? 0) / all;
    add(frame.plot, 'line', { class: 'operating rule', x1: 0, x2: frame.width, y1: y(overall), y2: y(overall) }, `all rows: ${data.classes[1] ?? ''} ${percent(overall)}`);
  }
  if (!names) return;
  const places = spread(data.classes.map((_, k) => ends[k] ?? 0), 13, 4, frame.height);
  data.classes.forEach((name, k) => write(frame.plot, clip(name, 98), { class: `name ${colour(k)}`, x: frame.width + 6, y: (places[k] ?? 0) + 4 }, name));
}

function drawValues(frame: Frame, data: Values): void {
  const filled = data.bins.filter((bin) => bin.count > 0 && Number.isFinite(bin.mean));
  const y = scaleLinear(extentOf(filled.flatMap((bin) => [bin.mean, bin.low, bin.high])), [frame.height, 4]).nice(4);
  yAxis(frame, y, { values: y.ticks(4), text: compact });
  const step = frame.width / data.bins.length;
  const all = filled.reduce((sum, bin) => sum + bin.count, 0);
  const overall = filled.reduce((sum, bin) => sum + bin.mean * bin.count, 0) / Math.max(1, all);
  if (filled.length > 0) add(frame.plot, 'line', { class: 'rule', x1: 0, x2: frame.width, y1: y(overall), y2: y(overall) }, `all rows: mean ${figure(overall)}`);
  data.bins.forEach((bin, index) => {
    if (bin.count === 0 || !Number.isFinite(bin.mean)) return;
    const at = (index + 0.5) * step;
    const [low, high] = [Number.isFinite(bin.low) ? bin.low : bin.mean, Number.isFinite(bin.high) ? bin.high : bin.mean];
    add(frame.plot, 'rect', { class: 'band c1', x: index * step + Math.min(2, step * 0.1), width: Math.max(1, step - Math.min(4, step * 0.2)), y: y(high), height: Math.max(1, y(low) - y(high)) });
    add(frame.plot, 'circle', { class: 'dot c1', cx: at, cy: y(bin.mean), r: Math.min(3.5, Math.max(1.5, step / 3)) }, `${data.column} ${bin.label}: mean ${figure(bin.mean)} (${figure(low)} to ${figure(high)}), ${count(bin.count)} rows`);
  });
}

function drawStrip(frame: Frame, data: ByTargetData, height: number): void {
  const step = frame.width / data.bins.length;
  const most = Math.max(1, ...data.bins.map(rowsOf));
  const top = frame.height + 4;
  data.bins.forEach((bin, index) => {
    const tall = rowsOf(bin) > 0 ? Math.max(1, (rowsOf(bin) / most) * (height - 4)) : 0;
    add(frame.plot, 'rect', { class: 'strip', x: index * step, width: Math.max(0.5, step - (step > 6 ? 2 : 0.5)), y: top, height: tall }, `${bin.label}: ${count(rowsOf(bin))} rows`);
  });
  write(frame.plot, 'rows', { class: 'tick', x: -6, y: top + 15, 'text-anchor': 'end' });
  const isRange = data.bins.some((bin) => bin.from !== null);
  let end = -Infinity;
  data.bins.forEach((bin, index) => {
    const at = (index + 0.5) * step;
    const full = isRange && bin.from !== null && bin.from !== bin.to && data.bins.length > 4 && Math.abs(bin.from) < 1e10 ? compact(bin.from) : bin.label;
    const room = isRange ? Infinity : Math.max(step - 4, 34);
    const text = clip(full, Math.min(room, 120));
    const half = textWidth(text) / 2;
    const place = Math.min(frame.width - half, Math.max(half - 30, at));
    if (place - half < end + 6) return;
    end = place + half;
    write(frame.plot, text, { class: 'tick', x: place, y: top + height + 10, 'text-anchor': 'middle' }, bin.label);
  });
}
