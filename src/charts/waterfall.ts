// One row explained: from the base score, column by column, to the row's score; a bar right adds, a bar left takes away.
// Columns by size of their contribution; those beyond `limit` are one bar. Shades as in beeswarm: raising and lowering.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, count, figure, textWidth } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, write, xAxis } from './frame.ts';

/** `cell`: the row's value as text, null = missing. `unit` names the score; `before` and `after` say base and score in words (24 %). */
export type WaterfallData = { unit: string; base: number; score: number; before: string; after: string; columns: readonly { column: string; cell: string | null; contribution: number }[] };
export type WaterfallOptions = ChartOptions & { limit: number };

type Bar = { label: string; from: number; to: number; tone: string; title: string; text: string };
const step = 24;

export const waterfall = defineChart<WaterfallData, WaterfallOptions>({
  type: 'waterfall',
  defaults: { width: 460, height: 0, limit: 10 },
  draw(data, given, document) {
    const options = { ...waterfall.defaults, ...given };
    const bars = barsOf(data, options.limit);
    const left = Math.min(options.width * 0.42, Math.max(40, ...bars.map((bar) => textWidth(bar.label) + 10)));
    const frame = makeFrame(document, 'waterfall', { ...options, height: (bars.length + 2) * step + 42 }, { top: 2, right: 64, bottom: 38, left }, waterfall.summary(data));
    if (data.columns.length === 0) { emptyNote(frame, 'no columns'); return frame.svg; }
    const x = scaleLinear(extentOf([data.base, data.score, ...bars.map((bar) => bar.to)]), [0, frame.width]).nice(4);
    xAxis(frame, x, { values: x.ticks(Math.max(3, frame.width / 90)), text: figure }, { grid: true, base: false, title: data.unit });
    const end = (label: string, value: number, words: string, line: number) => {
      const middle = line * step + step / 2;
      write(frame.plot, label, { class: 'strong', x: -8, y: middle + 4, 'text-anchor': 'end' });
      add(frame.plot, 'line', { class: 'whisker dark', x1: x(value), x2: x(value), y1: line * step + 3, y2: (line + 1) * step - 3 }, `${label}: ${figure(value)}, ${words}`);
      const isRight = x(value) < frame.width / 2;
      write(frame.plot, words, { class: 'strong halo', x: x(value) + (isRight ? 6 : -6), y: middle + 4, 'text-anchor': isRight ? 'start' : 'end' });
    };
    end('nothing known', data.base, data.before, 0);
    bars.forEach((bar, index) => {
      const top = (index + 1) * step;
      write(frame.plot, clip(bar.label, left - 10), { class: 'label', x: -8, y: top + 16, 'text-anchor': 'end' }, bar.label);
      add(frame.plot, 'line', { class: 'rule', x1: x(bar.from), x2: x(bar.from), y1: top - 4, y2: top + step - 4 });
      add(frame.plot, 'rect', { class: `mark ${bar.tone}`, x: Math.min(x(bar.from), x(bar.to)), width: Math.max(1, Math.abs(x(bar.to) - x(bar.from))), y: top + 4, height: step - 8 }, bar.title);
      write(frame.plot, bar.text, { class: 'value', x: frame.width + 60, y: top + 16, 'text-anchor': 'end' });
    });
    end('this row', data.score, data.after, bars.length + 1);
    return frame.svg;
  },
  rows: (data) => ({ columns: ['column', 'value', `contribution to ${data.unit}`], cells: data.columns.length === 0 ? [] : [['(nothing known)', null, data.base], ...sorted(data).map((one) => [one.column, one.cell, one.contribution]), ['(this row)', null, data.score]] }),
  summary(data) {
    const [first, second] = sorted(data);
    if (!first) return 'Why: no columns.';
    const say = (one: typeof first) => `${one.column} = ${one.cell ?? 'missing'} ${signed(one.contribution)}`;
    return `From ${data.before} when nothing is known to ${data.after} for this row, in ${data.unit}: ${say(first)}${second ? `, ${say(second)}` : ''}, and ${count(Math.max(0, data.columns.length - 2))} more.`;
  },
});

const sorted = (data: WaterfallData) => data.columns.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
const signed = (value: number): string => `${value > 0 ? '+' : ''}${figure(Number(value.toPrecision(3)))}`;

function barsOf(data: WaterfallData, limit: number): Bar[] {
  const list = sorted(data);
  const shown = list.length > limit + 1 ? list.slice(0, limit) : list;
  const rest = list.slice(shown.length);
  const all = [...shown.map((one) => ({ label: `${one.column} = ${one.cell ?? 'missing'}`, value: one.contribution })), ...(rest.length ? [{ label: `${count(rest.length)} other columns`, value: rest.reduce((sum, one) => sum + one.contribution, 0) }] : [])];
  let at = data.base;
  return all.map(({ label, value }) => {
    const from = at;
    at += value;
    return { label, from, to: at, tone: value > 0 ? 'raise' : value < 0 ? 'lower' : 'rest', text: signed(value), title: `${label}: ${signed(value)}` };
  });
}
