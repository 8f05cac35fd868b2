// Scores of several models with their 95 % intervals on one axis; the best one's interval runs down as a band, so that
// what overlaps it is seen at once. Baselines are grey. The axis covers the intervals, not zero: these are dots, not bars.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, figure, score, textWidth } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, write, xAxis } from './frame.ts';

export type IntervalsData = { metric: string; better: 'higher' | 'lower'; rows: readonly { name: string; value: number; low: number; high: number; isBase: boolean; isChosen: boolean }[] };

const bestOf = (data: IntervalsData): IntervalsData['rows'][number] | undefined => data.rows.filter((row) => Number.isFinite(row.value)).toSorted((a, b) => (data.better === 'higher' ? b.value - a.value : a.value - b.value))[0];

export const intervals = defineChart<IntervalsData>({
  type: 'intervals',
  /** Rows stand further apart (26 to 44 pixels) when there is height to fill. */
  defaults: { width: 460, height: 0 },
  draw(data, given, document) {
    const options: ChartOptions = { ...intervals.defaults, ...given };
    const list = data.rows.filter((row) => Number.isFinite(row.value));
    const left = Math.min(options.width * 0.38, Math.max(40, ...list.map((row) => textWidth(row.name) * 1.12 + 14)));
    const step = Math.min(44, Math.max(26, (options.height - 40) / Math.max(2, list.length)));
    const frame = makeFrame(document, 'intervals', { ...options, height: Math.max(2, list.length) * step + 40 }, { top: 4, right: 62, bottom: 36, left }, intervals.summary(data));
    const best = bestOf(data);
    if (!best) { emptyNote(frame, 'no scores yet'); return frame.svg; }
    const x = scaleLinear(extentOf(list.flatMap((row) => [row.value, row.low, row.high])), [0, frame.width]).nice(5);
    xAxis(frame, x, { values: x.ticks(Math.max(3, frame.width / 70)), text: figure }, { grid: true, title: `${data.metric}, ${data.better} is better`, base: false });
    if (best.high > best.low) add(frame.plot, 'rect', { class: 'band c1', x: x(best.low), width: Math.max(1, x(best.high) - x(best.low)), y: 0, height: frame.height }, `interval of the best, ${best.name}`);
    list.forEach((row, index) => {
      const middle = (index + 0.5) * step;
      const tone = row.isBase ? 'c6' : 'c1';
      const [low, high] = [Number.isFinite(row.low) ? row.low : row.value, Number.isFinite(row.high) ? row.high : row.value];
      write(frame.plot, clip(row.name, left - 10), { class: row.isChosen ? 'strong' : row.isBase ? 'tick' : 'label', x: -10, y: middle + 4, 'text-anchor': 'end' }, row.name);
      add(frame.plot, 'line', { class: `span ${tone}`, x1: x(low), x2: x(high), y1: middle, y2: middle });
      add(frame.plot, 'circle', { class: `dot ${tone}`, cx: x(row.value), cy: middle, r: row.isChosen ? 5 : 4 }, `${row.name}: ${data.metric} ${score(row.value)}, 95\u00a0% interval ${score(low)} to ${score(high)}`);
      write(frame.plot, score(row.value), { class: row.isChosen ? 'value strong' : 'value', x: frame.width + 8, y: middle + 4 });
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['model', data.metric, 'low', 'high'], cells: data.rows.map((row) => [row.name, row.value, row.low, row.high]) }),
  summary(data) {
    const best = bestOf(data);
    return best ? `${data.metric} of ${data.rows.length} models; best is ${best.name} with ${score(best.value)} (${score(best.low)} to ${score(best.high)}).` : 'No scores yet.';
  },
});
