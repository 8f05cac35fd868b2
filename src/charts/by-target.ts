// One column against the target: the share of each class per bin (stacked to 100 %), or the mean target per bin with its
// 95 % interval; beside it the rows of each bin. The dashed rule is the share (or mean) over all rows. Ranges run along
// the x axis at their true width; levels whose names need room run down the page. The record is the engine's ByTarget.
import { scaleLinear, scaleUtc } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { foldClasses, type Folded } from './by-target-fold.ts';
import { drawLevels, levelsHeight } from './by-target-levels.ts';
import { clip, compact, count, date, figure, percent, textWidth } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, spread, write, yAxis, type Frame } from './frame.ts';

type Span = { label: string; from: number | null; to: number | null };
export type ByTargetData =
  | { kind: 'classes'; column: string; classes: string[]; bins: (Span & { counts: number[] })[]; rows: number; sampled: number }
  | { kind: 'value'; column: string; bins: (Span & { count: number; mean: number; low: number; high: number })[]; rows: number; sampled: number };
/** `names`: write the classes beside the bars (small multiples share one key instead). `levels`: at most so many rows of levels. */
export type ByTargetOptions = ChartOptions & { names: boolean; strip: number; levels: number };
/** Where bin i stands along x, in pixels of the plot. */
type Slot = { x: number; width: number };

export const rowsOf = (bin: ByTargetData['bins'][number]): number => ('count' in bin ? bin.count : bin.counts.reduce((sum, value) => sum + value, 0));

export const byTarget = defineChart<ByTargetData, ByTargetOptions>({
  type: 'by-target',
  defaults: { width: 280, height: 170, names: false, strip: 22, levels: 8 },
  draw(data, given, document) {
    const options = { ...byTarget.defaults, ...given };
    const label = byTarget.summary(data);
    if (isLong(data, options.width)) {
      const longest = Math.max(...data.bins.map((bin) => textWidth(bin.label)));
      const left = Math.min(options.width * 0.36, longest + 10);
      const frame = makeFrame(document, 'by-target', { ...options, height: levelsHeight(data, options.levels) }, { top: 4, right: 46, bottom: 20, left }, label);
      drawLevels(frame, data, options.levels, left);
      return frame.svg;
    }
    const folded = data.kind === 'classes' ? foldClasses(data) : null;
    const names = options.names && folded ? Math.min(110, Math.max(...folded.classes.map(textWidth), 20) + 12) : 4;
    const frame = makeFrame(document, 'by-target', options, { top: 8, right: names, bottom: options.strip + 24, left: 40 }, label);
    if (data.bins.every((bin) => rowsOf(bin) === 0)) { emptyNote(frame, 'no rows'); return frame.svg; }
    const slots = slotsOf(frame, data);
    if (folded) drawClasses(frame, folded, slots, options.names);
    else if (data.kind === 'value') drawValues(frame, data, slots);
    drawStrip(frame, data, slots, options.strip);
    return frame.svg;
  },
  rows: (data) =>
    data.kind === 'classes'
      ? { columns: [data.column, ...data.classes, 'rows'], cells: data.bins.map((bin) => [bin.label, ...bin.counts, rowsOf(bin)]) }
      : { columns: [data.column, 'mean target', 'low', 'high', 'rows'], cells: data.bins.map((bin) => [bin.label, finite(bin.mean), finite(bin.low), finite(bin.high), bin.count]) },
  summary: (data) => `Target by ${data.column}, ${data.bins.length} bins over ${count(data.sampled)} ${data.sampled < data.rows ? `sampled of ${count(data.rows)} ` : ''}rows: ${span(data)}.`,
});

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const isRange = (data: ByTargetData): boolean => data.bins.some((bin) => bin.from !== null && bin.to !== null && bin.to > bin.from);
const isLong = (data: ByTargetData, width: number): boolean => !isRange(data) && data.bins.some((bin) => rowsOf(bin) > 0) && data.bins.some((bin) => textWidth(bin.label) > (width - 46) / data.bins.length - 4) && !data.bins.every((bin) => bin.label.length <= 4 || bin.label === 'missing');

