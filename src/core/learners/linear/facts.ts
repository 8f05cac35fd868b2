// What training found out besides the weights: how they were penalised, their standard errors, the path, and what was noticed.
// Kept in the model beside what serves (core/models/linear-facts.ts reads it), left out of exports.
import type { Note } from '../../base/task.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import type { Model } from '../../models/model.ts';
import type { PathFound } from './cross-validate.ts';
import { interceptError, type Inference } from './inference.ts';
import type { Opened } from './open-problem.ts';
import type { LinearParams } from './params.ts';

export interface Found {
  readonly theta: Float64Array;
  readonly inference: Inference | null;
  /** Why there are no standard errors; null where there are. */
  readonly why: string | null;
  readonly path: PathFound | null;
  /** The index on the path that was chosen. */
  readonly chosen: number;
  readonly notes: readonly Note[];
  readonly meanLoss: number | null;
}

/** Most numbers of a path that are kept: beyond them its weights are left out, the curve of errors stays. */
const pathMost = 200_000;

/** The model with the facts; `outputsOf` says which outputs of the problem each output of the model was copied from, and its factor. */
export function withFacts(model: Model, opened: Opened, found: Found, params: Pick<LinearParams, 'penalty' | 'l2' | 'alpha' | 'l1Ratio' | 'strength'>, copies: readonly Copy[]): Model {
  const { inference, path } = found;
  const { features } = model;
  const facts: { [key: string]: Json } = {
    loss: opened.problem.loss,
    penalty: params.penalty,
    strength: path ? path.points[found.chosen].lambda : params.penalty === 'ridge' ? params.l2 : params.penalty === 'none' ? 0 : params.alpha,
    ratio: params.penalty === 'lasso' ? 1 : params.penalty === 'elastic' ? params.l1Ratio : 0,
    rule: path ? params.strength : 'given',
    meanLoss: found.meanLoss,
    dispersion: inference && inference.dispersion !== 1 ? inference.dispersion * opened.spread * opened.spread : null,
    degrees: inference?.degrees ?? null,
    why: found.why,
    notes: found.notes.map((note) => ({ ...note })),
    ...(path ? { best: path.best, simplest: path.simplest, chosen: found.chosen } : {}),
  };
  const arrays: { [name: string]: Float64Array } = {};
  if (inference) Object.assign(arrays, errorArrays(model, opened, inference, copies));
  if (path) {
    const count = path.points.length;
    arrays.pathStrengths = Float64Array.from(path.points, (point) => point.lambda);
    if (path.points.every((point) => point.error !== null)) {
      arrays.pathErrors = Float64Array.from(path.points, (point) => point.error!);
      arrays.pathSpreads = Float64Array.from(path.points, (point) => point.spread!);
    }
    arrays.pathUsed = Float64Array.from(path.points, (point) => usedIn(point.theta, features));
    const width = model.arrays.bias.length;
    if (count * width * features <= pathMost) {
      arrays.pathWeights = new Float64Array(count * width * features);
      path.points.forEach((point, i) => copies.forEach(({ from, to, factor }) => {
        for (let j = 0; j < features; j++) arrays.pathWeights[(i * width + to) * features + j] = factor * opened.spread * point.theta[from * (features + 1) + j];
      }));
    }
  }
  facts.holds = Object.keys(arrays).sort();
  return { ...model, json: { ...(model.json as JsonObject), facts }, arrays: { ...model.arrays, ...arrays } };
}

export type Copy = { readonly from: number; readonly to: number; readonly factor: number };

function errorArrays(model: Model, { problem, spread }: Opened, inference: Inference, copies: readonly Copy[]): { [name: string]: Float64Array } {
  const { features } = model;
  const { center, scale } = problem.design;
  const errors = new Float64Array(model.arrays.weights.length).fill(-1);
  const biasErrors = new Float64Array(model.arrays.bias.length).fill(-1);
  for (const { from, to, factor } of copies) {
    const size = Math.abs(factor) * spread;
    for (let j = 0; j < features; j++) errors[to * features + j] = known(size * inference.errors[from * (features + 1) + j]);
    biasErrors[to] = known(size * interceptError(inference.covariance[from], center, scale));
  }
  return { errors, biasErrors };
}

const known = (error: number): number => (Number.isFinite(error) && error > 0 ? error : -1);

function usedIn(theta: Float64Array, features: number): number {
  let used = 0;
  for (let j = 0; j < features; j++) {
    let is = 0;
    for (let p = j; p < theta.length; p += features + 1) is |= Number(theta[p] !== 0);
    used += is;
  }
  return used;
}
