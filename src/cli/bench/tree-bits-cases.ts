// What must give one hash whatever grows the trees: every objective and option of our tree learners over small generated tables.
// Plain TypeScript without a door, so that Node, a page's worker and a test run the very same list. In: a case, a number of rows
// and kernels; out: the model's hash.
import { defaults } from '../../core/base/params.ts';
import { sequence } from '../../core/base/random.ts';
import { quiet } from '../../core/base/task.ts';
import { forest } from '../../core/learners/forest/forest.ts';
import { gbt } from '../../core/learners/gbt/gbt.ts';
import { isolationForest } from '../../core/learners/isolation-forest/isolation-forest.ts';
import type { Checkpoint, FitContext, Kernels, Learner } from '../../core/learners/learner.ts';
import type { TreeKernels } from '../../core/learners/trees/kernels.ts';
import { hashModel } from '../../core/models/hash-model.ts';
import type { Model } from '../../core/models/model.ts';
import type { Feature, Matrix, Target } from '../../core/table/matrix.ts';

type Truth = 'binary' | 'multiclass' | 'value' | 'positive' | 'counts' | 'grades';
export type BitCase = {
  readonly name: string;
  readonly learner: 'gbt' | 'forest' | 'isolation-forest';
  readonly truth: Truth;
  readonly params?: { readonly [name: string]: string | number };
  readonly weighted?: boolean;
  readonly nominal?: boolean;
  /** Rows that stop it early. */
  readonly valid?: boolean;
  /** Stopped after four rounds and resumed; or gone on from a model of other rows. */
  readonly way?: 'resumed' | 'warm';
};

const boosted = (name: string, truth: Truth, params: BitCase['params'] = {}, more: Partial<BitCase> = {}): BitCase => ({ name, learner: 'gbt', truth, params, ...more });
const grove = (name: string, truth: Truth, params: BitCase['params'] = {}, more: Partial<BitCase> = {}): BitCase => ({ name, learner: 'forest', truth, params, ...more });

export const bitCases: readonly BitCase[] = [
  boosted('binary', 'binary'),
  boosted('multiclass', 'multiclass'),
  boosted('squared', 'value'),
  boosted('absolute', 'value', { objective: 'absolute' }),
  boosted('huber', 'value', { objective: 'huber' }),
  boosted('quantile', 'value', { objective: 'quantile', quantile: 0.8 }),
  boosted('poisson', 'counts', { objective: 'poisson' }),
  boosted('gamma', 'positive', { objective: 'gamma' }),
  boosted('tweedie', 'counts', { objective: 'tweedie', tweediePower: 1.3 }),
  boosted('lambdarank', 'grades', { objective: 'lambdarank' }),
  boosted('validation rows', 'binary', { patience: 3, trees: 30 }, { valid: true }),
  boosted('weights', 'binary', {}, { weighted: true }),
  boosted('weights, classes', 'multiclass', {}, { weighted: true, valid: true }),
  boosted('weights, absolute', 'value', { objective: 'absolute' }, { weighted: true }),
  boosted('balanced classes', 'multiclass', { balance: 'balanced' }),
  boosted('level by level', 'binary', { growth: 'depth', depth: 4 }),
  boosted('l1, least gain', 'value', { l1: 3, minGain: 0.5 }),
  boosted('few bins, small leaves', 'binary', { bins: 5, minLeafRows: 1, l2: 0, leaves: 60 }),
  boosted('monotone', 'value', { monotone: 'x0:+ x1:-' }),
  boosted('interactions', 'value', { interactions: 'x0 x1 x2; x3 x4' }),
  boosted('levels', 'binary', { nominalL2: 1 }, { nominal: true }),
  boosted('levels, classes, weights', 'multiclass', { smooth: 1, nominalMost: 4 }, { nominal: true, weighted: true, valid: true }),
  boosted('rows and columns by chance', 'binary', { rows: 0.5, columns: 0.5, columnsPerNode: 0.6 }),
  boosted('goss', 'binary', { sampling: 'goss', learningRate: 0.3 }),
  boosted('goss, weights', 'value', { sampling: 'goss', topRate: 0.1, otherRate: 0.2, learningRate: 0.3 }, { weighted: true }),
  boosted('dart', 'binary', { boosting: 'dart', dropRate: 0.4, skipDrop: 0.1 }, { valid: true }),
  boosted('dart by rate', 'value', { boosting: 'dart', dropRate: 0.4, skipDrop: 0.1, dropScale: 'rate' }),
  boosted('resumed', 'binary', { learningRate: 0.2 }, { way: 'resumed', valid: true }),
  boosted('resumed, dart', 'multiclass', { boosting: 'dart', dropRate: 0.5, skipDrop: 0 }, { way: 'resumed' }),
  boosted('gone on from a model', 'binary', {}, { way: 'warm' }),
  boosted('leaves refitted', 'value', { warm: 'refit' }, { way: 'warm' }),
  grove('random forest', 'binary'),
  grove('random forest, classes', 'multiclass', { balance: 'balanced' }, { weighted: true }),
  grove('random forest, values', 'value', { columns: 'all', minLeafRows: 5 }, { nominal: true }),
  grove('extra-trees', 'binary', { splits: 'random' }),
  grove('extra-trees, levels', 'value', { splits: 'random', columns: 'all' }, { nominal: true }),
  grove('forest of shares', 'multiclass', { sampling: 'subsample', rows: 0.4 }),
  { name: 'isolation forest', learner: 'isolation-forest', truth: 'binary' },
];

