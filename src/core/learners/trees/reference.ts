// The reference tree kernels: every stage in plain TypeScript over plain arrays. This is the truth the fast twins are held to.
// Keep it plain: it runs where nothing better can, and tests read it. Rows lie leaf after leaf and ascend within a leaf;
// codes of joint columns are numbered as they appear, which no result depends on.
import { mix32 } from '../../base/random.ts';
import { findCuts } from './find-cuts.ts';
import { fillGradients } from './gradients.ts';
import type { Split, TreeKernels, TreeNode, TreePlan, TreeSession } from './kernels.ts';
import { layoutArrays, MOST_CODES } from './layout.ts';
import type { SessionArrays } from './layout.ts';
import { sumByLeaf } from './leaf-sums.ts';
import { fillCells, fillBins } from './fill-bins.ts';
import { findSplit } from './search.ts';
import { inSet } from './search-nominal.ts';

export const referenceTrees: TreeKernels = {
  backend: 'reference',
  threads: 1,
  findCuts: async (data, weight, maxBins, seed) => data.map((values, feature) => findCuts(values, weight, maxBins, seed, feature)),
  open: async (plan) => openReference(plan),
};

function openReference(plan: TreePlan): TreeSession {
  const a = layoutArrays(plan, 1, null);
  const columns = plan.columns.length;
  const columnOf = new Int32Array(plan.features.length);
  plan.columns.forEach((column, c) => column.forEach((f) => { columnOf[f] = c; }));
  const slotWords = 2 * a.offsets[plan.features.length];
  const starts = new Int32Array(plan.leaves + 1);
  const counts = new Int32Array(plan.leaves + 1);
  let crowded: readonly number[] = [];
  const slotOf = (slot: number): Int32Array => a.histograms.subarray(slot * slotWords, (slot + 1) * slotWords);
  return {
    plan,
    arrays: a,
    get crowded() { return crowded; },
    bin(part, data, bins) {
      if (part) fillBins(a.validBins, plan.validRows, data, bins);
      else crowded = fillCells(a, plan, data, bins);
      return part === 1 || crowded.length === 0;
    },
    gradients: (objective) => fillGradients(a, plan, objective),
    select(output, gradientScale, hessianScale, key, chosen) {
      counts.fill(0);
      starts[0] = 0;
      counts[0] = chosen ? chosen.length : plan.rows;
      for (let i = 0; i < counts[0]; i++) {
        const row = chosen ? chosen[i] : i;
        const at = 2 * (output * plan.rows + row);
        const bits = mix32(key ^ row);
        const g = Math.floor(a.gradients[at] * gradientScale + (bits >>> 16) / 65536);
        const h = a.gradients[at + 1] > 0 ? Math.max(1, Math.floor(a.gradients[at + 1] * hessianScale + (bits & 0xffff) / 65536)) : 0;
        a.rows[2 * i] = row;
        a.rows[2 * i + 1] = (g << 16) | h;
      }
    },
    total() {
      let gradient = 0;
      let hessian = 0;
      for (let i = 0; i < counts[0]; i++) {
        gradient += a.rows[2 * i + 1] >> 16;
        hessian += a.rows[2 * i + 1] & 0xffff;
      }
      return { gradient, hessian };
    },
    countOf(leaf, copies) {
      let sum = 0;
      for (let i = 2 * starts[leaf], to = i + 2 * counts[leaf]; i < to; i += 2) sum += copies[a.rows[i]];
      return sum;
    },
    partition(leaf, right, split) {
      const c = columnOf[split.feature];
      const goesLeft = leftCodes(a, split);
      const from = 2 * starts[leaf];
      const to = from + 2 * counts[leaf];
      let left = from;
      let spare = 0;
      for (let i = from; i < to; i += 2) {
        if (goesLeft[a.cells[a.rows[i] * columns + c]]) {
          a.rows[left++] = a.rows[i];
          a.rows[left++] = a.rows[i + 1];
        } else {
          a.spare[spare++] = a.rows[i];
          a.spare[spare++] = a.rows[i + 1];
        }
      }
      a.rows.set(a.spare.subarray(0, spare), left);
      starts[right] = left / 2;
      counts[right] = spare / 2;
      counts[leaf] = (left - from) / 2;
      return counts[leaf];
    },
    expand({ leaf, slot, parent, searches }, rules) {
      sumColumns(a, columns, starts[leaf], counts[leaf]);
      decodeColumns(a, plan, slotOf(slot));
      if (parent >= 0) {
        const words = slotOf(parent);
        const child = slotOf(slot);
        for (let i = 0; i < slotWords; i++) words[i] -= child[i];
      }
      return searches.map((search) => findSplit(a.histograms, search.slot * slotWords, a.offsets, plan.features, search, rules));
    },
    histogramOf: (slot) => slotOf(slot).slice(),
    sumLeaves(output, leaves) {
      a.leafOf.fill(plan.leaves);
      for (let leaf = 0; leaf < leaves; leaf++) for (let i = starts[leaf]; i < starts[leaf] + counts[leaf]; i++) a.leafOf[a.rows[2 * i]] = leaf;
      sumByLeaf(a.gradients, 2 * output * plan.rows, a.leafOf, plan.rows, leaves, a.ranges[2 * output], a.ranges[2 * output + 1], a.leafSums);
    },
    addLeaves(output, values) {
      for (let row = 0; row < plan.rows; row++) a.scores[output * plan.rows + row] += values[a.leafOf[row]];
    },
    addTree(part, output, nodes, values, outside) {
      const rows = part ? plan.validRows : plan.rows;
      const scores = part ? a.validScores : a.scores;
      const binOf = part
        ? (row: number, f: number) => a.validBins[row * plan.features.length + f]
        : (row: number, f: number) => a.binOf[MOST_CODES * f + a.cells[row * columns + columnOf[f]]];
      for (let row = 0; row < rows; row++) {
        if (outside && a.leafOf[row] !== plan.leaves) continue;
        let node = nodes.length > 0 ? 0 : ~0;
        while (node >= 0) node = routesLeft(nodes[node], binOf(row, nodes[node].feature)) ? nodes[node].left : nodes[node].right;
        scores[output * rows + row] += values[~node];
      }
    },
    close: () => {},
  };
}

