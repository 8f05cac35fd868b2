// A Bundle -> the bytes of a bundle file (layout: format.ts). The same bundle gives the same bytes: the header is
// canonical JSON, arrays are ordered by name, and the recipe is written with every parameter spelled out, so reading
// and writing again changes nothing. NaN and infinities in records become null, as in JSON.
import { canonicalJson } from '../base/hash.ts';
import type { Json } from '../base/json.ts';
import { parseFittedRecipe } from '../recipe/parse-recipe.ts';
import type { Bundle } from './bundle.ts';
import { arrayTypeOf, bundleVersion, hashLength, hashTail, headerStart, magic, padded, type ArrayRecord } from './format.ts';

export function writeBundle(bundle: Bundle): Uint8Array<ArrayBuffer> {
  const { model } = bundle;
  const names = Object.keys(model.arrays).sort();
  const arrays: ArrayRecord[] = names.map((name) => ({ name, type: arrayTypeOf(model.arrays[name]), length: model.arrays[name].length }));
  const header = new TextEncoder().encode(
    canonicalJson({
      format: bundle.format,
      name: bundle.name,
      recipe: parseFittedRecipe(bundle.recipe),
      ...(bundle.clean ? { clean: bundle.clean } : {}),
      contract: bundle.contract,
      model: { type: model.type, task: model.task, classes: model.classes, features: model.features, json: model.json, arrays },
      baseline: bundle.baseline,
      evaluation: bundle.evaluation,
      run: bundle.run,
      golden: bundle.golden,
    } satisfies Json),
  );
  const arraysStart = headerStart + padded(header.length);
  const end = names.reduce((at, name) => at + padded(model.arrays[name].byteLength), arraysStart);
  const file = new Uint8Array(end + hashLength);
  const view = new DataView(file.buffer);
  file.set(magic);
  view.setUint32(8, bundleVersion, true);
  view.setUint32(12, header.length, true);
  file.set(header, headerStart);
  let at = arraysStart;
  for (const name of names) {
    const array = model.arrays[name];
    file.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  file.set(hashTail(file.subarray(0, end)), end);
  return file;
}
