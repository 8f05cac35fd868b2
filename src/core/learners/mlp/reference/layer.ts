// What the reference's layers share: one pass of a batch through a net, and a layer's two directions.
// A layer keeps what its backward needs from its last forward; gradients are added into one flat vector laid out as the
// parameters. Everything is double; lines x width, row-major, as models/net/net.ts says.
import type { NetSlot } from '../../../models/net/net.ts';
import type { NetStep } from '../net-kernels.ts';

export interface Pass {
  readonly params: Float64Array;
  readonly gradients: Float64Array;
  /** Batch norm's mean and (biased) variance of this batch, at the places of the running ones; elsewhere nothing. */
  readonly statistics: Float64Array;
  readonly rows: number;
  /** Null = as at serving: no dropout, running statistics. */
  readonly training: { readonly seed: number; readonly at: NetStep } | null;
  slot(name: string): NetSlot;
}

export interface Place {
  /** Index in net.layers. */
  readonly index: number;
  /** Lines and members before the layer, width before it and after it. */
  readonly lines: number;
  readonly members: number;
  readonly width: number;
  readonly units: number;
}

export interface PassLayer {
  forward(z: Float64Array): Float64Array;
  /** Slope of the loss by the output -> by the input; adds to the gradients of the layer's parameters. */
  backward(dz: Float64Array): Float64Array;
}

/** The run of a flat vector that belongs to a slot; a view. */
export const viewOf = (flat: Float64Array, slot: NetSlot): Float64Array => flat.subarray(slot.offset, slot.offset + slot.size);

/** A slot's parameters and its gradient, by name; views. */
export function slotViews(pass: Pass, name: string): { value: Float64Array; gradient: Float64Array } {
  const slot = pass.slot(name);
  return { value: viewOf(pass.params, slot), gradient: viewOf(pass.gradients, slot) };
}
