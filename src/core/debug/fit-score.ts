// Fits of the subject's learner on some rows, and scores of what came of it: what the tools for every learner share.
import type { Model } from '../models/model.ts';
import { predictModel } from '../models/predict-model.ts';
import { baseline } from '../learners/baseline.ts';
import { metrics } from '../metrics/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { joinMatrices } from '../table/join-matrices.ts';
import type { Matrix, Target } from '../table/matrix.ts';
import { takeValues } from '../table/take.ts';
import type { DebugContext, DebugSubject } from './debug.ts';

/** The rows at those indices, in that order, repeats allowed. */
export function takeMatrix(matrix: Matrix, rows: Int32Array): Matrix {
  const { target, weight, groups } = matrix;
  const taken: Target | null =
    target && (target.kind === 'value' ? { ...target, values: takeValues(target.values, rows) } : { ...target, codes: takeValues(target.codes, rows) });
  return {
    rows: rows.length,
    features: matrix.features,
    data: matrix.data.map((column) => takeValues(column, rows)),
    target: taken,
    weight: weight && takeValues(weight, rows),
    ...(groups ? { groups: renumbered(takeValues(groups, rows)) } : {}),
  };
}

/** From 0, in order of appearance. */
function renumbered(groups: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  return groups.map((group) => {
    const known = numbers.get(group) ?? numbers.size;
    numbers.set(group, known);
    return known;
  });
}

/** A fit as a run would make it; reports nothing, stops by the context. */
export function fitSubject({ learner, params }: DebugSubject, train: Matrix, valid: Matrix | null, seed: number, context: DebugContext): Promise<Model> {
  const [data, held] = learner.validates || !valid ? [train, valid] : [joinMatrices(train, valid), null];
  return learner.fit(data, params, {
    now: () => context.now(),
    breathe: () => context.breathe(),
    report: () => {},
    seed,
    valid: held,
    kernels: context.kernels,
  });
}

export const fitBaseline = (train: Matrix, context: DebugContext): Promise<Model> =>
  baseline.fit(train, {}, { now: () => context.now(), breathe: () => context.breathe(), report: () => {}, seed: 1, valid: null, kernels: context.kernels });

export function scoreOf(metric: Metric, model: Model, matrix: Matrix, context: DebugContext): number {
  return metric.score(matrix.target!, predictModel(model, matrix, context.serving), matrix.weight, matrix.groups ?? null);
}

/** How far a is better than b by the metric; above 0 = better. */
export const gain = ({ better }: Pick<Metric, 'better'>, a: number, b: number): number => (better === 'higher' ? a - b : b - a);

export const metricOf = (subject: DebugSubject): Metric => metrics.get(subject.metric);
