// What a net's layers do while it learns, as small multiples: a row for each layer, a column for each measure (gradient norm and
// weight norm on one log axis for the column, share of dead units from 0 to 1), the last value written at the end of its line.
// A norm of 0 lies on the floor of its axis. Rows and columns are named, so that colour says nothing alone.
import { line, scaleLinear, scaleLog } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { clip, compact, count, figure, percent } from './format.ts';
import { add, emptyNote, makeFrame, write, type Position } from './frame.ts';

/** `values[i]` is at `steps[i]`; null = not measured. Dead is a share, 0 to 1. */
export type LayerWatchData = { unit: string; steps: readonly number[]; layers: readonly { name: string; gradient: readonly Value[]; weights: readonly Value[]; dead: readonly Value[] }[] };
type Value = number | null;
type Key = 'gradient' | 'weights' | 'dead';
type Layer = LayerWatchData['layers'][number];

const measures: readonly { key: Key; title: string; tone: string }[] = [{ key: 'gradient', title: 'gradient norm', tone: 'c1' }, { key: 'weights', title: 'weight norm', tone: 'c2' }, { key: 'dead', title: 'dead units', tone: 'c5' }];
const rowHeight = 36;
const mostMarks = 16;
const isKnown = (value: Value | undefined): value is number => value !== null && value !== undefined && Number.isFinite(value);
const text = (key: Key, value: number): string => (key === 'dead' ? percent(value) : value !== 0 && (value < 0.001 || value >= 1e5) ? value.toExponential(0).replace('-', '\u2212').replace('+', '') : value >= 1000 ? compact(value) : String(Number(value.toPrecision(2))));

export const layerWatch = defineChart<LayerWatchData>({
  type: 'layer-watch',
  defaults: { width: 400, height: 0 },
  draw(data, given, document) {
    const options: ChartOptions = { ...layerWatch.defaults, ...given };
    const drawn = measures.filter(({ key }) => data.layers.some((layer) => layer[key].some(isKnown)));
    const layers = data.layers.filter((layer) => drawn.some(({ key }) => layer[key].some(isKnown)));
    const frame = makeFrame(document, 'layer-watch', { ...options, height: Math.max(1, layers.length) * rowHeight + 50 }, { top: 32, right: 2, bottom: 18, left: 58 }, layerWatch.summary(data));
    if (layers.length === 0) { emptyNote(frame, 'no steps yet'); return frame.svg; }
    const [gap, room] = [10, Math.min(44, frame.width / drawn.length / 2)];
    const width = Math.max(4, (frame.width - gap * (drawn.length - 1)) / drawn.length - room);
    const x = scaleLinear([Math.min(...data.steps), Math.max(...data.steps, Math.min(...data.steps) + 1)], [0, width]);
    layers.forEach((layer, row) => write(frame.plot, clip(layer.name, 54), { class: 'label', x: -8, y: (row + 0.5) * rowHeight + 4, 'text-anchor': 'end' }, layer.name));
    drawn.forEach(({ key, title, tone }, column) => {
      const at = column * (width + room + gap);
      const { place, told } = axisOf(key, layers);
      const group = add(frame.plot, 'g', { transform: `translate(${Math.round(at * 100) / 100},0)` });
      write(group, clip(title, width + room), { class: 'strong', x: 0, y: -20 }, title);
      write(group, clip(told, width + room), { class: 'tick', x: 0, y: -6 }, told);
      layers.forEach((layer, row) => drawCell(group, data, layer, { key, title, tone }, x, (value) => row * rowHeight + rowHeight - 5 - place(value) * (rowHeight - 10), row * rowHeight, width));
      const below = layers.length * rowHeight + 13;
      write(group, compact(data.steps[0] ?? 0), { class: 'tick', x: 0, y: below });
      if (width > 50) write(group, compact(data.steps.at(-1) ?? 0), { class: 'tick', x: width, y: below, 'text-anchor': 'end' });
      if (column === drawn.length - 1) write(group, data.unit, { class: 'axis-title', x: width + room, y: below, 'text-anchor': 'end' });
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: [data.unit, 'layer', ...measures.map(({ title }) => title)], cells: data.steps.flatMap((step, i) => data.layers.map((layer) => [step, layer.name, ...measures.map(({ key }) => layer[key][i] ?? null)])) }),
  summary(data) {
    const told = data.layers.flatMap((layer) => {
      const parts = measures.flatMap(({ key, title }) => { const last = layer[key].findLast(isKnown); return isKnown(last) ? [`${title} ${key === 'dead' ? percent(last) : figure(last)}`] : []; });
      return parts.length > 0 ? [`${layer.name}: ${parts.join(', ')}`] : [];
    });
    return told.length > 0 ? `After ${count(data.steps.at(-1) ?? 0)} ${data.unit}: ${told.join('; ')}.` : 'No steps yet.';
  },
});

/** From a value to its height, 0 to 1; norms by whole decades that hold all above 0. */
function axisOf(key: Key, layers: readonly Layer[]): { place: Position; told: string } {
  if (key === 'dead') return { place: (value) => Math.min(1, Math.max(0, value)), told: '0 to 100\u00a0%' };
  const values = layers.flatMap((layer) => layer[key].filter((value) => isKnown(value) && value > 0) as number[]);
  const low = 10 ** Math.floor(Math.log10(values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : 1));
  const high = Math.max(low * 10, 10 ** Math.ceil(Math.log10(values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : 10)));
  const scale = scaleLog([low, high], [0, 1]).clamp(true);
  return { place: (value) => (value > 0 ? scale(value) : 0), told: `${text(key, low)} to ${text(key, high)}, log` };
}

function drawCell(group: SVGElement, data: LayerWatchData, layer: Layer, { key, title, tone }: (typeof measures)[number], x: Position, y: Position, top: number, width: number): void {
  const points = data.steps.flatMap((step, i) => { const value = layer[key][i]; return isKnown(value) ? [{ step, value }] : []; });
  const last = points.at(-1);
  if (last === undefined) { write(group, '\u2013', { class: 'value', x: width / 2, y: top + rowHeight / 2 + 4, 'text-anchor': 'middle' }, `${layer.name}: ${title} does not apply`); return; }
  for (const edge of [top + 5, top + rowHeight - 5]) add(group, 'line', { class: 'grid', x1: 0, x2: width, y1: edge, y2: edge });
  const path = line<{ step: number; value: number }>((point) => Math.round(x(point.step) * 100) / 100, (point) => Math.round(y(point.value) * 100) / 100)(points);
  if (points.length > 1 && path) add(group, 'path', { class: `line ${tone}`, d: path });
  const every = Math.max(1, Math.ceil(points.length / mostMarks));
  points.forEach((point, i) => {
    if (i % every === 0 || i === points.length - 1) add(group, 'circle', { class: `${points.length === 1 ? 'dot' : 'hit'} ${tone}`, cx: x(point.step), cy: y(point.value), r: 3 }, `${layer.name}, ${data.unit} ${count(point.step)}: ${title} ${key === 'dead' ? percent(point.value) : figure(point.value)}`);
  });
  write(group, text(key, last.value), { class: 'value', x: width + 5, y: Math.min(top + rowHeight - 3, Math.max(top + 9, y(last.value) + 4)) });
}