const learners: { readonly [type in BitCase['learner']]: { learner: Learner; params: object } } = {
  gbt: { learner: gbt as unknown as Learner, params: { ...defaults(gbt.params), trees: 8, leaves: 15, columns: 1 } },
  forest: { learner: forest as unknown as Learner, params: { ...defaults(forest.params), trees: 4 } },
  'isolation-forest': { learner: isolationForest as unknown as Learner, params: { ...defaults(isolationForest.params), trees: 4 } },
};

/** Fits the case and hashes its model. */
export async function hashOf(each: BitCase, rows: number, trees: TreeKernels): Promise<string> {
  const { learner, params: usual } = learners[each.learner];
  const params = { ...usual, ...each.params };
  const kernels = { trees, nets: () => Promise.reject(new Error('no net is trained here')) } as unknown as Kernels;
  const data = makeMatrix(each, rows, 1);
  const context: FitContext = { ...quiet, seed: 11, valid: each.valid ? makeMatrix(each, Math.ceil(rows / 4), 2) : null, kernels };
  return hashModel(await inItsWay(each, learner, data, params, context, rows));
}

async function inItsWay(each: BitCase, learner: Learner, data: Matrix, params: object, context: FitContext, rows: number): Promise<Model> {
  if (each.way === 'warm') return learner.fit(data, params, { ...context, from: await learner.fit(makeMatrix(each, rows, 3), { ...params, warm: 'grow' }, context) });
  if (each.way !== 'resumed') return learner.fit(data, params, context);
  const kept: Checkpoint[] = [];
  await learner.fit(data, params, { ...context, keep: (step, make) => void (step === 4 && kept.push(make())) });
  return learner.fit(data, params, { ...context, resume: kept[0] });
}

/** Normals with missing cells, small whole numbers, exclusive flags and copies of each other (joint columns), levels when asked. */
function makeMatrix({ truth, weighted, nominal }: BitCase, rows: number, seed: number): Matrix {
  const random = sequence(seed, `tree-bits ${truth}`);
  const features: Feature[] = Array.from({ length: 14 }, (_, f) => ({ name: `x${f}`, source: `x${f}`, ...(nominal && (f === 5 || f === 6) ? { levels: f === 5 ? 7 : 60 } : {}) }));
  const one = Int32Array.from({ length: rows }, () => random.below(5));
  const data = features.map(({ levels }, f) =>
    Float32Array.from({ length: rows }, (_, i) => {
      if (f % 4 === 1 && random.below(12) === 0) return NaN;
      if (levels) return random.below(levels);
      if (f >= 9) return Number(one[i] === f - 9);
      return f >= 7 ? random.below(3) : f % 3 === 2 ? random.below(40) / 4 : random.normal() * 10 ** (f % 4);
    }),
  );
  const signal = Float64Array.from({ length: rows }, (_, i) => {
    const some = (f: number): number => (Number.isNaN(data[f][i]) ? 0.5 : data[f][i]);
    return some(0) + 0.2 * some(2) * (some(1) > 0 ? 1 : -1) + (nominal ? ((some(5) * 5) % 7) / 3 : 0) + one[i] / 2 + random.normal() * 0.5;
  });
  const weight = weighted ? Float32Array.from({ length: rows }, () => random.below(4) / 2) : null;
  const matrix = { rows, features, data, weight, target: targetOf(truth, signal) };
  return truth === 'grades' ? { ...matrix, groups: Int32Array.from({ length: rows }, (_, i) => Math.floor(i / 12)) } : matrix;
}

function targetOf(truth: Truth, signal: Float64Array): Target {
  const whole = (most: number, scale: number) => (s: number): number => Math.max(0, Math.min(most, Math.floor(s * scale)));
  if (truth === 'binary') return { kind: 'class', classes: ['no', 'yes'], codes: Int32Array.from(signal, (s) => Number(s > 1)) };
  if (truth === 'multiclass') return { kind: 'class', classes: ['a', 'b', 'c', 'd'], codes: Int32Array.from(signal, whole(3, 1)) };
  const values = { value: (s: number) => s * 100, positive: (s: number) => Math.abs(s) * 10 + 0.1, counts: whole(50, 2), grades: whole(4, 1.5) }[truth];
  return { kind: 'value', values: signal.map(values) };
}
