// Subjects for tests of the debugging tools: matrices with a known law, and studies of nets written out by hand.
import type { DebugContext, DebugSubject } from '../../../../src/core/debug/debug.ts';
import { quiet } from '../../../../src/core/base/task.ts';
import { defaults } from '../../../../src/core/base/params.ts';
import type { Json } from '../../../../src/core/base/json.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import { learners } from '../../../../src/core/learners/index.ts';
import type { NetOptimizer } from '../../../../src/core/learners/mlp/net-kernels.ts';
import { referenceNets } from '../../../../src/core/learners/mlp/reference-net.ts';
import type { NetStudy } from '../../../../src/core/learners/mlp/study.ts';
import { referenceTrees } from '../../../../src/core/learners/trees/reference.ts';
import type { NetLayer } from '../../../../src/core/models/net/net.ts';
import { slotsOf } from '../../../../src/core/models/net/net.ts';
import type { Matrix } from '../../../../src/core/table/matrix.ts';

/** Two classes by x0 > x1, or the value x0 - x1; four features. `blind`: the target has nothing to do with the features. */
export function lawMatrix(rows: number, seed: number, kind: 'class' | 'value' = 'class', blind = false): Matrix {
  const random = sequence(seed, 'debug-law');
  const data = Array.from({ length: 4 }, () => Float32Array.from({ length: rows }, () => random.normal()));
  const law = Float64Array.from({ length: rows }, (_, r) => (blind ? random.normal() : data[0][r] - data[1][r]));
  const target = kind === 'class' ? { kind, classes: ['no', 'yes'], codes: Int32Array.from(law, (v) => (v > 0 ? 1 : 0)) } : { kind, values: law };
  return { rows, features: data.map((_, j) => ({ name: `x${j}`, source: `x${j}` })), data, target, weight: null };
}

export const context: DebugContext = {
  ...quiet,
  kernels: { trees: referenceTrees, nets: async () => referenceNets },
  nets: async () => referenceNets,
};

export function subjectOf(type: string, params: { [key: string]: Json } = {}, over: Partial<DebugSubject> = {}): DebugSubject {
  const learner = learners.get(type);
  const make = (seed: number) => ({ train: lawMatrix(400, seed), valid: lawMatrix(100, seed + 1), test: lawMatrix(300, seed + 2) });
  return {
    learner, params: { ...(defaults(learner.params) as { [key: string]: Json }), ...params }, ...make(1), metric: 'roc-auc', seed: 1, study: null,
    shuffled: async (seed) => ({ train: lawMatrix(400, seed, 'class', true), valid: lawMatrix(100, seed + 1, 'class', true), test: lawMatrix(300, seed + 2, 'class', true) }),
    ...over,
  };
}

/** A study of a net over the four features; `start` sets weights by slot after a start like He's. */
export function studyNet(layers: NetLayer[], rate: number, start: { [slot: string]: (i: number) => number } = {}, optimizer: Partial<NetOptimizer> = {}): (data: Matrix, seed: number) => NetStudy {
  return (data, seed) => {
    const net = { inputs: { numbers: data.data.length, flags: 0, encoding: null, categories: [] }, layers };
    const slots = slotsOf(net);
    const random = sequence(seed, 'debug-start');
    const weights = new Float32Array(slots.reduce((sum, s) => sum + s.size, 0));
    for (const s of slots) for (let i = 0; i < s.size; i++) weights[s.offset + i] = start[s.name] ? start[s.name](i) : s.role === 'weights' ? random.normal() * Math.sqrt(2 / s.shape[0]) : s.role === 'scale' || s.name.endsWith('variance') ? 1 : 0;
    return {
      open: { net, loss: data.target?.kind === 'class' ? { kind: 'sigmoid', focal: 0 } : { kind: 'squared' }, optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 0, rates: slots.map(() => 1), decays: slots.map(() => 0), ...optimizer }, weights, moments: null, seed, maxRows: 32 },
      rate, batchRows: 32, rows: Int32Array.from({ length: data.rows }, (_, i) => i),
      batch(rows) {
        const x = new Float32Array(rows.length * data.data.length);
        rows.forEach((row, r) => data.data.forEach((column, j) => (x[r * data.data.length + j] = column[row])));
        const truth = Float32Array.from(rows, (row) => (data.target?.kind === 'class' ? data.target.codes[row] : (data.target?.values[row] ?? NaN)));
        return { rows: rows.length, x, codes: new Int32Array(0), truth, share: new Float32Array(rows.length).fill(1 / rows.length) };
      },
    };
  };
}

export const reluNet: NetLayer[] = [{ kind: 'dense', units: 24, bias: true }, { kind: 'activate', by: 'relu', mixed: false }, { kind: 'dense', units: 24, bias: true }, { kind: 'activate', by: 'relu', mixed: false }, { kind: 'dense', units: 1, bias: true }];
