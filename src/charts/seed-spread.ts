// Scores of the same fit with several seeds on one axis: a dot for each, the mean with one standard deviation as a band, and
// the baseline, so that luck is seen beside what is gained. The axis covers the scores and the baseline: these are no bars.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { figure, score } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, write, xAxis } from './frame.ts';

export type SeedSpreadData = { metric: string; better: 'higher' | 'lower'; points: readonly { seed: number; score: number }[]; baseline: number | null };

export const seedSpread = defineChart<SeedSpreadData>({
  type: 'seed-spread',
  defaults: { width: 460, height: 0 },
  draw(data, given, document) {
    const options: ChartOptions = { ...seedSpread.defaults, ...given };
    const points = data.points.filter((point) => Number.isFinite(point.score));
    const step = 24;
    const frame = makeFrame(document, 'seed-spread', { ...options, height: Math.max(2, points.length) * step + 58 }, { top: 18, right: 62, bottom: 38, left: 62 }, seedSpread.summary(data));
    if (points.length === 0) { emptyNote(frame, 'no fits yet'); return frame.svg; }
    const { mean, sd } = spreadOf(points);
    const x = scaleLinear(extentOf([...points.map((point) => point.score), data.baseline, mean - sd, mean + sd]), [0, frame.width]).nice(5);
    xAxis(frame, x, { values: x.ticks(Math.max(3, frame.width / 70)), text: figure }, { grid: true, title: `${data.metric}, ${data.better} is better`, base: false });
    if (sd > 0) add(frame.plot, 'rect', { class: 'band c1', x: x(mean - sd), width: Math.max(1, x(mean + sd) - x(mean - sd)), y: 0, height: frame.height }, `mean ${score(mean)}, standard deviation ${figure(sd)}`);
    add(frame.plot, 'line', { class: 'rule c1', x1: x(mean), x2: x(mean), y1: 0, y2: frame.height });
    write(frame.plot, `mean ${score(mean)}`, { class: 'label halo', x: x(mean), y: -6, 'text-anchor': x(mean) > frame.width * 0.7 ? 'end' : x(mean) < frame.width * 0.3 ? 'start' : 'middle' });
    if (data.baseline !== null && Number.isFinite(data.baseline)) {
      const at = x(data.baseline);
      add(frame.plot, 'line', { class: 'whisker c6', x1: at, x2: at, y1: 0, y2: frame.height });
      if (Math.abs(at - x(mean)) > 90) write(frame.plot, 'baseline', { class: 'name c6 halo', x: at, y: -6, 'text-anchor': at > frame.width * 0.7 ? 'end' : at < frame.width * 0.3 ? 'start' : 'middle' });
    }
    points.forEach((point, index) => {
      const middle = (index + 0.5) * step;
      write(frame.plot, `seed ${point.seed}`, { class: 'label', x: -10, y: middle + 4, 'text-anchor': 'end' });
      add(frame.plot, 'circle', { class: 'dot c1', cx: x(point.score), cy: middle, r: 4.5 }, `seed ${point.seed}: ${data.metric} ${score(point.score)}`);
      write(frame.plot, score(point.score), { class: 'value', x: frame.width + 8, y: middle + 4 });
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['seed', data.metric], cells: [...data.points.map((point) => [point.seed, point.score]), ...(data.baseline === null ? [] : [['baseline', data.baseline]])] }),
  summary(data) {
    if (data.points.length === 0) return 'No fits yet.';
    const { mean, sd } = spreadOf(data.points);
    return `${data.metric} of ${data.points.length} seeds: mean ${score(mean)}, standard deviation ${figure(sd)}${data.baseline === null ? '' : `; baseline ${score(data.baseline)}`}.`;
  },
});

function spreadOf(points: SeedSpreadData['points']): { mean: number; sd: number } {
  const mean = points.reduce((sum, point) => sum + point.score, 0) / points.length;
  const sd = points.length > 1 ? Math.sqrt(points.reduce((sum, point) => sum + (point.score - mean) ** 2, 0) / (points.length - 1)) : 0;
  return { mean, sd };
}
