// Raw scores of a row -> what is said of it: by task sigmoid, softmax or the score itself, or by the link that a model names.
// In place and in doubles, through base/numerics, so that every engine gives the same bits.
import { BarnacleError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { exp, sigmoid, softmax } from '../base/numerics.ts';
import type { Task } from '../base/task.ts';

/**
 * identity | sigmoid | softmax; exp: values that are positive (counts, amounts); share: mean class shares of a forest, held to
 * [0, 1] and made to sum to 1; isolation: sigmoid(a + b * exp(score)), score = log of the anomaly score of an isolation forest.
 */
export type Link = 'identity' | 'sigmoid' | 'softmax' | 'exp' | 'share' | { readonly type: 'isolation'; readonly a: number; readonly b: number };

const links: { readonly [task in Task]: readonly string[] } = { binary: ['sigmoid', 'share', 'isolation'], multiclass: ['softmax', 'share'], regression: ['identity', 'exp', 'sigmoid'] };

/** The link that a model of the task has when it names none. */
export const linkOf = (task: Task): Link => (task === 'binary' ? 'sigmoid' : task === 'multiclass' ? 'softmax' : 'identity');

/** The `link` of a model's json, checked. Throws bad-bundle for one that is unknown or does not go with the task. */
export function readLink(task: Task, json: Json | undefined): Link {
  if (json === undefined) return linkOf(task);
  const held = json !== null && typeof json === 'object' && !Array.isArray(json) ? (json as JsonObject) : null;
  const name = held ? held.type : json;
  if (typeof name !== 'string' || !links[task].includes(name) || (name === 'isolation') !== (held !== null)) throw broken(`has the link ${JSON.stringify(json).slice(0, 80)}, which does not go with ${task}`);
  if (!held) return name as Link;
  const { a, b } = held;
  if (typeof a !== 'number' || typeof b !== 'number' || !Number.isFinite(a) || !Number.isFinite(b)) throw broken(`has an isolation link without finite a and b`);
  return { type: 'isolation', a, b };
}

/** Links the `width` scores at `offset`. */
export function link(task: Task, values: Float64Array, offset: number, width: number, by: Link = linkOf(task)): void {
  if (by === 'sigmoid') values[offset] = sigmoid(values[offset]);
  else if (by === 'softmax') softmax(values, offset, width);
  else if (by === 'exp') values[offset] = Math.min(Number.MAX_VALUE, exp(values[offset]));
  else if (by === 'share') share(values, offset, width);
  else if (by !== 'identity') values[offset] = sigmoid(by.a + by.b * Math.min(Number.MAX_VALUE, exp(values[offset])));
}

/** One number is held to [0, 1]; several are held to 0 from below and divided by their sum, all alike when they are all 0. */
function share(values: Float64Array, offset: number, width: number): void {
  if (width === 1) {
    values[offset] = Math.min(1, Math.max(0, values[offset]));
    return;
  }
  let sum = 0;
  for (let k = offset; k < offset + width; k++) sum += values[k] = values[k] > 0 ? values[k] : 0;
  for (let k = offset; k < offset + width; k++) values[k] = sum > 0 ? values[k] / sum : 1 / width;
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `model ${reason}`, { reason });
