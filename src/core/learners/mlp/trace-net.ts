// Where training first stops being numbers: one step in doubles, op by op, and the first whose output is NaN or infinite.
// What exceeds float32 counts as infinite, since that is what the backends hold.
import type { Net } from '../../models/net/net.ts';
import { slotsOf } from '../../models/net/net.ts';
import type { NetBatch, NetOpen, NetStep } from './net-kernels.ts';
import { moveRunning, startState } from './reference-net.ts';
import { viewOf } from './reference/layer.ts';
import { optimise } from './reference/optimizer.ts';
import { gradientsOf } from './reference/pass.ts';

export type NetFault = {
  /** Where in the step: what came in (batch, weights), or an op of that phase. */
  phase: 'batch' | 'weights' | 'forward' | 'loss' | 'backward' | 'optimiser';
  /** Index in net.layers; -1 = the inputs; null = the batch or the loss. */
  layer: number | null;
  /** inputs, loss, or the layer's kind; for a batch x, truth or share. */
  kind: string;
  /** The parameter whose value or gradient it is; null = activations or their slope. */
  slot: string | null;
  /** How many of how many are no numbers, and which the first is. */
  count: number;
  of: number;
  example: 'NaN' | 'Infinity' | '-Infinity';
};

/** Null when the step goes through; a trace of its own copies, the session is not touched. */
export function traceNet(open: NetOpen, batch: NetBatch, at: NetStep): NetFault | null {
  const { net } = open;
  const slots = slotsOf(net);
  const params = Float64Array.from(open.weights);
  for (const name of ['x', 'truth', 'share'] as const) {
    const fault = faultOf({ phase: 'batch', layer: null, kind: name, slot: null }, batch[name]);
    if (fault) return fault;
  }
  for (const slot of slots) {
    const fault = faultOf({ phase: 'weights', layer: slot.layer, kind: kindOf(net, slot.layer), slot: slot.name }, viewOf(params, slot));
    if (fault) return fault;
  }
  let first: NetFault | null = null;
  const done = gradientsOf(net, open.loss, params, open.seed, batch, at, (phase, layer, slot, values) => {
    first ??= faultOf(
      { phase: layer === net.layers.length ? 'loss' : phase, layer: layer === net.layers.length ? null : layer, kind: kindOf(net, layer), slot },
      values,
    );
  });
  if (first) return first;
  optimise(open.optimizer, slots, params, done.gradients, startState(open), at);
  moveRunning(slots, params, done.statistics);
  for (const slot of slots) {
    const fault = faultOf({ phase: 'optimiser', layer: slot.layer, kind: kindOf(net, slot.layer), slot: slot.name }, viewOf(params, slot));
    if (fault) return fault;
  }
  return null;
}

const kindOf = (net: Net, layer: number): string => (layer < 0 ? 'inputs' : layer < net.layers.length ? net.layers[layer].kind : 'loss');

function faultOf(where: Pick<NetFault, 'phase' | 'layer' | 'kind' | 'slot'>, values: ArrayLike<number>): NetFault | null {
  let [count, example] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const v = Math.fround(values[i]);
    if (!Number.isFinite(v) && count++ === 0) example = v;
  }
  if (count === 0) return null;
  return { ...where, count, of: values.length, example: example !== example ? 'NaN' : example > 0 ? 'Infinity' : '-Infinity' };
}
