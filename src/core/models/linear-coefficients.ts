// The weights of a `linear` model as a table: one line for each output and feature, with what training knew of them.
// `perDeviation` belongs to a feature moved by its standard deviation, `weight` to the feature as the recipe gives it by 1; both on the
// scale of the scores (log odds, log of the mean, or the target's unit).
import { normalQuantile, normalTails, studentQuantile, studentTails } from '../base/distributions.ts';
import { floatsOf } from './decode.ts';
import { linearFacts } from './linear-facts.ts';
import type { Model } from './model.ts';

export type LinearCoefficient = {
  /** Output of the model, and feature; -1 = the intercept, for features at 0. */
  output: number;
  feature: number;
  weight: number;
  perDeviation: number | null;
  /** Null where it is not defined. */
  error: number | null;
  z: number | null;
  p: number | null;
  low: number | null;
  high: number | null;
};

/** Output after output, the intercept first. Softmax weights with standard errors are differences to the first class that has none. */
export function linearCoefficients(model: Model): LinearCoefficient[] {
  const { features } = model;
  const [weights, bias, center, scale] = ['weights', 'bias', 'center', 'scale'].map((name) => floatsOf(model, name));
  const { errors, biasErrors } = model.arrays;
  const tails = tailsOf(model);
  const slope = linearFacts(model)?.slope ?? 1;
  const base = errors && bias.length > 1 ? Math.max(0, [...biasErrors].findIndex((error) => error < 0)) : null;
  const out: LinearCoefficient[] = [];
  const line = (output: number, feature: number, weight: number, perDeviation: number | null, error: number | null): LinearCoefficient => {
    if (error === null || !(error > 0)) return { output, feature, weight, perDeviation, error: null, z: null, p: null, low: null, high: null };
    const z = weight / error;
    return { output, feature, weight, perDeviation, error, z, p: tails.both(z), low: weight - tails.reach * error, high: weight + tails.reach * error };
  };
  for (let k = 0; k < bias.length; k++) {
    const of = (j: number, output = k) => weights[output * features + j] - (base === null ? 0 : weights[base * features + j]);
    let start = bias[k] - (base === null ? 0 : bias[base]);
    for (let j = 0; j < features; j++) start -= of(j) * scale[j] * center[j];
    out.push(line(k, -1, start / slope, null, biasErrors?.[k] ?? null));
    for (let j = 0; j < features; j++) {
      const error = errors ? errors[k * features + j] : -1;
      out.push(line(k, j, (of(j) * scale[j]) / slope, of(j) / slope, error > 0 ? error * scale[j] : null));
    }
  }
  return out;
}

/** Two-sided p-values by output and feature; null where not defined. */
export const linearTails = (model: Model): (number | null)[] => linearCoefficients(model).filter((one) => one.feature >= 0).map((one) => one.p);

function tailsOf(model: Model): { both(z: number): number; reach: number } {
  const degrees = linearFacts(model)?.degrees ?? null;
  return degrees === null ? { both: normalTails, reach: normalQuantile(0.975) } : { both: (z) => studentTails(z, degrees), reach: studentQuantile(0.975, degrees) };
}
