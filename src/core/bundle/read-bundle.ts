// Bytes that anybody may have made -> a checked Bundle. Lengths are compared with what is left before anything is
// allocated, the hash before anything is believed, every field is copied through a shape, the model asked to be sound.
// Throws newer-version, or bad-bundle with what is wrong; never hangs, never changes a prototype.
import { BarnacleError, isBarnacleError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { parseServed } from '../clean/replay-clean.ts';
import { checkModel } from '../models/check-model.ts';
import type { Model, ModelArray } from '../models/model.ts';
import { parseFittedRecipe } from '../recipe/parse-recipe.ts';
import type { Bundle } from './bundle.ts';
import { arrayTypes, hashLength, hashTail, headerStart, limits, magic, padded, type ArrayRecord, type ArrayType } from './format.ts';
import { checkVersion, migrateHeader } from './migrations.ts';
import { count, json, list, object, only, record, text } from './shape.ts';
import { contract, golden, profile } from './shapes.ts';

export function readBundle(file: Uint8Array): Bundle {
  const { header, version, body } = openFile(file);
  const fields = migrateHeader(readHeader(header), version);
  const known = ['format', 'name', 'recipe', 'clean', 'contract', 'model', 'baseline', 'evaluation', 'run', 'golden'];
  for (const key of Object.keys(fields)) if (!known.includes(key)) throw broken(`header field "${key.slice(0, 40)}" is unknown`);
  const model = readModel(object(fields.model, 'model'), body);
  const bundle: Bundle = {
    format: only('barnacle-bundle')(fields.format, 'format'),
    version: 1,
    name: text(10_000)(fields.name, 'name'),
    recipe: checked('recipe', () => parseFittedRecipe(json(fields.recipe, 'recipe'))),
    ...(fields.clean === undefined ? {} : { clean: checked('clean', () => parseServed(json(fields.clean, 'clean'))) }),
    contract: contract(fields.contract, 'contract'),
    model,
    baseline: profile(fields.baseline, 'baseline'),
    evaluation: json(fields.evaluation, 'evaluation'),
    run: json(fields.run, 'run'),
    golden: golden(fields.golden, 'golden'),
  };
  checkTogether(bundle);
  return bundle;
}

/** Frame and hash; plain views, nothing copied (a Node Buffer's own `slice` would not copy where readModel must). */
function openFile(given: Uint8Array): { header: Uint8Array; version: number; body: Uint8Array } {
  const file = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (file.length > limits.bytes) throw broken(`${file.length} bytes, more than ${limits.bytes}`);
  if (file.length < headerStart + hashLength || !magic.every((byte, i) => file[i] === byte)) throw broken('it does not begin as a bundle does');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(8, true);
  const end = file.length - hashLength;
  const isWhole = hashTail(file.subarray(0, end)).every((byte, i) => byte === file[end + i]);
  if (!isWhole) throw broken('its content hash does not match: it is cut short or a byte has changed');
  checkVersion(version);
  const headerLength = view.getUint32(12, true);
  if (headerLength > limits.header || headerStart + padded(headerLength) > end) throw broken(`a header of ${headerLength} bytes does not fit`);
  return { header: file.subarray(headerStart, headerStart + headerLength), version, body: file.subarray(headerStart + padded(headerLength), end) };
}

function readHeader(header: Uint8Array): JsonObject {
  let depth = 0;
  let isQuoted = false;
  for (let i = 0; i < header.length; i++) {
    const byte = header[i];
    if (isQuoted) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) isQuoted = false;
    } else if (byte === 0x22) isQuoted = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > limits.depth) throw broken(`its header is nested deeper than ${limits.depth}`);
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  try {
    return object(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header)) as Json, 'header');
  } catch (cause) {
    if (isBarnacleError(cause)) throw cause;
    throw broken('its header is no JSON', cause);
  }
}

function readModel(fields: JsonObject, body: Uint8Array): Model {
  const head = record<Omit<Model, 'arrays'> & { arrays: ArrayRecord[] }>({
    type: text(100),
    task: only('binary', 'multiclass', 'regression'),
    classes: list(text(100_000), 100_000),
    features: count,
    json: json,
    arrays: list(record<ArrayRecord>({ name: text(200), type: only(...(Object.keys(arrayTypes) as ArrayType[])), length: count }), limits.arrays),
  })(fields, 'model');
  const entries: [string, ModelArray][] = [];
  let at = 0;
  for (const { name, type, length } of head.arrays) {
    const TypedArray = arrayTypes[type];
    const bytes = length * TypedArray.BYTES_PER_ELEMENT;
    if (padded(bytes) > body.length - at) throw broken(`array "${name}" of ${length} ${type} does not fit in the ${body.length - at} bytes left`);
    if (entries.some(([known]) => known === name)) throw broken(`array "${name}" occurs twice`);
    entries.push([name, new TypedArray(body.slice(at, at + bytes).buffer)]);
    at += padded(bytes);
  }
  if (at !== body.length) throw broken(`${body.length - at} bytes follow the last array`);
  const model: Model = { ...head, arrays: Object.fromEntries(entries) };
  checked('model', () => checkModel(model));
  return model;
}

/** What must agree between the parts, so that no later step meets a bundle at odds with itself. */
function checkTogether({ recipe, clean, contract: { columns }, model, golden: { rows, predictions } }: Bundle): void {
  const width = model.task === 'multiclass' ? model.classes.length : 1;
  if (model.features !== recipe.output.length) throw broken(`the model takes ${model.features} features, the recipe makes ${recipe.output.length}`);
  if (model.task !== recipe.spec.task) throw broken(`the model is for ${model.task}, the recipe for ${recipe.spec.task}`);
  if (model.classes.length !== recipe.classes.length || model.classes.some((level, k) => level !== recipe.classes[k])) throw broken('model and recipe name different classes');
  const names = new Set(columns.map((column) => column.name));
  for (const { name } of clean ? [] : recipe.input) if (!names.has(name)) throw broken(`the contract lacks column "${name.slice(0, 40)}"`);
  if (rows.length !== predictions.length || predictions.some((row) => row.length !== width)) throw broken('golden rows and predictions differ in number');
}

/** Errors of other rooms about this file, and what hostile data makes them trip over, as one code. */
function checked<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (isBarnacleError(cause, 'newer-version') || isBarnacleError(cause, 'bad-bundle')) throw cause;
    throw broken(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

const broken = (reason: string, cause?: unknown) => new BarnacleError('bad-bundle', `the bundle cannot be read: ${reason}; get the file again or export it anew`, { reason }, { cause });
