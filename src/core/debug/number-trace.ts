// Trace of numbers: trains a while at the highest rate; when a loss or a weight is NaN or infinite, goes back to the last
// sound state and repeats those steps in doubles, op by op, to name the first whose output is no number. A loss that stays
// finite and grows a thousandfold is as lost, and said so.
import type { NetFault } from '../learners/mlp/trace-net.ts';
import { traceNet } from '../learners/mlp/trace-net.ts';
import type { NetMoments, NetOpen } from '../learners/mlp/net-kernels.ts';
import { referenceNets } from '../learners/mlp/reference-net.ts';
import type { NetStudy } from '../learners/mlp/study.ts';
import { defineDebugTool, finite, type DebugContext, type DebugFinding } from './debug.ts';
import { layerName } from './layer-words.ts';
import { batchAt, stepAt, walk, warmRate } from './study-steps.ts';
import { plural, say } from './words.ts';

const steps = 100;
const every = 5;
/** Times the first loss: worth a look when it comes back, lost when it does not; lost whatever comes after. */
const [high, lost] = [1000, 1e5];
type State = { step: number; weights: Float32Array; moments: NetMoments | null };

export const numberTrace = defineDebugTool({
  type: 'number-trace',
  label: 'NaN and infinity trace',
  help: 'Trains a hundred steps at the highest rate; names the first operation, layer and parameter whose result is NaN or infinite.',
  suits: 'nets',
  async run(subject, context) {
    const study = subject.study!(subject.train, subject.seed);
    const kernels = await context.nets();
    const session = await kernels.open({ ...study.open, maxRows: study.batchRows });
    let sound: State = { step: 0, weights: study.open.weights, moments: study.open.moments ?? null };
    let broken = false;
    let losses: number[];
    const each = async (step: number, loss: number): Promise<boolean> => {
      const weights = (step + 1) % every === 0 || !Number.isFinite(loss) ? await session.weights() : null;
      broken = !Number.isFinite(loss) || (weights !== null && !weights.every((w) => Number.isFinite(w)));
      if (weights && !broken) sound = { step: step + 1, weights, moments: await session.moments() };
      return !broken;
    };
    try {
      losses = await walk(study, session, { seed: subject.seed, count: steps, at: (step) => stepAt(step, warmRate(study.rate, step)), each }, context);
    } finally {
      session.dispose();
    }
    const [first, last] = [losses[0], losses[losses.length - 1]];
    const peak = Math.max(...losses);
    const figures = [
      { label: 'steps', value: losses.length },
      { label: 'first loss', value: finite(first) },
      { label: 'highest loss', value: finite(peak) },
      { label: 'last loss', value: finite(last) },
      { label: 'rate', value: study.rate },
      { label: 'backend', value: kernels.backend },
    ];
    const curve = { kind: 'loss' as const, points: losses.map((loss, step) => ({ step: step + 1, loss: finite(loss) })) };
    if (broken) return { ...(await traced(study, sound, losses.length, subject.seed, kernels.backend, context)), figures, curve };
    if (peak > high * Math.abs(first))
      return {
        verdict: peak > lost * Math.abs(first) || last > Math.abs(first) ? 'fail' : 'warn',
        headline: `All results are numbers, but the loss grew from ${say(first)} to ${say(peak)}`,
        explanation: `In ${plural(losses.length, 'step')} at the rate ${say(study.rate)} training ran away; what it had learned is lost, and larger data may overflow. Lower the rate or clip gradients; the learning-rate range says where to.`,
        figures,
        curve,
      };
    return {
      verdict: 'pass',
      headline: `Every result of ${plural(losses.length, 'step')} is a finite number`,
      explanation: `Losses, weights and moments stayed finite at the highest rate of the schedule, ${say(study.rate)}, on ${kernels.backend}.`,
      figures,
      curve,
    };
  },
});

/** Repeats the steps from the last sound state on the reference and looks into each. */
async function traced(
  study: NetStudy,
  sound: State,
  until: number,
  seed: number,
  backend: string,
  context: DebugContext,
): Promise<Pick<DebugFinding, 'verdict' | 'headline' | 'explanation'>> {
  let open: NetOpen = { ...study.open, weights: sound.weights, moments: sound.moments };
  // two steps beyond: doubles overflow a little later than floats
  for (let step = sound.step; step < until + 2; step++) {
    const [batch, at] = [batchAt(study, seed, step), stepAt(step, warmRate(study.rate, step))];
    const fault = traceNet(open, batch, at);
    if (fault) return faultWords(study, fault, step);
    const session = await referenceNets.open({ ...open, maxRows: batch.rows });
    session.step(batch, at);
    open = { ...open, weights: await session.weights(), moments: await session.moments() };
    session.dispose();
    if ((await context.breathe()) === 'stop') break;
  }
  return {
    verdict: 'fail',
    headline: `${backend} gives no number in step ${until}, the reference does`,
    explanation: `The same steps in doubles stay finite, so the loss of numbers comes from the backend's float32 or from the device. Lower the rate, or train with another backend.`,
  };
}

function faultWords({ open: { net }, rate }: NetStudy, fault: NetFault, step: number): Pick<DebugFinding, 'verdict' | 'headline' | 'explanation'> {
  const where = fault.layer === null ? `the ${fault.kind === 'loss' ? 'loss' : `batch's ${fault.kind}`}` : layerName(net, fault.layer);
  const what = {
    batch: 'comes in with the batch',
    weights: 'is in the weights it starts from',
    forward: 'is first the output',
    loss: 'is first the value or slope',
    backward: fault.slot ? 'is first the gradient' : 'is first the slope that is passed back',
    optimiser: 'is first the weight after the optimiser',
  }[fault.phase];
  const slot = fault.slot ? ` (${fault.slot})` : '';
  const why = {
    batch: 'The data or its scaling let it in; look at the features.',
    weights: 'The start, or the model that was gone on from, is broken.',
    forward: `Weights had grown so far that the product leaves float32. The rate ${say(rate)} is too high, or a layer before it needs a norm.`,
    loss: `The scores are too far off for the loss. The rate ${say(rate)} is too high, or the target needs scaling.`,
    backward: `The gradient overflows on its way back. Clip gradients, lower the rate ${say(rate)}, or put a norm in the layers after it.`,
    optimiser: `One step carries the weight beyond float32: the rate ${say(rate)} is too high.`,
  }[fault.phase];
  return {
    verdict: 'fail',
    headline: `${fault.example} ${what} of ${where}${slot}, in step ${step + 1}`,
    explanation: `${plural(fault.count, 'value')} of ${fault.of.toLocaleString('en-US')} there ${fault.count === 1 ? 'is' : 'are'} no finite number; all that was computed before is sound. ${why}`,
  };
}
