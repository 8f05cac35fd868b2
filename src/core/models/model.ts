// What serves: a fitted model as plain data, and the definition of a model kind that can check it and predict with it.
// No learner is ever needed to predict. Arrays and JSON of a model from a file are hostile until `check` has passed.
import type { Json } from '../base/json.ts';
import type { Task } from '../base/task.ts';
import type { Matrix, Prediction } from '../table/matrix.ts';
import type { ServingKernels } from './serving-kernels.ts';

export type ModelArray = Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array;

export interface Model {
  /** The model kind, registered in models/index.ts. */
  readonly type: string;
  readonly task: Task;
  readonly classes: readonly string[];
  /** How many features a row has. */
  readonly features: number;
  readonly json: Json;
  readonly arrays: { readonly [name: string]: ModelArray };
}

export interface ModelKind {
  readonly type: string;
  readonly label: string;
  /** Throws bad-bundle when shapes, ranges or references of the arrays are not those of a sound model. */
  check(model: Model): void;
  /** Pure; the same row alone gives what it gave in a batch. The matrix has model.features columns, NaN = missing. `serving` changes the time it takes. */
  predict(model: Model, matrix: Matrix, serving?: ServingKernels | null): Prediction;
  /** The float arrays that may be stored as small integers, with the run of values that shares one minimum and scale. */
  quantizable?(model: Model): { name: string; block: number }[];
  /** The model without what no prediction needs (facts of training for explanations): what an export carries. Absent = all of it. */
  trim?(model: Model): Model;
}
export const defineModel = (kind: ModelKind): ModelKind => kind;
