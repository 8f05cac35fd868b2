// In what unit contributions are, and of what: the raw score that a model's link is applied to.
import type { JsonObject } from '../base/json.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { readLink } from '../models/link.ts';
import type { Model } from '../models/model.ts';

/** log-odds and logits become probabilities, log-value a positive value, share is a probability as it stands, anomaly is a log of the anomaly score. */
export type ScoreScale = 'value' | 'log-odds' | 'logit' | 'log-value' | 'share' | 'anomaly';

const scales: { readonly [link: string]: ScoreScale } = { identity: 'value', sigmoid: 'log-odds', softmax: 'logit', exp: 'log-value', share: 'share' };

export function scaleOf(model: Model): ScoreScale {
  const link = readLink(model.task, (model.json as JsonObject).link);
  return typeof link === 'string' ? scales[link] : 'anomaly';
}

/** What each output of the model is a score of. */
export function outputsOf({ recipe, model }: Pick<Bundle, 'recipe' | 'model'>): string[] {
  if (model.task === 'regression') return [recipe.spec.target];
  return model.task === 'binary' ? [model.classes[1]] : [...model.classes];
}
