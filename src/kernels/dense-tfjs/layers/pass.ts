// One batch through a net and back on tfjs. Each family's file gives a layer's two directions: `forward` computes, `back`
// takes the slope by its output, gives the gradients of its parameters to the store and answers the slope by its input.
// Written out by hand, no tape: everything lives in the tidy of the step that called.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { NetStep } from '../../../core/learners/mlp/net-kernels.ts';
import type { Net, NetLayer, NetSlot } from '../../../core/models/net/net.ts';
import type { Drop, NetOps, NetStore } from '../ops.ts';
import type { Layers } from './families.ts';
import { inputLayer } from './inputs.ts';

export interface Pass {
  readonly net: Net;
  readonly ops: NetOps;
  readonly layers: Layers;
  readonly store: NetStore;
  readonly rows: number;
  /** Null = as at serving: no dropout, running statistics. */
  readonly training: { readonly seed: number; readonly at: NetStep } | null;
  slot(name: string): NetSlot;
}

export interface Place {
  /** Index in net.layers, and what lies before the layer. */
  readonly index: number;
  readonly members: number;
  readonly width: number;
}

export interface Made {
  readonly out: Tensor2D;
  /** `isWanted` false: nothing below learns, so the answer is not looked at. */
  back(d: Tensor2D, isWanted: boolean): Tensor2D;
}

/** What a net is once, for all its passes: its slots by name, the places of its layers, and which slopes are wanted. */
export interface NetPlan {
  readonly net: Net;
  readonly slots: readonly NetSlot[];
  readonly places: readonly Place[];
  slot(name: string): NetSlot;
  /** Something below layer l learns. */
  isWanted(l: number): boolean;
}

export interface Gone {
  readonly scores: Tensor2D;
  /** For each layer its share of stuck units, a scalar, or null; asked for by `watch` only. */
  readonly stuck: readonly (Tensor | null)[];
  back(slope: Tensor2D): void;
}

export function runPass(plan: NetPlan, pass: Pass, x: Float32Array, codes: Int32Array): Gone {
  const stack: Tensor2D[] = [];
  const inputs = inputLayer(pass, x, codes);
  const backs: ((d: Tensor2D, isWanted: boolean) => Tensor2D)[] = [];
  const stuck: (Tensor | null)[] = plan.net.layers.map(() => null);
  let z = inputs.out;
  for (let l = 0; l < plan.net.layers.length; l++) {
    const layer = plan.net.layers[l];
    const place = plan.places[l];
    const drop = layer.kind === 'activate' ? dropOf(pass, plan.net.layers[l + 1], l + 1) : null;
    const made = (pass.layers[layer.kind] as Layers['add'])(pass, place, layer as NetLayer & { kind: 'add' }, z, drop, stack);
    stuck[l] = made.stuck ?? null;
    backs[l] = made.back;
    z = made.out;
    if (drop) backs[++l] = (d) => d;
  }
  return {
    scores: z,
    stuck,
    back(slope) {
      let d = slope;
      for (let l = backs.length - 1; l >= 0; l--) d = backs[l](d, plan.isWanted(l));
      if (plan.isWanted(0)) inputs.back(d);
    },
  };
}

/** Null where nothing is dropped. */
export function dropOf({ training }: Pass, layer: NetLayer | undefined, index: number): Drop | null {
  const rate = training && layer?.kind === 'drop' ? layer.rate * training.at.drop : 0;
  return rate > 0 && training ? { seed: training.seed, step: training.at.step, layer: index, rate } : null;
}
