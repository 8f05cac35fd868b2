// The seam between the mlp learner and a neural backend; implemented by reference.ts here and by kernels/dense-tfjs.
// The learner owns everything that is chance or choice (shuffle, dropout masks, schedule, early stopping); a backend only
// computes: a session holds the weights and AdamW moments of one net and steps them batch by batch. Arrays are row-major.
import type { Activation } from '../../models/dense.ts';

/** softmax: truth is K shares per row; sigmoid: 0..1 per row; squared: half the squared error of the value. */
export type DenseLoss = 'softmax' | 'sigmoid' | 'squared';

export interface DenseNet {
  /** [features, hidden..., outputs] */
  readonly sizes: readonly number[];
  readonly activation: Activation;
  readonly loss: DenseLoss;
}

/** AdamW (Loshchilov & Hutter 2019): decay is applied to weights, never to biases, times the rate of the step. */
export interface DenseOptions { readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly decay: number }

export interface DenseBatch {
  readonly rows: number;
  /** rows x features, as the net sees them (made robust, no NaN). */
  readonly x: Float32Array;
  /** rows x outputs. */
  readonly truth: Float32Array;
  /** Each row's share of the batch's loss; the shares sum to 1. */
  readonly share: Float32Array;
  /** For each hidden layer rows x units multipliers (0 or 1 / (1 - rate)), or null for no dropout. */
  readonly masks: readonly Float32Array[] | null;
}

export interface DenseSession {
  /** One optimiser step; on a GPU it returns before it has been computed. */
  step(batch: DenseBatch, rate: number): void;
  /** The mean of the batch losses since last asked; waits for the device. Rejects with no-backend when it was lost. */
  loss(): Promise<number>;
  /** Scores (before the link) of rows x outputs. */
  forward(x: Float32Array, rows: number): Promise<Float32Array>;
  /** w0, b0, w1, b1, ... as they are now; w is inputs x outputs. Copies. */
  weights(): Promise<Float32Array[]>;
  dispose(): void;
}

export interface DenseKernels {
  /** reference | wasm | webgpu | cpu, for the run's record. */
  readonly backend: string;
  /** Why a faster backend was not taken, one line each. */
  readonly reasons: readonly string[];
  /** A net with the given weights (w0, b0, ...), which are copied. */
  open(net: DenseNet, weights: readonly Float32Array[], options: DenseOptions): DenseSession;
  /** Buffers that are alive on the backend; equal before and after a session. */
  tensors(): number;
  /** What to go on with when the device was lost; null when there is nothing slower. */
  stepDown(): Promise<DenseKernels | null>;
}
