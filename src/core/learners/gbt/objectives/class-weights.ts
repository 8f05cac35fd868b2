// Weights that give every class the same total: n / (K n_k), as scikit-learn's "balanced"; counts are sums of row weights.
import type { ClassTarget } from '../../../table/matrix.ts';

/** One weight for each class; 0 for a class without rows, which does not count in K. */
export function classWeights({ codes, classes }: ClassTarget, weight: Float32Array | null): Float64Array {
  const sums = new Float64Array(classes.length);
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    const w = weight ? weight[i] : 1;
    sums[codes[i]] += w;
    total += w;
  }
  const present = sums.reduce((count, sum) => count + (sum > 0 ? 1 : 0), 0);
  return sums.map((sum) => (sum > 0 ? total / (present * sum) : 0));
}

/** Row weights times the weight of the row's class. Validation rows take the weights of the training classes. */
export function weighRows({ codes }: ClassTarget, weight: Float32Array | null, perClass: Float64Array): Float32Array {
  const out = new Float32Array(codes.length);
  for (let i = 0; i < out.length; i++) out[i] = (weight ? weight[i] : 1) * perClass[codes[i]];
  return out;
}
