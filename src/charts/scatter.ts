// Rows as dots in two directions, coloured by a group or by a number. A group has a colour and a shape, so that it is told apart
// without colour; its name stands at the middle of its dots. A number runs from teal to pink in five steps of equal counts.
import { scaleLinear } from 'd3';
import { colour, defineChart, type ChartOptions } from './chart.ts';
import { compact, count, figure, fullDate } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, write, xAxis, yAxis, type Frame } from './frame.ts';

type Dot = { x: number; y: number; /** Its name when it is read, such as "row 12". */ name: string };
/** `group` -1 and `value` null = missing, drawn grey. At most twelve groups are told apart; those after are grey too. */
export type ScatterColour = { kind: 'group'; title: string; names: readonly string[]; group: readonly number[] } | { kind: 'number'; title: string; values: readonly (number | null)[]; time: boolean };
export type ScatterData = { xTitle: string; yTitle: string; dots: readonly Dot[]; colour: ScatterColour | null };

/** Path of a mark of about 7 pixels around 0, 0; one for each of the eight colours. */
const shapes = ['M-3,0a3,3 0 1,0 6,0a3,3 0 1,0 -6,0', 'M-2.7,-2.7h5.4v5.4h-5.4z', 'M0,-3.7L3.4,2.6H-3.4z', 'M0,-3.9L3.5,0L0,3.9L-3.5,0z', 'M-1.1,-3.3h2.2v2.2h2.2v2.2h-2.2v2.2h-2.2v-2.2h-2.2v-2.2h2.2z', 'M0,3.7L3.4,-2.6H-3.4z', 'M-3.4,-1.2h6.8v2.4h-6.8z', 'M-1.2,-3.4h2.4v6.8h-2.4z'];
const round = shapes[0] ?? '';

export const scatter = defineChart<ScatterData, ChartOptions>({
  type: 'scatter',
  defaults: { width: 560, height: 420 },
  draw(data, given, document) {
    const frame = makeFrame(document, 'scatter', { ...scatter.defaults, ...given }, { top: 22, right: 14, bottom: 38, left: 46 }, scatter.summary(data));
    if (data.dots.length === 0) { emptyNote(frame, 'no rows'); return frame.svg; }
    const x = scaleLinear(extentOf(data.dots.map((dot) => dot.x)), [0, frame.width]).nice(5);
    const y = scaleLinear(extentOf(data.dots.map((dot) => dot.y)), [frame.height, 0]).nice(5);
    yAxis(frame, y, { values: y.ticks(5), text: compact }, data.yTitle);
    xAxis(frame, x, { values: x.ticks(Math.max(2, Math.min(7, frame.width / 60))), text: compact }, { title: data.xTitle, grid: true });
    const tones = tonesOf(data.colour);
    const opacity = data.dots.length > 2000 ? 0.4 : data.dots.length > 400 ? 0.55 : 0.75;
    data.dots.forEach((dot, i) => {
      const { tone, shape } = tones(i);
      const told = toldOf(data.colour, i);
      add(frame.plot, 'path', { class: `mark ${tone}`, 'fill-opacity': opacity, d: shape, transform: `translate(${x(dot.x).toFixed(1)},${y(dot.y).toFixed(1)})` }, `${dot.name}${told === '' ? '' : `, ${told}`}: ${figure(dot.x)}, ${figure(dot.y)}`);
    });
    if (data.colour?.kind === 'group') nameGroups(frame, data.dots, data.colour, x, y);
    return frame.svg;
  },
  rows: (data) => ({ columns: ['row', data.xTitle, data.yTitle, ...(data.colour ? [data.colour.title] : [])], cells: data.dots.map((dot, i) => [dot.name, dot.x, dot.y, ...(data.colour ? [data.colour.kind === 'group' ? (data.colour.names[data.colour.group[i] ?? -1] ?? null) : (data.colour.values[i] ?? null)] : [])]) }),
  summary: (data) => (data.dots.length === 0 ? 'No rows to show.' : `${count(data.dots.length)} rows by ${data.xTitle} and ${data.yTitle}${data.colour ? `, coloured by ${data.colour.title}${data.colour.kind === 'group' ? `: ${sizesOf(data.colour).map(({ name, size }) => `${name} ${count(size)}`).join(', ')}` : ''}` : ''}.`),
});

const sizesOf = (of: ScatterColour & { kind: 'group' }) => of.names.map((name, k) => ({ name, size: of.group.filter((group) => group === k).length }));

/** Colour class and shape of each group or step, for keys beside the chart too. */
export const groupTone = (k: number): { tone: string; shape: string } => (k < 0 || k >= 12 ? { tone: 'rest', shape: round } : { tone: colour(k), shape: shapes[(k + (k >= 8 ? 3 : 0)) % 8] ?? round });

function tonesOf(of: ScatterColour | null): (i: number) => { tone: string; shape: string } {
  if (of === null) return () => ({ tone: 'c1', shape: round });
  if (of.kind === 'group') return (i) => groupTone(of.group[i] ?? -1);
  const cuts = cutsOf(of.values);
  return (i) => {
    const value = of.values[i] ?? null;
    return value === null ? { tone: 'rest', shape: round } : { tone: `shade${cuts.filter((cut) => value > cut).length}`, shape: round };
  };
}

/** Four values that part the others into five steps of about equal counts; fewer when many are equal. */
export function cutsOf(values: readonly (number | null)[]): number[] {
  const sorted = values.filter((value): value is number => value !== null && Number.isFinite(value)).toSorted((a, b) => a - b);
  if (sorted.length === 0) return [];
  return [1, 2, 3, 4].map((fifth) => sorted[Math.min(sorted.length - 1, Math.floor((fifth * sorted.length) / 5))] ?? 0);
}

function toldOf(of: ScatterColour | null, i: number): string {
  if (of === null) return '';
  if (of.kind === 'group') return `${of.title} ${of.names[of.group[i] ?? -1] ?? 'missing'}`;
  const value = of.values[i] ?? null;
  return `${of.title} ${value === null ? 'missing' : of.time ? fullDate(value) : figure(value)}`;
}

/** Names at the mean of their dots; one that would cover another is left out (the key has it). */
function nameGroups(frame: Frame, dots: readonly Dot[], of: ScatterColour & { kind: 'group' }, x: (value: number) => number, y: (value: number) => number): void {
  const placed: { x: number; y: number; half: number }[] = [];
  of.names.forEach((name, k) => {
    const own = dots.filter((_, i) => of.group[i] === k);
    if (own.length === 0) return;
    const text = name.length > 18 ? `${name.slice(0, 17)}\u2026` : name;
    const half = Math.min(text.length * 3.2, frame.width / 2);
    const at = { x: Math.min(frame.width - half, Math.max(half, x(own.reduce((sum, dot) => sum + dot.x, 0) / own.length))), y: y(own.reduce((sum, dot) => sum + dot.y, 0) / own.length), half };
    if (placed.some((other) => Math.abs(other.y - at.y) < 13 && Math.abs(other.x - at.x) < other.half + half)) return;
    placed.push(at);
    write(frame.plot, text, { class: 'strong halo cell-value', x: at.x, y: at.y + 4, 'text-anchor': 'middle' });
  });
}
