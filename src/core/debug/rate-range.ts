// Learning-rate range test (Smith 2017): one pass of steps whose rate grows exponentially from 1e-7 to 10, the loss smoothed.
// Batches differ in how hard they are by more than a step changes: each loss is held against that of the same batch (with the
// same dropout) before any training, so what is drawn is the change alone, times the mean loss at the start.
// Suggested is the rate of the steepest descent by log rate; it diverges where the smoothed loss is 4 times its lowest
// and half as much again as at the start (a lowest near zero says little).
import { exp, log } from '../base/numerics.ts';
import { defineDebugTool, finite, type DebugFinding } from './debug.ts';
import { stepAt, walk } from './study-steps.ts';
import { say } from './words.ts';

const [lowest, highest, steps] = [1e-7, 10, 120];
const keep = 0.85;
type Point = { rate: number; loss: number; smooth: number };

export const rateRange = defineDebugTool({
  type: 'rate-range',
  label: 'Learning-rate range',
  help: 'Raises the rate from 1e-7 to 10 step by step: suggests the rate of the steepest descent, and says where training diverges.',
  suits: 'nets',
  async run(subject, context) {
    const study = subject.study!(subject.train, subject.seed);
    const [kernels, { seed }] = [await context.nets(), subject];
    const untrained = await kernels.open({ ...study.open, maxRows: study.batchRows });
    const control = await walk(study, untrained, { seed, count: steps, at: (step) => stepAt(step, 0, { decay: 0 }) }, context).finally(() =>
      untrained.dispose(),
    );
    const start = control.reduce((a, b) => a + b, 0) / control.length;
    const session = await kernels.open({ ...study.open, maxRows: study.batchRows });
    const points: Point[] = [];
    let [sum, weight] = [0, 0];
    const rateOf = (step: number): number => lowest * exp((log(highest / lowest) * step) / (steps - 1));
    const each = (step: number, own: number): boolean => {
      const loss = control[step] > 0 ? (own / control[step]) * start : own;
      sum = keep * sum + (1 - keep) * loss;
      weight = keep * weight + (1 - keep);
      points.push({ rate: rateOf(step), loss, smooth: sum / weight });
      const least = Math.min(...points.map((p) => p.smooth));
      return Number.isFinite(loss) && !(step > 20 && sum / weight > 2 * boundOf(points[0].smooth, least));
    };
    try {
      await walk(study, session, { seed, count: control.length, at: (step) => stepAt(step, rateOf(step)), each }, context);
    } finally {
      session.dispose();
    }
    return judge(points, study.rate);
  },
});

/** The verdict on the rate that is used. */
export function judge(points: readonly Point[], used: number): Omit<DebugFinding, 'id' | 'label'> {
  const sound = points.filter((p) => Number.isFinite(p.smooth));
  const least = sound.reduce((a, b) => (b.smooth < a.smooth ? b : a), sound[0] ?? { rate: NaN, loss: NaN, smooth: NaN });
  const diverges = divergesAt(points, least);
  const suggested = steepest(sound, least);
  const curve = {
    kind: 'rates' as const,
    points: points.map((p) => ({ rate: p.rate, loss: finite(p.loss), smooth: finite(p.smooth) })),
    used,
    suggested,
    diverges,
  };
  const figures = [
    { label: 'rate used', value: used },
    { label: 'suggested: steepest descent', value: suggested },
    { label: 'lowest smoothed loss at', value: finite(least.rate) },
    { label: 'diverges from', value: diverges },
  ];
  const done = `The rate was raised from ${say(points[0]?.rate ?? lowest)} to ${say(points[points.length - 1]?.rate ?? highest)} over ${points.length} batches, starting anew.`;
  if (suggested === null)
    return {
      verdict: 'fail',
      headline: 'No learning rate makes the loss fall',
      explanation: `${done} The smoothed loss never fell below where it began. Overfit one batch to see whether the net can learn at all.`,
      figures,
      curve,
    };
  const tooHigh = diverges !== null && used >= diverges;
  const verdict = tooHigh ? 'fail' : used > 0.5 * (diverges ?? Infinity) || used < suggested / 30 ? 'warn' : 'pass';
  const headline = tooHigh
    ? `The rate ${say(used)} lies where training diverges (from ${say(diverges)}); the loss falls fastest at ${say(suggested)}`
    : verdict === 'pass'
      ? `The rate ${say(used)} is in the range that works; the loss falls fastest at ${say(suggested)}`
      : used < suggested
        ? `The rate ${say(used)} is slow: the loss falls fastest at ${say(suggested)}`
        : `The rate ${say(used)} is close to where training diverges, ${say(diverges)}`;
  const advice = tooHigh
    ? `Set the rate to ${say(suggested)} or below.`
    : used < suggested / 30
      ? `A rate of ${say(suggested)} would need far fewer epochs.`
      : 'A schedule that warms up and decays bears a peak somewhat above the suggested rate.';
  return {
    verdict,
    headline,
    explanation: `${done} Below the suggested rate it learns slowly, beyond it ever less stably${diverges === null ? '; it did not diverge up to the highest rate tried' : ''}. ${advice}`,
    figures,
    curve,
  };
}

const boundOf = (start: number, least: number): number => Math.max(4 * least, 1.5 * start);

function divergesAt(points: readonly Point[], least: Point): number | null {
  const from = points.findIndex((p) => p.rate === least.rate);
  for (const p of points.slice(Math.max(0, from))) if (!Number.isFinite(p.loss) || p.smooth > boundOf(points[0].smooth, least.smooth)) return p.rate;
  return null;
}

/** Null when the loss nowhere falls by a hundredth of where it began. */
function steepest(points: readonly Point[], least: Point): number | null {
  const before = points.filter((p) => p.rate <= least.rate);
  const start = before.slice(0, 5).reduce((sum, p) => sum + p.smooth, 0) / Math.max(1, Math.min(5, before.length));
  if (!(least.smooth < start - 0.01 * Math.abs(start))) return null;
  let best = { slope: 0, rate: least.rate };
  const reach = 4;
  for (let k = reach; k + reach < before.length; k++) {
    const slope = (before[k + reach].smooth - before[k - reach].smooth) / (log(before[k + reach].rate) - log(before[k - reach].rate));
    if (slope < best.slope) best = { slope, rate: before[k].rate };
  }
  return best.rate;
}
