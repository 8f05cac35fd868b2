// Seed sweep: the same fit with several seeds. What the score moves by luck alone is the smallest difference between two
// models that means anything; the spread is held against what the model gains over the baseline.
import { defineDebugTool, finite } from './debug.ts';
import { fitBaseline, fitSubject, gain, metricOf, scoreOf } from './fit-score.ts';
import { percent, say } from './words.ts';

const seeds = 5;

export const seedSweep = defineDebugTool({
  type: 'seed-sweep',
  label: 'Seed sweep',
  help: 'Fits it with five seeds on the same rows: how far the score moves by luck alone, against what the model gains over the baseline.',
  suits: 'all',
  async run(subject, context) {
    const metric = metricOf(subject);
    const points: { seed: number; score: number }[] = [];
    for (let k = 0; k < seeds; k++) {
      context.report({ stage: 'debug', done: k / seeds, text: `fitting with seed ${subject.seed + k}` });
      const model = await fitSubject(subject, subject.train, subject.valid, subject.seed + k, context);
      const score = scoreOf(metric, model, subject.test, context);
      if (Number.isFinite(score)) points.push({ seed: subject.seed + k, score });
      if ((await context.breathe()) === 'stop') break;
    }
    const baseline = scoreOf(metric, await fitBaseline(subject.train, context), subject.test, context);
    const scores = points.map((p) => p.score);
    if (scores.length < 2)
      return {
        verdict: 'skipped',
        headline: 'Too few fits to tell a spread',
        explanation: 'It was stopped, or the score is not defined on the test rows.',
        figures: [],
      };
    const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
    const sd = Math.sqrt(scores.reduce((sum, s) => sum + (s - mean) * (s - mean), 0) / (scores.length - 1));
    const [low, high] = [Math.min(...scores), Math.max(...scores)];
    const learned = gain(metric, mean, baseline);
    const share = learned > 0 ? sd / learned : Infinity;
    const equal = low === high;
    const verdict = !(learned > 0) ? 'fail' : share <= 0.1 ? 'pass' : share <= 0.33 ? 'warn' : 'fail';
    const figures = [
      { label: `mean ${metric.label}`, value: mean },
      { label: 'standard deviation', value: sd },
      { label: 'lowest', value: low },
      { label: 'highest', value: high },
      { label: 'baseline', value: finite(baseline) },
      { label: 'spread / gain over the baseline', value: finite(share) },
    ];
    const done = `${points.length} fits with seeds ${points[0].seed} to ${points[points.length - 1].seed} on the same training rows, scored on the same test rows.`;
    const headline = !(learned > 0)
      ? `On average no better than the baseline: ${metric.label} ${say(mean)} against ${say(baseline)}`
      : equal
        ? `The seed changes nothing: ${metric.label} ${say(mean)} each time`
        : `${metric.label} ${say(mean)} ± ${say(sd)} over ${points.length} seeds: luck is ${percent(share)} of what it gains`;
    const meaning = !(learned > 0)
      ? 'The model does not beat saying the same for every row; look at the other findings before comparing anything.'
      : equal
        ? 'This learner draws nothing by chance with these parameters, so one fit says all.'
        : verdict === 'pass'
          ? `Differences above about ${say(2 * sd)} between two models are more than luck of the seed.`
          : `Do not choose between models by differences below ${say(2 * sd)}: another seed may turn them round. Average several fits, train longer or on more rows, or lower the learning rate.`;
    return {
      verdict,
      headline,
      explanation: `${done} ${meaning}`,
      figures,
      curve: { kind: 'seeds', metric: metric.type, label: metric.label, better: metric.better, points, baseline: finite(baseline) },
    };
  },
});
