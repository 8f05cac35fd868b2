// What a fit of a net has come to after an epoch, enough to go on from to the same bits, and its way into a Checkpoint and back.
// The checkpoint's model holds the weights now; beside its own arrays it carries the moments and the best weights.
import { BarnacleError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import { checkModel } from '../../models/check-model.ts';
import { netPartsOf } from '../../models/net/make-net-model.ts';
import type { Checkpoint } from '../learner.ts';
import type { NetMoments } from './net-kernels.ts';
import { modelOf, type NetPlan } from './net-plan.ts';

export interface NetState {
  readonly epoch: number;
  readonly weights: Float32Array;
  /** Null before the first step. */
  readonly moments: NetMoments | null;
  readonly best: { readonly epoch: number; readonly loss: number | null; readonly weights: Float32Array };
}

export function checkpointOf(plan: NetPlan, { epoch, weights, moments, best }: NetState): Checkpoint {
  const model = modelOf(plan, weights);
  const arrays = { ...model.arrays, 'best.weights': best.weights, ...(moments ? { 'moments.first': moments.first, 'moments.second': moments.second } : {}) };
  return { learner: 'mlp', step: epoch, model: { ...model, arrays }, json: { epoch, steps: moments?.steps ?? 0, best: { epoch: best.epoch, loss: best.loss } } };
}

/** Throws bad-bundle when it is not of a fit with that plan. */
export function readState(plan: NetPlan, checkpoint: Checkpoint): NetState {
  if (checkpoint.learner !== 'mlp') throw broken(`is of the learner ${JSON.stringify(checkpoint.learner)}`);
  const { model } = checkpoint;
  checkModel(model);
  if (model.type !== 'net') throw broken(`holds a model of kind ${model.type}`);
  const parts = netPartsOf(model);
  if (JSON.stringify(parts.net) !== JSON.stringify(plan.net)) throw broken('is of another net');
  if (JSON.stringify(parts.features) !== JSON.stringify(plan.features)) throw broken('is of other features');
  if (parts.classes.join('\n') !== (plan.target.kind === 'class' ? plan.target.classes.join('\n') : '')) throw broken('is of another target');
  const { epoch, steps, best } = checkpoint.json as JsonObject;
  const held = (best ?? {}) as JsonObject;
  const size = parts.weights.length;
  const loss = held.loss === null ? null : held.loss;
  if (loss !== null && typeof loss !== 'number') throw broken('has no best loss');
  const done = countOf(steps);
  return {
    epoch: countOf(epoch),
    weights: parts.weights,
    moments: done > 0 ? { steps: done, first: floats(model.arrays['moments.first'], size), second: floats(model.arrays['moments.second'], size) } : null,
    best: { epoch: countOf(held.epoch), loss, weights: floats(model.arrays['best.weights'], size) },
  };
}

function floats(array: unknown, size: number): Float32Array {
  if (!(array instanceof Float32Array) || array.length !== size) throw broken(`needs ${size} numbers`);
  return array.slice();
}

function countOf(json: unknown): number {
  if (typeof json !== 'number' || !Number.isInteger(json) || json < 0) throw broken(`has ${JSON.stringify(json)} where a count belongs`);
  return json;
}

const broken = (reason: string): BarnacleError<'bad-bundle'> => new BarnacleError('bad-bundle', `the checkpoint ${reason}; train from the start`, { reason });
