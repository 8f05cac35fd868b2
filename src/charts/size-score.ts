// Score against size on disk, of models or of compressed forms of one: size is logarithmic; points that nothing beats in
// both (smaller and better) are ringed and joined.
import { line, scaleLinear, scaleLog } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { bytes, clip, figure, score, textWidth } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, write, xAxis, yAxis } from './frame.ts';

type Point = { name: string; bytes: number; value: number; low: number | null; high: number | null; isChosen: boolean };
export type SizeScoreData = { metric: string; better: 'higher' | 'lower'; points: readonly Point[] };

/** Points that no other one beats in size and score together, by size. */
function frontier(data: SizeScoreData): Point[] {
  const sign = data.better === 'higher' ? 1 : -1;
  const usable = usableOf(data);
  return usable.filter((one) => !usable.some((other) => other !== one && other.bytes <= one.bytes && sign * other.value >= sign * one.value && (other.bytes < one.bytes || sign * other.value > sign * one.value))).toSorted((a, b) => a.bytes - b.bytes);
}
const usableOf = (data: SizeScoreData): Point[] => data.points.filter((one) => one.bytes > 0 && Number.isFinite(one.value));

export const sizeScore = defineChart<SizeScoreData, ChartOptions>({
  type: 'size-score',
  defaults: { width: 420, height: 250 },
  draw(data, given, document) {
    const frame = makeFrame(document, 'size-score', { ...sizeScore.defaults, ...given }, { top: 22, right: 24, bottom: 38, left: 54 }, sizeScore.summary(data));
    const usable = usableOf(data);
    if (usable.length === 0) { emptyNote(frame, 'no models yet'); return frame.svg; }
    const [least, most] = extentOf(usable.map((one) => one.bytes));
    const x = scaleLog([Math.max(1, least / 1.6), most * 1.6], [0, frame.width]);
    const y = scaleLinear(extentOf(usable.flatMap((one) => [one.value, one.low, one.high])), [frame.height, 0]).nice(4);
    yAxis(frame, y, { values: y.ticks(4), text: figure }, data.metric);
    const decades = x.ticks(4).filter((value) => /^[125]0*$/.test(String(value)));
    xAxis(frame, x, { values: decades.length > 6 ? decades.filter((value) => /^10*$/.test(String(value))) : decades, text: bytes }, { title: 'size', grid: true });
    const edge = frontier(data);
    const path = line<Point>((one) => Math.round(x(one.bytes) * 100) / 100, (one) => Math.round(y(one.value) * 100) / 100)(edge);
    if (edge.length > 1 && path) add(frame.plot, 'path', { class: 'line thin c2', d: path });
    for (const one of usable) {
      const [cx, cy] = [x(one.bytes), y(one.value)];
      if (one.low !== null && one.high !== null && Number.isFinite(one.low) && Number.isFinite(one.high)) add(frame.plot, 'line', { class: 'span c1', x1: cx, x2: cx, y1: y(one.low), y2: y(one.high) });
      if (edge.includes(one)) add(frame.plot, 'circle', { class: 'ring c2', cx, cy, r: 7.5 });
      add(frame.plot, 'circle', { class: 'dot c1', cx, cy, r: one.isChosen ? 5 : 4 }, `${one.name}: ${bytes(one.bytes)}, ${data.metric} ${score(one.value)}`);
    }
    placeNames(usable, x, y, frame.width).forEach((place) => write(frame.plot, place.text, { class: place.isChosen ? 'strong halo' : 'label halo', x: place.x, y: place.y, 'text-anchor': place.anchor }, place.name));
    return frame.svg;
  },
  rows: (data) => ({ columns: ['model', 'bytes', data.metric, 'low', 'high'], cells: data.points.map((one) => [one.name, one.bytes, one.value, one.low, one.high]) }),
  summary(data) {
    const edge = frontier(data).map((one) => `${one.name} (${bytes(one.bytes)}, ${score(one.value)})`);
    return edge.length > 0 ? `Size against ${data.metric} of ${data.points.length} models; none beats ${edge.join(', ')} in both.` : 'No models yet.';
  },
});

type Place = { text: string; name: string; x: number; y: number; anchor: 'start' | 'end'; isChosen: boolean };
/** Names beside their dots; one that would cover another is moved below, above, or left out (the dot's title still has it). */
function placeNames(points: readonly Point[], x: (v: number) => number, y: (v: number) => number, width: number): Place[] {
  const placed: (Place & { from: number; to: number })[] = [];
  for (const one of points.toSorted((a, b) => Number(b.isChosen) - Number(a.isChosen))) {
    const text = clip(one.name, 130);
    const isRight = x(one.bytes) + 12 + textWidth(text) > width + 20;
    for (const dy of [-11, 21, 4]) {
      const at = x(one.bytes) + (isRight ? -4 : dy === 4 ? 11 : -4) + (isRight && dy === 4 ? -7 : 0);
      const place: Place & { from: number; to: number } = { text, name: one.name, x: at, y: y(one.value) + dy, anchor: isRight ? 'end' : 'start', isChosen: one.isChosen, from: isRight ? at - textWidth(text) : at, to: isRight ? at : at + textWidth(text) };
      if (placed.some((other) => Math.abs(other.y - place.y) < 12 && other.from < place.to && place.from < other.to)) continue;
      placed.push(place);
      break;
    }
  }
  return placed;
}
