// A tiny distribution for a table header: bars from zero and a line for the missing share below. No text.
import { scaleLinear } from 'd3';
import { defineChart } from './chart.ts';
import { count, percent } from './format.ts';
import { add, makeFrame } from './frame.ts';

/** `counts` in order of bins, or of levels by frequency; `titles` reads each one exactly. */
export type MiniHistogramData = { name: string; counts: readonly number[]; titles?: readonly string[]; missing: number; rows: number };

export const miniHistogram = defineChart<MiniHistogramData>({
  type: 'mini-histogram',
  defaults: { width: 104, height: 36 },
  draw(data, given, document) {
    const frame = makeFrame(document, 'mini-histogram', { ...miniHistogram.defaults, ...given }, { top: 0, right: 0, bottom: 9, left: 0 }, miniHistogram.summary(data));
    const y = scaleLinear([0, Math.max(1, ...data.counts)], [frame.height, 0]);
    const step = Math.min(frame.width / Math.max(1, data.counts.length), 28);
    data.counts.forEach((value, index) => {
      const height = value > 0 ? Math.max(1, frame.height - y(value)) : 0;
      add(frame.plot, 'rect', { class: 'mark c1', x: index * step, y: frame.height - height, width: Math.max(0.5, step - 1), height }, data.titles?.[index] ?? `${count(value)} rows`);
    });
    const share = data.rows > 0 ? Math.min(1, data.missing / data.rows) : 0;
    add(frame.plot, 'rect', { class: 'track', x: 0, y: frame.height + 5, width: frame.width, height: 3 });
    if (share > 0) add(frame.plot, 'rect', { class: 'mark watch', x: 0, y: frame.height + 5, width: Math.max(1.5, frame.width * share), height: 3 }, `${count(data.missing)} rows missing (${percent(share)})`);
    return frame.svg;
  },
  rows: (data) => ({ columns: ['bin', 'rows'], cells: [...data.counts.map((value, index) => [data.titles?.[index] ?? index + 1, value]), ...(data.missing > 0 ? [['missing', data.missing]] : [])] }),
  summary: (data) => `${data.name}: ${data.missing > 0 ? `${percent(data.missing / Math.max(1, data.rows))} missing` : 'nothing missing'} of ${count(data.rows)} rows.`,
});
