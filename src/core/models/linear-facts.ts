// Facts of training that a `linear` model carries beside what serves: penalty, standard errors, the path of strengths, notes.
// json.facts: see LinearFacts. arrays: errors (width x features) and biasErrors (width), -1 = not defined; pathStrengths,
// pathErrors, pathSpreads, pathUsed (one for each strength), pathWeights (strengths x width x features, where kept).
// json.facts.holds names those that are there. An export leaves them out; a file is checked before any of it is believed.
import { BarnacleError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { Note } from '../base/task.ts';
import type { Model } from './model.ts';
import { widthOf } from './width.ts';

export type LinearFacts = {
  loss: string;
  penalty: 'none' | 'ridge' | 'lasso' | 'elastic';
  /** l2 for ridge as given, else per row (lambda). */
  strength: number;
  /** Share of L1. */
  ratio: number;
  rule: 'given' | 'best' | 'simplest';
  meanLoss: number | null;
  /** In squared units of the target where it was estimated. */
  dispersion: number | null;
  /** Of Student's distribution; null = normal. */
  degrees: number | null;
  /** Why there are no standard errors. */
  why: string | null;
  notes: Note[];
  /** Indices on the path, when there is one. */
  best?: number;
  simplest?: number;
  chosen?: number;
  /** Arrays that lie beside. */
  holds: string[];
  /** Platt's curve of a linear machine: the weights were multiplied by `slope`. */
  slope?: number;
};

const arrayNames = ['errors', 'biasErrors', 'pathStrengths', 'pathErrors', 'pathSpreads', 'pathUsed', 'pathWeights'] as const;
const losses = ['squared', 'logistic', 'softmax', 'poisson', 'gamma', 'tweedie', 'hinge', 'tube'];

/** Null for a model that was made without (an older one, or an export). */
export function linearFacts(model: Model): LinearFacts | null {
  return ((model.json as JsonObject).facts as LinearFacts | undefined) ?? null;
}

export function dropLinearFacts(model: Model): Model {
  const { facts: _facts, ...json } = model.json as JsonObject;
  return { ...model, json, arrays: Object.fromEntries(Object.entries(model.arrays).filter(([name]) => !(arrayNames as readonly string[]).includes(name))) };
}

/** Throws bad-bundle unless the facts, where there are any, have their shape and the lengths of the model. */
export function checkLinearFacts(model: Model): void {
  const facts = (model.json as JsonObject).facts as JsonObject | undefined;
  const width = widthOf(model.task, model.classes.length);
  const strengths = model.arrays.pathStrengths?.length ?? 0;
  const lengths: { [name: string]: number } = { errors: width * model.features, biasErrors: width, pathStrengths: strengths, pathErrors: strengths, pathSpreads: strengths, pathUsed: strengths, pathWeights: strengths * width * model.features };
  for (const name of arrayNames) {
    const array = model.arrays[name];
    if (array !== undefined && (!(array instanceof Float64Array) || array.length !== lengths[name] || !array.every(Number.isFinite))) throw broken(`array "${name}" does not have ${lengths[name]} finite doubles`);
  }
  if (facts === undefined) return;
  if (facts === null || typeof facts !== 'object' || Array.isArray(facts)) throw broken('facts are not an object');
  const held = arrayNames.filter((name) => model.arrays[name] !== undefined);
  if (!Array.isArray(facts.holds) || facts.holds.length !== held.length || !held.every((name) => (facts.holds as Json[]).includes(name))) throw broken(`facts hold ${JSON.stringify(facts.holds)?.slice(0, 200)}, the arrays are ${held.join(', ')}`);
  const isNumber = (value: unknown) => value === null || (typeof value === 'number' && Number.isFinite(value));
  if (!losses.includes(facts.loss as string)) throw broken(`loss ${JSON.stringify(facts.loss)?.slice(0, 40)} is unknown`);
  if (!['none', 'ridge', 'lasso', 'elastic'].includes(facts.penalty as string) || !['given', 'best', 'simplest'].includes(facts.rule as string)) throw broken('penalty or rule is unknown');
  if (![facts.strength, facts.ratio, facts.meanLoss, facts.dispersion, facts.degrees, facts.slope ?? null].every(isNumber)) throw broken('a fact is no number');
  if (facts.why !== null && typeof facts.why !== 'string') throw broken('why is no text');
  for (const at of [facts.best, facts.simplest, facts.chosen]) if (at !== undefined && !(Number.isInteger(at) && (at as number) >= 0 && (at as number) < strengths)) throw broken('a place on the path is outside it');
  if (!Array.isArray(facts.notes) || facts.notes.length > 100 || !facts.notes.every(isNote)) throw broken('notes have not the shape of notes');
}

function isNote(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const note = value as { [key: string]: unknown };
  return typeof note.code === 'string' && typeof note.message === 'string' && (note.column === null || typeof note.column === 'string');
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `linear model: ${reason}`, { reason });
