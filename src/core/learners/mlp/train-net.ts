// The training loop: epochs over a seeded shuffle until the plan, the patience or the person ends them; the best epoch is kept.
// After every epoch the state is whole, so a lost device goes on from there with the next backend, and a checkpoint can too.
import { BarnacleError, isBarnacleError } from '../../base/errors.ts';
import { sequence, shuffle, streamOf } from '../../base/random.ts';
import type { FitContext } from '../learner.ts';
import { openBatches, type BatchSource } from './batch-source.ts';
import { watchNumbers } from './epoch-report.ts';
import type { NetBatch, NetKernels, NetOpen, NetSession, NetStep } from './net-kernels.ts';
import type { NetPlan } from './net-plan.ts';
import { checkpointOf, type NetState } from './net-state.ts';
import { flatThenDown, shareAt } from './schedules.ts';
import { metricName, openValid } from './score-valid.ts';
import { traceNet, type NetFault } from './trace-net.ts';

const shuffleStream = streamOf('mlp-shuffle');
/** Steps between two waits for the device: bounds what a GPU is behind by, and how late a stop is seen. */
const stepsPerWait = 16;

/** The weights to serve. Going on from a model, its own weights are the best so far where validation rows can tell. */
export async function trainNet(plan: NetPlan, begin: NetState, context: FitContext, first: NetKernels): Promise<Float32Array> {
  let state = begin;
  const batches = openBatches(plan);
  const valid = context.valid?.target && context.valid.rows > 0 ? openValid(plan, context.valid) : null;
  let { kernels, session } = await openOn(first, openOf(plan, state, context.seed));
  try {
    if (context.from && valid && state.epoch === 0) state = { ...state, best: { ...state.best, loss: (await valid.score(session)).loss } };
    while (state.epoch < plan.epochs && !isSpent(plan, state, valid !== null)) {
      const epoch = state.epoch + 1;
      try {
        const began = context.now();
        const { loss, stopped, done, last } = await runEpoch(plan, session, batches, epoch, context);
        const [weights, moments, watch] = [await session.weights(), await session.moments(), await session.watch()];
        const ms = context.now() - began;
        if (!Number.isFinite(loss) || !weights.every(Number.isFinite)) {
          if (state.best.epoch === 0 && state.best.loss === null) throw failure(plan, state, context.seed, last, loss);
          context.report({ stage: 'fit', done: 1, text: `epoch ${epoch}: the loss became ${loss}; epoch ${state.best.epoch} is kept` });
          break;
        }
        const scored = valid ? await valid.score(session) : null;
        const isBest = scored === null || (Number.isFinite(scored.loss) && (state.best.loss === null || scored.loss < state.best.loss - 1e-6 * Math.abs(state.best.loss)));
        const best = isBest ? { epoch, loss: scored?.loss ?? null, weights } : state.best;
        state = { epoch, weights, moments, best };
        const kept = state;
        if (!stopped) context.keep?.(epoch, () => checkpointOf(plan, kept));
        const held = session.held();
        context.report({
          stage: 'fit', done: epoch / plan.epochs, text: `epoch ${epoch} of at most ${plan.epochs}: loss ${(loss * plan.unit).toPrecision(4)}${scored ? `, validation ${(scored.loss * plan.unit).toPrecision(4)}` : ''}`,
          point: {
            step: epoch, train: loss * plan.unit, valid: scored && Number.isFinite(scored.loss) ? scored.loss * plan.unit : null, rowsPerSecond: ms > 0 ? Math.round((done * 1000) / ms) : null,
            extra: { ...(scored && Number.isFinite(scored.metric) ? { [metricName(plan.task)]: scored.metric } : {}), rate: rateOf(plan, (epoch - 1) * stepsOf(plan)), ...watchNumbers(plan.net, watch), 'held.tensors': held.tensors, 'held.bytes': held.bytes },
          },
        });
        if (stopped) break;
      } catch (error) {
        if (!isBarnacleError(error, 'no-backend')) throw error;
        const next = await kernels.stepDown();
        if (!next) throw error;
        context.report({ stage: 'fit', done: (epoch - 1) / plan.epochs, text: `${kernels.backend} was lost; epoch ${epoch} starts again on ${next.backend}` });
        session.dispose();
        ({ kernels, session } = await openOn(next, openOf(plan, state, context.seed)));
      }
    }
    return state.best.weights;
  } finally {
    session.dispose();
  }
}