/** Which side a bin takes. */
export function routesLeft(rule: Pick<TreeNode, 'bin' | 'set' | 'missingLeft'>, bin: number): boolean {
  return bin === 0 ? rule.missingLeft : rule.set ? inSet(rule.set, bin) : bin <= rule.bin;
}

/** For each code of the split's column: 1 = left. */
export function leftCodes(a: Pick<SessionArrays, 'binOf'>, split: Split): Uint8Array {
  return Uint8Array.from({ length: MOST_CODES }, (_, code) => Number(routesLeft(split, a.binOf[MOST_CODES * split.feature + code])));
}

function sumColumns(a: SessionArrays, columns: number, start: number, count: number): void {
  a.sums.fill(0);
  for (let i = start; i < start + count; i++) {
    const g = a.rows[2 * i + 1] >> 16;
    const h = a.rows[2 * i + 1] & 0xffff;
    for (let c = 0, cell = a.rows[2 * i] * columns; c < columns; c++, cell++) {
      const at = 2 * (a.columnOffsets[c] + a.cells[cell]);
      a.sums[at] += h;
      a.sums[at + 1] += g;
    }
  }
}

function decodeColumns(a: SessionArrays, plan: TreePlan, slot: Int32Array): void {
  plan.columns.forEach((column, c) => {
    if (column.length === 1) {
      slot.set(a.sums.subarray(2 * a.columnOffsets[c], 2 * a.columnOffsets[c + 1]), 2 * a.offsets[column[0]]);
      return;
    }
    for (const f of column) slot.fill(0, 2 * a.offsets[f], 2 * a.offsets[f + 1]);
    for (let at = a.columnOffsets[c]; at < a.columnOffsets[c + 1]; at++) {
      if (a.sums[2 * at] === 0 && a.sums[2 * at + 1] === 0) continue;
      for (const f of column) {
        const to = 2 * (a.offsets[f] + a.binOf[MOST_CODES * f + at - a.columnOffsets[c]]);
        slot[to] += a.sums[2 * at];
        slot[to + 1] += a.sums[2 * at + 1];
      }
    }
  });
}
