// Overfit a few rows, for learners that are no nets: 64 rows, each written 20 times so that limits on the rows of a leaf do
// not bind, must be told apart almost without error. A learner that cannot has no way from its features to its target.
import { metrics } from '../metrics/index.ts';
import { taskOf } from '../learners/task-of.ts';
import { skipped, type DebugContext, type DebugFinding, type DebugSubject } from './debug.ts';
import { fewRows, repeated } from './few-rows.ts';
import { fitBaseline, fitSubject, scoreOf, takeMatrix } from './fit-score.ts';
import { percent, plural, say } from './words.ts';

const times = 20;

export async function overfitRows(subject: DebugSubject, context: DebugContext): Promise<Omit<DebugFinding, 'id' | 'label'>> {
  if (subject.learner.unsupervised || subject.learner.makes === 'constant')
    return skipped(`${subject.learner.label} does not learn from features to target`, 'It cannot learn rows by heart, and is not meant to.');
  const rows = fewRows(subject.train, subject.seed);
  const few = takeMatrix(subject.train, repeated(rows, times));
  const metric = metrics.get(taskOf(few.target!) === 'regression' ? 'rmse' : 'log-loss');
  const model = await fitSubject(subject, few, takeMatrix(subject.train, rows), subject.seed, context);
  const [own, none] = [scoreOf(metric, model, few, context), scoreOf(metric, await fitBaseline(few, context), few, context)];
  if (!(none > 0)) return skipped('The rows drawn all have the same target', 'There is nothing to tell apart; draw with another seed.');
  const left = own / none;
  const verdict = left <= 0.1 ? 'pass' : left <= 0.9 ? 'warn' : 'fail';
  const figures = [
    { label: 'rows', value: rows.length },
    { label: `${metric.label} on the rows it was fitted on`, value: own },
    { label: 'of the baseline', value: none },
    { label: 'share of the loss that is left', value: left },
  ];
  const done = `Fitted with the run's own parameters (${subject.learner.label}) on ${plural(rows.length, 'row')} that differ in some feature, each written ${times} times, and scored on the same rows.`;
  if (verdict === 'pass')
    return {
      verdict,
      headline: `It learns ${plural(rows.length, 'row')} by heart: ${metric.label} ${say(own)}, baseline ${say(none)}`,
      explanation: `${done} Features reach the learner and it has the freedom to fit them.`,
      figures,
    };
  if (verdict === 'warn')
    return {
      verdict,
      headline: `${percent(left)} of the loss is left on ${plural(rows.length, 'row')} it was fitted on`,
      explanation: `${done} It learns, but not by heart. A straight-line learner cannot bend to every row; for trees it means that their depth, number or penalties hold them back, which may be as you want it. If it also scores low on test rows, loosen them.`,
      figures,
    };
  return {
    verdict,
    headline: `It cannot learn even ${plural(rows.length, 'row')}: ${metric.label} ${say(own)}, baseline ${say(none)}`,
    explanation: `${done} It does hardly better than saying the same for every row. Either its parameters forbid it to learn (a penalty, a rate or a number of steps that is far off), or the features say nothing that it can use: look at the recipe's preview.`,
    figures,
  };
}
