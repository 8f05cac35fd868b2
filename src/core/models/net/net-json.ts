// The json of a `net` model, and its reading: hostile until readNetJson has passed. Beside it, in arrays: fill, center and scale
// (a number for each feature; 0 where it is nominal) and one array for each slot of slotsOf(net), under the slot's name.
import { BarnacleError } from '../../base/errors.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { readLink } from '../link.ts';
import type { Model } from '../model.ts';
import { widthOf } from '../width.ts';
import type { Net } from './net.ts';
import { readNet } from './read-net.ts';

/** What a score becomes, line by line, before members are averaged. */
export type NetLink = 'identity' | 'sigmoid' | 'softmax' | 'exp';
export type NetFeatureKind = { as: 'number' } | { as: 'flag' } | { as: 'levels'; levels: number } | { as: 'code'; levels: number };
/** Regression: value = link(score * spread + shift), the mean of members held within `range`. Else spread 1, shift 0, range null. */
export type NetJson = { net: Net; features: NetFeatureKind[]; clip: number; shift: number; spread: number; range: [number, number] | null; link: NetLink };

const maxLevels = 2 ** 24;

/** Throws bad-bundle unless the json is sound and goes with the model's head. */
export function readNetJson(model: Model): NetJson {
  const { net: stored, features: kinds, clip, shift, spread, range, link } = model.json as JsonObject;
  const net = readNet(stored, widthOf(model.task, model.classes.length));
  const features = readFeatures(kinds, model.features);
  const by = readLink(model.task, link);
  if (by !== 'identity' && by !== 'sigmoid' && by !== 'softmax' && by !== 'exp') throw broken(`link ${JSON.stringify(by)} is none of a net`);
  if (typeof clip !== 'number' || !(clip > 0 && clip <= 1e6)) throw broken(`clip ${JSON.stringify(clip)} is not in (0, 1e6]`);
  if (!isFinite(shift) || !isFinite(spread)) throw broken('shift and spread are not finite');
  if (range !== null && !(Array.isArray(range) && range.length === 2 && range.every(isFinite) && range[0] <= range[1])) throw broken(`range ${JSON.stringify(range)?.slice(0, 80)} is no interval`);
  if (model.task !== 'regression' && (range !== null || shift !== 0 || spread !== 1)) throw broken(`shift, spread and range are not of ${model.task}`);
  const { numbers, flags, categories } = net.inputs;
  const codes = features.filter((f) => f.as === 'code');
  const found = features.reduce((sum, f) => sum + (f.as === 'flag' ? 1 : f.as === 'levels' ? f.levels : 0), 0);
  if (features.filter((f) => f.as === 'number').length !== numbers || found !== flags) throw broken(`features do not make ${numbers} numbers and ${flags} flags`);
  if (codes.length !== categories.length || codes.some((f, c) => f.levels !== categories[c].levels)) throw broken('coded features do not go with the categories of the net');
  return { net, features, clip, shift, spread, range: range as NetJson['range'], link: by };
}

function readFeatures(json: Json | undefined, count: number): NetFeatureKind[] {
  if (!Array.isArray(json) || json.length !== count) throw broken(`features are no list of ${count}`);
  return Array.from(json as readonly Json[], (one, j): NetFeatureKind => {
    const { as, levels } = (one ?? {}) as JsonObject;
    if (as === 'number' || as === 'flag') return { as };
    const isCount = typeof levels === 'number' && Number.isInteger(levels) && levels >= 0 && levels <= maxLevels;
    if ((as !== 'levels' && as !== 'code') || !isCount) throw broken(`feature ${j} is ${JSON.stringify(one)?.slice(0, 80)}`);
    return { as, levels };
  });
}

const isFinite = (x: Json | undefined): x is number => typeof x === 'number' && Number.isFinite(x);
const broken = (reason: string) => new BarnacleError('bad-bundle', `net model: ${reason}`, { reason });
