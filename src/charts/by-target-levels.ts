// The levels of a category against the target, one row each so that their names can be read: shares stacked to 100 %, or
// the mean with its interval; the count of rows at the right. Only the first `limit` levels; the table has them all.
import { scaleLinear } from 'd3';
import type { ByTargetData } from './by-target.ts';
import { foldClasses, type Folded } from './by-target-fold.ts';
import { clip, compact, count, figure, percent } from './format.ts';
import { add, extentOf, write, xAxis, type Frame } from './frame.ts';

const step = 18;
type Bin = ByTargetData['bins'][number];
const size = (bin: Bin): number => ('count' in bin ? bin.count : bin.counts.reduce((sum, value) => sum + value, 0));

export const levelsHeight = (data: ByTargetData, limit: number): number => Math.min(limit, data.bins.length) * step + 26 + (data.bins.length > limit ? 16 : 0);

export function drawLevels(frame: Frame, data: ByTargetData, limit: number, left: number): void {
  const shown = data.bins.slice(0, limit);
  const bottom = shown.length * step;
  const short = { ...frame, height: bottom };
  if (data.kind === 'classes') {
    const x = scaleLinear([0, 1], [0, frame.width]);
    xAxis(short, x, { values: [0, 0.5, 1], text: (value) => `${value * 100}\u00a0%` }, { grid: true, base: false });
    drawShares(frame, foldClasses(data), limit, x);
  } else {
    const filled = data.bins.filter((bin) => bin.count > 0 && Number.isFinite(bin.mean));
    const x = scaleLinear(extentOf(filled.flatMap((bin) => [bin.mean, bin.low, bin.high])), [4, frame.width - 4]).nice(4);
    xAxis(short, x, { values: x.ticks(4), text: compact }, { grid: true, base: false });
    drawMeans(frame, data, limit, x, bottom);
  }
  shown.forEach((bin, index) => {
    write(frame.plot, clip(bin.label, left - 8), { class: bin.label === 'missing' || bin.label === 'other levels' ? 'tick' : 'label', x: -7, y: index * step + 13, 'text-anchor': 'end' }, bin.label);
    write(frame.plot, compact(size(bin)), { class: 'value', x: frame.width + 6, y: index * step + 13 }, `${bin.label}: ${count(size(bin))} rows`);
  });
  if (data.bins.length > limit) write(frame.plot, `and ${count(data.bins.length - limit)} more when opened`, { class: 'tick', x: 0, y: bottom + 32 });
}

function drawShares(frame: Frame, data: Folded, limit: number, x: (value: number) => number): void {
  const totals = data.classes.map((_, k) => data.bins.reduce((sum, bin) => sum + (bin.counts[k] ?? 0), 0));
  const all = totals.reduce((sum, value) => sum + value, 0);
  data.bins.slice(0, limit).forEach((bin, index) => {
    const rows = size(bin);
    let before = 0;
    for (const k of data.classes.map((_, place) => place).reverse()) {
      const share = rows > 0 ? (bin.counts[k] ?? 0) / rows : 0;
      if (share > 0) add(frame.plot, 'rect', { class: `mark ${data.tones[k] ?? 'rest'}`, 'fill-opacity': data.classes.length === 2 && k === 0 ? 0.3 : 0.88, x: x(before), width: Math.max(0, x(before + share) - x(before)), y: index * step + 2, height: step - 4 }, `${data.column} ${bin.label}: ${data.classes[k] ?? ''} ${percent(share)} (${count(bin.counts[k] ?? 0)} of ${count(rows)} rows)`);
      before += share;
    }
  });
  if (data.classes.length !== 2 || all === 0) return;
  const overall = (totals[1] ?? 0) / all;
  add(frame.plot, 'line', { class: 'operating rule', x1: x(overall), x2: x(overall), y1: 0, y2: Math.min(limit, data.bins.length) * step }, `all rows: ${data.classes[1] ?? ''} ${percent(overall)}`);
}

function drawMeans(frame: Frame, data: Extract<ByTargetData, { kind: 'value' }>, limit: number, x: (value: number) => number, bottom: number): void {
  const filled = data.bins.filter((bin) => bin.count > 0 && Number.isFinite(bin.mean));
  const overall = filled.reduce((sum, bin) => sum + bin.mean * bin.count, 0) / Math.max(1, filled.reduce((sum, bin) => sum + bin.count, 0));
  if (filled.length > 0) add(frame.plot, 'line', { class: 'rule', x1: x(overall), x2: x(overall), y1: 0, y2: bottom }, `all rows: mean ${figure(overall)}`);
  data.bins.slice(0, limit).forEach((bin, index) => {
    if (bin.count === 0 || !Number.isFinite(bin.mean)) return;
    const [low, high] = [Number.isFinite(bin.low) ? bin.low : bin.mean, Number.isFinite(bin.high) ? bin.high : bin.mean];
    add(frame.plot, 'rect', { class: 'band c1', x: x(low), width: Math.max(1, x(high) - x(low)), y: index * step + 4, height: step - 8 });
    add(frame.plot, 'circle', { class: 'dot c1', cx: x(bin.mean), cy: index * step + step / 2, r: 3.5 }, `${data.column} ${bin.label}: mean ${figure(bin.mean)} (${figure(low)} to ${figure(high)}), ${count(bin.count)} rows`);
  });
}
