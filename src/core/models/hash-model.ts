// The content hash of a model: equal type, task, classes, features, json and array names, types and bytes give equal hashes.
import { hashArray, hashJson } from '../base/hash.ts';
import type { Hash, Json } from '../base/json.ts';
import type { Model } from './model.ts';

export function hashModel(model: Model): Hash {
  const arrays: { [name: string]: Json } = {};
  for (const name of Object.keys(model.arrays)) {
    const array = model.arrays[name];
    arrays[name] = { type: array.constructor.name, length: array.length, bytes: hashArray(array) };
  }
  return hashJson({ type: model.type, task: model.task, classes: model.classes, features: model.features, json: model.json, arrays });
}
