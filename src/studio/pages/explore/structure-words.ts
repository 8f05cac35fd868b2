// Structure -> what the panel says and draws. Plain functions, so that components only place things.
import { cutsOf, groupTone, type ScatterColour, type ScatterData } from '../../../charts/scatter.ts';
import type { CellsAt } from '../../../core/pipeline/cells-at.ts';
import type { Cluster, Structure } from '../../../core/structure/structure.ts';
import { count, day, figure, percent, plural } from '../../format.ts';

/** Kaufman and Rousseeuw (1990): above 0.5 clear groups, above 0.25 weak ones, else none to speak of. */
const clarity = (silhouette: number): string => (silhouette > 0.5 ? 'clear' : silhouette > 0.25 ? 'weakly parted' : 'hardly parted');

export function structureFinding({ components, clustering }: Structure): string {
  const first = components[0];
  if (first === undefined) return 'No feature varies, so there is no structure to show';
  const two = percent(first.share + (components[1]?.share ?? 0));
  if (clustering === null) return `${components.length > 1 ? 'Two directions carry' : 'One direction carries'} ${two} of the variance`;
  const groups = plural(clustering.clusters.length, 'group');
  return clustering.silhouette === null ? `All rows are one group; the first two directions carry ${two} of the variance` : `${groups[0]!.toUpperCase()}${groups.slice(1)}, ${clarity(clustering.silhouette)}; the first two directions carry ${two} of the variance`;
}

export function structureRows({ rows, used, features, constant, clustering, overall }: Structure, target: string): string {
  const sample = used < rows ? `${count(used)} of ${count(rows)} rows at even steps` : `All ${count(rows)} usable rows`;
  const shape = `${sample}, ${plural(features.length, 'standardised feature')}${constant.length > 0 ? ` (${plural(constant.length, 'constant one')} left out)` : ''}; missing values count as the mean, the target is not among them.`;
  if (clustering === null) return shape;
  const spread = clustering.silhouette === null ? '' : ` Mean silhouette ${clustering.silhouette.toFixed(2).replace('-', '−')}${clustering.isChosen ? `, the best of ${clustering.tried.length} numbers of clusters tried` : ''}.`;
  if (clustering.agreement === null || overall === null) return shape + spread;
  return `${shape}${spread} ${overall.kind === 'class' ? `Naming each cluster by its most frequent class is right for ${percent(clustering.agreement)} of rows (${percent(overall.purity)} by one name for all).` : `Clusters hold ${percent(clustering.agreement)} of the variance of ${target}.`}`;
}

export const componentName = ({ components }: Structure, k: number): string => `component ${k + 1} (${percent(components[k]?.share ?? 0)})`;

/** By what the dots are coloured: 'cluster', 'target', or the cells of a column. */
export function colourOf({ shown, clustering }: Structure, by: string, cells: CellsAt | null): ScatterColour | null {
  if (by === 'cluster') return clustering === null ? null : { kind: 'group', title: 'cluster', names: clustering.clusters.map((_, k) => String(k + 1)), group: shown.cluster };
  if (by === 'target') {
    const target = shown.target;
    if (target === null) return null;
    return target.kind === 'class' ? { kind: 'group', title: target.name, ...folded(target.classes, target.codes) } : { kind: 'number', title: target.name, values: target.values, time: false };
  }
  if (cells === null || cells.column !== by.slice('column '.length)) return null;
  return cells.kind === 'level' ? { kind: 'group', title: cells.column, names: cells.levels, group: cells.codes } : { kind: 'number', title: cells.column, values: cells.values, time: cells.time };
}

/** Beyond twelve classes the most frequent twelve keep a name; the others are drawn grey. */
function folded(classes: readonly string[], codes: readonly number[]): { names: string[]; group: number[] } {
  if (classes.length <= 12) return { names: [...classes], group: [...codes] };
  const sizes = classes.map(() => 0);
  for (const code of codes) sizes[code]!++;
  const kept = classes.map((_, k) => k).toSorted((a, b) => sizes[b]! - sizes[a]! || a - b).slice(0, 12).toSorted((a, b) => a - b);
  return { names: [...kept.map((k) => classes[k]!), `${classes.length - 12} others`], group: codes.map((code) => (kept.includes(code) ? kept.indexOf(code) : 12)) };
}

export function scatterOf(found: Structure, x: number, y: number, colour: ScatterColour | null): ScatterData {
  const [xs, ys] = [found.shown.scores[x] ?? [], found.shown.scores[y] ?? []];
  return { xTitle: componentName(found, x), yTitle: componentName(found, y), dots: xs.map((value, i) => ({ x: value, y: ys[i] ?? 0, name: `row ${count((found.shown.rows[i] ?? 0) + 1)}` })), colour };
}

export type Key = { name: string; tone: string; shape: string | null };
/** The colours with their names: groups by shape, numbers by range. */
export function keysOf(colour: ScatterColour | null): Key[] {
  if (colour === null) return [];
  if (colour.kind === 'group') return [...colour.names.map((name, k) => ({ name, ...groupTone(k) })), ...(colour.group.includes(-1) ? [{ name: 'missing', ...groupTone(-1) }] : [])];
  const cuts = [...new Set(cutsOf(colour.values))];
  const said = (value: number) => (colour.time ? day(value) : figure(value, 3));
  const ends = cuts.map((cut, k) => ({ name: k === 0 ? `up to ${said(cut)}` : `to ${said(cut)}`, tone: `shade${cutsOf(colour.values).filter((one) => cut > one).length}`, shape: null }));
  const last = cuts.at(-1);
  return [...ends, ...(last === undefined ? [] : [{ name: `above ${said(last)}`, tone: 'shade4', shape: null }]), ...(colour.values.includes(null) ? [{ name: 'missing', tone: 'rest', shape: null }] : [])];
}

/** "bill_length_mm 47.5 (mean 43.9, +0.66 sd)" */
export const apartText = ({ feature, mean, overall, gap }: Cluster['apart'][number]): string => `${feature} ${figure(mean, 3)} (mean ${figure(overall, 3)}, ${gap > 0 ? '+' : '−'}${Math.abs(gap).toFixed(Math.abs(gap) < 1 ? 2 : 1)} sd)`;

/** How the target goes with a cluster; `classes` of a class target. */
export function targetText({ target }: Cluster, classes: readonly string[]): string {
  if (target === null) return '';
  if (target.kind === 'value') return `${figure(target.mean)} ± ${figure(target.deviation, 3)}`;
  if (classes.length === 2) return percent(target.counts[1]! / Math.max(1, target.counts[0]! + target.counts[1]!));
  return `${classes[target.top] ?? ''} ${percent(target.purity)}`;
}
