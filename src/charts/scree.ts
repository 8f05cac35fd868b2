// How much each principal component says: its share of the variance as a bar from zero, and the cumulative share as a line.
import { line, scaleBand, scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { percent } from './format.ts';
import { add, emptyNote, makeFrame, offer, write, xAxis, yAxis } from './frame.ts';

/** `chosen`: components that are looked at, by place; a click on a bar gives its place. */
export type ScreeData = { shares: readonly number[]; chosen: readonly number[] };

export const scree = defineChart<ScreeData, ChartOptions>({
  type: 'scree',
  defaults: { width: 360, height: 220 },
  draw(data, given, document) {
    const frame = makeFrame(document, 'scree', { ...scree.defaults, ...given }, { top: 22, right: 14, bottom: 38, left: 46 }, scree.summary(data));
    if (data.shares.length === 0) { emptyNote(frame, 'no components'); return frame.svg; }
    const x = scaleBand(data.shares.map((_, k) => k), [0, frame.width]).padding(0.25);
    const y = scaleLinear([0, 1], [frame.height, 0]);
    const middle = (k: number): number => (x(k) ?? 0) + x.bandwidth() / 2;
    yAxis(frame, y, { values: [0, 0.25, 0.5, 0.75, 1], text: percent }, 'share of the variance');
    xAxis(frame, middle, { values: data.shares.map((_, k) => k), text: (k) => String(k + 1) }, { title: 'component' });
    const sums = cumulated(data.shares);
    data.shares.forEach((share, k) => {
      const bar = add(frame.plot, 'rect', { class: `mark ${data.chosen.includes(k) ? 'c1' : 'c6'}`, x: x(k) ?? 0, width: x.bandwidth(), y: y(share), height: Math.max(1, frame.height - y(share)) }, `component ${k + 1}: ${percent(share)} of the variance, ${percent(sums[k] ?? 0)} with those before`);
      offer(bar, k);
      if (x.bandwidth() >= 26) write(frame.plot, percent(share), { class: 'value halo', x: middle(k), y: y(share) - 4, 'text-anchor': 'middle' });
    });
    const path = line<number>((_, k) => Math.round(middle(k) * 100) / 100, (sum) => Math.round(y(sum) * 100) / 100)(sums);
    if (sums.length > 1 && path) add(frame.plot, 'path', { class: 'line thin c2', d: path });
    sums.forEach((sum, k) => add(frame.plot, 'circle', { class: 'dot c2', cx: middle(k), cy: y(sum), r: 3 }, `components 1 to ${k + 1}: ${percent(sum)} together`));
    return frame.svg;
  },
  rows: (data) => ({ columns: ['component', 'share', 'cumulative'], cells: cumulated(data.shares).map((sum, k) => [k + 1, data.shares[k] ?? 0, sum]) }),
  summary(data) {
    const sums = cumulated(data.shares);
    const [first] = data.shares;
    return first === undefined ? 'No components.' : `Share of the variance by component: the first has ${percent(first)}, ${sums.length > 1 ? `the first two ${percent(sums[1] ?? 0)}, ` : ''}all ${sums.length} shown ${percent(sums.at(-1) ?? 0)}.`;
  },
});

function cumulated(shares: readonly number[]): number[] {
  let sum = 0;
  return shares.map((share) => Math.min(1, (sum += share)));
}
