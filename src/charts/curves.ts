// What ROC and precision-recall share: unit axes with grid, and one thin polyline per class with exact readings.
import { line, scaleLinear } from 'd3';
import { count, figure } from './format.ts';
import { add, xAxis, yAxis, type Frame } from './frame.ts';

export type CurvePoint = { x: number; y: number; title: string };
export type UnitScales = { x: (value: number) => number; y: (value: number) => number };
const fifths = [0, 0.2, 0.4, 0.6, 0.8, 1];

export function unitAxes(frame: Frame, titles: { x: string; y: string }): UnitScales {
  const x = scaleLinear([0, 1], [0, frame.width]);
  const y = scaleLinear([0, 1], [frame.height, 0]);
  yAxis(frame, y, { values: fifths, text: figure }, titles.y);
  xAxis(frame, x, { values: fifths, text: figure }, { title: titles.x, grid: true });
  return { x, y };
}

export function drawCurve(frame: Frame, scales: UnitScales, points: readonly CurvePoint[], tone: string): void {
  const usable = points.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  const path = line<CurvePoint>((point) => Math.round(scales.x(point.x) * 100) / 100, (point) => Math.round(scales.y(point.y) * 100) / 100)(usable);
  if (usable.length > 1 && path) add(frame.plot, 'path', { class: `line ${tone}`, d: path });
  const every = Math.max(1, Math.ceil(usable.length / 60));
  usable.forEach((point, index) => { if (index % every === 0) add(frame.plot, 'circle', { class: `hit ${tone}`, cx: scales.x(point.x), cy: scales.y(point.y), r: 3.5 }, point.title); });
}

export const more = (hidden: number): string => `and ${count(hidden)} easier ones in the table`;

/** The `limit` curves with the greatest `trouble`, in their order. When there are more classes than colours, those shown get one each. */
export function hardest<Curve extends { index: number }>(curves: readonly Curve[], trouble: (curve: Curve) => number, limit: number): Curve[] {
  const kept = new Set(curves.toSorted((a, b) => trouble(b) - trouble(a)).slice(0, limit));
  const shown = curves.filter((curve) => kept.has(curve));
  return curves.length > 8 ? shown.map((curve, place) => ({ ...curve, index: place })) : shown;
}
