// The paper of a chart: an SVG with a plot area, light grids and axes, empty notes and labels kept apart.
// All numbers are written with two decimals at most; a title child makes a mark answer hover, keyboard and screen reader.
import type { ChartOptions } from './chart.ts';

const space = 'http://www.w3.org/2000/svg';
export type Attributes = { [name: string]: string | number };
export type Margin = { top: number; right: number; bottom: number; left: number };
/** `plot` has its origin at the top left of the plot area, which is `width` by `height`. */
export type Frame = { svg: SVGSVGElement; plot: SVGElement; width: number; height: number };
/** What axes need of a d3 scale. */
export type Position = (value: number) => number;
export type Ticks = { values: number[]; text: (value: number) => string };

const written = (value: string | number): string => (typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);

/** Appends an SVG element; `title` is its exact reading. */
export function add(parent: Element, name: string, attributes: Attributes = {}, title?: string): SVGElement {
  const element = parent.ownerDocument.createElementNS(space, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, written(value));
  if (title !== undefined) add(element, 'title').textContent = title;
  parent.append(element);
  return element;
}

export function write(parent: Element, text: string, attributes: Attributes, title?: string): SVGElement {
  const element = add(parent, 'text', attributes);
  element.textContent = text;
  if (title !== undefined && title !== text) add(element, 'title').textContent = title;
  return element;
}

/** A click on the mark (or Enter, through reach) dispatches a bubbling `mark` event with this detail. */
export function offer(mark: SVGElement, detail: unknown): void {
  mark.classList.add('offer');
  mark.addEventListener('click', () => {
    const Made = mark.ownerDocument.defaultView?.CustomEvent;
    if (Made) mark.dispatchEvent(new Made('mark', { detail, bubbles: true }));
  });
}

export function makeFrame(document: Document, type: string, options: ChartOptions, margin: Margin, label: string): Frame {
  const svg = document.createElementNS(space, 'svg') as SVGSVGElement;
  const width = Math.max(24, options.width);
  const height = Math.max(8, options.height);
  for (const [key, value] of Object.entries({ class: `chart chart-${type}`, role: 'img', 'aria-label': options.label ?? label, width, height, viewBox: `0 0 ${written(width)} ${written(height)}` })) svg.setAttribute(key, written(value));
  const plot = add(svg, 'g', { transform: `translate(${margin.left},${margin.top})` });
  return { svg, plot, width: Math.max(1, width - margin.left - margin.right), height: Math.max(1, height - margin.top - margin.bottom) };
}

/** Horizontal grid lines with their labels at the left. */
export function yAxis(frame: Frame, y: Position, ticks: Ticks, title?: string): void {
  const group = add(frame.plot, 'g', { class: 'axis-y' });
  for (const value of ticks.values) {
    add(group, 'line', { class: value === 0 ? 'grid zero' : 'grid', x1: 0, x2: frame.width, y1: y(value), y2: y(value) });
    write(group, ticks.text(value), { class: 'tick', x: -6, y: y(value) + 3.5, 'text-anchor': 'end' });
  }
  if (title) write(group, title, { class: 'axis-title', x: -6, y: -8, 'text-anchor': 'start' });
}

/** Labels below the plot; `grid` draws vertical lines too. A label that would touch the one before it is left out. */
export function xAxis(frame: Frame, x: Position, ticks: Ticks, options: { title?: string; grid?: boolean; base?: boolean } = {}): void {
  const group = add(frame.plot, 'g', { class: 'axis-x' });
  if (options.base !== false) add(group, 'line', { class: 'base', x1: 0, x2: frame.width, y1: frame.height, y2: frame.height });
  let end = -Infinity;
  for (const value of ticks.values) {
    const text = ticks.text(value);
    const half = text.length * 3.1;
    const at = x(value);
    if (options.grid) add(group, 'line', { class: 'grid', x1: at, x2: at, y1: 0, y2: frame.height });
    if (at - half < end + 4) continue;
    end = at + half;
    write(group, text, { class: 'tick', x: at, y: frame.height + 15, 'text-anchor': 'middle' });
  }
  if (options.title) write(group, options.title, { class: 'axis-title', x: frame.width, y: frame.height + 30, 'text-anchor': 'end' });
}

/** What stands in the middle of a chart that has nothing to show. */
export function emptyNote(frame: Frame, text: string): void {
  write(frame.plot, text, { class: 'empty', x: frame.width / 2, y: frame.height / 2 + 4, 'text-anchor': 'middle' });
}

/** Vertical positions near the wanted ones, at least `gap` apart and within [low, high] where they fit; order of input. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = wanted.map((value) => Math.min(high, Math.max(low, value)));
  let floor = low;
  for (const index of order) { placed[index] = Math.max(floor, placed[index] ?? 0); floor = (placed[index] ?? 0) + gap; }
  let roof = high;
  for (const index of order.toReversed()) { placed[index] = Math.max(low, Math.min(roof, placed[index] ?? 0)); roof = (placed[index] ?? 0) - gap; }
  return placed;
}

/** [low, high] of the finite values, widened when they are one point; [0, 1] when there are none. */
export function extentOf(values: Iterable<number | null | undefined>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) if (typeof value === 'number' && Number.isFinite(value)) { low = Math.min(low, value); high = Math.max(high, value); }
  if (low > high) return [0, 1];
  const pad = low === high ? Math.abs(low) * 0.1 || 0.5 : 0;
  return [low - pad, high + pad];
}
