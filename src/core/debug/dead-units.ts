// Dead and saturated units: after some training, the share of each activation's units that are 0 (relu) or beyond 0.99 (tanh)
// on every one of up to 1,024 rows. Such units pass no gradient and stay as they are; many of them are capacity lost.
import { sequence, shuffle } from '../base/random.ts';
import { widthsOf } from '../models/net/net.ts';
import { defineDebugTool, skipped } from './debug.ts';
import { layerName } from './layer-words.ts';
import { stepAt, walk, warmRate } from './study-steps.ts';
import { percent, plural, say } from './words.ts';

const steps = 150;
const lookedAt = 1024;

export const deadUnits = defineDebugTool({
  type: 'dead-units',
  label: 'Dead and saturated units',
  help: 'Trains 150 steps and counts the units that say the same on every row: dead relu, saturated tanh.',
  suits: 'nets',
  async run(subject, context) {
    const study = subject.study!(subject.train, subject.seed);
    const { net } = study.open;
    const kinds = net.layers.flatMap((layer, l) => (layer.kind === 'activate' ? [{ by: layer.by, l }] : []));
    if (!kinds.length) return skipped('The net has no activation', 'It is linear: no unit can die.');
    const some = Math.min(lookedAt, study.rows.length);
    const session = await (await context.nets()).open({ ...study.open, maxRows: Math.max(some, study.batchRows) });
    try {
      const losses = await walk(study, session, { seed: subject.seed, count: steps, at: (step) => stepAt(step, warmRate(study.rate, step)) }, context);
      session.step(
        study.batch(shuffle(study.rows.slice(), sequence(subject.seed, 'debug-dead')).slice(0, some)),
        stepAt(losses.length, 0, { decay: 0, drop: 0, watch: true }),
      );
      const { dead } = await session.watch();
      const shares = kinds
        .filter(({ by }) => by === 'relu' || by === 'tanh')
        .map(({ by, l }) => ({ l, word: by === 'tanh' ? 'saturated' : 'dead', share: dead[l], units: widthsOf(net)[l + 1] }));
      const done = `After ${plural(losses.length, 'step')} at the rate ${say(study.rate)}, looked at on ${plural(some, 'row')}.`;
      if (!shares.length)
        return {
          verdict: 'pass',
          headline: `No unit can die: ${[...new Set(kinds.map((k) => k.by))].join(', ')} always passes some gradient`,
          explanation: `Only relu and tanh have a flat part. ${done}`,
          figures: [],
        };
      const worst = shares.reduce((a, b) => (b.share > a.share ? b : a));
      const verdict = worst.share > 0.9 ? 'fail' : worst.share > 0.4 ? 'warn' : 'pass';
      const figures = shares.map(({ l, word, share }) => ({ label: `${word} in ${layerName(net, l)}`, value: share }));
      const headline =
        verdict === 'pass'
          ? worst.share === 0
            ? `No unit of ${plural(shares.length, 'activation')} is dead or saturated`
            : `At most ${percent(worst.share)} of a layer's units are ${worst.word}`
          : `${percent(worst.share)} of the ${worst.units} units of ${layerName(net, worst.l)} are ${worst.word}`;
      const explanation =
        verdict === 'pass'
          ? `${done} A few units that rest are usual.`
          : `${done} They say the same whatever the row, get no gradient and will not come back: that much of the layer is lost${verdict === 'fail' ? ', and what lies before it cannot learn' : ''}. Lower the learning rate, start biases near zero, put a norm before the activation, or use silu.`;
      return { verdict, headline, explanation, figures };
    } finally {
      session.dispose();
    }
  },
});
