// What a learning curve says, in one sentence: still falling, flat, or rising again (with the best step named). `unit` is what
// a step is: trees, epochs, iterations.
import type { CurvePoint } from '../../../core/base/task.ts';
import { count, figure } from '../../format.ts';

export function curveFinding(curve: readonly CurvePoint[], unit = 'steps'): string {
  const one = unit.replace(/s$/, '');
  const last = curve.at(-1);
  if (last === undefined) return 'No curve yet';
  const valid = curve.filter((point) => point.valid !== null);
  if (valid.length < 3) return `Training loss ${figure(last.train)} after ${count(last.step)} ${unit}`;
  const best = valid.reduce((a, b) => (b.valid! < a.valid! ? b : a));
  const end = valid.at(-1)!;
  const span = Math.max(...valid.map((point) => point.valid!)) - best.valid!;
  const late = valid[Math.max(0, Math.min(valid.length - 2, Math.floor(valid.length * 0.9)))]!;
  const isLate = best.step >= late.step && end.valid! - best.valid! <= 0.005 * span;
  if (isLate && late.valid! - best.valid! < 0.005 * span) return `Validation loss has settled after ${count(end.step)} ${unit}`;
  if (isLate) return `Validation loss still falls after ${count(end.step)} ${unit}`;
  return end.valid! - best.valid! > 0.02 * Math.max(span, 1e-12) ? `Validation loss was best at ${one} ${count(best.step)} and rises since` : `Validation loss is flat from ${one} ${count(best.step)}`;
}
