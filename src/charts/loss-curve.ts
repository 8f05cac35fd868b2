// Training and validation loss by step (tree, epoch, iteration) of one run, or of several to compare: validation is solid,
// training dashed. The best step is marked. Lines are named at their ends. The y axis does not start at zero: it is no bar.
import { line, scaleLinear } from 'd3';
import { colour, defineChart, type ChartOptions } from './chart.ts';
import { clip, compact, count, figure } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, spread, write, xAxis, yAxis, type Frame } from './frame.ts';

type Point = { step: number; train: number | null; valid: number | null };
/** `best`: the step whose model is kept. `unit` names a step, `loss` the quantity. */
export type LossCurveData = { runs: readonly { name: string; points: readonly Point[]; best: number | null }[]; unit: string; loss: string };
export type LossCurveOptions = ChartOptions & { training: boolean };
type Series = { name: string; tone: string; isTraining: boolean; points: { step: number; value: number }[] };

export const lossCurve = defineChart<LossCurveData, LossCurveOptions>({
  type: 'loss-curve',
  defaults: { width: 400, height: 220, training: true },
  draw(data, given, document) {
    const options = { ...lossCurve.defaults, ...given };
    const series = seriesOf(data, options.training);
    const frame = makeFrame(document, 'loss-curve', options, { top: 20, right: 96, bottom: 36, left: 50 }, lossCurve.summary(data));
    if (series.length === 0) { emptyNote(frame, 'no steps yet'); return frame.svg; }
    const steps = series.flatMap((one) => one.points.map((point) => point.step));
    const x = scaleLinear([Math.min(0, ...steps), Math.max(1, ...steps)], [0, frame.width]);
    const y = scaleLinear(lossExtent(series), [frame.height, 0]).nice(4);
    yAxis(frame, y, { values: y.ticks(4), text: (value) => (Math.abs(value) >= 1000 ? compact(value) : figure(value)) }, data.loss);
    xAxis(frame, x, { values: x.ticks(5).filter(Number.isInteger), text: compact }, { title: data.unit });
    for (const run of data.runs) drawBest(frame, run, data.runs.length === 1, x, y);
    const path = line<{ step: number; value: number }>((point) => x(point.step), (point) => Math.max(-4, y(point.value)));
    for (const one of series) {
      if (one.points.length > 1) add(frame.plot, 'path', { class: `line ${one.tone}${one.isTraining && data.runs.length > 1 ? ' thin' : ''}`, d: round(path(one.points)) });
      const every = Math.max(1, Math.ceil(one.points.length / 100));
      one.points.forEach((point, index) => {
        if (index % every === 0 || index === one.points.length - 1) add(frame.plot, 'circle', { class: `${one.points.length === 1 ? 'dot' : 'hit'} ${one.tone}`, cx: x(point.step), cy: Math.max(-4, y(point.value)), r: 3.5 }, `${one.name}, ${data.unit} ${count(point.step)}: ${figure(point.value)}`);
      });
    }
    const named = series.filter((one) => data.runs.length === 1 || !one.isTraining);
    const places = spread(named.map((one) => y(one.points.at(-1)?.value ?? 0)), 13, 4, frame.height);
    named.forEach((one, index) => write(frame.plot, clip(one.name, 90), { class: `name ${one.tone}`, x: x(one.points.at(-1)?.step ?? 0) + 6, y: (places[index] ?? 0) + 4 }, one.name));
    return frame.svg;
  },
  rows: (data) => ({ columns: ['run', data.unit, 'training', 'validation'], cells: data.runs.flatMap((run) => run.points.map((point) => [run.name, point.step, point.train, point.valid])) }),
  summary(data) {
    return data.runs.map((run) => {
      const last = run.points.at(-1);
      return last ? `${run.name}: ${data.loss} after ${count(last.step)} ${data.unit}: training ${figure(last.train)}, validation ${figure(last.valid)}${run.best === null ? '' : `; best at ${count(run.best)}`}.` : `${run.name}: no steps yet.`;
    }).join(' ') || 'No runs yet.';
  },
});

function seriesOf(data: LossCurveData, training: boolean): Series[] {
  const isOne = data.runs.length === 1;
  return data.runs.flatMap((run, index) => (['train', 'valid'] as const).map((key) => ({
    name: isOne ? (key === 'train' ? 'training' : 'validation') : key === 'train' ? `${run.name}, training` : run.name,
    tone: isOne ? (key === 'train' ? 'c1' : 'c2') : colour(index),
    isTraining: key === 'train',
    points: run.points.flatMap((point) => { const value = point[key]; return value === null || !Number.isFinite(value) ? [] : [{ step: point.step, value }]; }),
  }))).filter((one) => one.points.length > 0 && (training || !one.isTraining));
}

// The first steps of a net can be tens of times the rest: the axis shows up to 3 times the spread of the later half.
function lossExtent(series: readonly Series[]): [number, number] {
  const all = extentOf(series.flatMap((one) => one.points.map((point) => point.value)));
  const later = extentOf(series.flatMap((one) => one.points.slice(Math.floor(one.points.length / 10)).map((point) => point.value)));
  return [all[0], Math.min(all[1], later[1] + 2 * (later[1] - later[0]))];
}

function drawBest(frame: Frame, run: LossCurveData['runs'][number], isOne: boolean, x: (v: number) => number, y: (v: number) => number): void {
  const point = run.best === null ? undefined : run.points.find((one) => one.step === run.best);
  if (!point || point.valid === null || !Number.isFinite(point.valid)) return;
  const at = x(point.step);
  if (isOne) {
    add(frame.plot, 'line', { class: 'rule', x1: at, x2: at, y1: 0, y2: frame.height });
    const isRight = at > frame.width / 2;
    write(frame.plot, `best ${count(point.step)}: ${figure(point.valid)}`, { class: 'label halo', x: at + (isRight ? -5 : 5), y: 9, 'text-anchor': isRight ? 'end' : 'start' });
  }
  add(frame.plot, 'circle', { class: 'ring faded', cx: at, cy: y(point.valid), r: 4.5 }, `${run.name}: best at ${count(point.step)}, ${figure(point.valid)}`);
}

const round = (path: string | null): string => (path ?? '').replace(/\d+\.\d+/g, (text) => String(Math.round(Number(text) * 100) / 100));
