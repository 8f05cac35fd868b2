// Precision, recall and F1 of the positive class by decision threshold, read out at the chosen one.
import { line, scaleLinear } from 'd3';
import { defineChart } from './chart.ts';
import { count, figure, percent } from './format.ts';
import { add, emptyNote, makeFrame, spread, write, xAxis, yAxis } from './frame.ts';

export type ThresholdCounts = { threshold: number; tp: number; fp: number; tn: number; fn: number };
export type ThresholdsData = { points: readonly ThresholdCounts[]; at: number };

/** Rates of one row of counts; null where nothing was predicted or is positive. */
export const precisionOf = (counts: ThresholdCounts): number | null => (counts.tp + counts.fp > 0 ? counts.tp / (counts.tp + counts.fp) : null);
export const recallOf = (counts: ThresholdCounts): number | null => (counts.tp + counts.fn > 0 ? counts.tp / (counts.tp + counts.fn) : null);
export const f1Of = (counts: ThresholdCounts): number | null => (counts.tp + counts.fp + counts.fn > 0 ? (2 * counts.tp) / (2 * counts.tp + counts.fp + counts.fn) : null);
/** The counts at the threshold nearest to `at`. */
export const nearest = (points: readonly ThresholdCounts[], at: number): ThresholdCounts | null => points.reduce<ThresholdCounts | null>((best, point) => (best === null || Math.abs(point.threshold - at) < Math.abs(best.threshold - at) ? point : best), null);

const series = [{ name: 'precision', tone: 'c1', read: precisionOf }, { name: 'recall', tone: 'c2', read: recallOf }, { name: 'F1', tone: 'c3', read: f1Of }] as const;

export const thresholds = defineChart<ThresholdsData>({
  type: 'thresholds',
  defaults: { width: 460, height: 240 },
  draw(data, given, document) {
    const frame = makeFrame(document, 'thresholds', { ...thresholds.defaults, ...given }, { top: 12, right: 106, bottom: 38, left: 36 }, thresholds.summary(data));
    const x = scaleLinear([0, 1], [0, frame.width]);
    const y = scaleLinear([0, 1], [frame.height, 0]);
    yAxis(frame, y, { values: [0, 0.25, 0.5, 0.75, 1], text: figure });
    xAxis(frame, x, { values: [0, 0.2, 0.4, 0.6, 0.8, 1], text: figure }, { title: 'threshold' });
    const chosen = nearest(data.points, data.at);
    if (!chosen) { emptyNote(frame, 'no thresholds: needs two classes'); return frame.svg; }
    add(frame.plot, 'line', { class: 'operating', x1: x(chosen.threshold), x2: x(chosen.threshold), y1: -4, y2: frame.height });
    for (const one of series) {
      const path = line<ThresholdCounts>((point) => Math.round(x(point.threshold) * 100) / 100, (point) => Math.round(y(one.read(point) ?? 0) * 100) / 100).defined((point) => one.read(point) !== null)(data.points);
      if (path) add(frame.plot, 'path', { class: `line ${one.tone}`, d: path });
    }
    const places = spread(series.map((one) => y(one.read(chosen) ?? 0)), 15, 6, frame.height);
    series.forEach((one, index) => {
      const value = one.read(chosen);
      if (value !== null) add(frame.plot, 'circle', { class: `dot ${one.tone}`, cx: x(chosen.threshold), cy: y(value), r: 4 }, `${one.name} ${percent(value)} at threshold ${figure(chosen.threshold)}`);
      const text = write(frame.plot, one.name, { class: `name ${one.tone}`, x: frame.width + 8, y: (places[index] ?? 0) + 4 });
      add(text, 'tspan', { class: 'strong', dx: 5 }).textContent = value === null ? '\u2013' : percent(value);
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['threshold', 'true positives', 'false positives', 'true negatives', 'false negatives', 'precision', 'recall', 'F1'], cells: data.points.map((point) => [point.threshold, point.tp, point.fp, point.tn, point.fn, precisionOf(point), recallOf(point), f1Of(point)]) }),
  summary(data) {
    const chosen = nearest(data.points, data.at);
    return chosen ? `At threshold ${figure(chosen.threshold)}: ${series.map((one) => { const value = one.read(chosen); return `${one.name} ${value === null ? 'not defined' : percent(value)}`; }).join(', ')}; ${count(chosen.tp)} true positives, ${count(chosen.fp)} false positives.` : 'No thresholds.';
  },
});
