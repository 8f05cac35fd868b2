// What one prediction of a model costs, in walks of a tree (about 10 ns in WASM): what decides how many rows an explanation affords.
import type { JsonObject } from '../base/json.ts';
import type { Model } from './model.ts';
import { membersOf, widthsOf } from './net/net.ts';
import type { NetJson } from './net/net-json.ts';

/** Multiplications in WASM that take as long as a walk. */
const WALK = 70;

/** A checked model; 1 for what costs next to nothing. */
export function servingCost(model: Model): number {
  if (model.type === 'trees') return Number((model.json as JsonObject).trees);
  if (model.type !== 'net') return 1;
  const { net } = model.json as NetJson;
  const [widths, members] = [widthsOf(net), membersOf(net)];
  const products = net.layers.reduce((sum, layer, l) => sum + (layer.kind === 'dense' || layer.kind === 'heads' ? members[l] * widths[l] * layer.units : 0), 0);
  return Math.max(1, Math.round(products / WALK));
}