function span(data: ByTargetData): string {
  const filled = data.bins.filter((bin) => rowsOf(bin) > 0);
  const read = (bin: ByTargetData['bins'][number]): number => ('mean' in bin ? bin.mean : (bin.counts.at(-1) ?? 0) / rowsOf(bin));
  const sorted = filled.toSorted((a, b) => read(a) - read(b));
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return 'no rows';
  const text = (bin: ByTargetData['bins'][number]): string => `${data.kind === 'value' ? figure(read(bin)) : percent(read(bin))} at ${bin.label}`;
  return `${data.kind === 'value' ? 'mean' : `share of ${data.classes.at(-1) ?? ''}`} from ${text(least)} to ${text(most)}`;
}

// Ranges at their true places; what has no range (missing) stands apart at the right. Levels share the width equally.
function slotsOf(frame: Frame, data: ByTargetData): Slot[] {
  const apart = data.bins.filter((bin) => bin.from === null).length;
  if (!isRange(data)) return data.bins.map((_, index) => ({ x: (index * frame.width) / data.bins.length, width: frame.width / data.bins.length }));
  const x = rangeScale(frame, data);
  let next = frame.width - apart * 20;
  return data.bins.map((bin) => {
    if (bin.from !== null && bin.to !== null) return { x: x(bin.from), width: Math.max(1, x(bin.to) - x(bin.from)) };
    next += 20;
    return { x: next - 18, width: 18 };
  });
}
const rangeScale = (frame: Frame, data: ByTargetData) => scaleLinear(extentOf(data.bins.flatMap((bin) => [bin.from, bin.to])), [0, frame.width - (data.bins.some((bin) => bin.from === null) ? 10 + 20 * data.bins.filter((bin) => bin.from === null).length : 0)]);
const gap = (slot: Slot): number => (slot.width > 6 ? 1.5 : 0.4);

function drawClasses(frame: Frame, data: Folded, slots: readonly Slot[], names: boolean): void {
  const y = scaleLinear([0, 1], [frame.height, 0]);
  yAxis(frame, y, { values: [0, 0.5, 1], text: (value) => `${value * 100}\u00a0%` });
  const totals = data.classes.map((_, k) => data.bins.reduce((sum, bin) => sum + (bin.counts[k] ?? 0), 0));
  const all = totals.reduce((sum, value) => sum + value, 0);
  const ends: number[] = [];
  // The last class (the positive one of two) stands on the baseline, where shares compare best.
  const order = data.classes.map((_, k) => k).reverse();
  data.bins.forEach((bin, index) => {
    const rows = rowsOf(bin);
    const slot = slots[index] ?? { x: 0, width: 1 };
    let below = 0;
    for (const k of order) {
      const share = rows > 0 ? (bin.counts[k] ?? 0) / rows : 0;
      if (rows > 0) ends[k] = y(below + share / 2);
      if (share > 0) add(frame.plot, 'rect', { class: `mark ${data.tones[k] ?? 'rest'}`, 'fill-opacity': data.classes.length === 2 && k === 0 ? 0.3 : 0.88, x: slot.x, width: Math.max(0.5, slot.width - gap(slot)), y: y(below + share), height: Math.max(0, y(below) - y(below + share)) }, `${data.column} ${bin.label}: ${data.classes[k] ?? ''} ${percent(share)} (${count(bin.counts[k] ?? 0)} of ${count(rows)} rows)`);
      below += share;
    }
  });
  if (data.classes.length === 2 && all > 0) {
    const overall = (totals[1] ?? 0) / all;
    add(frame.plot, 'line', { class: 'operating rule', x1: 0, x2: frame.width, y1: y(overall), y2: y(overall) }, `all rows: ${data.classes[1] ?? ''} ${percent(overall)}`);
  }
  if (!names) return;
  const places = spread(data.classes.map((_, k) => ends[k] ?? 0), 13, 4, frame.height);
  data.classes.forEach((name, k) => write(frame.plot, clip(name, 98), { class: `name ${data.tones[k] === 'rest' ? 'faded' : (data.tones[k] ?? 'faded')}`, x: frame.width + 6, y: (places[k] ?? 0) + 4 }, name));
}

