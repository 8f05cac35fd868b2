// A model from a file -> the same model, or bad-bundle. Nothing of it may be believed before this has passed.
// Checks what every kind shares (type, task, classes, count of features, that arrays are arrays), then asks its kind.
import { BarnacleError } from '../base/errors.ts';
import { modelKinds } from './index.ts';
import type { Model } from './model.ts';

const maxFeatures = 1_000_000;
const maxClasses = 100_000;
const types = [Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array];

/** Throws bad-bundle (or unknown-type for a kind that this version lacks) unless the model is sound. */
export function checkModel(model: Model): void {
  if (typeof model.type !== 'string') throw broken('has no type');
  const kind = modelKinds.get(model.type);
  const { task, classes, features } = model;
  if (task !== 'binary' && task !== 'multiclass' && task !== 'regression') throw broken(`task ${JSON.stringify(task)} is unknown`);
  if (!Array.isArray(classes) || !classes.every((c) => typeof c === 'string') || classes.length > maxClasses) throw broken('classes are not a list of names');
  if (new Set(classes).size !== classes.length) throw broken('classes repeat a name');
  if (task === 'regression' ? classes.length !== 0 : task === 'binary' ? classes.length < 1 || classes.length > 2 : classes.length < 1) throw broken(`task ${task} does not go with ${classes.length} classes`);
  if (!Number.isInteger(features) || features < 0 || features > maxFeatures) throw broken(`feature count ${String(features)} is not in [0, ${maxFeatures}]`);
  if (model.json === null || typeof model.json !== 'object' || Array.isArray(model.json)) throw broken('json is not an object');
  for (const [name, array] of Object.entries(model.arrays)) if (!types.some((T) => array instanceof T)) throw broken(`array "${name}" is no numeric array`);
  kind.check(model);
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `model ${reason}; the file is damaged or was not written by Barnacle`, { reason });
