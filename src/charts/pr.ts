// Precision by recall of each positive class, with its average precision; the dashed rule is the share of positives, what
// guessing reaches. Names stand where the curves end.
import { colour, defineChart, type ChartOptions } from './chart.ts';
import { drawCurve, hardest, more, unitAxes } from './curves.ts';
import { clip, figure, percent, score } from './format.ts';
import { add, emptyNote, makeFrame, spread, write } from './frame.ts';

export type PrData = { curves: readonly { positive: string; index: number; ap: number; base: number; points: readonly { threshold: number; precision: number; recall: number }[] }[]; operating?: { precision: number; recall: number } | null };
export type PrOptions = ChartOptions & { limit: number };

export const pr = defineChart<PrData, PrOptions>({
  type: 'pr',
  defaults: { width: 400, height: 320, limit: 8 },
  draw(data, given, document) {
    const options = { ...pr.defaults, ...given };
    const frame = makeFrame(document, 'pr', options, { top: 22, right: 100, bottom: 38, left: 36 }, pr.summary(data));
    const scales = unitAxes(frame, { x: 'recall', y: 'precision' });
    if (data.curves.every((curve) => curve.points.length === 0)) { emptyNote(frame, 'needs rows of both classes'); return frame.svg; }
    const shown = hardest(data.curves, (curve) => -curve.ap, options.limit).toSorted((a, b) => b.ap - a.ap);
    for (const curve of shown.toReversed()) {
      if (shown.length === 1) {
        add(frame.plot, 'line', { class: 'rule', x1: 0, x2: frame.width, y1: scales.y(curve.base), y2: scales.y(curve.base) });
        write(frame.plot, `guessing ${percent(curve.base)}`, { class: 'tick halo', x: 6, y: scales.y(curve.base) + (curve.base > 0.12 ? 14 : -6) });
      }
      drawCurve(frame, scales, curve.points.map((point) => ({ x: point.recall, y: point.precision, title: `${curve.positive}, threshold ${figure(point.threshold)}: precision ${percent(point.precision)}, recall ${percent(point.recall)}` })), colour(curve.index));
    }
    const ends = shown.map((curve) => { const last = curve.points.toSorted((a, b) => a.recall - b.recall || b.precision - a.precision).at(-1); return scales.y(last && Number.isFinite(last.precision) ? last.precision : curve.base); });
    const places = spread(ends, 28, 8, frame.height - 16);
    shown.forEach((curve, index) => {
      const at = places[index] ?? 0;
      write(frame.plot, clip(curve.positive, 92), { class: `name ${colour(curve.index)}`, x: frame.width + 8, y: at }, curve.positive);
      write(frame.plot, `AP ${score(curve.ap)}`, { class: 'value', x: frame.width + 8, y: at + 13 });
    });
    if (data.curves.length > shown.length) write(frame.plot, more(data.curves.length - shown.length), { class: 'tick halo', x: 6, y: frame.height - 8 });
    if (data.operating && Number.isFinite(data.operating.precision)) add(frame.plot, 'circle', { class: `ring ${colour(data.curves[0]?.index ?? 0)}`, cx: scales.x(data.operating.recall), cy: scales.y(data.operating.precision), r: 6 }, `chosen threshold: precision ${percent(data.operating.precision)}, recall ${percent(data.operating.recall)}`);
    return frame.svg;
  },
  rows: (data) => ({ columns: ['positive class', 'threshold', 'precision', 'recall'], cells: data.curves.flatMap((curve) => curve.points.map((point) => [curve.positive, point.threshold, point.precision, point.recall])) }),
  summary: (data) => (data.curves.length > 0 ? `Precision and recall: ${data.curves.map((curve) => `${curve.positive} average precision ${score(curve.ap)} against ${percent(curve.base)} by guessing`).join(', ')}.` : 'Precision and recall without curves.'),
});
