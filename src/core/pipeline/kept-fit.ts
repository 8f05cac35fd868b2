// A fit under way, as doors keep it: the learner's checkpoint with the curve and the time that led there; and its file.
// Resumed with the same spec it ends in the model that the uninterrupted fit would have given.
// The file is laid out as a bundle's (bundle/format.ts) under a magic of its own. What is read is hostile until it has
// passed: hash, lengths and shapes are checked, and the model asked to be sound. Throws bad-file, newer-version.
import { BarnacleError, isBarnacleError } from '../base/errors.ts';
import { canonicalJson } from '../base/hash.ts';
import type { Hash, Json } from '../base/json.ts';
import type { CurvePoint } from '../base/task.ts';
import { arrayTypeOf, arrayTypes, hashLength, hashTail, headerStart, limits, padded, type ArrayRecord, type ArrayType } from '../bundle/format.ts';
import { count, json, list, map, nullable, number, only, optional, record, text } from '../bundle/shape.ts';
import type { Checkpoint } from '../learners/learner.ts';
import { checkModel } from '../models/check-model.ts';
import type { Model, ModelArray } from '../models/model.ts';

/** `fitMs` is the time spent fitting until then, earlier sittings included. */
export type KeptFit = { readonly checkpoint: Checkpoint; readonly curve: readonly CurvePoint[]; readonly fitMs: number };
/** Whose fit it is, and by which version of Barnacle: another one may grow other trees from there. */
export type KeptFitOf = { readonly run: Hash; readonly by: string; readonly kept: KeptFit };

const magic = Uint8Array.of(0x89, 0x42, 0x52, 0x4b, 0x0d, 0x0a, 0x1a, 0x0a);
const version = 1;
const mostPoints = 1_000_000;
type Head = {
  run: string; by: string; learner: string; step: number; json: Json; curve: CurvePoint[]; fitMs: number;
  model: Omit<Model, 'arrays'> & { arrays: ArrayRecord[] };
};

/** The bytes of a checkpoint file. */
export function writeKeptFit({ run, by, kept }: KeptFitOf): Uint8Array<ArrayBuffer> {
  const { learner, step, model, json: own } = kept.checkpoint;
  const names = Object.keys(model.arrays).sort();
  const arrays: ArrayRecord[] = names.map((name) => ({ name, type: arrayTypeOf(model.arrays[name]), length: model.arrays[name].length }));
  const head: Head = { run, by, learner, step, json: own, curve: [...kept.curve], fitMs: kept.fitMs, model: { type: model.type, task: model.task, classes: model.classes, features: model.features, json: model.json, arrays } };
  const header = new TextEncoder().encode(canonicalJson(head as unknown as Json));
  const arraysStart = headerStart + padded(header.length);
  const end = names.reduce((at, name) => at + padded(model.arrays[name].byteLength), arraysStart);
  const file = new Uint8Array(end + hashLength);
  file.set(magic);
  new DataView(file.buffer).setUint32(8, version, true);
  new DataView(file.buffer).setUint32(12, header.length, true);
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

const point = record<CurvePoint>({ step: count, train: nullable(number), valid: nullable(number), rowsPerSecond: nullable(number), extra: optional(map(number)) });
const head = record<Head>({
  run: text(100), by: text(100), learner: text(100), step: count, json, curve: list(point, mostPoints), fitMs: number,
  model: record<Head['model']>({
    type: text(100), task: only('binary', 'multiclass', 'regression'), classes: list(text(100_000), 100_000), features: count, json,
    arrays: list(record<ArrayRecord>({ name: text(200), type: only(...(Object.keys(arrayTypes) as ArrayType[])), length: count }), limits.arrays),
  }),
});

/** The inverse of writeKeptFit. */
export function readKeptFit(given: Uint8Array): KeptFitOf {
  const file = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (file.length < headerStart + hashLength || !magic.every((byte, i) => file[i] === byte)) throw broken('it does not begin as a checkpoint does');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found = view.getUint32(8, true);
  if (found > version) throw new BarnacleError('newer-version', `the checkpoint has format ${found}, this version reads up to ${version}; train from the start`, { what: 'checkpoint', found, supported: version });
  const end = file.length - hashLength;
  if (!hashTail(file.subarray(0, end)).every((byte, i) => byte === file[end + i])) throw broken('its content hash does not match: it is cut short or a byte has changed');
  const headerLength = view.getUint32(12, true);
  if (headerLength > limits.header || headerStart + padded(headerLength) > end) throw broken(`a header of ${headerLength} bytes does not fit`);
  try {
    const fields = head(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(headerStart, headerStart + headerLength))) as Json, 'header');
    const { run, by, learner, step, json: own, curve, fitMs } = fields;
    const model = readArrays(fields.model, file.subarray(headerStart + padded(headerLength), end));
    checkModel(model);
    return { run, by, kept: { checkpoint: { learner, step, model, json: own }, curve, fitMs } };
  } catch (cause) {
    if (isBarnacleError(cause, 'bad-file')) throw cause;
    throw broken(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function readArrays(fields: Head['model'], body: Uint8Array): Model {
  const entries: [string, ModelArray][] = [];
  let at = 0;
  for (const { name, type, length } of fields.arrays) {
    const TypedArray = arrayTypes[type];
    const bytes = length * TypedArray.BYTES_PER_ELEMENT;
    if (padded(bytes) > body.length - at) throw broken(`array "${name}" of ${length} ${type} does not fit in the ${body.length - at} bytes left`);
    entries.push([name, new TypedArray(body.slice(at, at + bytes).buffer)]);
    at += padded(bytes);
  }
  if (at !== body.length) throw broken(`${body.length - at} bytes follow the last array`);
  return { ...fields, arrays: Object.fromEntries(entries) };
}

const broken = (reason: string, cause?: unknown) => new BarnacleError('bad-file', `the checkpoint cannot be read: ${reason}; train from the start`, { format: 'barnacle-checkpoint', reason }, { cause });
