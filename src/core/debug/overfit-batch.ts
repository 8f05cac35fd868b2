// Overfit one batch: a net without dropout and decay must bring the loss of 64 rows near zero. When it does not, the layer
// that starves is named: one whose units are dead, else the one that gets the least gradient for its weights.
import type { NetWatch } from '../learners/mlp/net-kernels.ts';
import type { NetStudy } from '../learners/mlp/study.ts';
import { defineDebugTool, finite, skipped, type DebugContext, type DebugFinding, type DebugSubject } from './debug.ts';
import { fewRows } from './few-rows.ts';
import { flowOf, layerName } from './layer-words.ts';
import { overfitRows } from './overfit-rows.ts';
import { stepAt } from './study-steps.ts';
import { percent, plural, say } from './words.ts';

const mostSteps = 600;
/** Shares of the first loss: reached, and nearly. */
const [near, partly] = [0.02, 0.2];
/** A rate that suits nearly every net with AdamW: tells a rate that is off from a net that is. */
const plainRate = 3e-3;

export const overfitBatch = defineDebugTool({
  type: 'overfit-batch',
  label: 'Overfit one batch',
  help: 'Trains on up to 64 rows without regularisation: the loss must come near zero, or it says which layer of a net starves.',
  suits: 'all',
  run: (subject, context) => (subject.study ? overfitNet(subject, context) : overfitRows(subject, context)),
});

type Attempt = { points: { step: number; loss: number | null }[]; first: number; last: number; watch: NetWatch };

async function overfitNet(subject: DebugSubject, context: DebugContext): Promise<Omit<DebugFinding, 'id' | 'label'>> {
  const rows = fewRows(subject.train, subject.seed);
  const study = subject.study!(subject.train, subject.seed);
  const own = await attempt(study, rows, study.rate, false, context);
  if (own.first <= 0) return skipped('The loss of the rows drawn is zero from the start', 'There is nothing to learn in them; draw with another seed.');
  const left = Math.max(0, own.last) / own.first;
  const verdict = left <= near ? 'pass' : left <= partly ? 'warn' : 'fail';
  const figures = [
    { label: 'rows', value: rows.length },
    { label: 'steps', value: own.points.length },
    { label: 'first loss', value: finite(own.first) },
    { label: 'last loss', value: finite(own.last) },
    { label: 'share of the loss that is left', value: finite(left) },
    { label: 'learning rate', value: study.rate },
  ];
  const curve = { kind: 'loss' as const, points: own.points };
  const done = `The net was trained on the same ${plural(rows.length, 'row')} for ${plural(own.points.length, 'step')}, without dropout, weight decay or label smoothing.`;
  if (verdict === 'pass')
    return {
      verdict,
      headline: `It learns ${plural(rows.length, 'row')} by heart: loss ${say(own.first)} to ${say(own.last)}`,
      explanation: `${done} Gradients reach every layer, the loss is the right one for the target, and the net is large enough.`,
      figures,
      curve,
    };
  const other =
    own.last === own.last && study.rate >= plainRate / 3 && study.rate <= plainRate * 3 ? null : await attempt(study, rows, plainRate, true, context);
  if (other && other.last / other.first <= near)
    return {
      verdict,
      headline: `The learning rate ${say(study.rate)} is off: loss ${say(own.first)} to ${say(own.last)}, with ${say(plainRate)} to ${say(other.last)}`,
      explanation: `${done} With the rate ${say(plainRate)} the same net does it, so the net is sound and its rate is too ${study.rate > plainRate ? 'high' : 'low'}. Run the learning-rate range to find a better one.`,
      figures: [...figures, { label: `last loss at ${say(plainRate)}`, value: other.last }],
      curve,
    };
  const starved = starving(study, (other ?? own).watch);
  const headline =
    verdict === 'warn' ? `${percent(left)} of the loss is left on one batch: ${starved.headline}` : `It cannot learn one batch: ${starved.headline}`;
  return {
    verdict,
    headline,
    explanation: `${done} ${own.last === own.last ? `${percent(left)} of the first loss is left.` : 'The loss is no number any more: run the trace of numbers.'} ${starved.explanation}`,
    figures: [...figures, ...starved.figures],
    curve,
  };
}

async function attempt(study: NetStudy, rows: Int32Array, rate: number, even: boolean, context: DebugContext): Promise<Attempt> {
  const optimizer = even ? { ...study.open.optimizer, rates: study.open.optimizer.rates.map(() => 1) } : study.open.optimizer;
  const session = await (await context.nets()).open({ ...study.open, optimizer, maxRows: rows.length });
  try {
    const batch = study.batch(rows, true);
    const points: Attempt['points'] = [];
    let [first, last] = [NaN, NaN];
    for (let step = 0; step < mostSteps; step++) {
      session.step(batch, stepAt(step, rate, { decay: 0, drop: 0 }));
      last = await session.loss();
      if (step === 0) first = last;
      points.push({ step: step + 1, loss: finite(last) });
      if (step % 20 === 0) context.report({ stage: 'debug', done: step / mostSteps, text: `step ${step + 1}: loss ${say(last)}` });
      if (!Number.isFinite(last) || last <= 0.5 * near * first || (await context.breathe()) === 'stop') break;
    }
    session.step(batch, stepAt(points.length, 0, { decay: 0, drop: 0, watch: true }));
    return { points, first, last, watch: await session.watch() };
  } finally {
    session.dispose();
  }
}

function starving({ open: { net } }: NetStudy, watch: NetWatch): { headline: string; explanation: string; figures: DebugFinding['figures'] } {
  const dead = [...watch.dead]
    .map((share, layer) => ({ share, layer }))
    .filter(({ share }) => share >= 0.5)
    .sort((a, b) => b.share - a.share)[0];
  if (dead)
    return {
      headline: `${layerName(net, dead.layer)} starves, ${percent(dead.share)} of its units are ${deadWord(net, dead.layer)}`,
      explanation: `Units that say the same on every row pass no gradient on, so what lies before ${layerName(net, dead.layer)} cannot learn. Start its biases nearer to zero, lower the learning rate, put a norm before it, or choose silu.`,
      figures: [{ label: `dead or saturated in ${layerName(net, dead.layer)}`, value: dead.share }],
    };
  const flow = flowOf(net, watch).map((f) => ({ ...f, ratio: f.gradient / (f.weight + 1e-12) }));
  const least = flow.sort((a, b) => a.ratio - b.ratio)[0];
  if (!least) return { headline: 'the loss does not fall', explanation: 'The net has no weights to learn with.', figures: [] };
  return {
    headline: `${least.name} starves, its gradient is ${say(least.ratio)} of its weights`,
    explanation: `Of all layers ${least.name} gets the least gradient for its weights. More units, a norm before it, another activation or a higher rate may feed it; a target that the features cannot tell apart may also be why.`,
    figures: flow.map((f) => ({ label: `gradient / weight, ${f.slot}`, value: finite(f.ratio) })),
  };
}

const deadWord = (net: NetStudy['open']['net'], layer: number): string => {
  const kind = net.layers[layer];
  return kind.kind === 'activate' && kind.by === 'tanh' ? 'saturated' : 'dead';
};
