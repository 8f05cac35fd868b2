// Association of every pair of columns, as a triangle with the names on its diagonal: colour says how strong, teal positive
// or unsigned, orange negative. Alike columns stand together (average linkage). Empty cell = not measured.
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, count, textWidth } from './format.ts';
import { add, emptyNote, makeFrame, offer, write } from './frame.ts';
import { clusterOrder } from './order.ts';

export type AssociationData = { columns: readonly string[]; pairs: readonly { a: string; b: string; measure: string; value: number; rows: number }[]; target?: string | null };
export type AssociationOptions = ChartOptions & { limit: number };

const measureNames: { [measure: string]: string } = { pearson: 'Pearson r', spearman: 'Spearman rho', 'cramers-v': "Cram\u00e9r's V", eta: 'eta' };

export const association = defineChart<AssociationData, AssociationOptions>({
  type: 'association',
  /** At most `limit` columns: those with the strongest pairs. Height follows width. */
  defaults: { width: 560, height: 0, limit: 24 },
  draw(data, given, document) {
    const options = { ...association.defaults, ...given };
    const { names, at } = arrange(data, options.limit);
    const right = Math.min(130, Math.max(20, ...names.slice(-1).map((name) => textWidth(name) + 8)));
    const cell = Math.min(54, (options.width - right - 8) / Math.max(1, names.length));
    const frame = makeFrame(document, 'association', { ...options, height: names.length < 2 ? 60 : names.length * cell + 8 }, { top: 4, right: 4, bottom: 4, left: 4 }, association.summary(data));
    if (names.length < 2) { emptyNote(frame, 'no pairs were measured'); return frame.svg; }
    names.forEach((row, r) => {
      for (let c = 0; c < r; c++) {
        const pair = at(row, names[c] ?? '');
        const place = { x: c * cell, y: r * cell, width: cell - 1, height: cell - 1 };
        if (!pair) { add(frame.plot, 'rect', { ...place, class: 'cell', 'fill-opacity': 0 }); continue; }
        const size = Math.min(1, Math.abs(pair.value));
        const mark = add(frame.plot, 'rect', { ...place, class: `cell ${pair.value < 0 ? 'c2' : 'c1'}`, 'fill-opacity': 0.03 + 0.62 * size }, `${pair.a} and ${pair.b}: ${measureNames[pair.measure] ?? pair.measure} ${pair.value.toFixed(3)} (${count(pair.rows)} rows)`);
        offer(mark, { a: pair.a, b: pair.b });
        if (cell >= 26 && size >= 0.1) write(frame.plot, pair.value.toFixed(cell >= 34 ? 2 : 1).replace('0.', '.').replace('-', '\u2212'), { class: 'value cell-value', x: (c + 0.5) * cell, y: (r + 0.5) * cell + 4, 'text-anchor': 'middle' });
      }
      const room = options.width - r * cell - 12;
      write(frame.plot, clip(row, room), { class: row === data.target ? 'strong' : 'label', x: r * cell + 3, y: (r + 0.5) * cell + 4, ...(cell < 11 ? { 'font-size': 9 } : {}) }, row);
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['a', 'b', 'measure', 'value', 'rows'], cells: data.pairs.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).map((pair) => [pair.a, pair.b, pair.measure, pair.value, pair.rows]) }),
  summary(data) {
    const top = data.pairs.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
    return top ? `Association of ${data.columns.length} columns; strongest is ${top.a} with ${top.b}, ${measureNames[top.measure] ?? top.measure} ${top.value.toFixed(2)} on ${count(top.rows)} rows.` : 'No pairs were measured.';
  },
});

function arrange(data: AssociationData, limit: number): { names: string[]; at: (a: string, b: string) => AssociationData['pairs'][number] | undefined } {
  const key = (a: string, b: string): string => JSON.stringify(a < b ? [a, b] : [b, a]);
  const map = new Map(data.pairs.filter((pair) => Number.isFinite(pair.value)).map((pair) => [key(pair.a, pair.b), pair]));
  const best = new Map<string, number>();
  for (const pair of map.values()) for (const name of [pair.a, pair.b]) best.set(name, Math.max(best.get(name) ?? 0, Math.abs(pair.value)));
  const kept = data.columns.filter((name) => best.has(name)).toSorted((a, b) => (b === data.target ? 2 : (best.get(b) ?? 0)) - (a === data.target ? 2 : (best.get(a) ?? 0))).slice(0, limit);
  const at = (a: string, b: string): AssociationData['pairs'][number] | undefined => map.get(key(a, b));
  return { names: clusterOrder(kept, (a, b) => Math.abs(at(a, b)?.value ?? 0)), at };
}
