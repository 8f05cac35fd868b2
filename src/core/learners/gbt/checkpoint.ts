// A fit of trees under way (boosted, or a forest) <-> a Checkpoint. The model holds all trees so far (with dropout: as they were grown; their weights
// are in json); json holds the counters. Resumed on the same rows, params and seed, a fit ends in the bytes it would have had.
import { BarnacleError } from '../../base/errors.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { checkModel } from '../../models/check-model.ts';
import { treesModel } from '../../models/trees-model.ts';
import type { PackedTree, TreesParts } from '../../models/trees-model.ts';
import { partsOf } from '../../models/trees-parts.ts';
import type { Checkpoint } from '../learner.ts';
import { packNode, unpackNode } from '../trees/bin-features.ts';
import type { BinnedFeatures } from '../trees/bin-features.ts';
import type { BoostState, GrownTree } from './boost-state.ts';
import { newState } from './boost-state.ts';

/** What a fit's models share: everything of TreesParts but the trees. */
export type ModelHead = Omit<TreesParts, 'trees' | 'gains'>;

/** The checkpoint of a state now, by the learner of that name; `before` are the trees of a warm start. What is asked for later is what was, not what is. */
export function checkpointMaker(learner: string, head: ModelHead, before: readonly PackedTree[], features: BinnedFeatures, state: BoostState): () => Checkpoint {
  const { round, best, isWhole } = state;
  const trees = state.trees.slice();
  const [gains, bestGains] = [Array.from(state.gains), Array.from(state.bestGains)];
  const dart = state.dart && { grid: state.dart.grid, weights: [...state.dart.weights], bestWeights: [...state.dart.bestWeights] };
  return () => ({
    learner,
    step: round,
    model: treesModel({ ...head, trees: [...before, ...trees.map((tree) => packTree(tree, features))] }),
    json: { before: before.length, round, best: { ...best }, isWhole, gains, bestGains, dart },
  });
}

export const packTree = ({ nodes, values, covers }: GrownTree, features: BinnedFeatures): PackedTree => ({ nodes: nodes.map((node) => packNode(node, features)), values, covers });

/** The state of a checkpoint and the trees of the warm start before it. Throws bad-bundle when it is not of such a fit, of at most so many leaves a tree. */
export function readCheckpoint(learner: string, checkpoint: Checkpoint, head: ModelHead, features: BinnedFeatures, { leaves, isDart }: { leaves: number; isDart: boolean }): { state: BoostState; before: PackedTree[] } {
  if (checkpoint.learner !== learner) throw broken(`is of the learner ${JSON.stringify(checkpoint.learner)}`);
  checkModel(checkpoint.model);
  if (checkpoint.model.type !== 'trees') throw broken(`holds a model of kind ${checkpoint.model.type}`);
  const parts = partsOf(checkpoint.model);
  if (parts.task !== head.task || parts.features !== head.features || parts.outputs !== head.outputs || parts.classes.join('\n') !== head.classes.join('\n')) throw broken('is of another target or other features');
  const json = objectOf(checkpoint.json);
  const before = countOf(json.before);
  const round = countOf(json.round);
  const best = objectOf(json.best);
  if (parts.trees.length !== before + round * head.outputs) throw broken(`holds ${parts.trees.length} trees, not ${before + round * head.outputs}`);
  if (parts.trees.slice(before).some((tree) => tree.values.length > leaves)) throw broken(`holds a tree of more than ${leaves} leaves`);
  const state = newState(features.used.length, isDart);
  state.round = round;
  state.best = { round: countOf(best.round), loss: best.loss === null ? null : numberOf(best.loss) };
  if (state.best.round > round) throw broken('is best after it ends');
  state.isWhole = json.isWhole === true;
  state.gains.set(numbersOf(json.gains, features.used.length));
  state.bestGains.set(numbersOf(json.bestGains, features.used.length));
  if (state.dart) {
    const dart = objectOf(json.dart);
    state.dart = { grid: numberOf(dart.grid), weights: numbersOf(dart.weights, round), bestWeights: numbersOf(dart.bestWeights, state.best.round) };
  }
  for (const tree of parts.trees.slice(before)) state.trees.push({ nodes: tree.nodes.map((node) => unpackNode(node, features)), values: tree.values, covers: Float64Array.from(tree.covers ?? tree.values.map(() => 0)) });
  return { state, before: parts.trees.slice(0, before) };
}

function objectOf(json: Json | undefined): JsonObject {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) throw broken('lacks a record');
  return json as JsonObject;
}
function numberOf(json: Json | undefined): number {
  if (typeof json !== 'number' || !Number.isFinite(json)) throw broken(`has ${JSON.stringify(json)} where a number belongs`);
  return json;
}
function countOf(json: Json | undefined): number {
  if (!Number.isInteger(json) || (json as number) < 0) throw broken(`has ${JSON.stringify(json)} where a count belongs`);
  return json as number;
}
function numbersOf(json: Json | undefined, length: number): number[] {
  if (!Array.isArray(json) || json.length !== length) throw broken(`needs ${length} numbers`);
  return json.map(numberOf);
}

const broken = (reason: string) => new BarnacleError('bad-bundle', `the checkpoint ${reason}; train from the start`, { reason });
