// A trained net -> the model that serves it, and back: for warm starts, checkpoints and the tools that look into a net.
// Stored turned: dense weights outputs x inputs, heads members x outputs x inputs, so that 8 bits have a scale for each neuron.
// Batch norm keeps its running mean and variance, and dropout its rates, so that training can go on from the model.
import type { Task } from '../../base/task.ts';
import { floatsOf } from '../decode.ts';
import { linkOf } from '../link.ts';
import type { Model } from '../model.ts';
import type { NetFeature } from './features.ts';
import { readNetJson, type NetFeatureKind, type NetJson, type NetLink } from './net-json.ts';
import { sizeOf, slotsOf, type Net, type NetSlot } from './net.ts';

export interface NetParts {
  readonly task: Task;
  /** Empty for regression. */
  readonly classes: readonly string[];
  /** In the order of the matrix. */
  readonly features: readonly NetFeature[];
  readonly clip: number;
  readonly net: Net;
  /** The flat vector of slotsOf(net). */
  readonly weights: Float32Array;
  /** Regression: value = link(score * spread + shift), the mean of members held within range. Absent = 0, 1, null. */
  readonly shift?: number;
  readonly spread?: number;
  readonly range?: readonly [number, number] | null;
  /** Absent = sigmoid, softmax or identity by task. */
  readonly link?: NetLink;
}

/** Throws an Error when the weights are not as many as the net has; the arrays are copies. */
export function makeNetModel({ task, classes, features, clip, net, weights, shift = 0, spread = 1, range = null, link = linkOf(task) as NetLink }: NetParts): Model {
  if (weights.length !== sizeOf(net)) throw new Error(`a net of ${sizeOf(net)} parameters was given ${weights.length}`);
  const of = (part: 'fill' | 'center' | 'scale') => Float64Array.from(features, (f) => (f.as === 'number' || f.as === 'flag' ? f[part] : 0));
  const arrays: { [name: string]: Float32Array | Float64Array } = { fill: of('fill'), center: of('center'), scale: of('scale') };
  for (const slot of slotsOf(net)) arrays[slot.name] = turn(slot, weights.subarray(slot.offset, slot.offset + slot.size), false);
  const kinds = features.map((f): NetFeatureKind => (f.as === 'levels' || f.as === 'code' ? { as: f.as, levels: f.levels } : { as: f.as }));
  const json: NetJson = { net, features: kinds, clip, shift, spread, range: range && [range[0], range[1]], link };
  return { type: 'net', task, classes: [...classes], features: features.length, json, arrays };
}

/** What a checked model was made of (its weights decoded, if they were stored in fewer bits). */
export function netPartsOf(model: Model): Required<NetParts> {
  const { net, features: kinds, clip, shift, spread, range, link } = readNetJson(model);
  const [fill, center, scale] = ['fill', 'center', 'scale'].map((name) => floatsOf(model, name));
  const features = kinds.map((kind, j): NetFeature => (kind.as === 'number' || kind.as === 'flag' ? { as: kind.as, fill: fill[j], center: center[j], scale: scale[j] } : kind));
  const weights = new Float32Array(sizeOf(net));
  for (const slot of slotsOf(net)) weights.set(turn(slot, Float32Array.from(floatsOf(model, slot.name)), true), slot.offset);
  return { task: model.task, classes: model.classes, features, clip, net, weights, shift, spread, range, link };
}

/** The values of a slot as stored (a copy), or `back` as the flat vector has them. */
function turn({ role, shape, size, layer }: NetSlot, values: Float32Array, back: boolean): Float32Array {
  if (role !== 'weights' || layer < 0) return values.slice();
  const [rows, columns] = shape.slice(-2);
  const [n, m] = back ? [columns, rows] : [rows, columns];
  const out = new Float32Array(size);
  for (let at = 0; at < size; at += n * m) for (let i = 0; i < n; i++) for (let o = 0; o < m; o++) out[at + o * n + i] = values[at + i * m + o];
  return out;
}
