// Truth against prediction, one dot per sampled test row; on the diagonal the model is right. Both axes share one scale.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { compact, count, figure } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, xAxis, yAxis } from './frame.ts';

/** `rows`: how many test rows the sample stands for. */
export type PredictedTruthData = { sample: readonly { predicted: number; truth: number }[]; rows: number; target: string };

export const predictedTruth = defineChart<PredictedTruthData, ChartOptions>({
  type: 'predicted-truth',
  defaults: { width: 360, height: 340 },
  draw(data, given, document) {
    const frame = makeFrame(document, 'predicted-truth', { ...predictedTruth.defaults, ...given }, { top: 22, right: 14, bottom: 38, left: 50 }, predictedTruth.summary(data));
    const points = data.sample.filter((point) => Number.isFinite(point.predicted) && Number.isFinite(point.truth));
    if (points.length === 0) { emptyNote(frame, 'no test rows'); return frame.svg; }
    const domain = extentOf(points.flatMap((point) => [point.predicted, point.truth]));
    const x = scaleLinear(domain, [0, frame.width]).nice(5);
    const y = scaleLinear(x.domain(), [frame.height, 0]);
    yAxis(frame, y, { values: y.ticks(5), text: compact }, 'truth');
    xAxis(frame, x, { values: x.ticks(5), text: compact }, { title: 'prediction', grid: true });
    const [low = 0, high = 1] = x.domain();
    add(frame.plot, 'line', { class: 'rule', x1: x(low), y1: y(low), x2: x(high), y2: y(high) });
    for (const point of points) add(frame.plot, 'circle', { class: 'mark c1', 'fill-opacity': points.length > 150 ? 0.4 : 0.65, cx: x(point.predicted), cy: y(point.truth), r: 2.8 }, `predicted ${figure(point.predicted)}, truth ${figure(point.truth)}, off by ${figure(point.truth - point.predicted)}`);
    return frame.svg;
  },
  rows: (data) => ({ columns: ['predicted', 'truth'], cells: data.sample.map((point) => [point.predicted, point.truth]) }),
  summary: (data) => `Truth against prediction of ${data.target} for ${count(data.sample.length)} of ${count(data.rows)} test rows.`,
});
