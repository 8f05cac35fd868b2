// Raw scores in words: what contributions are measured in, and what a score means to a person.
import type { ScoreScale } from '../../core/pipeline/explain-scale.ts';
import { figure, percent } from '../../charts/format.ts';

/** The unit of the contributions to one output (a class, or the target). */
export function scoreUnit(scale: ScoreScale, output: string): string {
  const words: { [scale in ScoreScale]: string } = {
    value: output, 'log-odds': `log odds of ${output}`, logit: `score of ${output} (logit)`, 'log-value': `log of ${output}`, share: `probability of ${output}`, anomaly: `log anomaly score of ${output}`,
  };
  return words[scale];
}

/** What the link makes of a score, as text: a share in percent, a value as a figure. */
export const linkedWords = (scale: ScoreScale, linked: number): string => (scale === 'value' || scale === 'log-value' ? figure(linked) : percent(linked));

/** The error of a sum in small print. */
export const errorWords = (error: number): string => `They add up to the model's own score to within ${error === 0 ? '0' : error.toExponential(0)}.`;
