// Test rows by true class (rows) and predicted class (columns): counts, and the share of the true class, which is also the
// colour. Teal is right, orange is wrong. Up to 26 classes are written out; the margins carry recall and precision.
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, compact, count, percent, textWidth } from './format.ts';
import { add, emptyNote, makeFrame, offer, write } from './frame.ts';

export type ConfusionData = { classes: readonly string[]; counts: readonly (readonly number[])[] };
export type ConfusionOptions = ChartOptions & { limit: number };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const confusion = defineChart<ConfusionData, ConfusionOptions>({
  type: 'confusion',
  /** Beyond `limit` classes only the most frequent are drawn; rows() has them all. */
  defaults: { width: 460, height: 0, limit: 26 },
  draw(data, given, document) {
    const options = { ...confusion.defaults, ...given };
    const kept = data.classes.map((_, k) => k).toSorted((a, b) => sum(data.counts[b] ?? []) - sum(data.counts[a] ?? [])).slice(0, options.limit).toSorted((a, b) => a - b);
    const n = kept.length;
    const left = Math.min(130, Math.max(74, ...data.classes.map((name) => textWidth(name) + 12)));
    const cell = Math.min(150, (options.width - left - 64) / Math.max(1, n));
    const tall = Math.min(cell, n <= 3 ? 84 : n <= 6 ? 54 : Math.max(16, cell));
    const frame = makeFrame(document, 'confusion', { ...options, height: n === 0 ? 80 : n * tall + 70 }, { top: 38, right: 62, bottom: 32, left }, confusion.summary(data));
    if (n === 0 || sum(data.counts.map(sum)) === 0) { emptyNote(frame, 'no test rows'); return frame.svg; }
    const nameOf = (k: number): string => data.classes[k] ?? '';
    write(frame.plot, 'predicted', { class: 'axis-title', x: (n * cell) / 2, y: -24, 'text-anchor': 'middle' });
    write(frame.plot, 'true class', { class: 'axis-title', x: -10, y: -8, 'text-anchor': 'end' });
    write(frame.plot, 'recall', { class: 'axis-title', x: n * cell + 8, y: -8 });
    if (cell >= 34) write(frame.plot, 'precision', { class: 'axis-title', x: -10, y: n * tall + 18, 'text-anchor': 'end' });
    kept.forEach((t, r) => {
      const row = data.counts[t] ?? [];
      const total = sum(row);
      const columnTotal = sum(data.counts.map((counts) => counts[t] ?? 0));
      write(frame.plot, clip(nameOf(t), left - 12), { class: 'label', x: -10, y: (r + 0.5) * tall + 4, 'text-anchor': 'end' }, nameOf(t));
      if (cell >= 24 || textWidth(nameOf(t)) < cell) write(frame.plot, clip(nameOf(t), Math.max(cell - 4, 13)), { class: 'label', x: (r + 0.5) * cell, y: -8, 'text-anchor': 'middle' }, nameOf(t));
      write(frame.plot, total > 0 ? percent((row[t] ?? 0) / total) : '\u2013', { class: 'value', x: n * cell + 8, y: (r + 0.5) * tall + 4 }, `recall of ${nameOf(t)}: ${count(row[t] ?? 0)} of ${count(total)}`);
      if (cell >= 34) write(frame.plot, columnTotal > 0 ? percent((row[t] ?? 0) / columnTotal) : '\u2013', { class: 'value', x: (r + 0.5) * cell, y: n * tall + 18, 'text-anchor': 'middle' }, `precision of ${nameOf(t)}: ${count(row[t] ?? 0)} of ${count(columnTotal)}`);
      kept.forEach((p, c) => {
        const value = row[p] ?? 0;
        const share = total > 0 ? value / total : 0;
        const centre = { x: (c + 0.5) * cell, 'text-anchor': 'middle' };
        const mark = add(frame.plot, 'rect', { class: `cell ${t === p ? 'c1' : 'c2'}`, 'fill-opacity': value === 0 ? 0 : 0.05 + 0.5 * share, x: c * cell, y: r * tall, width: cell - 1, height: tall - 1 }, `${count(value)} rows of ${nameOf(t)} were predicted as ${nameOf(p)} (${percent(share)} of ${nameOf(t)})`);
        offer(mark, { truth: t, predicted: p });
        const hasTwo = tall >= 38 && cell >= 44;
        if (cell >= 22 && (value > 0 || hasTwo)) write(frame.plot, cell >= 44 ? count(value) : compact(value), { ...centre, class: `${t === p ? 'strong' : 'label'} cell-value`, y: (r + 0.5) * tall + (hasTwo ? -1 : 4) });
        if (hasTwo) write(frame.plot, percent(share), { ...centre, class: 'value cell-value', y: (r + 0.5) * tall + 14 });
      });
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['true class', ...data.classes.map((name) => `predicted ${name}`)], cells: data.classes.map((name, t) => [name, ...data.classes.map((_, p) => data.counts[t]?.[p] ?? 0)]) }),
  summary(data) {
    const total = sum(data.counts.map(sum));
    const right = sum(data.classes.map((_, k) => data.counts[k]?.[k] ?? 0));
    return total > 0 ? `Confusion matrix of ${data.classes.length} classes: ${count(right)} of ${count(total)} test rows right (${percent(right / total)}).` : 'Confusion matrix without rows.';
  },
});
