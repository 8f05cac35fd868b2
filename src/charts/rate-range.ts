// A learning-rate range test: the loss of each step against its rate on a log axis, as it came (dots) and smoothed (line),
// with the rate in use, the suggested one and where it diverges as upright rules. The y axis does not start at zero: it is no bar.
import { line, scaleLinear, scaleLog } from 'd3';
import { defineChart, type ChartOptions } from './chart.ts';
import { figure } from './format.ts';
import { add, emptyNote, extentOf, makeFrame, spread, write, xAxis, yAxis } from './frame.ts';

type Point = { rate: number; loss: number | null; smooth: number | null };
export type RateRangeData = { points: readonly Point[]; used: number | null; suggested: number | null; diverges: number | null };

const rateText = (rate: number): string => (rate >= 0.01 && rate < 1000 ? String(Number(rate.toPrecision(2))) : rate.toExponential(1).replace('.0e', 'e').replace('-', '\u2212'));

export const rateRange = defineChart<RateRangeData>({
  type: 'rate-range',
  defaults: { width: 460, height: 230 },
  draw(data, given, document) {
    const options: ChartOptions = { ...rateRange.defaults, ...given };
    const frame = makeFrame(document, 'rate-range', options, { top: 20, right: 24, bottom: 38, left: 50 }, rateRange.summary(data));
    const points = data.points.filter((point) => point.rate > 0);
    const smooth = points.flatMap(({ rate, smooth: value }) => (value !== null && Number.isFinite(value) ? [{ rate, value }] : []));
    if (smooth.length === 0) { emptyNote(frame, 'no steps yet'); return frame.svg; }
    const rules = rulesOf(data);
    const rates = [...points.map((point) => point.rate), ...rules.map((rule) => rule.rate)];
    const [low, high] = [Math.min(...rates), Math.max(...rates)];
    const x = scaleLog([low, high > low ? high : low * 10], [0, frame.width]);
    const y = scaleLinear(lossExtent(smooth.map((point) => point.value)), [frame.height, 0]).nice(4);
    yAxis(frame, y, { values: y.ticks(4), text: figure }, 'loss');
    const decades = x.ticks(10).filter((value) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9);
    xAxis(frame, x, { values: decades.length > 0 ? decades : [low], text: rateText }, { title: 'learning rate', grid: true });
    const at = (value: number): number => Math.min(frame.height, Math.max(-4, y(value)));
    for (const { rate, loss } of points) if (loss !== null && Number.isFinite(loss)) add(frame.plot, 'circle', { class: 'mark rest', cx: x(rate), cy: at(loss), r: 2 }, `rate ${rateText(rate)}: loss ${figure(loss)}`);
    const path = line<{ rate: number; value: number }>((point) => Math.round(x(point.rate) * 100) / 100, (point) => Math.round(at(point.value) * 100) / 100)(smooth);
    if (smooth.length > 1 && path) add(frame.plot, 'path', { class: 'line c1', d: path });
    else add(frame.plot, 'circle', { class: 'dot c1', cx: x(smooth[0]!.rate), cy: at(smooth[0]!.value), r: 4 }, `rate ${rateText(smooth[0]!.rate)}: ${figure(smooth[0]!.value)}`);
    const heights = spread(rules.map((_, index) => 12 + 15 * index), 15, 12, frame.height - 6);
    rules.forEach((rule, index) => {
      const isRight = x(rule.rate) > frame.width / 2;
      add(frame.plot, 'line', { class: `rule ${rule.tone}`, x1: x(rule.rate), x2: x(rule.rate), y1: 0, y2: frame.height });
      write(frame.plot, `${rule.name} ${rateText(rule.rate)}`, { class: `name halo ${rule.tone}`, x: x(rule.rate) + (isRight ? -5 : 5), y: heights[index] ?? 12, 'text-anchor': isRight ? 'end' : 'start' });
    });
    return frame.svg;
  },
  rows: (data) => ({ columns: ['learning rate', 'loss', 'smoothed loss'], cells: data.points.map((point) => [point.rate, point.loss, point.smooth]) }),
  summary(data) {
    if (data.points.length === 0) return 'No steps yet.';
    return `Loss of ${data.points.length} steps against the learning rate; ${rulesOf(data).map((rule) => `${rule.name} ${rateText(rule.rate)}`).join(', ') || 'no rate stands out'}.`;
  },
});

function rulesOf({ used, suggested, diverges }: RateRangeData): { name: string; rate: number; tone: string }[] {
  const all = [{ name: 'in use', rate: used, tone: 'c2' }, { name: 'fastest', rate: suggested, tone: 'good' }, { name: 'diverges', rate: diverges, tone: 'bad' }];
  return all.flatMap((rule) => (rule.rate !== null && rule.rate > 0 && Number.isFinite(rule.rate) ? [{ ...rule, rate: rule.rate }] : []));
}

/** Where it diverges the loss may be a thousandfold: the axis ends a little above where it began. */
function lossExtent(values: readonly number[]): [number, number] {
  const [least, most] = extentOf(values);
  const start = values[0] ?? most;
  return [least, Math.min(most, start + 0.6 * Math.max(start - least, Math.abs(start) * 0.05))];
}
