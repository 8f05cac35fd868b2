// The weights that training starts from: He et al. 2015 for hidden layers, a tenth of that for the last, whose biases are
// the prior scores, so that the first loss is the baseline's. Seeded; w0, b0, w1, b1, ...; w is inputs x outputs.
import { sequence } from '../../base/random.ts';
import type { Plan } from './plan.ts';

export function startWeights(plan: Pick<Plan, 'net' | 'prior'>, seed: number): Float32Array[] {
  const { sizes } = plan.net;
  const random = sequence(seed, 'mlp-start');
  const out: Float32Array[] = [];
  for (let l = 0; l + 1 < sizes.length; l++) {
    const isLast = l + 2 === sizes.length;
    const spread = Math.sqrt(2 / sizes[l]) * (isLast ? 0.1 : 1);
    out.push(Float32Array.from({ length: sizes[l] * sizes[l + 1] }, () => spread * random.normal()));
    out.push(isLast ? Float32Array.from(plan.prior) : new Float32Array(sizes[l + 1]));
  }
  return out;
}
