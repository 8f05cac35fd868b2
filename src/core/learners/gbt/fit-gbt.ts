// Matrix and params -> a boosted `trees` model: bins, objective, rounds, and the trees up to the best one.
// Goes on from a checkpoint (context.resume) or from a fitted model (context.from: adds trees to it, or refits its leaves).
import { BarnacleError } from '../../base/errors.ts';
import type { Model } from '../../models/model.ts';
import { treesModel } from '../../models/trees-model.ts';
import type { PackedTree } from '../../models/trees-model.ts';
import type { Matrix } from '../../table/matrix.ts';
import type { FitContext } from '../learner.ts';
import { taskOf } from '../task-of.ts';
import { binFeatures } from '../trees/bin-features.ts';
import type { BinnedFeatures } from '../trees/bin-features.ts';
import type { TreeKernels, TreeSession } from '../trees/kernels.ts';
import { openFit } from '../trees/open-fit.ts';
import { checkTreeMemory } from '../trees/tree-memory.ts';
import { keptTrees, newState, valuesAt } from './boost-state.ts';
import type { BoostState } from './boost-state.ts';
import { checkpointMaker, packTree, readCheckpoint } from './checkpoint.ts';
import type { ModelHead } from './checkpoint.ts';
import { checkSpread } from './check-spread.ts';
import { dartGrid, toGrid } from './dart.ts';
import { parseInteractions } from './interactions.ts';
import { parseMonotone } from './monotone.ts';
import { chooseObjective } from './objectives/choose-objective.ts';
import { lossRows } from './loss-rows.ts';
import { classWeights } from './objectives/class-weights.ts';
import { checkOrder } from './order-leaves.ts';
import type { GbtParams } from './params.ts';
import { mergeRows } from './merge-rows.ts';
import { boostRounds, fillGradients } from './rounds.ts';
import type { BoostJob } from './rounds.ts';
import { refitLeaves } from './refit.ts';
import { readWarm, warmGains, warmScores } from './warm-start.ts';

export async function fitGbt(matrix: Matrix, params: GbtParams, context: FitContext, kernels: TreeKernels): Promise<Model> {
  const { target } = matrix;
  if (!target) throw new BarnacleError('bad-target', 'the rows carry no target; choose one', { column: '', reason: 'absent' });
  if (matrix.rows === 0) throw new BarnacleError('no-rows', 'there are no rows to train on; choose another split', { what: 'training rows' });
  const task = taskOf(target);
  const objective = chooseObjective(params.objective, task);
  const classes = target.kind === 'class' ? target.classes : [];
  const outputs = objective.outputs(classes.length);
  const perClass = params.balance === 'balanced' && target.kind === 'class' ? classWeights(target, matrix.weight) : null;
  const train = lossRows(matrix, target, perClass);
  const validMatrix = context.valid && context.valid.rows > 0 && context.valid.target ? context.valid : null;
  const valid = validMatrix?.target ? lossRows(validMatrix, validMatrix.target, perClass) : null;
  objective.check(train);
  if (valid) objective.check(valid);
  if (task === 'regression' && objective.link === 'identity') checkSpread(train);
  const monotone = parseMonotone(params.monotone, matrix.features);
  const groups = parseInteractions(params.interactions, matrix.features);
  const isRefit = !!context.from && params.warm === 'refit';
  const merged = !isRefit && params.sampling === 'rows' && params.rows >= 1 ? mergeRows(matrix, train) : null;
  const grown = merged ?? { matrix, train, copies: null };
  const open = objective.open(grown.train, params, outputs);
  const link = objective.link === 'exp' ? { link: objective.link } : {};
  const fresh: ModelHead = { task, classes, features: matrix.features.length, outputs, base: open.start(), ...link };
  const from = readWarm(context.from ?? null, fresh);
  if (monotone.some((sign) => sign !== 0)) for (const { nodes, values } of from?.trees ?? []) checkOrder(nodes, monotone, values);
  if (from && isRefit) return refitLeaves({ objective, open, train, valid, params, monotone }, matrix, validMatrix, from, context);

  checkTreeMemory({ rows: matrix.rows, validRows: validMatrix?.rows ?? 0, features: matrix.features.length, outputs, leaves: params.leaves, bins: params.bins, weighted: train.weight !== null, threads: kernels.threads });
  context.report({ stage: 'bin', done: 0, text: `cutting ${matrix.features.length} features into bins` });
  const features = await binFeatures(matrix, params.bins, monotone, context.seed, kernels);
  const warm = from ? from.trees : [];
  const head: ModelHead = from ? { ...fresh, base: from.base } : fresh;
  if (features.used.length === 0 && warm.length === 0) return treesModel({ ...head, trees: [] });
  const state = newState(features.used.length, params.boosting === 'dart');
  if ((await context.breathe()) === 'stop') return modelOf(head, warm, features, state, from?.gains ?? null);
  const session = await openFit(grown.matrix, validMatrix, features, { outputs, leaves: params.leaves, weighted: grown.train.weight !== null }, kernels);
  try {
    session.arrays.target.set(grown.train.target);
    if (grown.train.weight) session.arrays.weight.set(grown.train.weight);
    const interactions = groups && groups.map((group) => group.map((f) => features.used.indexOf(f)).filter((f) => f >= 0));
    const job: BoostJob = { session, objective, open, train: grown.train, valid, copies: grown.copies, rows: matrix.rows, params, interactions, seed: context.seed, before: warm.length / outputs };
    return await boost(job, { matrix: grown.matrix, validMatrix, head, features, warm, oldGains: from?.gains ?? null }, context);
  } finally {
    session.close();
  }
}

