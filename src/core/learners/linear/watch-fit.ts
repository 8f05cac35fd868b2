// Between a solver and the person: points of the curve in the target's units, rows per second, the validation loss, and whether a stop was said.
import type { WorkContext } from '../../base/task.ts';
import type { FitContext } from '../learner.ts';
import { meanLoss, type Point } from './objective.ts';
import { truthOf, type Opened } from './open-problem.ts';

export interface Watch {
  readonly context: WorkContext;
  readonly seed: number;
  seen(point: Point, iteration: number): void;
  say(step: number, train: number, valid: number | null): void;
  iterations(): number;
  isStopped(): boolean;
  /** Mean loss last seen, in the solver's units. */
  lastLoss(): number | null;
}

export function watchFit({ problem, present, shift, spread }: Opened, context: FitContext): Watch {
  const { valid } = context;
  const seen = valid && valid.target ? { ...problem, matrix: valid, truth: truthOf(valid, present, shift, spread) } : null;
  const hasKnownTruth = seen !== null && (valid!.target!.kind === 'value' || seen.truth.every((y) => y >= 0));
  let [last, iterations, isStopped] = [context.now(), 0, false];
  let lastLoss: number | null = null;
  const unit = problem.loss === 'squared' ? 2 * spread * spread : 1;
  const say = (step: number, loss: number, validLoss: number | null): void => {
    const now = context.now();
    const rowsPerSecond = now > last ? (problem.matrix.rows * 1000) / (now - last) : null;
    last = now;
    iterations = step;
    lastLoss = loss;
    const train = loss * unit;
    context.report({ stage: 'fit', done: null, text: `iteration ${step}: loss ${train.toPrecision(5)}`, point: { step, train: Number.isFinite(train) ? train : null, valid: validLoss, rowsPerSecond } });
  };
  const watched: WorkContext = {
    ...context,
    breathe: async () => {
      const word = await context.breathe();
      isStopped ||= word === 'stop';
      return word;
    },
  };
  return {
    context: watched,
    seed: context.seed,
    seen: (point, step) => say(step, point.mean, seen && hasKnownTruth ? meanLoss(seen, point.theta) * unit : null),
    say,
    iterations: () => iterations,
    isStopped: () => isStopped,
    lastLoss: () => lastLoss,
  };
}
