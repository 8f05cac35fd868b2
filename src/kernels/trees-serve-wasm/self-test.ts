// A known-answer test of a serving kernel: small trees with cuts, sets, missing values and a walk, held against core.
import type { Model } from '../../core/models/model.ts';
import type { ServingKernels } from '../../core/models/serving-kernels.ts';
import { scoreTrees } from '../../core/models/trees.ts';
import { treesModel, type PackedNode } from '../../core/models/trees-model.ts';
import type { Matrix } from '../../core/table/matrix.ts';

/** What went wrong, or null when the scores have core's bits. */
export function selfTest(serving: ServingKernels): string | null {
  for (const withSets of [false, true]) {
    const model = sample(withSets);
    for (const rows of [1, 5, 67]) {
      const matrix = rowsOf(rows);
      const [expected, found] = [scoreTrees(model, matrix), scoreTrees(model, matrix, serving)];
      if (!expected.every((score, i) => Object.is(score, found[i]))) return `the ${serving.backend} serving kernel failed its self-test on ${rows} rows`;
    }
  }
  return null;
}

const rowsOf = (rows: number): Matrix => ({ rows, features: [], data: [0, 1, 2].map((f) => Float32Array.from({ length: rows }, (_, i) => ((i * 5 + f) % 7 === 0 ? NaN : ((i * (f + 3)) % 19) - (f === 2 ? 0 : 6)))), target: null, weight: null });

/** Trees of 1 to 301 leaves: chains that turn left and right, so that programs have several bytes and one tree is walked. */
function sample(withSets: boolean): Model {
  const sizes = [0, 1, 6, 7, 8, 30, 64, 300];
  const trees = sizes.map((size, t) => ({
    nodes: Array.from({ length: size }, (_, n): PackedNode => {
      const feature = (n + t) % 3;
      const next = n + 1 < size ? n + 1 : ~size;
      const [left, right] = (n + t) % 2 ? [next, ~n] : [~n, next];
      return { feature, threshold: ((n * 7) % 13) - 6.5, set: feature === 2 && withSets ? [n % 19, (n * 3) % 19, 18 - (n % 5)] : null, missingLeft: n % 3 === 0, left, right, gain: 1 };
    }),
    values: Float32Array.from({ length: size + 1 }, (_, leaf) => ((leaf * 37) % 101) / 7 - t),
  }));
  return treesModel({ task: 'regression', classes: [], features: 3, outputs: 1, base: Float64Array.of(0.1), trees });
}
