// One number of each raw column as bars from zero, largest first: gain, splits, cover, mean contribution. Values are plain figures
// or shares, as `unit` says.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, count, figure, percent, textWidth } from './format.ts';
import { add, emptyNote, makeFrame, write } from './frame.ts';

/** `measure` names the number (gain); a share is printed in percent, a count whole. */
export type ColumnBarsData = { measure: string; unit: 'share' | 'count' | 'plain'; columns: readonly { column: string; value: number }[] };
export type ColumnBarsOptions = ChartOptions & { limit: number };

export const columnBars = defineChart<ColumnBarsData, ColumnBarsOptions>({
  type: 'column-bars',
  defaults: { width: 460, height: 0, limit: 25 },
  draw(data, given, document) {
    const options = { ...columnBars.defaults, ...given };
    const list = sorted(data).slice(0, options.limit);
    const step = 22;
    const left = Math.min(options.width * 0.38, Math.max(40, ...list.map((one) => textWidth(one.column) + 10)));
    const frame = makeFrame(document, 'column-bars', { ...options, height: Math.max(2, list.length) * step + 6 }, { top: 2, right: 60, bottom: 4, left }, columnBars.summary(data));
    if (list.length === 0) { emptyNote(frame, 'no columns'); return frame.svg; }
    const x = scaleLinear([0, Math.max(1e-300, ...list.map((one) => one.value))], [0, frame.width]);
    list.forEach((one, index) => {
      const top = index * step;
      const text = said(data.unit, one.value);
      write(frame.plot, clip(one.column, left - 10), { class: 'label', x: -8, y: top + 15, 'text-anchor': 'end' }, one.column);
      add(frame.plot, 'rect', { class: `mark ${one.value > 0 ? 'c1' : 'rest'}`, x: 0, width: x(one.value), y: top + 4, height: step - 8 }, `${one.column}: ${text}`);
      write(frame.plot, text, { class: 'value', x: x(one.value) + 6, y: top + 15 });
    });
    add(frame.plot, 'line', { class: 'base', x1: 0, x2: 0, y1: 0, y2: list.length * step });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['column', data.measure], cells: sorted(data).map((one) => [one.column, one.value]) }),
  summary(data) {
    const [first] = sorted(data);
    return first ? `${data.measure} of ${count(data.columns.length)} columns: ${first.column} has most (${said(data.unit, first.value)}); ${count(data.columns.filter((one) => one.value === 0).length)} have none.` : `${data.measure}: no columns.`;
  },
});

const sorted = (data: ColumnBarsData) => data.columns.filter((one) => Number.isFinite(one.value)).toSorted((a, b) => b.value - a.value);
const said = (unit: ColumnBarsData['unit'], value: number): string => (unit === 'share' ? percent(value) : unit === 'count' ? count(value) : figure(Number(value.toPrecision(3))));
