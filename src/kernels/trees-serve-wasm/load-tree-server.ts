// Trees served in WASM (one thread, SIMD) behind core's ServingKernels: the bits of core/models/trees-walk.ts.
// A model is laid out once in a memory of its own (plan-trees.ts) and kept while it is among the last few that predicted.
import type { Model } from '../../core/models/model.ts';
import type { ServingKernels } from '../../core/models/serving-kernels.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import { bytes } from './assembly/index.ts?kernel';
import { BLOCK, planTrees, type ServePlan } from './plan-trees.ts';
import { selfTest } from './self-test.ts';
import { MOST_LEAVES } from './strike-program.ts';

type Exports = {
  rankNumbers(values: number, count: number, cuts: number, single: number, missing: number, out: number, stride: number): void;
  rankCodes(values: number, count: number, table: number, levels: number, missing: number, out: number, stride: number): void;
  addTrees(headers: number, trees: number, nodes: number, extra: number, ranks: number, rows: number, stride: number, spare: number): void;
  addAlone(nodes: number, extra: number, roots: number, trees: number, leaves: number, ranks: number, outputs: number, stride: number, sums: number): void;
};
type Server = { readonly plan: ServePlan; readonly run: Exports };

/** Fewer rows than this walk one by one: 16 rows cost what 16 cost, however many there are. */
const FEW = 4;
/** Models that stay laid out. */
const KEPT = 4;
let loaded: Promise<ServingKernels | null> | null = null;

/** The kernel, compiled and tested once; null where WASM or its SIMD is missing or wrong: core then serves by itself. */
export function loadTreeServer(): Promise<ServingKernels | null> {
  loaded ??= compile();
  return loaded;
}

async function compile(): Promise<ServingKernels | null> {
  try {
    const serving = openServing(await WebAssembly.compile(bytes));
    return selfTest(serving) ? null : serving;
  } catch {
    return null;
  }
}

function openServing(module: WebAssembly.Module): ServingKernels {
  const kept: { model: Model; many: Server | null | undefined; few: Server | null | undefined }[] = [];
  const start = (model: Model, mostLeaves: number): Server | null => {
    const plan = planTrees(model, mostLeaves);
    return plan && { plan, run: new WebAssembly.Instance(module, { env: { memory: plan.memory, abort } }).exports as unknown as Exports };
  };
  const heldOf = (model: Model) => {
    const at = kept.findIndex((one) => one.model === model);
    const held = at < 0 ? { model, many: undefined, few: undefined } : kept.splice(at, 1)[0];
    kept.unshift(held);
    kept.length = Math.min(kept.length, KEPT);
    return held;
  };
  return {
    backend: 'wasm',
    addTrees(model, matrix, scores) {
      const held = heldOf(model);
      const isFew = matrix.rows < FEW;
      if (isFew && held.few === undefined) held.few = start(model, 0);
      if (!isFew && held.many === undefined) held.many = start(model, MOST_LEAVES);
      const server = isFew ? held.few : held.many;
      if (!server) return false;
      for (let from = 0; from < matrix.rows; from += BLOCK) addBlock(server, matrix, from, Math.min(BLOCK, matrix.rows - from), scores, isFew);
      return true;
    },
  };
}

const abort = (): never => {
  throw new Error('the serving kernel aborted');
};

/** Ranks `count` rows from that one on, then adds all trees to their scores. */
function addBlock({ plan, run }: Server, matrix: Matrix, from: number, count: number, scores: Float64Array, isFew: boolean): void {
  const { buffer } = plan.memory;
  const { slots, outputs } = plan;
  const stride = 64 * slots.length;
  const values = new Float32Array(buffer, plan.values, count);
  for (let s = 0; s < slots.length; s++) {
    const { feature, nominal, table, length, missing } = slots[s];
    if (s === 0 || feature !== slots[s - 1].feature) values.set(matrix.data[feature].subarray(from, from + count));
    if (nominal) run.rankCodes(plan.values, count, table, length, missing, plan.ranks + 64 * s, stride);
    else run.rankNumbers(plan.values, count, table, Number(length <= 16), missing, plan.ranks + 64 * s, stride);
  }
  const sums = new Float64Array(buffer, plan.sums, outputs * BLOCK);
  for (let k = 0; k < outputs; k++) for (let i = 0; i < count; i++) sums[k * BLOCK + i] = scores[(from + i) * outputs + k];
  if (isFew && !plan.mixed) for (let i = 0; i < count; i++) run.addAlone(plan.nodes, plan.extra, plan.roots, plan.trees, plan.leaves, plan.ranks + i, outputs, 8 * BLOCK, plan.sums + 8 * i);
  else run.addTrees(plan.headers, plan.trees, plan.nodes, plan.extra, plan.ranks, count, stride, plan.spare);
  for (let k = 0; k < outputs; k++) for (let i = 0; i < count; i++) scores[(from + i) * outputs + k] = sums[k * BLOCK + i];
}
