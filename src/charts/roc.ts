// ROC curve of each positive class, with its area; the diagonal is guessing. Names stand in the free corner below.
// With `operating`, the point of the chosen threshold is ringed.
import { colour, defineChart, type ChartOptions } from './chart.ts';
import { drawCurve, hardest, more, unitAxes } from './curves.ts';
import { clip, figure, percent, score } from './format.ts';
import { add, emptyNote, makeFrame, write } from './frame.ts';

/** `index` = place of the class in sorted order, for its colour. */
export type RocData = { curves: readonly { positive: string; index: number; auc: number; points: readonly { threshold: number; fpr: number; tpr: number }[] }[]; operating?: { fpr: number; tpr: number } | null };
export type RocOptions = ChartOptions & { limit: number };

export const roc = defineChart<RocData, RocOptions>({
  type: 'roc',
  defaults: { width: 340, height: 320, limit: 8 },
  draw(data, given, document) {
    const options = { ...roc.defaults, ...given };
    const frame = makeFrame(document, 'roc', options, { top: 22, right: 14, bottom: 38, left: 36 }, roc.summary(data));
    const scales = unitAxes(frame, { x: 'false positive rate', y: 'true positive rate' });
    if (data.curves.every((curve) => curve.points.length === 0)) { emptyNote(frame, 'needs rows of both classes'); return frame.svg; }
    add(frame.plot, 'line', { class: 'rule', x1: 0, y1: frame.height, x2: frame.width, y2: 0 });
    const shown = hardest(data.curves, (curve) => -curve.auc, options.limit).toSorted((a, b) => b.auc - a.auc);
    for (const curve of shown.toReversed()) drawCurve(frame, scales, curve.points.map((point) => ({ x: point.fpr, y: point.tpr, title: `${curve.positive}, threshold ${figure(point.threshold)}: true positive rate ${percent(point.tpr)}, false positive rate ${percent(point.fpr)}` })), colour(curve.index));
    const hidden = data.curves.length - shown.length;
    const bottom = frame.height - 10 - (hidden > 0 ? 15 : 0);
    shown.forEach((curve, index) => {
      const text = write(frame.plot, clip(curve.positive, frame.width * 0.45), { class: `name halo ${colour(curve.index)}`, x: frame.width - 8, y: bottom - (shown.length - 1 - index) * 15, 'text-anchor': 'end' }, curve.positive);
      add(text, 'tspan', { class: 'strong', dx: 6 }).textContent = `AUC ${score(curve.auc)}`;
    });
    if (hidden > 0) write(frame.plot, more(hidden), { class: 'tick halo', x: frame.width - 8, y: frame.height - 10, 'text-anchor': 'end' });
    if (data.operating) add(frame.plot, 'circle', { class: `ring ${colour(data.curves[0]?.index ?? 0)}`, cx: scales.x(data.operating.fpr), cy: scales.y(data.operating.tpr), r: 6 }, `chosen threshold: true positive rate ${percent(data.operating.tpr)}, false positive rate ${percent(data.operating.fpr)}`);
    return frame.svg;
  },
  rows: (data) => ({ columns: ['positive class', 'threshold', 'false positive rate', 'true positive rate'], cells: data.curves.flatMap((curve) => curve.points.map((point) => [curve.positive, point.threshold, point.fpr, point.tpr])) }),
  summary: (data) => (data.curves.length > 0 ? `ROC: ${data.curves.map((curve) => `${curve.positive} AUC ${score(curve.auc)}`).join(', ')}.` : 'ROC without curves.'),
});
