// What a model weighs: the bytes of its arrays and of its json as UTF-8 text.
import { canonicalJson } from '../base/hash.ts';
import type { Model } from './model.ts';

export function modelBytes(model: Model): number {
  let bytes = new TextEncoder().encode(canonicalJson({ json: model.json, classes: model.classes })).length;
  for (const array of Object.values(model.arrays)) bytes += array.byteLength;
  return bytes;
}