function drawValues(frame: Frame, data: Extract<ByTargetData, { kind: 'value' }>, slots: readonly Slot[]): void {
  const filled = data.bins.filter((bin) => bin.count > 0 && Number.isFinite(bin.mean));
  const y = scaleLinear(extentOf(filled.flatMap((bin) => [bin.mean, bin.low, bin.high])), [frame.height, 4]).nice(4);
  yAxis(frame, y, { values: y.ticks(4), text: compact });
  const overall = filled.reduce((sum, bin) => sum + bin.mean * bin.count, 0) / Math.max(1, filled.reduce((sum, bin) => sum + bin.count, 0));
  if (filled.length > 0) add(frame.plot, 'line', { class: 'rule', x1: 0, x2: frame.width, y1: y(overall), y2: y(overall) }, `all rows: mean ${figure(overall)}`);
  data.bins.forEach((bin, index) => {
    const slot = slots[index];
    if (!slot || bin.count === 0 || !Number.isFinite(bin.mean)) return;
    const [low, high] = [Number.isFinite(bin.low) ? bin.low : bin.mean, Number.isFinite(bin.high) ? bin.high : bin.mean];
    add(frame.plot, 'rect', { class: 'band c1', x: slot.x + gap(slot), width: Math.max(1, slot.width - 2 * gap(slot)), y: y(high), height: Math.max(1, y(low) - y(high)) });
    add(frame.plot, 'circle', { class: 'dot c1', cx: slot.x + slot.width / 2, cy: y(bin.mean), r: Math.min(3.5, Math.max(1.5, slot.width / 3)) }, `${data.column} ${bin.label}: mean ${figure(bin.mean)} (${figure(low)} to ${figure(high)}), ${count(bin.count)} rows`);
  });
}

function drawStrip(frame: Frame, data: ByTargetData, slots: readonly Slot[], height: number): void {
  const most = Math.max(1, ...data.bins.map(rowsOf));
  const top = frame.height + 4;
  data.bins.forEach((bin, index) => {
    const slot = slots[index] ?? { x: 0, width: 1 };
    const tall = rowsOf(bin) > 0 ? Math.max(1, (rowsOf(bin) / most) * (height - 4)) : 0;
    add(frame.plot, 'rect', { class: 'strip', x: slot.x, width: Math.max(0.5, slot.width - gap(slot)), y: top, height: tall }, `${bin.label}: ${count(rowsOf(bin))} rows`);
  });
  write(frame.plot, 'rows', { class: 'tick', x: -6, y: top + 15, 'text-anchor': 'end' });
  let end = -Infinity;
  for (const tick of ticksOf(frame, data, slots)) {
    const half = textWidth(tick.text) / 2;
    const place = Math.min(frame.width - half + 4, tick.at);
    if (place - half < end + 5) continue;
    end = place + half;
    write(frame.plot, tick.text, { class: 'tick', x: place, y: top + height + 10, 'text-anchor': 'middle' }, tick.title);
  }
}

function ticksOf(frame: Frame, data: ByTargetData, slots: readonly Slot[]): { at: number; text: string; title: string }[] {
  if (!isRange(data)) return data.bins.map((bin, index) => { const slot = slots[index] ?? { x: 0, width: 1 }; return { at: slot.x + slot.width / 2, text: clip(bin.label, Math.max(slot.width - 4, 30)), title: bin.label }; });
  const x = rangeScale(frame, data);
  const [low = 0, high = 1] = x.domain();
  const isTime = data.bins.some((bin) => /\d{4}-\d\d-\d\d/.test(bin.label));
  const values = isTime ? scaleUtc([low, high], [0, 1]).ticks(4).map(Number) : x.ticks(Math.max(2, Math.min(6, frame.width / 55)));
  const ticks = values.map((value) => ({ at: x(value), text: isTime ? date(value, high - low) : compact(value), title: isTime ? date(value, 0) : figure(value) }));
  const apart = data.bins.flatMap((bin, index) => { const slot = slots[index]; return bin.from === null && slot ? [{ at: slot.x + slot.width / 2, text: bin.label === 'missing' ? 'miss.' : clip(bin.label, 30), title: bin.label }] : []; });
  const edge = (apart[0]?.at ?? Infinity) - 24;
  return [...ticks.filter((tick) => tick.at + textWidth(tick.text) / 2 < edge), ...apart];
}