type Around = { matrix: Matrix; validMatrix: Matrix | null; head: ModelHead; features: BinnedFeatures; warm: readonly PackedTree[]; oldGains: ArrayLike<number> | null };

async function boost(job: BoostJob, { matrix, validMatrix, head, features, warm, oldGains }: Around, context: FitContext): Promise<Model> {
  const isDart = job.params.boosting === 'dart';
  const resumed = context.resume ? readCheckpoint('gbt', context.resume, head, features, { leaves: job.params.leaves, isDart }) : null;
  if (resumed && resumed.before.length !== warm.length) throw new BarnacleError('bad-bundle', 'the checkpoint goes on from another model; train from the start', { reason: 'another warm start' });
  const state = resumed?.state ?? newState(features.used.length, isDart);
  const begin = (toStart: (value: number) => number) => {
    startAt(job.session.arrays.scores, head, warm, matrix, toStart);
    if (validMatrix) startAt(job.session.arrays.validScores, head, warm, validMatrix, toStart);
  };
  begin((value) => value);
  let started = head;
  if (state.dart) {
    fillGradients(job);
    const grid = dartGrid(job.session.arrays.ranges[0], job.session.arrays.ranges[1]);
    const toStart = (value: number) => toGrid(value, grid);
    state.dart.grid = grid;
    if (warm.length === 0) started = { ...head, base: head.base.map(toStart) };
    begin(toStart);
  }
  replay(job.session, state);
  await boostRounds(job, state, context, () => context.keep?.(state.round, checkpointMaker('gbt', started, warm, features, state)));
  return modelOf(started, warm, features, state, oldGains);
}

/** Scores before the first tree of this fit: the base, or those of the model that it goes on from. */
function startAt(scores: Float64Array, head: ModelHead, warm: readonly PackedTree[], matrix: Matrix, toStart: (value: number) => number): void {
  if (warm.length > 0) scores.set(warmScores(head, warm, matrix).map(toStart));
  else head.base.forEach((value, k) => scores.fill(toStart(value), k * matrix.rows, (k + 1) * matrix.rows));
}

/** The trees of a resumed fit, added in the order in which they were grown. */
function replay(session: TreeSession, state: BoostState): void {
  const { outputs, validRows } = session.plan;
  state.trees.forEach(({ nodes }, i) => {
    if (nodes.length === 0) return;
    const values = Float64Array.from(valuesAt(state, i, outputs));
    session.addTree(0, i % outputs, nodes, values, false);
    if (validRows > 0) session.addTree(1, i % outputs, nodes, values, false);
  });
}

function modelOf(head: ModelHead, warm: readonly PackedTree[], features: BinnedFeatures, state: BoostState, oldGains: ArrayLike<number> | null): Model {
  const kept = keptTrees(state, head.outputs, warm.length > 0 ? 0 : 1);
  const gains = new Float64Array(head.features);
  features.used.forEach((f, place) => { gains[f] = kept.gains[place]; });
  const trees = [...warm, ...kept.trees.map((tree) => packTree(tree, features))];
  return treesModel({ ...head, trees, gains: oldGains ? warmGains(oldGains, warm.length, gains, kept.trees.length) : gains });
}
