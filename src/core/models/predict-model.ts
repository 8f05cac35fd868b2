// Model and matrix -> prediction, through the model's kind. Row by row, in doubles: a row alone gives what it gave in a batch.
import type { Matrix, Prediction } from '../table/matrix.ts';
import { modelKinds } from './index.ts';
import type { Model } from './model.ts';
import type { ServingKernels } from './serving-kernels.ts';

/** Throws unknown-type for an unknown kind; an Error when the matrix has other features than the model was made for. `serving`: fast twins, same bits. */
export function predictModel(model: Model, matrix: Matrix, serving: ServingKernels | null = null): Prediction {
  if (matrix.data.length !== model.features) throw new Error(`matrix has ${matrix.data.length} features, the ${model.type} model was fitted on ${model.features}`);
  return modelKinds.get(model.type).predict(model, matrix, serving);
}
