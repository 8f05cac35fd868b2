// The cases of the nets benchmark: the plain net, and the default of the learner as its parameters make it.
import { defaults } from '../../core/base/params.ts';
import { chooseNet, chooseOptimizer } from '../../core/learners/mlp/choose-net.ts';
import type { NetOptimizer } from '../../core/learners/mlp/net-kernels.ts';
import { mlpParams } from '../../core/learners/mlp/params.ts';
import { settle } from '../../core/learners/mlp/presets.ts';
import { membersOf, slotsOf, widthsOf } from '../../core/models/net/net.ts';
import type { Net, NetLayer } from '../../core/models/net/net.ts';
import type { NetFeature } from '../../core/models/net/features.ts';

export const FEATURES = 54;
export const CLASSES = 7;

export type NetsCase = { readonly key: string; readonly name: string; readonly batch: number; readonly net: Net; readonly optimizer: NetOptimizer };

const relu: NetLayer = { kind: 'activate', by: 'relu', mixed: false };
const dense = (units: number): NetLayer => ({ kind: 'dense', units, bias: true });

export function netsCases(): NetsCase[] {
  const plain: Net = { inputs: { numbers: FEATURES, flags: 0, encoding: null, categories: [] }, layers: [dense(256), relu, dense(128), relu, dense(CLASSES)] };
  const slots = slotsOf(plain);
  const adam: NetOptimizer = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 0, rates: slots.map(() => 1), decays: slots.map(() => 0) };
  const settings = settle(defaults(mlpParams), 'multiclass', 100_000);
  const features: NetFeature[] = Array.from({ length: FEATURES }, () => ({ as: 'number', fill: 0, center: 0, scale: 1 }));
  const net = chooseNet(settings, features, CLASSES);
  return [
    { key: 'plain', name: `${FEATURES}-256-128-${CLASSES}, batch 512, Adam`, batch: 512, net: plain, optimizer: adam },
    { key: 'default', name: `default (${settings.architecture} ${settings.hidden.join('-')}), batch 256`, batch: 256, net, optimizer: chooseOptimizer(settings, net) },
  ];
}

/** Multiply-adds of products for a row, forward and back; no slope is taken below the first layer that has something to train. */
export function maddsOfRow(net: Net): number {
  const [widths, members, slots] = [widthsOf(net), membersOf(net), slotsOf(net)];
  let sum = 0;
  for (const { role, layer, size } of slots) {
    if (role !== 'weights') continue;
    const each = layer < 0 || net.layers[layer].kind === 'heads' ? size : members[layer] * widths[layer] * widths[layer + 1];
    const below = slots.some((slot) => slot.trained && slot.layer < layer) || (layer < 0 && net.inputs.encoding?.kind !== 'piecewise');
    sum += each * (below ? 3 : 2);
  }
  return sum;
}
