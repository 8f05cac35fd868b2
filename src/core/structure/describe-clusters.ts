// What each cluster is like: its size, its centre in the features' own units, what sets it apart, and how the target goes with it.
// Shares and target figures count rows, not weights.
import type { Target } from '../table/matrix.ts';
import type { KMeans } from './k-means.ts';
import type { Standardised } from './standardised.ts';
import type { Apart, Cluster, ClusterTarget } from './structure.ts';

const mostApart = 6;

export function describeClusters(data: Standardised, { k, centres, codes }: KMeans, target: Target | null): { clusters: Cluster[]; agreement: number | null } {
  const width = data.features.length;
  const rowsOf = Array.from({ length: k }, (): number[] => []);
  codes.forEach((code, row) => rowsOf[code].push(row));
  const clusters = rowsOf.map((rows, c): Cluster => {
    const gaps = centres.subarray(c * width, (c + 1) * width);
    const centre = Array.from(gaps, (gap, j) => rounded(data.center[j] + gap * data.spread[j], data.spread[j]));
    return { size: rows.length, share: rows.length / data.rows, centre, apart: apartOf(data, gaps, centre), target: target && targetOf(target, rows) };
  });
  return { clusters, agreement: target && agreementOf(target, clusters) };
}

/** 0 where only rounding is left of it: rows are held in single precision. */
const rounded = (value: number, spread: number): number => (Math.abs(value) < 1e-6 * spread ? 0 : value);

function apartOf({ features, center }: Standardised, gaps: Float64Array, centre: number[]): Apart[] {
  const order = Array.from(gaps, (_, j) => j).sort((a, b) => Math.abs(gaps[b]) - Math.abs(gaps[a]) || a - b);
  return order.slice(0, mostApart).map((j) => ({ feature: features[j].name, gap: gaps[j], mean: centre[j], overall: center[j] }));
}

/** The target over some rows; at least one. */
export function targetOf(target: Target, rows: ArrayLike<number>): ClusterTarget {
  if (target.kind === 'value') {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < rows.length; i++) sum += target.values[rows[i]];
    const mean = sum / rows.length;
    for (let i = 0; i < rows.length; i++) squares += (target.values[rows[i]] - mean) * (target.values[rows[i]] - mean);
    return { kind: 'value', mean, deviation: Math.sqrt(squares / rows.length) };
  }
  const counts = target.classes.map(() => 0);
  for (let i = 0; i < rows.length; i++) counts[target.codes[rows[i]]]++;
  const top = counts.indexOf(Math.max(...counts));
  return { kind: 'class', counts, top, purity: counts[top] / rows.length };
}

function agreementOf(target: Target, clusters: readonly Cluster[]): number | null {
  let rows = 0;
  for (const { size } of clusters) rows += size;
  if (target.kind === 'class') return clusters.reduce((sum, { size, target: own }) => sum + (own?.kind === 'class' ? own.purity * size : 0), 0) / rows;
  const all = targetOf(target, Int32Array.from(target.values, (_, row) => row));
  if (all.kind !== 'value' || all.deviation === 0) return null;
  const between = clusters.reduce((sum, { size, target: own }) => sum + (own?.kind === 'value' ? size * (own.mean - all.mean) * (own.mean - all.mean) : 0), 0) / rows;
  return between / (all.deviation * all.deviation);
}
