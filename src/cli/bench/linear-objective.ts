// What a fit minimised, worked out the same plain way for ours and scikit-learn's: the sum of losses and the penalty.
// In: weights and intercepts for the features as given. Null for the path, whose fits are many.
import type { Model } from '../../core/models/model.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import { linearFacts } from '../../core/models/linear-facts.ts';
import type { LinearModel } from './linear.ts';

type Weights = { readonly coef: readonly number[]; readonly intercept: readonly number[] };

export function rawWeights(model: Model): { coef: number[]; intercept: number[] } {
  const { features } = model;
  const { weights, bias, scale, center } = model.arrays;
  const slope = linearFacts(model)?.slope ?? 1;
  const coef = Array.from(weights, (w, i) => (w * scale[i % features]) / slope);
  return { coef, intercept: Array.from(bias, (b, k) => b / slope - coef.slice(k * features, (k + 1) * features).reduce((sum, w, j) => sum + w * center[j], 0)) };
}

export function objectiveOf(model: LinearModel, { data, rows, target }: Matrix, strength: number, { coef, intercept }: Weights): number | null {
  if (model === 'path' || model === 'huber' || model === 'svm') return null;
  const width = intercept.length;
  const truth = target!.kind === 'class' ? target!.codes : target!.values;
  const scores = new Float64Array(width);
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < width; k++) {
      scores[k] = intercept[k];
      for (let j = 0; j < data.length; j++) scores[k] += coef[k * data.length + j] * data[j][i];
    }
    const m = scores[0];
    const y = truth[i];
    if (model === 'softmax') {
      const top = Math.max(...scores);
      sum += Math.log(scores.reduce((s, v) => s + Math.exp(v - top), 0)) + top - scores[y];
    } else if (model === 'logistic') sum += Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m))) - y * m;
    else if (model === 'poisson') sum += Math.exp(m) - y * m;
    else sum += 0.5 * (y - m) * (y - m);
  }
  const squares = coef.reduce((s, w) => s + w * w, 0);
  const sizes = coef.reduce((s, w) => s + Math.abs(w), 0);
  if (model === 'lasso') return sum + rows * strength * sizes;
  if (model === 'elastic') return sum + rows * strength * (0.5 * sizes + 0.25 * squares);
  return sum + 0.5 * strength * squares;
}
