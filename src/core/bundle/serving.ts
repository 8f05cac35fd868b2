// The part of a bundle that predicts, as JSON text and base64 arrays: what an exported module carries.
// Baseline, evaluation and run stay behind: they say things about the training rows that an export need not tell.
// Written by the exporters, opened by pipeline/serve.ts inside the export; both come from one build, so no versions meet.
import { canonicalJson } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import { modelKinds } from '../models/index.ts';
import type { Model, ModelArray } from '../models/model.ts';
import { parseFittedRecipe } from '../recipe/parse-recipe.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import type { Bundle } from './bundle.ts';
import { arrayTypeOf, arrayTypes, padded, type ArrayRecord } from './format.ts';

export type Serving = Pick<Bundle, 'name' | 'recipe' | 'clean' | 'contract' | 'model' | 'golden'>;
type ServingHead = Omit<Serving, 'model'> & { readonly model: Omit<Model, 'arrays'> & { readonly arrays: readonly ArrayRecord[] } };

export function packServing({ name, recipe, clean, contract, model: whole, golden }: Serving): { head: string; arrays: string } {
  const model = modelKinds.get(whole.type).trim?.(whole) ?? whole;
  const names = Object.keys(model.arrays).sort();
  const records: ArrayRecord[] = names.map((key) => ({ name: key, type: arrayTypeOf(model.arrays[key]), length: model.arrays[key].length }));
  const bytes = new Uint8Array(names.reduce((sum, key) => sum + padded(model.arrays[key].byteLength), 0));
  let at = 0;
  for (const key of names) {
    const array = model.arrays[key];
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  const { type, task, classes, features, json } = model;
  return { head: canonicalJson({ name, recipe: parseFittedRecipe(recipe), ...(clean ? { clean } : {}), contract, golden, model: { type, task, classes, features, json, arrays: records } } satisfies Json), arrays: encodeBase64(bytes) };
}

/** The inverse of packServing, but for what the model's kind trims. */
export function unpackServing(head: string, arrays: string): Serving {
  const parsed = JSON.parse(head) as ServingHead;
  const { buffer } = decodeBase64(arrays);
  let at = 0;
  const entries = parsed.model.arrays.map(({ name, type, length }): [string, ModelArray] => {
    const array = new arrayTypes[type](buffer, at, length);
    at += padded(array.byteLength);
    return [name, array];
  });
  return { ...parsed, model: { ...parsed.model, arrays: Object.fromEntries(entries) } };
}