/** There, or on what it steps down to when its device is gone before the first step. */
async function openOn(first: NetKernels, options: NetOpen): Promise<{ kernels: NetKernels; session: NetSession }> {
  for (let kernels = first; ; ) {
    try {
      return { kernels, session: await kernels.open(options) };
    } catch (error) {
      const next = isBarnacleError(error, 'no-backend') ? await kernels.stepDown() : null;
      if (!next) throw error;
      kernels = next;
    }
  }
}

export function openOf(plan: NetPlan, { weights, moments }: Pick<NetState, 'weights' | 'moments'>, seed: number): NetOpen {
  return { net: plan.net, loss: plan.loss, optimizer: plan.optimizer, weights, moments, seed, maxRows: plan.batch };
}

const stepsOf = ({ rows, batch }: NetPlan): number => Math.ceil(rows.length / batch);
const isSpent = ({ patience }: NetPlan, { epoch, best }: NetState, isValid: boolean): boolean => isValid && patience > 0 && best.loss !== null && epoch - best.epoch >= patience;
const rateOf = (plan: NetPlan, step: number): number => plan.settings.rate * shareAt(plan.settings.schedule, Math.min(1, (step + 0.5) / (plan.epochs * stepsOf(plan))));

function stepOf(plan: NetPlan, step: number, watch: boolean): NetStep {
  const t = Math.min(1, step / (plan.epochs * stepsOf(plan)));
  const share = plan.settings.isRelaxed ? flatThenDown(t) : 1;
  return { rate: rateOf(plan, step), decay: share, drop: share, step, watch };
}

type Epoch = { loss: number; stopped: boolean; done: number; last: { batch: NetBatch; at: NetStep } | null };

/** A stop ends it within a step; the last step of the epoch is watched. */
async function runEpoch(plan: NetPlan, session: NetSession, batches: BatchSource, epoch: number, context: FitContext): Promise<Epoch> {
  const order = shuffle(plan.rows.slice(), sequence(context.seed, (shuffleStream + epoch) | 0));
  const steps = stepsOf(plan);
  let [sum, weighed, since, stopped, done] = [0, 0, 0, false, 0];
  let last: Epoch['last'] = null;
  for (let step = 0; step < steps && !stopped; step++) {
    const to = Math.min(order.length, (step + 1) * plan.batch);
    const batch = batches.batch(order, step * plan.batch, to);
    const at = stepOf(plan, (epoch - 1) * steps + step, step + 1 === steps || (step === 0 && steps > 1));
    last = { batch, at };
    session.step(batch, at);
    [done, since] = [to, since + 1];
    if ((await context.breathe()) === 'stop') stopped = true;
    if (since < stepsPerWait && step + 1 < steps && !stopped) continue;
    sum += (await session.loss()) * since;
    weighed += since;
    since = 0;
  }
  return { loss: sum / Math.max(1, weighed), stopped, done, last };
}

/** What to say when the first epoch is no numbers: the tracer repeats its last step from the weights it began with. */
function failure(plan: NetPlan, state: NetState, seed: number, last: Epoch['last'], loss: number): BarnacleError<'numeric-failure'> {
  const fault = last ? traceNet(openOf(plan, state, seed), last.batch, last.at) : null;
  const where = fault ? `, first in ${wordsOf(fault)}` : '';
  return new BarnacleError('numeric-failure', `the net's loss became ${loss} in its first epoch${where}; lower the learning rate`, { where: fault ? wordsOf(fault) : 'mlp', value: String(loss) });
}

const wordsOf = ({ phase, layer, kind, slot }: NetFault): string => `${phase} of ${layer === null || layer < 0 ? kind : `layer ${layer} (${kind})`}${slot ? `, ${slot}` : ''}`;
