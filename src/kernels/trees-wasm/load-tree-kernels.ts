// Tree kernels in WASM (one thread, SIMD) behind core's TreeKernels; the twin of core/learners/gbt/reference.ts.
// One module for all fits, one instance and one memory for each fit: memory is laid out once (layout.ts), never grows, and
// goes with its session. A known-answer fit proves the module before it is used; else the reference serves, with the reason.
import { SUM_BLOCK } from '../../core/learners/gbt/kernels.ts';
import type { TreeKernels, TreePlan, TreeSession } from '../../core/learners/gbt/kernels.ts';
import { BIN_BLOCK, HISTOGRAM_BLOCK, layoutArrays, layoutBytes, tooLarge } from '../../core/learners/gbt/layout.ts';
import { referenceTrees } from '../../core/learners/gbt/reference.ts';
import { bytes } from './assembly/index.ts?kernel';
import { selfTest } from './self-test.ts';

/** What the module exports; every argument is a byte offset or a number. */
type Exports = {
  bin(values: number, count: number, cuts: number, firstStep: number, out: number, stride: number, column: number): void;
  gradientsBinary(scores: number, target: number, weight: number, gradients: number, rows: number, ranges: number): void;
  gradientsSquared(scores: number, target: number, weight: number, gradients: number, rows: number, ranges: number): void;
  gradientsSoftmax(scores: number, target: number, weight: number, gradients: number, rows: number, ranges: number, outputs: number, block: number): void;
  quantize(gradients: number, rows: number, n: number, gradientScale: number, hessianScale: number, key: number): void;
  quantizeChosen(gradients: number, rows: number, chosen: number, n: number, gradientScale: number, hessianScale: number, key: number): void;
  histogram(bins: number, features: number, offsets: number, rows: number, count: number, block: number, cells: number, blockRows: number, hist: number, totalBins: number): void;
  subtract(parent: number, child: number, totalBins: number): void;
  partition(column: number, stride: number, rows: number, spare: number, count: number, bin: number, missingLeft: number, cells: number, blockRows: number): number;
  markLeaf(leafOf: number, rows: number, count: number, leaf: number): void;
  sumLeaves(gradients: number, leafOf: number, count: number, leaves: number, sumBlock: bigint, sums: number, spare: number): void;
  addLeaves(scores: number, leafOf: number, count: number, values: number): void;
  addTree(bins: number, stride: number, rows: number, nodes: number, leaves: number, scores: number): void;
};

const PAGE = 65536;
let loaded: Promise<TreeKernels & { reason: string | null }> | null = null;

/** The WASM kernels, compiled and tested once; `reason` says why they are the reference instead (null = they are not). */
export function loadTreeKernels(): Promise<TreeKernels & { reason: string | null }> {
  loaded ??= compile();
  return loaded;
}

async function compile(): Promise<TreeKernels & { reason: string | null }> {
  try {
    const module = await WebAssembly.compile(bytes);
    const kernels = { backend: 'wasm', threads: 1, open: (plan: TreePlan) => openSession(module, plan), reason: null };
    const fault = selfTest(kernels);
    return fault ? { ...referenceTrees, reason: fault } : kernels;
  } catch (error) {
    return { ...referenceTrees, reason: `WASM is not usable here: ${String(error)}` };
  }
}

/** The first page is left to the module's own data. */
function openSession(module: WebAssembly.Module, plan: TreePlan): TreeSession {
  const needed = layoutBytes(plan);
  const pages = 1 + Math.ceil(needed / PAGE);
  if (pages > 65536) throw tooLarge(needed, null);
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw tooLarge(needed, cause);
  }
  const abort = () => { throw new Error('the tree kernel aborted'); };
  const x = new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as Exports;
  const a = layoutArrays(plan, memory.buffer, PAGE);
  const { rows, outputs } = plan;
  const features = plan.bins.length;
  const total = a.offsets[features];
  const at = (array: { byteOffset: number; BYTES_PER_ELEMENT: number }, index = 0) => array.byteOffset + index * array.BYTES_PER_ELEMENT;
  const hasColumns = a.columns.length > 0;
  const weight = plan.weighted ? at(a.weight) : 0;
  return {
    plan,
    arrays: a,
    bin(part, data, cuts) {
      const out = part ? a.validBins : a.bins;
      const values = new Float32Array(memory.buffer, a.block.byteOffset, BIN_BLOCK);
      const count = part ? plan.validRows : rows;
      for (let from = 0; from < count; from += BIN_BLOCK) {
        const n = Math.min(BIN_BLOCK, count - from);
        for (let f = 0; f < features; f++) {
          a.cuts.fill(Infinity).set(cuts[f]);
          values.set(data[f].subarray(from, from + n));
          x.bin(at(values), n, at(a.cuts), firstStep(cuts[f].length), at(out, from * features + f), features, part || !hasColumns ? 0 : at(a.columns, f * rows + from));
        }
      }
    },
    gradients(objective) {
      if (objective === 'binary') x.gradientsBinary(at(a.scores), at(a.target), weight, at(a.gradients), rows, at(a.ranges));
      else if (objective === 'squared') x.gradientsSquared(at(a.scores), at(a.target), weight, at(a.gradients), rows, at(a.ranges));
      else x.gradientsSoftmax(at(a.scores), at(a.target), weight, at(a.gradients), rows, at(a.ranges), outputs, at(a.block));
    },
    quantize(output, gradientScale, hessianScale, key, chosen) {
      const gradients = at(a.gradients, 2 * output * rows);
      if (!chosen) x.quantize(gradients, at(a.rows), rows, gradientScale, hessianScale, key);
      else {
        a.spare.set(chosen);
        x.quantizeChosen(gradients, at(a.rows), at(a.spare), chosen.length, gradientScale, hessianScale, key);
      }
      return chosen ? chosen.length : rows;
    },
    histogram: (slot, start, count) => x.histogram(at(a.bins), features, at(a.offsets), at(a.rows, 2 * start), count, at(a.block), at(a.cells), HISTOGRAM_BLOCK, at(a.histograms, 2 * total * slot), total),
    subtract: (parent, child) => x.subtract(at(a.histograms, 2 * total * parent), at(a.histograms, 2 * total * child), total),
    partition: (start, count, feature, bin, missingLeft) => x.partition(hasColumns ? at(a.columns, feature * rows) : at(a.bins, feature), hasColumns ? 1 : features, at(a.rows, 2 * start), at(a.spare), count, bin, Number(missingLeft), at(a.cells), HISTOGRAM_BLOCK),
    sumLeaves(output, leaves) {
      if (leaves.reduce((sum, leaf) => sum + leaf.count, 0) < rows) a.leafOf.fill(plan.leaves);
      leaves.forEach(({ start, count }, leaf) => x.markLeaf(at(a.leafOf), at(a.rows, 2 * start), count, leaf));
      x.sumLeaves(at(a.gradients, 2 * output * rows), at(a.leafOf), rows, plan.leaves + 1, BigInt(SUM_BLOCK), at(a.leafSums), at(a.leafSpare));
    },
    addLeaves: (output) => x.addLeaves(at(a.scores, output * rows), at(a.leafOf), rows, at(a.leaves)),
    addTree(part, output) {
      const count = part ? plan.validRows : rows;
      x.addTree(at(part ? a.validBins : a.bins), features, count, at(a.nodes), at(a.leaves), at(part ? a.validScores : a.scores, output * count));
    },
    close: () => {},
  };
}

/** The first stride of the binary search: half the least power of two above the number of cuts. */
function firstStep(cuts: number): number {
  let step = 1;
  while (step <= cuts) step *= 2;
  return step >> 1;
}
