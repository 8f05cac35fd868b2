// The WASM tree kernels against the reference: every objective, with missing values, weights, sampling and validation
// rows gives a model of the same bytes; and the self-test, stage by stage, passes on the real module.
import { expect, test } from 'vitest';
import { defaults } from '../../src/core/base/params.ts';
import { randomUnit, sequence } from '../../src/core/base/random.ts';
import { quiet } from '../../src/core/base/task.ts';
import { gbt } from '../../src/core/learners/gbt/gbt.ts';
import type { TreeKernels } from '../../src/core/learners/gbt/kernels.ts';
import { referenceTrees } from '../../src/core/learners/gbt/reference.ts';
import { hashModel } from '../../src/core/models/hash-model.ts';
import { nodesOf } from '../../src/core/models/trees-nodes.ts';
import type { Matrix, Target } from '../../src/core/table/matrix.ts';
import { loadTreeKernels } from '../../src/kernels/trees-wasm/index.ts';
import { selfTest } from '../../src/kernels/trees-wasm/self-test.ts';

type Kind = 'binary' | 'multiclass' | 'regression';

function makeMatrix(kind: Kind, rows: number, features: number, seed: number, weighted: boolean): Matrix {
  const random = sequence(seed, 'trees-parity');
  const data = Array.from({ length: features }, (_, f) => Float32Array.from({ length: rows }, (_, i) => (f % 3 === 0 && randomUnit(seed, f, i) < 0.1 ? NaN : f % 4 === 1 ? random.below(6) : random.normal() * 10 ** (f % 5))));
  const signal = Float64Array.from({ length: rows }, (_, i) => (data[0][i] > 0 ? 1 : Number.isNaN(data[0][i]) ? 0.7 : 0) + data[1][i] * 0.4 + random.normal() * 0.3);
  const classes = kind === 'binary' ? ['no', 'yes'] : ['a', 'b', 'c', 'd'];
  const target: Target = kind === 'regression' ? { kind: 'value', values: signal.map((s) => s * 1000) } : { kind: 'class', classes, codes: Int32Array.from(signal, (s) => (kind === 'binary' ? Number(s > 1.2) : Math.max(0, Math.min(3, Math.floor(s * 1.5))))) };
  return { rows, features: data.map((_, f) => ({ name: `x${f}`, source: `x${f}` })), data, target, weight: weighted ? Float32Array.from({ length: rows }, () => random.below(4) / 2) : null };
}

const fit = (kernels: TreeKernels, data: Matrix, valid: Matrix | null, params: object) =>
  gbt.fit(data, { ...defaults(gbt.params), ...params }, { ...quiet, seed: 7, valid, kernels: { trees: kernels, dense: () => Promise.reject(new Error('unused')) } });

test('the module passes its self-test, stage by stage', async () => {
  const kernels = await loadTreeKernels();
  expect(kernels.reason).toBeNull();
  expect(kernels.backend).toBe('wasm');
  expect(selfTest(kernels)).toBeNull();
});

for (const kind of ['binary', 'multiclass', 'regression'] as const) {
  for (const weighted of [false, true]) {
    for (const [name, params] of Object.entries({ plain: { trees: 12 }, sampled: { trees: 8, rows: 0.6, columns: 0.5, bins: 31, depth: 4, minLeafRows: 3 }, small: { trees: 5, leaves: 7, bins: 2, l2: 0 } })) {
      test(`${kind}, ${weighted ? 'weighted' : 'unweighted'}, ${name}: equal bytes from reference and wasm`, async () => {
        const data = makeMatrix(kind, 5003, 13, 1, weighted);
        const valid = name === 'plain' ? makeMatrix(kind, 701, 13, 2, weighted) : null;
        const [a, b] = [await fit(referenceTrees, data, valid, params), await fit(await loadTreeKernels(), data, valid, params)];
        expect(nodesOf(a).sizes.length).toBeGreaterThan(0);
        expect(nodesOf(a).place.length).toBeGreaterThan(20);
        expect(hashModel(b)).toBe(hashModel(a));
      });
    }
  }
}

test('more features than one cache line, more than are held by column: equal bytes from reference and wasm', async () => {
  const data = makeMatrix('binary', 2500, 131, 3, false);
  const [a, b] = [await fit(referenceTrees, data, null, { trees: 4 }), await fit(await loadTreeKernels(), data, null, { trees: 4 })];
  expect(a.arrays.features.length).toBeGreaterThan(10);
  expect(hashModel(b)).toBe(hashModel(a));
});

test('memory that cannot be had is a typed error, before anything is allocated', async () => {
  const plan = { rows: 2 ** 28, validRows: 0, bins: new Int32Array(100).fill(256), outputs: 1, leaves: 31, weighted: false };
  const kernels = await loadTreeKernels();
  expect(() => kernels.open(plan)).toThrowError(expect.objectContaining({ code: 'too-large' }));
});
