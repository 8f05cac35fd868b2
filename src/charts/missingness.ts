// Share of missing rows per column, most first, from zero to all; columns without gaps are only counted.
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, count, percent, textWidth } from './format.ts';
import { add, emptyNote, makeFrame, write } from './frame.ts';

export type MissingnessData = { rows: number; columns: readonly { name: string; missing: number }[] };
export type MissingnessOptions = ChartOptions & { limit: number };

const gaps = (data: MissingnessData): MissingnessData['columns'] => data.columns.filter((column) => column.missing > 0).toSorted((a, b) => b.missing - a.missing);

export const missingness = defineChart<MissingnessData, MissingnessOptions>({
  type: 'missingness',
  defaults: { width: 420, height: 0, limit: 20 },
  draw(data, given, document) {
    const options = { ...missingness.defaults, ...given };
    const list = gaps(data).slice(0, options.limit);
    const step = 20;
    const left = Math.min(options.width * 0.4, Math.max(40, ...list.map((column) => textWidth(column.name) + 8)));
    const frame = makeFrame(document, 'missingness', { ...options, height: Math.max(44, list.length * step + 4) }, { top: 2, right: 100, bottom: 2, left }, missingness.summary(data));
    if (list.length === 0) { emptyNote(frame, data.columns.length === 0 ? 'no columns' : 'every cell is filled'); return frame.svg; }
    list.forEach((column, index) => {
      const share = column.missing / Math.max(1, data.rows);
      const top = index * step;
      write(frame.plot, clip(column.name, left - 8), { class: 'label', x: -8, y: top + 14, 'text-anchor': 'end' }, column.name);
      add(frame.plot, 'rect', { class: 'track', x: 0, y: top + 3, width: frame.width, height: step - 6 });
      add(frame.plot, 'rect', { class: 'mark watch', x: 0, y: top + 3, width: Math.max(1, frame.width * Math.min(1, share)), height: step - 6 }, `${column.name}: ${count(column.missing)} of ${count(data.rows)} rows missing (${percent(share)})`);
      const text = write(frame.plot, percent(share), { class: 'value', x: frame.width + 6, y: top + 14 });
      add(text, 'tspan', { class: 'faded', dx: 5 }).textContent = count(column.missing);
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['column', 'missing', 'rows'], cells: data.columns.map((column) => [column.name, column.missing, data.rows]) }),
  summary(data) {
    const list = gaps(data);
    const worst = list[0];
    if (!worst) return `Nothing is missing in ${count(data.columns.length)} columns.`;
    return `${list.length} of ${data.columns.length} columns have gaps; most in ${worst.name}, ${percent(worst.missing / Math.max(1, data.rows))} of ${count(data.rows)} rows.`;
  },
});
