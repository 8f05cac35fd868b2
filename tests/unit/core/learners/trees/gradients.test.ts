// Gradients and hessians against the derivatives of the losses, by differences.
import { describe, expect, it } from 'vitest';
import type { KernelObjective } from '../../../../../src/core/learners/trees/kernels.ts';
import { referenceTrees } from '../../../../../src/core/learners/trees/reference.ts';

const rows = 12;
async function gradientsAt(objective: KernelObjective, outputs: number, scores: number[], target: number[], weight: number[] | null): Promise<{ gradients: Float32Array; ranges: Float32Array }> {
  const session = await referenceTrees.open({ rows, validRows: 0, outputs, leaves: 2, slots: 2, weighted: weight !== null, features: [{ bins: 2, nominal: false, monotone: 0 }], columns: [[0]] });
  session.arrays.scores.set(scores);
  session.arrays.target.set(target);
  if (weight) session.arrays.weight.set(weight);
  session.gradients(objective);
  return session.arrays;
}
const losses: { [name in KernelObjective]: (scores: number[], target: number) => number } = {
  binary: ([s], t) => Math.log(1 + Math.exp(t > 0 ? -s : s)),
  squared: ([s], t) => (s - t) ** 2 / 2,
  softmax: (s, t) => Math.log(s.reduce((sum, v) => sum + Math.exp(v), 0)) - s[t],
};

describe('gradients', () => {
  for (const [objective, outputs] of [['binary', 1], ['squared', 1], ['softmax', 3]] as const) {
    for (const weighted of [false, true]) {
      it(`${objective}${weighted ? ', weighted' : ''}`, async () => {
        const scores = Array.from({ length: rows * outputs }, (_, i) => Math.sin(i * 7) * 3);
        const target = Array.from({ length: rows }, (_, i) => i % (objective === 'softmax' ? 3 : 2));
        const weight = weighted ? target.map((_, i) => (i % 4) / 2) : null;
        const { gradients, ranges } = await gradientsAt(objective, outputs, scores, target, weight);
        const factor = objective === 'softmax' ? 1.5 : 1;
        for (let row = 0; row < rows; row++) {
          for (let k = 0; k < outputs; k++) {
            const at = (shift: number): number => losses[objective](Array.from({ length: outputs }, (_, j) => scores[j * rows + row] + (j === k ? shift : 0)), target[row]);
            const w = weight ? weight[row] : 1;
            expect(gradients[2 * (k * rows + row)]).toBeCloseTo((w * (at(1e-4) - at(-1e-4))) / 2e-4, 5);
            expect(gradients[2 * (k * rows + row) + 1]).toBeCloseTo((w * factor * (at(1e-3) + at(-1e-3) - 2 * at(0))) / 1e-6, 3);
          }
        }
        for (let k = 0; k < outputs; k++) {
          const of = (part: number): number[] => Array.from({ length: rows }, (_, row) => Math.abs(gradients[2 * (k * rows + row) + part]));
          expect([ranges[2 * k], ranges[2 * k + 1]]).toEqual([Math.max(...of(0)), Math.max(...of(1))]);
        }
      });
    }
  }
});
