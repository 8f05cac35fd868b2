// The reference tree kernels: every stage in plain TypeScript over TreeArrays. This is the truth the fast twins are held to.
// Keep it plain: it runs where nothing better can, and tests read it.
import { sigmoid, softmax } from '../../base/numerics.ts';
import { mix32 } from '../../base/random.ts';
import { SUM_BLOCK } from './kernels.ts';
import type { Objective, Part, TreeArrays, TreeKernels, TreePlan, TreeSession } from './kernels.ts';
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
    ranges(output) {
      let gradient = 0;
      let hessian = 0;
      for (let i = output * plan.rows, end = i + plan.rows; i < end; i++) {
        gradient = Math.max(gradient, Math.abs(a.gradients[i]));
        hessian = Math.max(hessian, a.hessians[i]);
      }
      return { gradient, hessian };
    },
    quantize(output, gradientScale, hessianScale, key) {
      for (let row = 0, i = output * plan.rows; row < plan.rows; row++, i++) {
        const bits = mix32(key ^ row);
        const g = Math.floor(a.gradients[i] * gradientScale + (bits >>> 16) / 65536);
        const h = a.hessians[i] > 0 ? Math.max(1, Math.floor(a.hessians[i] * hessianScale + (bits & 0xffff) / 65536)) : 0;
        a.packed[row] = (g << 16) | h;
      }
    },
    select(rows) {
      if (rows) a.rows.set(rows);
      else for (let i = 0; i < plan.rows; i++) a.rows[i] = i;
      return rows ? rows.length : plan.rows;
    },
    histogram(slot, start, count) {
      const sums = a.histograms.subarray(slot * slotWords, (slot + 1) * slotWords).fill(0);
      for (let i = start; i < start + count; i++) {
        const row = a.rows[i];
        const g = a.packed[row] >> 16;
        const h = a.packed[row] & 0xffff;
        for (let f = 0, cell = row * features; f < features; f++, cell++) {
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
      let left = start;
      let right = 0;
      for (let i = start; i < start + count; i++) {
        const row = a.rows[i];
        const found = a.bins[row * features + feature];
        if (found === 0 ? missingLeft : found <= bin) a.rows[left++] = row;
        else a.spare[right++] = row;
      }
      a.rows.set(a.spare.subarray(0, right), left);
      return left - start;
    },
    leafSums(output, start, count) {
      const base = output * plan.rows;
      const total = { gradient: 0, hessian: 0 };
      for (let from = start; from < start + count; from += SUM_BLOCK) {
        let gradient = 0;
        let hessian = 0;
        for (let i = from, end = Math.min(start + count, from + SUM_BLOCK); i < end; i++) {
          gradient += a.gradients[base + a.rows[i]];
          hessian += a.hessians[base + a.rows[i]];
        }
        total.gradient += gradient;
        total.hessian += hessian;
      }
      return total;
    },
    addLeaf(output, start, count, value) {
      for (let i = start; i < start + count; i++) a.scores[output * plan.rows + a.rows[i]] += value;
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
  for (let row = 0; row < rows; row++) {
    const weight = plan.weighted ? a.weight[row] : 1;
    const target = a.target[row];
    if (objective === 'squared') {
      a.gradients[row] = (a.scores[row] - target) * weight;
      a.hessians[row] = weight;
    } else if (objective === 'binary') {
      const p = sigmoid(a.scores[row]);
      a.gradients[row] = (p - target) * weight;
      a.hessians[row] = p * (1 - p) * weight;
    } else {
      for (let k = 0; k < outputs; k++) a.block[k] = a.scores[k * rows + row];
      softmax(a.block, 0, outputs);
      for (let k = 0; k < outputs; k++) {
        const p = a.block[k];
        a.gradients[k * rows + row] = (p - (target === k ? 1 : 0)) * weight;
        a.hessians[k * rows + row] = p * (1 - p) * factor * weight;
      }
    }
  }
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
