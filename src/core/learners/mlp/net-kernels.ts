// The seam between the mlp learner and what trains nets: reference-net.ts here (the truth, in doubles), kernels/nets-wasm
// (ours: SIMD, threads) and kernels/dense-tfjs (WebGPU and tfjs's own WASM and CPU). The learner owns everything that is
// chance or choice (start, shuffle, schedules, early stopping, which step); a session holds one net's parameters and
// optimiser and computes. Dropout is a pure function of (seed, step, layer, element), so every backend drops the same units.
import { randomBits, streamOf } from '../../base/random.ts';
import type { Net } from '../../models/net/net.ts';

/**
 * Per line and output z with truth y, weighed by the row's share and averaged over members.
 * softmax, sigmoid: cross-entropy, with focal > 0 times (1 - p of the truth)^focal (Lin et al. 2017; the truth is then not
 * smoothed); squared: (z - y)^2 / 2; absolute: |z - y|; huber: with delta, (z - y)^2 / 2 within, delta (|z - y| - delta / 2)
 * beyond; quantile: pinball loss, one level for each output.
 */
export type NetLoss =
  | { kind: 'softmax'; focal: number }
  | { kind: 'sigmoid'; focal: number }
  | { kind: 'squared' }
  | { kind: 'absolute' }
  | { kind: 'huber'; delta: number }
  | { kind: 'quantile'; levels: readonly number[] };

/**
 * adamw: Loshchilov & Hutter 2019, w -= rate * (r m' / (sqrt(v') + epsilon) + d w), m' and v' unbiased.
 * sgd: with momentum beta1, m = beta1 m + g, w -= rate * (r m + d w).
 * `rates` and `decays` have one r and one d for each slot of slotsOf(net); the rate of the step multiplies both, and the
 * decay of the step multiplies d. clip > 0: gradients are scaled down so that their norm over all trained slots is at most clip.
 */
export interface NetOptimizer {
  readonly kind: 'adamw' | 'sgd';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly clip: number;
  readonly rates: readonly number[];
  readonly decays: readonly number[];
}

export interface NetBatch {
  readonly rows: number;
  /** rows x (numbers + flags), made robust, no NaN. */
  readonly x: Float32Array;
  /** rows x categories, each 0 to its `levels`. Empty when the net has none. */
  readonly codes: Int32Array;
  /** rows x outputs (softmax: shares that sum to 1; quantile: the value in each). */
  readonly truth: Float32Array;
  /** Each row's share of the batch's loss; the shares sum to 1. */
  readonly share: Float32Array;
}

export interface NetStep {
  /** Learning rate of this step, and what multiplies the decays and the dropout rates of the net. */
  readonly rate: number;
  readonly decay: number;
  readonly drop: number;
  /** Number of the step, from 0: what dropout is drawn by. */
  readonly step: number;
  /** True: what `watch` tells is taken from this step. */
  readonly watch: boolean;
}

/** Taken from the last watched step. */
export interface NetWatch {
  /** Root of the sum of squares, one for each slot: gradients before clipping (0 for slots without), and parameters after the step. */
  readonly gradientNorms: Float64Array;
  readonly weightNorms: Float64Array;
  /** For each layer the share of its units that are dead (activate by relu: 0 on every line of the batch) or saturated (tanh: beyond 0.99 on every line); NaN for other layers. */
  readonly dead: Float64Array;
}

/** The optimiser between two steps: enough, with the weights, to go on to the same bits on the same backend. */
export interface NetMoments {
  readonly steps: number;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export interface NetSession {
  /** One optimiser step; on a GPU it returns before it has been computed. */
  step(batch: NetBatch, at: NetStep): void;
  /** The mean of the batch losses since last asked; waits for the device. Rejects with no-backend when it was lost. */
  loss(): Promise<number>;
  watch(): Promise<NetWatch>;
  /** Scores before the link as at serving (no dropout, running statistics): rows x members x outputs. */
  forward(x: Float32Array, codes: Int32Array, rows: number): Promise<Float32Array>;
  /** The flat parameter vector as it is now; a copy. */
  weights(): Promise<Float32Array>;
  moments(): Promise<NetMoments>;
  /** Tensors (or arrays) and bytes that this session holds on its backend. */
  held(): { tensors: number; bytes: number };
  dispose(): void;
}

export interface NetOpen {
  readonly net: Net;
  readonly loss: NetLoss;
  readonly optimizer: NetOptimizer;
  /** Copied. */
  readonly weights: Float32Array;
  /** Absent = a new optimiser. */
  readonly moments?: NetMoments | null;
  readonly seed: number;
  /** Rows of the largest batch that will come. */
  readonly maxRows: number;
}

export interface NetKernels {
  /** reference | wasm | webgpu | tfjs-wasm | tfjs-cpu, for the run's record. */
  readonly backend: string;
  readonly threads: number;
  /** Why a faster backend was not taken, one line each. */
  readonly reasons: readonly string[];
  open(options: NetOpen): Promise<NetSession>;
  /** Tensors, arrays or GPU buffers that are alive on the backend; equal before and after a session. */
  tensors(): number;
  /** What to go on with when the device was lost; null when there is nothing slower. */
  stepDown(): Promise<NetKernels | null>;
}

const maskStream = streamOf('net-drop');

/** The stream of the dropout of a layer at a step: element i of its lines x width reads 16 bits of word i >> 1, the low half for even i. */
export const dropStream = (step: number, layer: number): number => (maskStream + Math.imul(step, 64) + layer) | 0;

/** The bar that the 16 bits are held to: kept when bits >= bar, then times 65536 / (65536 - bar). */
export const dropBar = (rate: number): number => Math.min(65_535, Math.max(0, Math.round(rate * 65_536)));

/** What dropout multiplies the `count` elements of a layer by. */
export function dropMask(seed: number, step: number, layer: number, rate: number, count: number): Float32Array {
  const bar = dropBar(rate);
  const kept = 65_536 / (65_536 - bar);
  const mask = new Float32Array(count);
  const stream = dropStream(step, layer);
  for (let i = 0; i < count; i += 2) {
    const word = randomBits(seed, stream, i >> 1);
    mask[i] = (word & 0xffff) >= bar ? kept : 0;
    if (i + 1 < count) mask[i + 1] = word >>> 16 >= bar ? kept : 0;
  }
  return mask;
}
