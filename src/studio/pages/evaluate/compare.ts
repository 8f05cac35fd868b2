// One run against the baseline, metric by metric, and both in words. "Clearly" means that the two 95 % intervals on the
// same test rows do not meet: a careful reading, since a paired test would part some that overlap.
import type { Evaluation, Interval } from '../../../core/evaluate/evaluation.ts';
import { score } from '../../../charts/format.ts';

export type Direction = 'higher' | 'lower';
export type MetricAbout = { type: string; label: string; help: string; better: Direction };
export type Verdict = 'clearly better' | 'clearly worse' | 'not clearly different';
export type Compared = MetricAbout & { own: Interval; base: Interval | null; verdict: Verdict | null };

export function verdictOf(own: Interval, base: Interval, better: Direction): Verdict {
  const sign = better === 'higher' ? 1 : -1;
  const [ownLeast, baseMost] = sign > 0 ? [own.low, base.high] : [-own.high, -base.low];
  const [ownMost, baseLeast] = sign > 0 ? [own.high, base.low] : [-own.low, -base.high];
  return ownLeast > baseMost ? 'clearly better' : ownMost < baseLeast ? 'clearly worse' : 'not clearly different';
}

/** The metrics of `own` in their order; unknown ones keep their type as label. */
export function compareRuns(own: Evaluation, base: Evaluation | null, about: readonly MetricAbout[]): Compared[] {
  return Object.entries(own.metrics).map(([type, interval]) => {
    const known = about.find((one) => one.type === type) ?? { type, label: type, help: '', better: 'higher' as const };
    const other = base?.metrics[type] ?? null;
    return { ...known, own: interval, base: other, verdict: other ? verdictOf(interval, other, known.better) : null };
  });
}

/** A doubt about a score that real questions hardly ever give; null otherwise. */
export function tooGood(compared: readonly Compared[]): string | null {
  const almost = compared.find((one) => (one.type === 'accuracy' || one.type === 'r2') && one.own.value >= 0.999 && !(one.base && one.base.value >= 0.99));
  return almost ? `${almost.label} is almost perfect: make sure that no column is known only after the answer.` : null;
}

/** The page's title. */
export function evaluateFinding(name: string, compared: Compared | undefined, isBaseline: boolean): string {
  if (!compared) return `${name}: could not be scored on these rows`;
  const own = `${compared.label} ${score(compared.own.value)}`;
  if (isBaseline) return `The baseline reaches ${own}: what every model has to beat`;
  if (!compared.base || !compared.verdict) return `${name}: ${own}, with no baseline to compare it with`;
  const against = `${own} against ${score(compared.base.value)}`;
  if (compared.verdict === 'clearly better') return `${name}: clearly better than the baseline, ${against}`;
  return compared.verdict === 'clearly worse' ? `${name}: worse than the baseline, ${against}` : `${name}: not clearly better than the baseline, ${against}`;
}
