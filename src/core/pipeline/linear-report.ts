// The coefficients of a run's linear model with the names that people know: one line for each feature of each output, what training
// knew of them, and the path of strengths where one was walked. Null for a model that is not linear.
import type { JsonObject } from '../base/json.ts';
import type { Note } from '../base/task.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { linearCoefficients, type LinearCoefficient } from '../models/linear-coefficients.ts';
import { linearFacts, type LinearFacts } from '../models/linear-facts.ts';
import type { Model } from '../models/model.ts';
import type { FittedRecipe } from '../recipe/spec.ts';

/** `original` is the weight of the raw column's own unit where the recipe only standardised it; null elsewhere. */
export type LinearLine = Omit<LinearCoefficient, 'output' | 'feature'> & { output: string; feature: string; column: string; original: number | null };
export type LinearPath = {
  strengths: number[];
  /** Mean loss on rows left out, and its standard error; null when no fold was ended. */
  errors: number[] | null;
  spreads: number[] | null;
  /** Features with a weight. */
  used: number[];
  best: number;
  simplest: number;
  chosen: number;
  /** Per standard deviation, by strength; the largest at the chosen strength first, at most 40. */
  curves: { name: string; weights: number[] }[];
};
export type LinearReport = Pick<LinearFacts, 'loss' | 'penalty' | 'strength' | 'ratio' | 'rule' | 'dispersion' | 'degrees' | 'why'> & {
  /** What a weight adds to: the log odds, the log of the mean, or the target. */
  scale: string;
  /** The class that the others are compared with, where weights are differences. */
  reference: string | null;
  notes: Note[];
  lines: LinearLine[];
  path: LinearPath | null;
};

export function linearReport({ recipe, model }: Pick<Bundle, 'recipe' | 'model'>): LinearReport | null {
  if (model.type !== 'linear') return null;
  const facts = linearFacts(model);
  const { task, classes } = model;
  const outputOf = (k: number): string => (task === 'multiclass' ? classes[k] : '');
  const isDifference = task === 'multiclass' && model.arrays.errors !== undefined;
  const lines = linearCoefficients(model).map(({ output, feature, ...one }): LinearLine => {
    const { name, source } = feature < 0 ? { name: 'intercept', source: '' } : recipe.output[feature];
    const sd = feature < 0 ? null : deviationOf(recipe, name, source);
    return { ...one, output: outputOf(output), feature: name, column: source, original: sd === null ? null : one.weight / sd };
  });
  const log = (model.json as JsonObject).link === 'exp';
  return {
    loss: facts?.loss ?? 'unknown', penalty: facts?.penalty ?? 'ridge', strength: facts?.strength ?? 0, ratio: facts?.ratio ?? 0, rule: facts?.rule ?? 'given',
    dispersion: facts?.dispersion ?? null, degrees: facts?.degrees ?? null, why: facts ? facts.why : 'the model was made without them; train it again',
    scale: facts?.loss === 'hinge' ? 'margin' : task === 'regression' ? (log ? `log of ${recipe.spec.target}` : recipe.spec.target) : task === 'binary' ? `log odds of ${classes[1] ?? classes[0]}` : 'log odds',
    reference: isDifference ? classes[Math.max(0, [...model.arrays.biasErrors].findIndex((error) => error < 0))] : null,
    notes: facts?.notes ?? [],
    lines,
    path: facts ? pathOf(model, facts, recipe) : null,
  };
}

/** The deviation by which the recipe divided the raw column, when that is all it did to it. */
function deviationOf({ spec, states, input }: FittedRecipe, name: string, source: string): number | null {
  if (name !== source || input.find((field) => field.name === source)?.kind !== 'number') return null;
  let found: number | null = null;
  for (let i = 0; i < spec.steps.length; i++) {
    const { type, disabled } = spec.steps[i];
    const held = states[i] as { readonly columns: readonly string[]; readonly state: { readonly sd?: readonly number[] } } | null;
    const at = disabled || held === null ? -1 : held.columns.indexOf(name);
    if (held === null || at < 0) continue;
    if (type === 'standardise' && held.state.sd) found = (found ?? 1) * held.state.sd[at];
    else if (type !== 'impute' && type !== 'clip') return null;
  }
  return found;
}

function pathOf(model: Model, facts: LinearFacts, recipe: FittedRecipe): LinearPath | null {
  const { pathStrengths, pathErrors, pathSpreads, pathUsed, pathWeights } = model.arrays;
  if (!pathStrengths || !pathUsed || facts.chosen === undefined || facts.best === undefined || facts.simplest === undefined) return null;
  const size = pathStrengths.length;
  const wide = model.arrays.bias.length * model.features;
  const all = pathWeights ? Array.from({ length: wide }, (_, i) => i) : [];
  const at = (i: number, step: number) => pathWeights[step * wide + i];
  const chosen = facts.chosen;
  const top = all.sort((a, b) => Math.abs(at(b, chosen)) - Math.abs(at(a, chosen)) || Math.abs(at(b, size - 1)) - Math.abs(at(a, size - 1)) || a - b).slice(0, 40);
  const nameOf = (i: number) => `${recipe.output[i % model.features].name}${model.task === 'multiclass' ? ` · ${model.classes[Math.floor(i / model.features)]}` : ''}`;
  return {
    strengths: [...pathStrengths], errors: pathErrors ? [...pathErrors] : null, spreads: pathSpreads ? [...pathSpreads] : null, used: [...pathUsed], best: facts.best, simplest: facts.simplest, chosen,
    curves: top.map((i) => ({ name: nameOf(i), weights: Array.from({ length: size }, (_, step) => at(i, step)) })),
  };
}
