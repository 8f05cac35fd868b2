// Lineage as three columns of names, as read, cleaned, features, with a line from each to what it becomes. A line says in its
// title what was done on the way; a name says where it comes from. Many features of one column are one name with a count.
import type { LineageEdge, LineageGraph, LineageNode } from '../core/lineage/lineage.ts';
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, count, textWidth } from './format.ts';
import { add, emptyNote, makeFrame, offer, write } from './frame.ts';

export type LineageOptions = ChartOptions & { /** Names per column at most. */ limit: number; /** Features of one column beyond this many are folded. */ fold: number };
const stages = ['raw', 'clean', 'feature'] as const;
const heads = { raw: 'as read', clean: 'cleaned', feature: 'features' } as const;
const STEP = 22;
const TOP = 26;
type Shown = LineageNode & { features: number };

export const lineageGraph = defineChart<LineageGraph, LineageOptions>({
  type: 'lineage-graph',
  /** Height follows the longest column. */
  defaults: { width: 720, height: 0, limit: 40, fold: 3 },
  draw(data, given, document) {
    const options = { ...lineageGraph.defaults, ...given };
    const graph = folded(data, options.fold);
    const columns = stages.map((stage) => graph.nodes.filter((node) => node.stage === stage));
    const rows = Math.max(...columns.map((list) => Math.min(list.length, options.limit) + (list.length > options.limit ? 1 : 0)));
    const frame = makeFrame(document, 'lineage-graph', { ...options, height: graph.nodes.length ? TOP + rows * STEP + 6 : 60 }, { top: 2, right: 2, bottom: 2, left: 2 }, lineageGraph.summary(data));
    if (graph.nodes.length === 0) { emptyNote(frame, 'no columns'); return frame.svg; }
    const box = Math.min(220, frame.width * 0.26);
    const xs = stages.map((_, i) => (i * (frame.width - box)) / 2);
    const places = new Map<string, { x: number; y: number }>();
    columns.forEach((list, c) => list.slice(0, options.limit).forEach((node, i) => places.set(node.id, { x: xs[c] ?? 0, y: TOP + i * STEP + STEP / 2 })));
    const lines = add(frame.plot, 'g', { class: 'lineage-lines' });
    for (const edge of graph.edges) {
      const [from, to] = [places.get(edge.from), places.get(edge.to)];
      if (!from || !to) continue;
      const [x1, x2] = [from.x + box, to.x];
      const middle = (x1 + x2) / 2;
      add(lines, 'path', { class: edge.steps.length ? 'line c1' : 'line faded thin', d: `M${x1},${from.y}C${middle},${from.y} ${middle},${to.y} ${x2},${to.y}`, 'stroke-opacity': edge.steps.length ? 0.75 : 0.6 }, lineText(edge));
      if (edge.steps.length && x2 - x1 > 90) write(lines, clip(edge.steps.join(', '), x2 - x1 - 24), { class: 'tick halo lineage-word', x: x2 - 8, y: to.y - 3.5, 'text-anchor': 'end' });
    }
    columns.forEach((list, c) => {
      write(frame.plot, `${heads[stages[c] ?? 'raw']} \u00b7 ${count(data.nodes.filter((node) => node.stage === stages[c]).length)}`, { class: 'axis-title', x: xs[c] ?? 0, y: 13 });
      list.slice(0, options.limit).forEach((node) => drawNode(frame.plot, node, places.get(node.id) ?? { x: 0, y: 0 }, box, data));
      if (list.length > options.limit) write(frame.plot, `and ${count(list.length - options.limit)} more: follow one column to see it`, { class: 'tick faded', x: (xs[c] ?? 0) + 8, y: TOP + options.limit * STEP + 15 });
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['from', 'stage', 'to', 'steps'], cells: data.edges.map((edge) => [nameOf(edge.from), edge.from.startsWith('raw:') ? 'cleaning' : 'features', nameOf(edge.to), edge.steps.join('; ') || 'as it is']) }),
  summary(data) {
    const [raw, clean, features] = stages.map((stage) => data.nodes.filter((node) => node.stage === stage).length);
    const touched = data.edges.filter((edge) => edge.steps.length > 0).length;
    return `${count(raw ?? 0)} columns as read become ${count(clean ?? 0)} after cleaning${features ? ` and ${count(features)} features` : ''}; ${count(touched)} of ${count(data.edges.length)} ways go through a step.`;
  },
});

function drawNode(parent: SVGElement, node: Shown, { x, y }: { x: number; y: number }, box: number, data: LineageGraph): void {
  const tone = node.note === 'target' ? 'c2' : node.note === null ? 'c1' : 'rest';
  const mark = add(parent, 'g', { class: `lineage-node ${node.note ?? 'used'}` }, nodeText(node, data));
  add(mark, 'rect', { class: `lineage-box ${tone}`, x, y: y - 9, width: box, height: 18, rx: 4 });
  const tag = node.features > 1 ? `${count(node.features)} features` : (node.note ?? '');
  const room = box - 16 - (tag ? textWidth(tag) + 8 : 0);
  write(mark, clip(node.name, room), { class: node.note === 'dropped' || node.note === 'unused' ? 'faded-label' : 'label', x: x + 8, y: y + 4 });
  if (tag) write(mark, tag, { class: 'tick', x: x + box - 7, y: y + 3.5, 'text-anchor': 'end' });
  offer(mark, { name: node.features > 1 ? nameOf(data.edges.find((edge) => edge.to === node.id)?.from ?? node.id) : node.name, stage: node.stage });
}

const nameOf = (id: string): string => id.slice(id.indexOf(':') + 1);
const lineText = (edge: LineageEdge): string => `${nameOf(edge.from)} becomes ${nameOf(edge.to)}: ${edge.steps.length ? edge.steps.join('; ') : 'as it is'}`;

function nodeText(node: Shown, data: LineageGraph): string {
  const names = (list: string[]): string => (list.length > 6 ? `${list.slice(0, 6).join(', ')} and ${list.length - 6} more` : list.join(', '));
  const from = data.edges.filter((edge) => edge.to === node.id).map((edge) => nameOf(edge.from));
  const to = data.edges.filter((edge) => edge.from === node.id).map((edge) => nameOf(edge.to));
  const steps = [...new Set(data.edges.filter((edge) => edge.to === node.id).flatMap((edge) => edge.steps))];
  return [
    `${node.name}${node.kind ? `, ${node.kind}` : ''}${node.note ? `, ${node.note === 'unused' ? 'not used further' : node.note === 'dropped' ? 'dropped from the features' : 'what is predicted'}` : ''}`,
    ...(from.length && from.join() !== node.name ? [`from ${names(from)}`] : []),
    ...(steps.length ? [`through ${names(steps)}`] : []),
    ...(to.length && to.join() !== node.name ? [`becomes ${names(to)}`] : []),
  ].join('; ');
}

/** Features of one column beyond `most` become one node, named for the column. */
function folded(data: LineageGraph, most: number): { nodes: Shown[]; edges: LineageEdge[] } {
  const bySource = new Map<string, LineageEdge[]>();
  for (const edge of data.edges) if (edge.to.startsWith('feature:')) bySource.set(edge.from, [...(bySource.get(edge.from) ?? []), edge]);
  const gone = new Map<string, string>();
  const sizes = new Map<string, number>();
  for (const [source, edges] of bySource) {
    if (edges.length <= most) continue;
    const [first] = edges;
    sizes.set(first?.to ?? '', edges.length);
    for (const edge of edges.slice(1)) gone.set(edge.to, source);
  }
  const nodes = data.nodes.filter((node) => !gone.has(node.id)).map((node): Shown => {
    const features = sizes.get(node.id) ?? 1;
    return features > 1 ? { ...node, name: nameOf(data.edges.find((edge) => edge.to === node.id)?.from ?? node.id), features } : { ...node, features };
  });
  return { nodes, edges: data.edges.filter((edge) => !gone.has(edge.to)) };
}
