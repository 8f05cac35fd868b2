// How much worse the score gets when one raw column is shuffled on test rows: bars from zero with 95 % intervals.
// A bar whose interval reaches zero is grey: it may be nothing.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, figure, textWidth } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, write, xAxis } from './frame.ts';

export type ImportanceData = { metric: string; columns: readonly { column: string; value: number; low: number; high: number }[] };
export type ImportanceOptions = ChartOptions & { limit: number };

export const importance = defineChart<ImportanceData, ImportanceOptions>({
  type: 'importance',
  defaults: { width: 460, height: 0, limit: 25 },
  draw(data, given, document) {
    const options = { ...importance.defaults, ...given };
    const list = data.columns.filter((one) => Number.isFinite(one.value)).toSorted((a, b) => b.value - a.value).slice(0, options.limit);
    const step = 22;
    const left = Math.min(options.width * 0.38, Math.max(40, ...list.map((one) => textWidth(one.column) + 10)));
    const frame = makeFrame(document, 'importance', { ...options, height: Math.max(2, list.length) * step + 42 }, { top: 2, right: 60, bottom: 38, left }, importance.summary(data));
    if (list.length === 0) { emptyNote(frame, 'no columns'); return frame.svg; }
    const x = scaleLinear(extentOf([0, ...list.flatMap((one) => [one.value, one.low, one.high])]), [0, frame.width]);
    xAxis(frame, x, { values: x.ticks(Math.max(3, frame.width / 80)), text: figure }, { grid: true, base: false, title: `${data.metric}: worse by` });
    list.forEach((one, index) => {
      const top = index * step;
      const [low, high] = [Number.isFinite(one.low) ? one.low : one.value, Number.isFinite(one.high) ? one.high : one.value];
      write(frame.plot, clip(one.column, left - 10), { class: 'label', x: -8, y: top + 15, 'text-anchor': 'end' }, one.column);
      add(frame.plot, 'rect', { class: `mark ${low > 0 ? 'c1' : 'rest'}`, x: Math.min(x(0), x(one.value)), width: Math.abs(x(one.value) - x(0)), y: top + 4, height: step - 8 }, `${one.column}: ${figure(one.value)} (${figure(low)} to ${figure(high)})`);
      if (high > low) add(frame.plot, 'line', { class: 'whisker dark', x1: x(low), x2: x(high), y1: top + step / 2, y2: top + step / 2 });
      write(frame.plot, figure(Number(one.value.toPrecision(2))), { class: 'value', x: frame.width + 8, y: top + 15 });
    });
    add(frame.plot, 'line', { class: 'base', x1: x(0), x2: x(0), y1: 0, y2: list.length * step });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['column', `${data.metric} worse by`, 'low', 'high'], cells: data.columns.toSorted((a, b) => b.value - a.value).map((one) => [one.column, one.value, one.low, one.high]) }),
  summary(data) {
    const sorted = data.columns.toSorted((a, b) => b.value - a.value);
    const clear = sorted.filter((one) => one.low > 0).length;
    const first = sorted[0];
    return first ? `Importance of ${data.columns.length} columns by how much worse ${data.metric} gets: ${first.column} matters most (${figure(first.value)}); ${clear} are clearly above zero.` : 'Importance was not computed.';
  },
});
