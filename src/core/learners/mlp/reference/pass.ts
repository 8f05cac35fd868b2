// One batch through a net and back: the inputs, layer by layer, the loss, and the same in reverse. `see` is shown every
// output as it is made, which is how the tracer finds the first that is not a number.
import type { Net, NetLayer } from '../../../models/net/net.ts';
import { membersOf, slotsOf, widthsOf } from '../../../models/net/net.ts';
import type { NetBatch, NetLoss, NetStep } from '../net-kernels.ts';
import { activateLayer, deadShare } from './activate.ts';
import { affineLayer } from './affine.ts';
import { dropLayer } from './drop.ts';
import { addLayer, saveLayer, scaleLayer, shiftLayer, spreadLayer } from './element.ts';
import { inputLayer } from './inputs.ts';
import type { Pass, PassLayer, Place } from './layer.ts';
import { viewOf } from './layer.ts';
import { lossOf } from './loss.ts';
import { normLayer } from './norm.ts';

/** An output of the pass: of a layer (-1 = the inputs, layers.length = the loss), or with a slot the slot's gradient. */
export type See = (phase: 'forward' | 'backward', layer: number, slot: string | null, values: Float64Array) => void;

export interface Gradients {
  readonly loss: number;
  /** Laid out as the parameters. */
  readonly gradients: Float64Array;
  /** Batch norm's statistics of the batch, at the places of the running ones. */
  readonly statistics: Float64Array;
  /** As NetWatch.dead. */
  readonly dead: Float64Array;
}

function passOf(net: Net, params: Float64Array, rows: number, training: Pass['training']): Pass {
  const slots = new Map(slotsOf(net).map((slot) => [slot.name, slot]));
  return {
    params,
    gradients: new Float64Array(params.length),
    statistics: new Float64Array(params.length),
    rows,
    training,
    slot(name) {
      const slot = slots.get(name);
      if (!slot) throw new RangeError(`a net has no slot "${name}"`);
      return slot;
    },
  };
}

function layersOf(net: Net, pass: Pass): PassLayer[] {
  const [widths, members] = [widthsOf(net), membersOf(net)];
  const stack: Float64Array[] = [];
  return net.layers.map((layer, index) =>
    layerOf(layer, pass, { index, lines: pass.rows * members[index], members: members[index], width: widths[index], units: widths[index + 1] }, stack),
  );
}

function layerOf(layer: NetLayer, pass: Pass, place: Place, stack: Float64Array[]): PassLayer {
  switch (layer.kind) {
    case 'scale':
      return scaleLayer(pass, place, layer.member);
    case 'shift':
      return shiftLayer(pass, place, layer.member);
    case 'dense':
      return affineLayer(pass, place, 1, layer.bias);
    case 'heads':
      return affineLayer(pass, place, place.members, true);
    case 'norm':
      return normLayer(pass, place, layer.by);
    case 'activate':
      return activateLayer(pass, place, layer.by, layer.mixed);
    case 'drop':
      return dropLayer(pass, place, layer.rate);
    case 'spread':
      return spreadLayer(place, layer.members);
    case 'save':
      return saveLayer(stack);
    case 'add':
      return addLayer(stack);
  }
}

/** Scores before the link as at serving: rows x members x outputs. */
export function scoresOf(net: Net, params: Float64Array, x: ArrayLike<number>, codes: ArrayLike<number>, rows: number): Float64Array {
  const pass = passOf(net, params, rows, null);
  return layersOf(net, pass).reduce((z, layer) => layer.forward(z), inputLayer(net, pass, x, codes).forward());
}

/** The batch's loss and its gradient by every parameter, as a training step sees them. Params are left as they are. */
export function gradientsOf(net: Net, loss: NetLoss, params: Float64Array, seed: number, batch: NetBatch, at: NetStep, see: See | null = null): Gradients {
  const pass = passOf(net, params, batch.rows, { seed, at });
  const inputs = inputLayer(net, pass, batch.x, batch.codes);
  const layers = layersOf(net, pass);
  const [widths, members, slots] = [widthsOf(net), membersOf(net), slotsOf(net)];
  const dead = new Float64Array(layers.length).fill(NaN);

  let z = inputs.forward();
  see?.('forward', -1, null, z);
  layers.forEach((layer, l) => {
    const kind = net.layers[l];
    if (kind.kind === 'activate' && at.watch) dead[l] = deadShare(kind.by, z, widths[l]);
    z = layer.forward(z);
    see?.('forward', l, null, z);
  });
  const end = lossOf(loss, z, batch, members[layers.length]);
  see?.('forward', layers.length, null, Float64Array.of(end.loss));

  let dz = end.slope;
  see?.('backward', layers.length, null, dz);
  const seeSlots = (layer: number): void => {
    for (const slot of slots) if (slot.layer === layer && slot.trained) see?.('backward', layer, slot.name, viewOf(pass.gradients, slot));
  };
  for (let l = layers.length - 1; l >= 0; l--) {
    dz = layers[l].backward(dz);
    seeSlots(l);
    see?.('backward', l, null, dz);
  }
  inputs.backward(dz);
  seeSlots(-1);
  return { loss: end.loss, gradients: pass.gradients, statistics: pass.statistics, dead };
}
