// A net's layers as a person reads them, and what a watched step says of each that has weights.
import type { NetWatch } from '../learners/mlp/net-kernels.ts';
import type { Net, NetSlot } from '../models/net/net.ts';
import { slotsOf, widthsOf } from '../models/net/net.ts';

/** As "dense layer 3 of 256 units", counted over all layers from 1. */
export function layerName(net: Net, layer: number): string {
  if (layer < 0) return 'the inputs (encodings and tables)';
  const kind = net.layers[layer];
  if (!kind) return 'the loss';
  const width = widthsOf(net)[layer + 1];
  const what = kind.kind === 'activate' ? `${kind.by} activation` : kind.kind === 'norm' ? `${kind.by} norm` : kind.kind;
  return `layer ${layer + 1} (${what}, ${width} wide)`;
}

export type LayerFlow = { layer: number; name: string; slot: string; /** Root mean square over the slot's elements. */ gradient: number; weight: number };

/** Each slot of weights or tables, from the inputs on. */
export function flowOf(net: Net, watch: NetWatch): LayerFlow[] {
  const taken = (slot: NetSlot): boolean => slot.role === 'weights' && slot.size > 0;
  return slotsOf(net).flatMap((slot, s) => {
    const root = Math.sqrt(slot.size);
    return taken(slot)
      ? [{ layer: slot.layer, name: layerName(net, slot.layer), slot: slot.name, gradient: watch.gradientNorms[s] / root, weight: watch.weightNorms[s] / root }]
      : [];
  });
}
