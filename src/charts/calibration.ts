// What was predicted against what happened, in bins of equal counts: on the diagonal, a predicted 30 % happens 30 % of the
// time. Bands are 95 % Wilson intervals of the observed share; the strip below counts the rows of each bin.
import { line } from 'd3';
import { colour, defineChart, type ChartOptions } from './chart.ts';
import { hardest, more, unitAxes } from './curves.ts';
import { clip, compact, count, percent, score } from './format.ts';
import { add, emptyNote, makeFrame, write } from './frame.ts';

type Bin = { predicted: number; observed: number; low: number; high: number; count: number };
export type CalibrationData = { curves: readonly { positive: string; index: number; ece: number; bins: readonly Bin[] }[] };
export type CalibrationOptions = ChartOptions & { limit: number };

export const calibration = defineChart<CalibrationData, CalibrationOptions>({
  type: 'calibration',
  defaults: { width: 340, height: 350, limit: 6 },
  draw(data, given, document) {
    const options = { ...calibration.defaults, ...given };
    const frame = makeFrame(document, 'calibration', options, { top: 22, right: 14, bottom: 74, left: 36 }, calibration.summary(data));
    const { x, y } = unitAxes(frame, { x: 'predicted probability', y: 'observed share' });
    const shown = hardest(data.curves.filter((curve) => curve.bins.length > 0), (curve) => curve.ece, options.limit);
    if (shown.length === 0) { emptyNote(frame, 'no predictions'); return frame.svg; }
    add(frame.plot, 'line', { class: 'rule', x1: 0, y1: frame.height, x2: frame.width, y2: 0 });
    for (const curve of shown) {
      const tone = colour(curve.index);
      const bins = curve.bins.filter((bin) => Number.isFinite(bin.predicted) && Number.isFinite(bin.observed));
      const path = line<Bin>((bin) => Math.round(x(bin.predicted) * 100) / 100, (bin) => Math.round(y(bin.observed) * 100) / 100)(bins);
      if (path && bins.length > 1) add(frame.plot, 'path', { class: `line ${tone}`, d: path });
      for (const bin of bins) {
        if (shown.length <= 3) add(frame.plot, 'line', { class: `span ${tone}`, x1: x(bin.predicted), x2: x(bin.predicted), y1: y(bin.low), y2: y(bin.high) });
        add(frame.plot, 'circle', { class: `dot ${tone}`, cx: x(bin.predicted), cy: y(bin.observed), r: 3.5 }, `${curve.positive}: predicted ${percent(bin.predicted)}, observed ${percent(bin.observed)} (${percent(bin.low)} to ${percent(bin.high)}), ${count(bin.count)} rows`);
      }
    }
    shown.forEach((curve, index) => {
      const text = write(frame.plot, clip(curve.positive, frame.width * 0.4), { class: `name halo ${colour(curve.index)}`, x: 8, y: 14 + index * 15 }, curve.positive);
      add(text, 'tspan', { class: 'strong', dx: 6 }).textContent = `off by ${score(curve.ece)}`;
    });
    if (data.curves.length > shown.length) write(frame.plot, more(data.curves.length - shown.length), { class: 'tick halo', x: 8, y: 14 + shown.length * 15 });
    const first = shown[0];
    if (first) {
      const most = Math.max(1, ...first.bins.map((bin) => bin.count));
      const floor = frame.height + 66;
      for (const bin of first.bins) add(frame.plot, 'rect', { class: 'strip', x: x(bin.predicted) - 3, width: 6, y: floor - (24 * bin.count) / most, height: (24 * bin.count) / most }, `${count(bin.count)} rows around ${percent(bin.predicted)}`);
      write(frame.plot, 'rows', { class: 'tick', x: -6, y: floor - 2, 'text-anchor': 'end' });
      write(frame.plot, `up to ${compact(most)} per bin`, { class: 'tick', x: 0, y: frame.height + 30 });
    }
    return frame.svg;
  },
  rows: (data) => ({ columns: ['positive class', 'predicted', 'observed', 'low', 'high', 'rows'], cells: data.curves.flatMap((curve) => curve.bins.map((bin) => [curve.positive, bin.predicted, bin.observed, bin.low, bin.high, bin.count])) }),
  summary: (data) => (data.curves.length > 0 ? `Calibration: ${data.curves.map((curve) => `${curve.positive} is off by ${score(curve.ece)} on average`).join(', ')}.` : 'Calibration without predictions.'),
});
