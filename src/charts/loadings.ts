// Numbers with a sign as bars to both sides of zero, the largest in size first: what a principal component is made of, or how
// far a cluster's mean lies from the overall one. The sign is in the place and in the figure, not in the colour alone.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, count, figure, textWidth } from './format.ts';
import { add, emptyNote, makeFrame, write } from './frame.ts';

/** `measure` names the number (loading on component 1). */
export type LoadingsData = { measure: string; items: readonly { name: string; value: number }[] };
export type LoadingsOptions = ChartOptions & { limit: number };

export const loadings = defineChart<LoadingsData, LoadingsOptions>({
  type: 'loadings',
  /** The height follows from the number of bars; at most `limit` are drawn. */
  defaults: { width: 360, height: 0, limit: 12 },
  draw(data, given, document) {
    const options = { ...loadings.defaults, ...given };
    const list = sorted(data).slice(0, options.limit);
    const step = 20;
    const left = Math.min(options.width * 0.42, Math.max(40, ...list.map((one) => textWidth(one.name) + 10)));
    const frame = makeFrame(document, 'loadings', { ...options, height: Math.max(2, list.length) * step + 4 }, { top: 2, right: 8, bottom: 2, left }, loadings.summary(data));
    if (list.length === 0) { emptyNote(frame, 'no features'); return frame.svg; }
    const most = Math.max(1e-300, ...list.map((one) => Math.abs(one.value)));
    const room = Math.min(44, frame.width / 4);
    const x = scaleLinear([-most, most], [room, Math.max(room + 2, frame.width - room)]);
    list.forEach((one, index) => {
      const top = index * step;
      const text = said(one.value);
      const isUp = one.value >= 0;
      write(frame.plot, clip(one.name, left - 10), { class: 'label', x: -8, y: top + 14, 'text-anchor': 'end' }, one.name);
      add(frame.plot, 'rect', { class: `mark ${isUp ? 'c1' : 'c2'}`, x: Math.min(x(0), x(one.value)), width: Math.max(1, Math.abs(x(one.value) - x(0))), y: top + 3, height: step - 6 }, `${one.name}: ${data.measure} ${text}`);
      write(frame.plot, text, { class: 'value', x: x(one.value) + (isUp ? 5 : -5), y: top + 14, 'text-anchor': isUp ? 'start' : 'end' });
    });
    add(frame.plot, 'line', { class: 'base', x1: x(0), x2: x(0), y1: 0, y2: list.length * step });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['feature', data.measure], cells: sorted(data).map((one) => [one.name, one.value]) }),
  summary(data) {
    const [first] = sorted(data);
    return first ? `${data.measure} of ${count(data.items.length)} features: largest in size is ${first.name} (${said(first.value)}).` : `${data.measure}: no features.`;
  },
});

const sorted = (data: LoadingsData) => data.items.filter((one) => Number.isFinite(one.value)).toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
const said = (value: number): string => `${value > 0 ? '+' : ''}${figure(Number(value.toPrecision(3)))}`;
