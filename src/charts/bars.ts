// Rows per level of a category, most frequent first, the rest and the missing below; horizontal, from zero.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, count, percent, textWidth } from './format.ts';
import { add, emptyNote, makeFrame, write } from './frame.ts';

/** `rest` counts rows of levels that are not listed; `restLevels`, where known, how many levels those are. */
export type BarsData = { name: string; levels: readonly { level: string; count: number }[]; rest: number; missing: number; rows: number; restLevels?: number };
export type BarsOptions = ChartOptions & { limit: number };

type Bar = { label: string; count: number; tone: string };

export const bars = defineChart<BarsData, BarsOptions>({
  type: 'bars',
  /** The height follows from the number of bars; at most `limit` levels are drawn. */
  defaults: { width: 360, height: 0, limit: 12 },
  draw(data, given, document) {
    const options = { ...bars.defaults, ...given };
    const list = barsOf(data, options.limit);
    const step = 20;
    const left = Math.min(options.width * 0.38, Math.max(40, ...list.map((bar) => textWidth(bar.label) + 8)));
    const frame = makeFrame(document, 'bars', { ...options, height: Math.max(40, list.length * step + 4) }, { top: 2, right: 92, bottom: 2, left }, bars.summary(data));
    if (list.length === 0) { emptyNote(frame, 'no values'); return frame.svg; }
    const x = scaleLinear([0, Math.max(1, ...list.map((bar) => bar.count))], [0, frame.width]);
    list.forEach((bar, index) => {
      const top = index * step;
      const share = percent(bar.count / Math.max(1, data.rows));
      write(frame.plot, clip(bar.label, left - 8), { class: bar.tone === 'c1' ? 'label' : 'tick', x: -8, y: top + 14, 'text-anchor': 'end' }, bar.label);
      add(frame.plot, 'rect', { class: `mark ${bar.tone}`, x: 0, y: top + 3, width: Math.max(bar.count > 0 ? 1 : 0, x(bar.count)), height: step - 6 }, `${bar.label}: ${count(bar.count)} rows (${share})`);
      const text = write(frame.plot, count(bar.count), { class: 'value', x: x(bar.count) + 5, y: top + 14 });
      add(text, 'tspan', { class: 'faded', dx: 5 }).textContent = share;
    });
    add(frame.plot, 'line', { class: 'base', x1: 0, x2: 0, y1: 0, y2: frame.height });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['level', 'rows'], cells: [...data.levels.map((level) => [level.level, level.count]), ...(data.rest > 0 ? [['(other levels)', data.rest]] : []), ...(data.missing > 0 ? [['(missing)', data.missing]] : [])] }),
  summary(data) {
    const first = data.levels[0];
    return `Levels of ${data.name} over ${count(data.rows)} rows: ${first ? `most frequent is ${first.level} with ${count(first.count)} rows` : 'no values'}; ${count(data.missing)} missing.`;
  },
});

function barsOf(data: BarsData, limit: number): Bar[] {
  const shown = data.levels.slice(0, limit);
  const hidden = data.levels.slice(limit);
  const rest = data.rest + hidden.reduce((sum, level) => sum + level.count, 0);
  const others = hidden.length + (data.restLevels ?? 0);
  return [
    ...shown.map((level) => ({ label: level.level === '' ? '(empty text)' : level.level, count: level.count, tone: 'c1' })),
    ...(rest > 0 ? [{ label: others > 0 ? `${count(others)} others` : 'others', count: rest, tone: 'rest' }] : []),
    ...(data.missing > 0 ? [{ label: 'missing', count: data.missing, tone: 'watch' }] : []),
  ];
}
