// How far the truth lies from the prediction: counts per bin of truth - prediction, zero marked, mean beside it.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { compact, count, figure } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, write, xAxis, yAxis } from './frame.ts';

export type ResidualHistogramData = { bins: readonly { from: number; to: number; count: number }[]; mean: number; quantiles: readonly { q: number; value: number }[] };

export const residualHistogram = defineChart<ResidualHistogramData, ChartOptions>({
  type: 'residual-histogram',
  defaults: { width: 360, height: 220 },
  draw(data, given, document) {
    const frame = makeFrame(document, 'residual-histogram', { ...residualHistogram.defaults, ...given }, { top: 30, right: 14, bottom: 38, left: 44 }, residualHistogram.summary(data));
    if (data.bins.every((bin) => bin.count === 0)) { emptyNote(frame, 'no test rows'); return frame.svg; }
    const x = scaleLinear(extentOf([0, ...data.bins.flatMap((bin) => [bin.from, bin.to])]), [0, frame.width]);
    const y = scaleLinear([0, Math.max(1, ...data.bins.map((bin) => bin.count))], [frame.height, 0]);
    yAxis(frame, y, { values: y.ticks(4).filter(Number.isInteger), text: compact });
    xAxis(frame, x, { values: x.ticks(5), text: compact }, { title: 'truth \u2212 prediction' });
    for (const bin of data.bins) add(frame.plot, 'rect', { class: 'mark c1', x: x(bin.from), width: Math.max(0.5, x(bin.to) - x(bin.from) - 1), y: y(bin.count), height: frame.height - y(bin.count) }, `off by ${figure(bin.from)} to ${figure(bin.to)}: ${count(bin.count)} rows`);
    add(frame.plot, 'line', { class: 'operating', x1: x(0), x2: x(0), y1: -6, y2: frame.height });
    const isRight = x(0) > frame.width / 2;
    write(frame.plot, `exact here; mean off by ${figure(data.mean)}`, { class: 'label halo', x: x(0) + (isRight ? -5 : 5), y: -10, 'text-anchor': isRight ? 'end' : 'start' });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['from', 'to', 'rows'], cells: data.bins.map((bin) => [bin.from, bin.to, bin.count]) }),
  summary(data) {
    const at = (q: number): number | null => data.quantiles.find((one) => Math.abs(one.q - q) < 1e-9)?.value ?? null;
    const [low, high] = [at(0.05), at(0.95)];
    return `Truth minus prediction: mean ${figure(data.mean)}${low !== null && high !== null ? `, nine rows in ten between ${figure(low)} and ${figure(high)}` : ''}.`;
  },
});
