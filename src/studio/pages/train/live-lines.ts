// What a learner measures at each step besides the loss, as small lines: known measures by name, others as they are called.
// What a net tells of each of its layers has a chart of its own (net-watch.ts).
import type { CurvePoint } from '../../../core/base/task.ts';
import { bytes, brief, count, figure } from '../../format.ts';
import { isWatched } from './net-watch.ts';

export type LiveLine = { key: string; label: string; last: number; values: readonly number[] };
const labels: { readonly [key: string]: string } = { accuracy: 'Accuracy on validation rows', rmse: 'RMSE on validation rows', rate: 'Learning rate', gain: 'Gain of a tree', leaves: 'Leaves of a tree', depth: 'Depth of a tree', oob: 'Out-of-bag loss', gradientNorm: 'Gradient norm', weightNorm: 'Weight norm', 'held.bytes': 'Memory held', 'held.tensors': 'Tensors held' };
const mostValues = 120;

export function liveLines(curve: readonly CurvePoint[]): LiveLine[] {
  const known = Object.keys(labels);
  const place = (key: string) => (known.includes(key) ? known.indexOf(key) : known.length);
  const keys = [...new Set(curve.flatMap((point) => Object.keys(point.extra ?? {})).filter((key) => !isWatched(key)))].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  const extra = keys.map((key) => lineOf(key, labels[key] ?? sentence(key), curve.flatMap((point) => point.extra?.[key] ?? [])));
  const speed = lineOf('speed', 'Rows per second', curve.flatMap((point) => point.rowsPerSecond ?? []));
  return [...extra, speed].filter((line) => line.values.length > 1);
}

/** At most mostValues of them: means of runs of steps. */
function lineOf(key: string, label: string, all: readonly number[]): LiveLine {
  const size = Math.max(1, Math.ceil(all.length / mostValues));
  const values: number[] = [];
  for (let i = 0; i < all.length; i += size) {
    const run = all.slice(i, i + size);
    values.push(run.reduce((sum, value) => sum + value, 0) / run.length);
  }
  return { key, label, last: all.at(-1) ?? 0, values };
}

/** The points of a polyline in a box, first value left, 0 (or the least below it) at the bottom. */
export function linePoints(values: readonly number[], width: number, height: number): string {
  const low = Math.min(0, ...values);
  const high = Math.max(low + 1e-12, ...values);
  const x = (i: number) => (i / Math.max(1, values.length - 1)) * width;
  return values.map((value, i) => `${x(i).toFixed(1)},${(height - ((value - low) / (high - low)) * height).toFixed(1)}`).join(' ');
}

/** A measure's last value, in its unit. */
export const lineText = ({ key, last }: Pick<LiveLine, 'key' | 'last'>): string =>
  key === 'held.bytes' ? bytes(last) : key === 'speed' || Math.abs(last) >= 1e6 ? brief(last) : Number.isInteger(last) ? count(last) : key === 'rate' ? rateText(last) : figure(last, 3);
const rateText = (rate: number): string => (rate < 0.001 ? rate.toExponential(1).replace('-', '\u2212') : String(Number(rate.toPrecision(2))));

const sentence = (key: string): string => `${key.charAt(0).toUpperCase()}${key.slice(1).replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)}`;
