// Shuffled labels: with the target torn from its rows before the recipe is fitted, nothing is left to learn, so the score
// on test rows must be that of chance. Whatever beats it has seen the answers of test rows: a leak in recipe, split or scoring.
// Chance is measured: the same predictions against 199 further permutations of the test rows' target.
import { sequence, shuffle } from '../base/random.ts';
import { predictModel } from '../models/predict-model.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Matrix } from '../table/matrix.ts';
import { defineDebugTool, finite, skipped, type DebugContext, type DebugSubject } from './debug.ts';
import { fitBaseline, fitSubject, metricOf, scoreOf, takeMatrix } from './fit-score.ts';
import { percent, say } from './words.ts';

const draws = 199;
/** One shuffle in 200 is so lucky by chance; a second of its own must be, too. */
const rare = 0.005;
const mostTestRows = 10_000;

type Trial = { score: number; baseline: number; middle: number; bound: number; share: number };

export const shuffledLabels = defineDebugTool({
  type: 'shuffled-labels',
  label: 'Shuffled labels',
  help: 'Trains on a target that was shuffled before the recipe saw it: the score must fall to that of chance, else answers leak into the features or the test.',
  suits: 'all',
  async run(subject, context) {
    if (subject.learner.unsupervised)
      return skipped(
        `${subject.learner.label} never looks at the target while it learns`,
        'Shuffling the target changes nothing for it, so nothing can be told from it.',
      );
    const metric = metricOf(subject);
    const first = await tryShuffle(subject, subject.seed, context);
    if (!first)
      return skipped(
        `${metric.label} is not defined on the shuffled test rows`,
        'The test part holds too few rows or classes for a score; give it a larger share.',
      );
    const second = first.share <= rare ? await tryShuffle(subject, subject.seed + 1, context) : null;
    const leaks = second !== null && second.share <= rare;
    const figures = [
      { label: `${metric.label} with shuffled labels`, value: finite(first.score) },
      { label: 'baseline on the same rows', value: finite(first.baseline) },
      { label: 'middle of chance', value: finite(first.middle) },
      { label: `best of ${draws} draws of chance`, value: finite(first.bound) },
      { label: 'share of chance that is as good', value: first.share },
      ...(second ? [{ label: 'share at a second shuffle', value: second.share }] : []),
    ];
    const done = `The target was shuffled before the recipe was fitted, it was trained on (${subject.learner.label}) and scored on shuffled test rows; chance is the same predictions against ${draws} other orders of the truth.`;
    if (leaks)
      return {
        verdict: 'fail',
        headline: `Leak: it predicts shuffled labels, ${metric.label} ${say(first.score)} where chance gives ${say(first.middle)}`,
        explanation: `${done} Nothing can be learned from shuffled labels, yet two shuffles in a row did better than all but ${percent(rare)} of chance. Some feature is made from the target of the row itself or of test rows: look at steps that encode by the target, at joins, and at rows that are in training and test at once.`,
        figures,
      };
    return {
      verdict: 'pass',
      headline: `The score falls to chance: ${metric.label} ${say(first.score)}, chance ${say(first.middle)}`,
      explanation: `${done} ${second ? 'The first shuffle was lucky, a second one was not.' : 'It does no better than chance, so no answer reaches the model by way of recipe, split or scoring.'} A column that is itself a copy of the target is not found this way: shuffling parts the two. The profile looks for those.`,
      figures,
    };
  },
});

async function tryShuffle(subject: DebugSubject, seed: number, context: DebugContext): Promise<Trial | null> {
  const metric = metricOf(subject);
  const { train, valid, test: whole } = await subject.shuffled(seed);
  const test =
    whole.rows <= mostTestRows
      ? whole
      : takeMatrix(
          whole,
          shuffle(
            Int32Array.from({ length: whole.rows }, (_, i) => i),
            sequence(seed, 'debug-test'),
          )
            .slice(0, mostTestRows)
            .sort(),
        );
  const model = await fitSubject(subject, train, valid, seed, context);
  const score = scoreOf(metric, model, test, context);
  if (score !== score) return null;
  const prediction = predictModel(model, test, context.serving);
  const scores: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    scores.push(chanceScore(metric, test, prediction, seed, draw));
    if ((await context.breathe()) === 'stop') break;
  }
  const better = metric.better === 'higher' ? (a: number, b: number) => b - a : (a: number, b: number) => a - b;
  scores.sort(better);
  const asGood = scores.filter((chance) => better(chance, score) <= 0).length;
  return {
    score,
    baseline: scoreOf(metric, await fitBaseline(train, context), test, context),
    middle: scores[scores.length >> 1],
    bound: scores[0],
    share: (1 + asGood) / (1 + scores.length),
  };
}

function chanceScore(metric: Metric, test: Matrix, prediction: ReturnType<typeof predictModel>, seed: number, draw: number): number {
  const order = shuffle(
    Int32Array.from({ length: test.rows }, (_, i) => i),
    sequence(seed, `debug-chance-${draw}`),
  );
  const { target, weight } = takeMatrix({ ...test, data: [], features: [] }, order);
  return metric.score(target!, prediction, weight, test.groups ?? null);
}
