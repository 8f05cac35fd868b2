// One maker for each kind of layer, in tfjs ops; a backend that does some of them its own way replaces these.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { NetLayer } from '../../../core/models/net/net.ts';
import type { Drop } from '../ops.ts';
import { activateLayer } from './activate.ts';
import { denseLayer, headsLayer } from './affine.ts';
import { addLayer, dropLayer, saveLayer, scaleLayer, shiftLayer, spreadLayer } from './element.ts';
import { normLayer } from './norm.ts';
import { dropOf, type Made, type Pass, type Place } from './pass.ts';

type Kind = NetLayer['kind'];
/** `drop`: that of a drop layer straight after an activation, which does both at once. */
type Maker<K extends Kind> = (pass: Pass, place: Place, layer: NetLayer & { kind: K }, z: Tensor2D, drop: Drop | null, stack: Tensor2D[]) => Made & { stuck?: Tensor | null };
export type Layers = { readonly [K in Kind]: Maker<K> };

export const plainLayers: Layers = {
  scale: (pass, place, layer, z) => scaleLayer(pass, place, layer.member, z),
  shift: (pass, place, layer, z) => shiftLayer(pass, place, layer.member, z),
  dense: (pass, place, layer, z) => denseLayer(pass, place, layer.bias, z),
  heads: (pass, place, layer, z) => headsLayer(pass, place, layer.units, z),
  norm: (pass, place, layer, z) => normLayer(pass, place, layer.by, z),
  activate: (pass, place, layer, z, drop) => activateLayer(pass, place, layer.by, layer.mixed, z, drop),
  drop: (pass, place, layer, z) => dropLayer(pass, dropOf(pass, layer, place.index), z),
  spread: (_, place, layer, z) => spreadLayer(place, layer.members, z),
  save: (_pass, _place, _layer, z, _drop, stack) => saveLayer(stack, z),
  add: (_pass, _place, _layer, z, _drop, stack) => addLayer(stack, z),
};
