// Exact Shapley values of a `trees` model's raw scores for every row of a matrix, by raw column, with the error of their sum.
// Path-dependent (no background): an unknown feature sends a row both ways in the proportion of training rows, which needs the
// leaves' covers. Interventional (with background rows): an unknown feature takes its value from each background row in turn.
// Definitions: Lundberg et al., "From local explanations to global understanding with explainable AI for trees", 2020.
import { BarnacleError } from '../base/errors.ts';
import type { WorkContext } from '../base/task.ts';
import { floatsOf } from '../models/decode.ts';
import type { Model } from '../models/model.ts';
import { scoreTrees } from '../models/trees.ts';
import { nodesOf } from '../models/trees-nodes.ts';
import { rankRows, walkOf, type Walk } from '../models/trees-walk.ts';
import type { Matrix } from '../table/matrix.ts';
import { addBackgroundTree, type RankedRows } from './background-tree.ts';
import { additivityError, sourcesOf, type Contributions } from './contributions.ts';
import { tableCells, type ShapKernels, type ShapSession } from './shap-kernels.ts';
import { referenceShap } from './shap-reference.ts';
import { edgeShares, expectedLeaf, layTree, pointsFor, treeEdges, type TreeEdges } from './shap-tree.ts';

export interface ShapRequest {
  readonly model: Model;
  readonly matrix: Matrix;
  /** Training rows of each leaf, for a model that holds none (route-covers.ts); null or absent = the model's own. */
  readonly covers?: ArrayLike<number> | null;
  /** Rows to compare with: interventional values, where 100 to 1,000 rows are usual. Absent = path-dependent. */
  readonly background?: Matrix | null;
  /** The reference when absent. */
  readonly kernels?: ShapKernels;
}

/** Numbers of the contributions that a block of rows may hold. */
const blockNumbers = 1 << 20;
/** Rows of a block: many where trees are small, fewer where a block would take seconds, so that a stop keeps what is done. */
const mostRows = 1024;
const fewRows = 128;
const manyNodes = 100_000;

/** A stop leaves out the rows that are not done. Throws not-found when they are needed and there are none, too-large. */
export async function treeShap(request: ShapRequest, context: WorkContext): Promise<Contributions> {
  const { model, matrix, background = null } = request;
  const walk = walkOf(model);
  const { outputs } = walk;
  const { features } = nodesOf(model);
  const { columns, columnOf } = sourcesOf(matrix.features);
  const places = new Int32Array(model.features);
  features.forEach((feature, place) => (places[feature] = place));
  const method = background ? interventional(request, walk, places, background) : pathDependent(request, walk, places);
  const { session } = method;
  const values = new Float64Array(matrix.rows * outputs * columns.length);
  let done = 0;
  while (done < matrix.rows) {
    const count = Math.min(session.plan.rows, matrix.rows - done);
    const { ranks, sums } = session.arrays;
    rankRows(walk, matrix, done, count, ranks);
    sums.fill(0, 0, count * outputs * session.plan.places * 2);
    let wish: 'go' | 'stop' = 'go';
    for (let tree = 0; tree < walk.roots.length && wish === 'go'; tree++) {
      method.add(tree, count);
      context.report({ stage: 'explain', done: (done + (count * (tree + 1)) / walk.roots.length) / matrix.rows, text: `explaining ${matrix.rows} rows` });
      wish = await context.breathe();
    }
    if (wish === 'stop') break;
    for (let at = 0; at < count * outputs; at++) {
      const to = (done * outputs + at) * columns.length;
      const from = at * session.plan.places * 2;
      features.forEach((feature, place) => (values[to + columnOf[feature]] += sums[from + 2 * place] + sums[from + 2 * place + 1]));
    }
    done += count;
  }
  const kept: Omit<Contributions, 'error'> = { rows: done, outputs, columns, base: method.base, values: values.subarray(0, done * outputs * columns.length), scores: scoreTrees(model, matrix).subarray(0, done * outputs) };
  return { ...kept, error: additivityError(kept) };
}

type Method = { base: Float64Array; session: ShapSession; add(tree: number, rows: number): void };

function pathDependent({ model, matrix, covers, kernels = referenceShap }: ShapRequest, walk: Walk, places: Int32Array): Method {
  const { outputs, roots } = walk;
  const held = covers ?? nodesOf(model).covers;
  if (!held) throw new BarnacleError('not-found', 'the model does not say how many training rows came to its leaves; give rows to count, or train it again', { what: 'covers', id: model.type });
  const leaves = floatsOf(model, 'leaves');
  const trees = Array.from(roots, (_, tree) => {
    const edges = treeEdges(walk, tree, places);
    return { edges, points: pointsFor(edges), shares: edgeShares(edges, held) };
  });
  const base = Float64Array.from(model.arrays.base);
  trees.forEach(({ edges, shares }, tree) => (base[tree % outputs] += expectedLeaf(edges, shares, leaves)));
  const session = kernels.open(planOf(walk, matrix, trees.map(({ edges }) => edges), true));
  session.arrays.sets.set(walk.sets);
  const add = (tree: number, rows: number) => {
    const { edges, points, shares } = trees[tree];
    if (edges.nodes === 0) return;
    layTree(edges, shares, leaves, points, session.arrays);
    session.addTree(tree % outputs, edges.nodes, points, rows);
  };
  return { base, session, add };
}

function interventional({ model, matrix }: ShapRequest, walk: Walk, places: Int32Array, background: Matrix): Method {
  if (!background.rows) throw new BarnacleError('no-rows', 'there are no background rows to compare with; give at least one', { what: 'background' });
  const { outputs, roots, slots } = walk;
  const ranked: RankedRows = { ranks: new Int32Array(background.rows * slots.length), rows: background.rows, slots: slots.length };
  rankRows(walk, background, 0, background.rows, ranked.ranks);
  const leaves = floatsOf(model, 'leaves');
  const base = new Float64Array(outputs);
  scoreTrees(model, background).forEach((score, at) => (base[at % outputs] += score / background.rows));
  const edges = Array.from(roots, (_, tree) => treeEdges(walk, tree, places));
  const session = referenceShap.open(planOf(walk, matrix, edges, false));
  const { plan, arrays } = session;
  const add = (tree: number, rows: number) => addBackgroundTree(edges[tree], walk.sets, leaves, { ranks: arrays.ranks, rows, slots: plan.slots }, ranked, (row) => (row * outputs + (tree % outputs)) * plan.places * 2, arrays.sums);
  return { base, session, add };
}

function planOf(walk: Walk, matrix: Matrix, trees: readonly TreeEdges[], hasTables: boolean): ShapSession['plan'] {
  const places = new Set(walk.slots.map((slot) => slot.feature)).size;
  const most = (of: (tree: TreeEdges) => number) => trees.reduce((all, tree) => Math.max(all, of(tree)), 0);
  const perRow = Math.max(1, 2 * walk.outputs * places, hasTables ? 0 : most((tree) => tree.nodes));
  const rows = Math.max(1, Math.min(matrix.rows, trees.reduce((sum, tree) => sum + tree.nodes, 0) > manyNodes ? fewRows : mostRows, Math.floor(blockNumbers / perRow)));
  return { rows, slots: walk.slots.length, outputs: walk.outputs, places, setWords: walk.sets.length, nodes: hasTables ? most((tree) => tree.nodes) : 0, cells: hasTables ? most((tree) => tableCells(tree.nodes, pointsFor(tree))) : 0 };
}
