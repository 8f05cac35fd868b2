// One value with its interval on a shared axis, for a leaderboard row: a dot on a bar on a hairline. No text.
import { scaleLinear } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { score } from './format.ts';
import { add, extentOf, makeFrame } from './frame.ts';

/** `domain` is shared by all rows of the board. `tone`: tied with the best, plain, or a baseline. */
export type IntervalDotData = { name: string; value: number; low: number; high: number; domain: readonly [number, number]; tone: 'tied' | 'plain' | 'base' };

export const intervalDot = defineChart<IntervalDotData, ChartOptions>({
  type: 'interval-dot',
  defaults: { width: 220, height: 16 },
  draw(data, given, document) {
    const frame = makeFrame(document, 'interval-dot', { ...intervalDot.defaults, ...given }, { top: 0, right: 6, bottom: 0, left: 6 }, intervalDot.summary(data));
    const middle = frame.height / 2;
    add(frame.plot, 'line', { class: 'grid', x1: 0, x2: frame.width, y1: middle, y2: middle });
    if (!Number.isFinite(data.value)) return frame.svg;
    const x = scaleLinear(extentOf(data.domain), [0, frame.width]).clamp(true);
    const tone = data.tone === 'tied' ? 'c1' : 'c6';
    if (Number.isFinite(data.low) && Number.isFinite(data.high)) add(frame.plot, 'line', { class: `span ${tone}`, x1: x(data.low), x2: x(data.high), y1: middle, y2: middle });
    add(frame.plot, 'circle', { class: `dot ${tone}`, cx: x(data.value), cy: middle, r: 3.8 }, intervalDot.summary(data));
    return frame.svg;
  },
  rows: (data) => ({ columns: ['model', 'value', 'low', 'high'], cells: [[data.name, data.value, data.low, data.high]] }),
  summary: (data) => `${data.name}: ${score(data.value)}, 95\u00a0% interval ${score(data.low)} to ${score(data.high)}.`,
});
