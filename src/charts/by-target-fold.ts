// Many classes -> as many as colours can tell apart: the most frequent ones in their order, the others as one grey class.
// Frequency is over all bins, so every column of a table folds alike; up to `most` classes nothing changes.
import { colour } from './chart.ts';
import { count } from './format.ts';

type Bin = { label: string; from: number | null; to: number | null; counts: number[] };
type Classes = { kind: 'classes'; column: string; classes: string[]; bins: Bin[]; rows: number; sampled: number };
/** `tones[k]` is the colour class of class k. The folded others come first, so that they are stacked last. */
export type Folded = Classes & { tones: string[] };

export function foldClasses(data: Classes, most = 8): Folded {
  if (data.classes.length <= most) return { ...data, tones: data.classes.map((_, k) => colour(k)) };
  const totals = data.classes.map((_, k) => data.bins.reduce((sum, bin) => sum + (bin.counts[k] ?? 0), 0));
  const kept = data.classes.map((_, k) => k).toSorted((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0) || a - b).slice(0, most - 1).toSorted((a, b) => a - b);
  const bins = data.bins.map((bin) => {
    const own = kept.map((k) => bin.counts[k] ?? 0);
    const all = bin.counts.reduce((sum, value) => sum + value, 0);
    return { ...bin, counts: [all - own.reduce((sum, value) => sum + value, 0), ...own] };
  });
  const others = `${count(data.classes.length - kept.length)} other classes`;
  return { ...data, classes: [others, ...kept.map((k) => data.classes[k] ?? '')], bins, tones: ['rest', ...kept.map((_, place) => colour(place))] };
}
