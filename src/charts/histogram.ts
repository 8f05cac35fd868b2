// Counts of one numeric, time or boolean column per bin, with the missing rows beside them and the median marked.
// Bars start at zero and are as wide as their bins; the missing bar has the same scale of counts.
import { scaleLinear, scaleUtc } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { compact, count, date, figure, fullDate, percent } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, write, xAxis, yAxis } from './frame.ts';

/** `time`: bin edges are milliseconds since 1970. `marks` are drawn as labelled rules. `axis` names the x axis. */
export type HistogramData = { name: string; bins: readonly { from: number; to: number; count: number }[]; missing: number; rows: number; time?: boolean; marks?: readonly { label: string; value: number }[] };
export type HistogramOptions = ChartOptions & { axes: boolean; colour: string };

const spell = (data: HistogramData, value: number): string => (data.time ? fullDate(value) : figure(value));

export const histogram = defineChart<HistogramData, HistogramOptions>({
  type: 'histogram',
  defaults: { width: 360, height: 180, axes: true, colour: 'c1' },
  draw(data, given, document) {
    const options = { ...histogram.defaults, ...given };
    const hasMissing = data.missing > 0;
    const margin = options.axes ? { top: 18, right: hasMissing ? 74 : 12, bottom: 24, left: 44 } : { top: 2, right: hasMissing ? 40 : 2, bottom: 16, left: 2 };
    const frame = makeFrame(document, 'histogram', options, margin, histogram.summary(data));
    if (data.bins.length === 0 && !hasMissing) { emptyNote(frame, 'no values'); return frame.svg; }
    const [low, high] = extentOf(data.bins.flatMap((bin) => [bin.from, bin.to]));
    const x = scaleLinear([low, high], [0, frame.width]);
    const most = Math.max(1, data.missing, ...data.bins.map((bin) => bin.count));
    const y = scaleLinear([0, most], [frame.height, 0]);
    if (options.axes) yAxis(frame, y, { values: y.ticks(4).filter(Number.isInteger), text: compact }, 'rows');
    for (const bin of data.bins) {
      const [left, right] = bin.from === bin.to ? [frame.width * 0.35, frame.width * 0.65] : [x(bin.from), x(bin.to)];
      add(frame.plot, 'rect', { class: `mark ${options.colour}`, x: left, width: Math.max(0.5, right - left - 1), y: y(bin.count), height: frame.height - y(bin.count) }, `${spell(data, bin.from)} to ${spell(data, bin.to)}: ${count(bin.count)} rows (${percent(data.rows ? bin.count / data.rows : 0)})`);
    }
    if (hasMissing) {
      const left = frame.width + (options.axes ? 34 : 14);
      add(frame.plot, 'rect', { class: 'mark watch', x: left, width: 22, y: y(data.missing), height: frame.height - y(data.missing) }, `missing: ${count(data.missing)} rows (${percent(data.missing / Math.max(1, data.rows))})`);
      write(frame.plot, options.axes ? 'missing' : 'miss.', { class: 'tick', x: left + 11, y: frame.height + 15, 'text-anchor': 'middle' });
      if (options.axes) write(frame.plot, percent(data.missing / Math.max(1, data.rows)), { class: 'value', x: left + 11, y: y(data.missing) - 4, 'text-anchor': 'middle' });
    }
    const span = high - low;
    const values = data.time ? scaleUtc([low, high], [0, frame.width]).ticks(Math.max(2, frame.width / 80)).map(Number) : x.ticks(Math.max(2, Math.min(8, frame.width / 60)));
    if (data.bins.length > 0) xAxis(frame, x, { values, text: (value) => (data.time ? date(value, span) : compact(value)) });
    for (const mark of options.axes ? (data.marks ?? []) : []) {
      if (mark.value < low || mark.value > high) continue;
      const isRight = x(mark.value) > frame.width * 0.7;
      add(frame.plot, 'line', { class: 'rule', x1: x(mark.value), x2: x(mark.value), y1: -4, y2: frame.height });
      write(frame.plot, `${mark.label} ${spell(data, mark.value)}`, { class: 'label halo', x: x(mark.value) + (isRight ? -4 : 4), y: 4, 'text-anchor': isRight ? 'end' : 'start' });
    }
    return frame.svg;
  },
  rows: (data) => ({ columns: ['from', 'to', 'rows'], cells: [...data.bins.map((bin) => [data.time ? fullDate(bin.from) : bin.from, data.time ? fullDate(bin.to) : bin.to, bin.count]), ...(data.missing > 0 ? [['missing', '', data.missing]] : [])] }),
  summary(data) {
    const peak = data.bins.reduce<HistogramData['bins'][number] | null>((best, bin) => (best === null || bin.count > best.count ? bin : best), null);
    const most = peak ? `most rows (${count(peak.count)}) from ${spell(data, peak.from)} to ${spell(data, peak.to)}` : 'no values';
    return `Distribution of ${data.name} over ${count(data.rows)} rows: ${most}; ${count(data.missing)} missing.`;
  },
});
