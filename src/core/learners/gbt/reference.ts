// The reference tree kernels: every stage in plain TypeScript over TreeArrays. This is the truth the fast twins are held to.
// Keep it plain: it runs where nothing better can, and tests read it.
import { sigmoid, softmax } from '../../base/numerics.ts';
import { mix32 } from '../../base/random.ts';
import { SUM_BLOCK } from './kernels.ts';
import type { LeafRange, Objective, Part, TreeArrays, TreeKernels, TreePlan, TreeSession } from './kernels.ts';
import { layoutArrays } from './layout.ts';

export const referenceTrees: TreeKernels = { backend: 'reference', threads: 1, open: openReference };

function openReference(plan: TreePlan): TreeSession {
  const a = layoutArrays(plan, null);
  const features = plan.bins.length;
  const slotWords = 2 * a.offsets[features];
  return {
    plan,
    arrays: a,
    bin: (part, data, cuts) => binRows(part ? a.validBins : a.bins, part ? plan.validRows : plan.rows, data, cuts),
    gradients: (objective) => fillGradients(a, plan, objective),
    quantize(output, gradientScale, hessianScale, key, chosen) {
      const count = chosen ? chosen.length : plan.rows;
      for (let i = 0; i < count; i++) {
        const row = chosen ? chosen[i] : i;
        const at = 2 * (output * plan.rows + row);
        const bits = mix32(key ^ row);
        const g = Math.floor(a.gradients[at] * gradientScale + (bits >>> 16) / 65536);
        const h = a.gradients[at + 1] > 0 ? Math.max(1, Math.floor(a.gradients[at + 1] * hessianScale + (bits & 0xffff) / 65536)) : 0;
        a.rows[2 * i] = row;
        a.rows[2 * i + 1] = (g << 16) | h;
      }
      return count;
    },
    histogram(slot, start, count) {
      const sums = a.histograms.subarray(slot * slotWords, (slot + 1) * slotWords).fill(0);
      for (let i = start; i < start + count; i++) {
        const g = a.rows[2 * i + 1] >> 16;
        const h = a.rows[2 * i + 1] & 0xffff;
        for (let f = 0, cell = a.rows[2 * i] * features; f < features; f++, cell++) {
          const at = 2 * (a.offsets[f] + a.bins[cell]);
          sums[at] += h;
          sums[at + 1] += g;
        }
      }
    },
    subtract(parent, child) {
      for (let i = 0, p = parent * slotWords, c = child * slotWords; i < slotWords; i++) a.histograms[p + i] -= a.histograms[c + i];
    },
    partition(start, count, feature, bin, missingLeft) {
      let left = 2 * start;
      let right = 0;
      for (let i = 2 * start; i < 2 * (start + count); i += 2) {
        const found = a.bins[a.rows[i] * features + feature];
        if (found === 0 ? missingLeft : found <= bin) {
          a.rows[left++] = a.rows[i];
          a.rows[left++] = a.rows[i + 1];
        } else {
          a.spare[right++] = a.rows[i];
          a.spare[right++] = a.rows[i + 1];
        }
      }
      a.rows.set(a.spare.subarray(0, right), left);
      return left / 2 - start;
    },
    sumLeaves: (output, leaves) => sumLeaves(a, plan, output, leaves),
    addLeaves(output) {
      for (let row = 0; row < plan.rows; row++) a.scores[output * plan.rows + row] += a.leaves[a.leafOf[row]];
    },
    addTree: (part, output) => addTree(a, part, part ? plan.validRows : plan.rows, features, output),
    close: () => {},
  };
}

function binRows(bins: Uint8Array, rows: number, data: readonly Float32Array[], cuts: readonly Float32Array[]): void {
  const features = data.length;
  for (let f = 0; f < features; f++) {
    for (let row = 0; row < rows; row++) {
      const value = data[f][row];
      let low = 0;
      let high = cuts[f].length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cuts[f][middle] < value) low = middle + 1;
        else high = middle;
      }
      bins[row * features + f] = value === value ? low + 1 : 0;
    }
  }
}

function fillGradients(a: TreeArrays, plan: TreePlan, objective: Objective): void {
  const { rows, outputs } = plan;
  const factor = outputs / (outputs - 1);
  a.ranges.fill(0);
  for (let row = 0; row < rows; row++) {
    const weight = plan.weighted ? a.weight[row] : 1;
    const target = a.target[row];
    const put = (k: number, gradient: number, hessian: number) => {
      const at = 2 * (k * rows + row);
      a.gradients[at] = gradient * weight;
      a.gradients[at + 1] = hessian * weight;
      a.ranges[2 * k] = Math.max(a.ranges[2 * k], Math.abs(a.gradients[at]));
      a.ranges[2 * k + 1] = Math.max(a.ranges[2 * k + 1], a.gradients[at + 1]);
    };
    if (objective === 'squared') put(0, a.scores[row] - target, 1);
    else if (objective === 'binary') {
      const p = sigmoid(a.scores[row]);
      put(0, p - target, p * (1 - p));
    } else {
      for (let k = 0; k < outputs; k++) a.block[k] = a.scores[k * rows + row];
      softmax(a.block, 0, outputs);
      for (let k = 0; k < outputs; k++) put(k, a.block[k] - (target === k ? 1 : 0), a.block[k] * (1 - a.block[k]) * factor);
    }
  }
}

function sumLeaves(a: TreeArrays, plan: TreePlan, output: number, leaves: readonly LeafRange[]): void {
  a.leafOf.fill(plan.leaves);
  leaves.forEach(({ start, count }, leaf) => {
    a.leafSums.fill(0, 2 * leaf, 2 * leaf + 2);
    for (let from = start; from < start + count; from += SUM_BLOCK) {
      let gradient = 0;
      let hessian = 0;
      for (let i = from, end = Math.min(start + count, from + SUM_BLOCK); i < end; i++) {
        const row = a.rows[2 * i];
        a.leafOf[row] = leaf;
        gradient += a.gradients[2 * (output * plan.rows + row)];
        hessian += a.gradients[2 * (output * plan.rows + row) + 1];
      }
      a.leafSums[2 * leaf] += gradient;
      a.leafSums[2 * leaf + 1] += hessian;
    }
  });
}

function addTree(a: TreeArrays, part: Part, rows: number, features: number, output: number): void {
  const bins = part ? a.validBins : a.bins;
  const scores = part ? a.validScores : a.scores;
  for (let row = 0; row < rows; row++) {
    let node = 0;
    do {
      const bin = bins[row * features + a.nodes[4 * node]];
      const rule = a.nodes[4 * node + 1];
      const goesLeft = bin === 0 ? (rule & 1) === 1 : bin <= rule >> 1;
      node = a.nodes[4 * node + (goesLeft ? 2 : 3)];
    } while (node >= 0);
    scores[output * rows + row] += a.leaves[~node];
  }
}
