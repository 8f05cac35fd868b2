// The path of a penalised linear model: each weight by the strength of the penalty (log axis, strong to weak), the eight largest named,
// with the best and the simplest strength as rules. Its second half, where folds were left out, is the error by strength.
import { line, scaleLinear, scaleLog } from 'd3';
import { colour, defineChart } from './chart.ts';
import { clip, count, figure } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, spread, write, xAxis, yAxis } from './frame.ts';

/** `strengths` fall; weights are per standard deviation. Indices into strengths. Errors may be null: no fold was ended. */
export type LinearPathData = { strengths: readonly number[]; curves: readonly { name: string; weights: readonly number[] }[]; errors: readonly number[] | null; spreads: readonly number[] | null; used: readonly number[]; best: number; simplest: number; chosen: number };

const named = 8;
const strengthText = (value: number): string => (value >= 0.001 && value < 10_000 ? String(Number(value.toPrecision(2))) : value.toExponential(0).replace('-', '\u2212'));

export const linearPath = defineChart<LinearPathData>({
  type: 'linear-path',
  defaults: { width: 640, height: 380 },
  draw(data, given, document) {
    const frame = makeFrame(document, 'linear-path', { ...linearPath.defaults, ...given }, { top: 20, right: 130, bottom: 38, left: 50 }, linearPath.summary(data));
    const { strengths, curves, errors } = data;
    if (strengths.length === 0) { emptyNote(frame, 'no path was walked'); return frame.svg; }
    const [most, least] = [strengths[0] ?? 1, strengths.at(-1) ?? 1];
    const x = scaleLog([most, least < most ? least : most / 10], [0, frame.width]);
    const top = errors ? frame.height * 0.62 : frame.height;
    const y = scaleLinear(extentOf([0, ...curves.flatMap((curve) => [...curve.weights])]), [top, 0]).nice(4);
    yAxis(frame, y, { values: y.ticks(4), text: figure }, 'weight per standard deviation');
    const decades = x.ticks(8).filter((value) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9);
    xAxis(frame, x, { values: decades.length > 0 ? decades : [most], text: strengthText }, { title: 'strength of the penalty' });
    const round = (value: number) => Math.round(value * 100) / 100;
    curves.forEach((curve, index) => {
      const path = line<number>((_, i) => round(x(strengths[i] ?? most)), (weight) => round(y(weight)))(curve.weights);
      if (path) add(frame.plot, 'path', { class: index < named ? `line ${colour(index)}` : 'line thin c6', d: path }, `${curve.name}: ${figure(curve.weights[data.chosen] ?? 0)} at the chosen strength`);
    });
    const shown = curves.slice(0, named);
    const places = spread(shown.map((curve) => y(curve.weights.at(-1) ?? 0)), 14, 6, top);
    shown.forEach((curve, index) => write(frame.plot, clip(curve.name, 118), { class: `name ${colour(index)}`, x: frame.width + 8, y: (places[index] ?? 0) + 4 }, curve.name));
    if (errors) {
      const low = errors.map((error, i) => error - (data.spreads?.[i] ?? 0));
      const high = errors.map((error, i) => error + (data.spreads?.[i] ?? 0));
      const z = scaleLinear(extentOf([...low, ...high]), [frame.height, top + 34]);
      for (const value of z.ticks(3)) write(frame.plot, figure(value), { class: 'tick', x: -6, y: z(value) + 3.5, 'text-anchor': 'end' });
      write(frame.plot, 'error on rows left out', { class: 'axis-title', x: -6, y: top + 24, 'text-anchor': 'start' });
      errors.forEach((error, i) => {
        const at = x(strengths[i] ?? most);
        add(frame.plot, 'line', { class: 'whisker c6', x1: at, x2: at, y1: z(low[i] ?? error), y2: z(high[i] ?? error) });
        add(frame.plot, 'circle', { class: 'dot c1', cx: at, cy: z(error), r: 2.6 }, `strength ${strengthText(strengths[i] ?? most)}: error ${figure(error)}, ${count(data.used[i] ?? 0)} features`);
      });
    }
    const rules = data.best === data.simplest ? [{ name: 'best', at: data.best }] : [{ name: 'simplest', at: data.simplest }, { name: 'best', at: data.best }];
    rules.forEach((rule, index) => {
      const at = x(strengths[rule.at] ?? most);
      add(frame.plot, 'line', { class: rule.at === data.chosen ? 'operating' : 'rule', x1: at, x2: at, y1: -4, y2: frame.height });
      write(frame.plot, `${rule.name}: ${count(data.used[rule.at] ?? 0)} features`, { class: 'name halo', x: at + (at > frame.width * 0.7 ? -5 : 5), y: 8 + 14 * index, 'text-anchor': at > frame.width * 0.7 ? 'end' : 'start' });
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['strength', 'features', 'error', 'standard error', ...data.curves.map((curve) => curve.name)], cells: data.strengths.map((strength, i) => [strength, data.used[i] ?? null, data.errors?.[i] ?? null, data.spreads?.[i] ?? null, ...data.curves.map((curve) => curve.weights[i] ?? null)]) }),
  summary(data) {
    if (data.strengths.length === 0) return 'No path was walked.';
    return `Weights at ${count(data.strengths.length)} strengths of the penalty from ${strengthText(data.strengths[0] ?? 0)} to ${strengthText(data.strengths.at(-1) ?? 0)}; best ${strengthText(data.strengths[data.best] ?? 0)} with ${count(data.used[data.best] ?? 0)} features, simplest within one standard error ${strengthText(data.strengths[data.simplest] ?? 0)} with ${count(data.used[data.simplest] ?? 0)}.`;
  },
});
