// Gradient flow: after some steps, each layer's gradient and weight sizes (root mean square of an element). Gradients that
// shrink towards the inputs vanish, those that grow explode; a healthy net keeps them within a few powers of ten.
import type { NetWatch } from '../learners/mlp/net-kernels.ts';
import type { Net } from '../models/net/net.ts';
import { slotsOf } from '../models/net/net.ts';
import { defineDebugTool, finite, skipped } from './debug.ts';
import { flowOf } from './layer-words.ts';
import { stepAt, walk, warmRate } from './study-steps.ts';
import { plural, say } from './words.ts';

const steps = 50;

export const gradientFlow = defineDebugTool({
  type: 'gradient-flow',
  label: 'Gradient flow',
  help: 'Gradient and weight size of each layer after 50 steps: vanishing, exploding or sound.',
  suits: 'nets',
  async run(subject, context) {
    const study = subject.study!(subject.train, subject.seed);
    const session = await (await context.nets()).open({ ...study.open, maxRows: study.batchRows });
    try {
      const losses = await walk(
        study,
        session,
        { seed: subject.seed, count: steps, at: (step) => stepAt(step, warmRate(study.rate, step), { watch: step % 10 === 9 || step === steps - 1 }) },
        context,
      );
      const watch = await session.watch();
      const flow = flowOf(study.open.net, watch).filter((f) => f.layer >= 0);
      const figures = flow.flatMap((f) => [
        { label: `gradient of ${f.name}`, value: finite(f.gradient) },
        { label: `weights of ${f.name}`, value: finite(f.weight) },
      ]);
      if (flow.length === 0) return skipped('The net has no weights', 'There is no gradient to look at.');
      const done = `Root mean square of an element after ${plural(losses.length, 'step')} at the rate ${say(study.rate)}.`;
      const broken = flow.find((f) => !Number.isFinite(f.gradient) || !Number.isFinite(f.weight));
      if (broken)
        return {
          verdict: 'fail',
          headline: `The gradient of ${broken.name} is no number`,
          explanation: `${done} Run the trace of NaN and infinity: it names the first operation.`,
          figures,
        };
      const end = Math.max(flow[flow.length - 1].gradient, endBias(study.open.net, watch));
      const least = flow.reduce((a, b) => (b.gradient < a.gradient ? b : a));
      const most = flow.reduce((a, b) => (b.gradient > a.gradient ? b : a));
      if (least.gradient === 0)
        return {
          verdict: 'fail',
          headline: `No gradient reaches ${least.name}`,
          explanation: `${done} It stays as it started. A layer after it is dead or saturated (see there), or multiplies by zero.`,
          figures,
        };
      const [shrinks, grows] = [least.gradient / end, most.gradient / end];
      if (shrinks < 1e-3)
        return {
          verdict: shrinks < 1e-5 ? 'fail' : 'warn',
          headline: `Gradients vanish: ${least.name} gets ${say(shrinks)} of what comes in from the loss`,
          explanation: `${done} Layers near the inputs learn that much more slowly. Add batch or layer norm, residual blocks or fewer layers; relu, silu or selu instead of tanh.`,
          figures,
        };
      if (grows > 1e3 || most.gradient > 1e4)
        return {
          verdict: grows > 1e5 || most.gradient > 1e6 ? 'fail' : 'warn',
          headline: `Gradients explode: ${most.name} gets ${say(most.gradient)}, ${say(end)} comes in from the loss`,
          explanation: `${done} Steps are led by a few layers. Clip gradients, add norms, or lower the rate and the start's scale.`,
          figures,
        };
      return {
        verdict: 'pass',
        headline: `Gradients reach every layer: ${say(least.gradient)} to ${say(most.gradient)} an element`,
        explanation: `${done} The smallest is ${say(shrinks)} and the largest ${say(grows)} times what comes in from the loss, so all learn at comparable speed.`,
        figures,
      };
    } finally {
      session.dispose();
    }
  },
});

/** Root mean square of the gradient of the last layer's bias: the slope of the loss itself. */
function endBias(net: Net, watch: NetWatch): number {
  const slots = slotsOf(net);
  const at = slots.findIndex((slot) => slot.layer === net.layers.length - 1 && slot.role === 'bias');
  return at < 0 ? 0 : watch.gradientNorms[at] / Math.sqrt(slots[at].size);
}
