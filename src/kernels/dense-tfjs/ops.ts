// What the layers of a net compute with, beside tfjs's own element-wise ops: the parts that each backend does its own way.
// Two makers: plain (tfjs ops, any backend) and webgpu (programs of our own on tfjs's device). Arrays of lines are lines x width.
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { NetLoss, NetMoments, NetOpen } from '../../core/learners/mlp/net-kernels.ts';
import type { Activation, NetEncoding, NetSlot } from '../../core/models/net/net.ts';
import type { Encoded } from './layers/inputs.ts';
import type { Pass } from './layers/pass.ts';

/** What dropMask draws a layer's mask by; rate > 0. */
export interface Drop { readonly seed: number; readonly step: number; readonly layer: number; readonly rate: number }

/** What the rows of a batch weigh and should be. */
export interface Truth { readonly truth: Tensor2D; readonly share: Tensor1D; readonly members: number }

export interface Moved { readonly first: Float32Array; readonly second: Float32Array }

/** Factors of one optimiser step, all that changes from step to step. */
export interface StepFactors {
  /** Learning rate, and what multiplies the decays. */
  readonly rate: number;
  readonly decay: number;
  /** 1 / (1 - beta^t); 1 for sgd. */
  readonly unbias1: number;
  readonly unbias2: number;
}

/** The parameters, their gradients and the optimiser on the backend. */
export interface NetStore {
  /** The slot as it is, in its shape; lives as long as the step. */
  value(slot: NetSlot): Tensor;
  /** What the slot is to move by: the gradient, or for a running statistic the change itself. Once a step at most. */
  gradient(slot: NetSlot, value: Tensor): void;
  /** Moves everything by the gradients given since the last call; then `value` is the new one. */
  apply(factors: StepFactors): void;
  addLoss(loss: Tensor): void;
  /** Sum of the losses since the last call. */
  takeLoss(): Promise<number>;
  /** Sums of squares for each slot: gradients given so far (call before `apply`), or parameters. */
  squares(of: 'gradients' | 'weights'): Tensor1D;
  weights(): Promise<Float32Array>;
  moments(): Promise<Moved>;
  tensors(): readonly Tensor[];
  /** Ends a step that was begun with values or gradients. */
  endStep(): void;
  dispose(): void;
}

/** `back`: the slope by the normal -> by z. */
export interface BatchNormal { readonly normal: Tensor2D; readonly mean: Tensor1D; readonly variance: Tensor1D; back(d: Tensor2D): Tensor2D }
export interface LayerNormal { readonly normal: Tensor2D; back(d: Tensor2D): Tensor2D }

export interface NetOps {
  /** Products of two matrices of lines or parameters, either one transposed. */
  matmul(a: Tensor2D, b: Tensor2D, turnA?: boolean, turnB?: boolean): Tensor2D;
  /** x W (+ b). */
  dense(store: NetStore, x: Tensor2D, weights: NetSlot, bias: NetSlot | null): Tensor2D;
  /** Gives the gradients of W and b to the store; answers d W^T, or d itself when that is not wanted. */
  denseBack(store: NetStore, x: Tensor2D, d: Tensor2D, weights: NetSlot, bias: NetSlot | null, isWanted: boolean): Tensor2D;
  /** For each column the sum over lines of a, or of a b. */
  columns(a: Tensor2D, b?: Tensor2D): Tensor1D;
  /** f(z), dropped where a drop follows. */
  activate(by: Activation, z: Tensor2D, drop: Drop | null): Tensor2D;
  /** d (dropped) times f'(z). */
  activateBack(by: Activation, z: Tensor2D, d: Tensor2D, drop: Drop | null): Tensor2D;
  drop(z: Tensor2D, drop: Drop): Tensor2D;
  /** Numbers (rows x numbers) by the net's encoding. */
  encode(pass: Pass, encoding: NetEncoding, x: Tensor2D): Encoded;
  /** Rows of each category's table side by side. `codes` is rows x categories, as the batch has it. */
  lookUp(store: NetStore, tables: readonly NetSlot[], codes: Int32Array, rows: number): Tensor2D;
  /** Gives the gradients of the tables to the store. */
  lookUpBack(store: NetStore, tables: readonly NetSlot[], codes: Int32Array, d: Tensor2D): void;
  /** The batch's loss, and its slope by the scores (lines x outputs). */
  loss(store: NetStore, kind: NetLoss, scores: Tensor2D, truth: Truth): { loss: Tensor; slope: Tensor2D };
  /** (z - mean) / deviation over the lines, with the biased variance, epsilon 1e-5. */
  batchNorm(z: Tensor2D): BatchNormal;
  /** The same of each line over its units. */
  layerNorm(z: Tensor2D): LayerNormal;
  store(options: NetOpen, slots: readonly NetSlot[], moments: NetMoments | null, read: (tensor: Tensor) => Promise<Float32Array>): NetStore;
}
