// Exact TreeSHAP in WASM (one thread, SIMD) behind core's ShapKernels; the twin of core/explain/shap-reference.ts.
// One module, one instance and one memory for each session: laid out once, never grown, gone with the session. A known answer
// proves the module before it is used; else the reference serves, with the reason.
import { BarnacleError } from '../../core/base/errors.ts';
import { NODE_WORDS, tableCells, type ShapArrays, type ShapKernels, type ShapPlan, type ShapSession } from '../../core/explain/shap-kernels.ts';
import { referenceShap } from '../../core/explain/shap-reference.ts';
import { bytes } from './assembly/index.ts?kernel';
import { selfTest } from './self-test.ts';

/** What the module exports; every argument is a byte offset or a number. */
type Exports = { addTree(nodes: number, count: number, points: number, down: number, up: number, sets: number, products: number, states: number, ranks: number, rankStride: number, sums: number, sumStride: number, rows: number): void };

const PAGE = 65536;
let loaded: Promise<ShapKernels & { reason: string | null }> | null = null;

/** The WASM kernel, compiled and tested once; `reason` says why it is the reference instead (null = it is not). */
export function loadShapKernels(): Promise<ShapKernels & { reason: string | null }> {
  loaded ??= compile();
  return loaded;
}

async function compile(): Promise<ShapKernels & { reason: string | null }> {
  try {
    const module = await WebAssembly.compile(bytes);
    const kernels = { backend: 'wasm', open: (plan: ShapPlan) => openSession(module, plan), reason: null };
    const fault = selfTest(kernels);
    return fault ? { ...referenceShap, reason: fault } : kernels;
  } catch (error) {
    return { ...referenceShap, reason: `WASM is not usable here: ${String(error)}` };
  }
}

function openSession(module: WebAssembly.Module, plan: ShapPlan): ShapSession {
  const { rows, slots, outputs, places, setWords, nodes, cells } = plan;
  let end = PAGE;
  const room = (size: number): number => {
    const at = end;
    end += Math.ceil(size / 64) * 64;
    return at;
  };
  const at = {
    nodes: room(4 * NODE_WORDS * nodes), states: room(4 * (2 * nodes + 1)), sets: room(4 * setWords), down: room(8 * cells), up: room(8 * cells),
    products: room(8 * (cells / 3 + nodes + 8)), ranks: room(4 * rows * slots), sums: room(16 * rows * outputs * places),
  };
  const { memory, addTree } = instantiate(module, Math.ceil(end / PAGE));
  const { buffer } = memory;
  const arrays: ShapArrays = {
    ranks: new Int32Array(buffer, at.ranks, rows * slots), sums: new Float64Array(buffer, at.sums, 2 * rows * outputs * places), sets: new Uint32Array(buffer, at.sets, setWords),
    nodes: new Int32Array(buffer, at.nodes, NODE_WORDS * nodes), down: new Float64Array(buffer, at.down, cells), up: new Float64Array(buffer, at.up, cells),
  };
  return {
    plan,
    arrays,
    addTree(output, count, points, blockRows) {
      if (tableCells(count, points) > cells || count > nodes || blockRows > rows || output >= outputs) throw new Error(`a tree of ${count} nodes at ${points} points is larger than planned`);
      addTree(at.nodes, count, points, at.down, at.up, at.sets, at.products, at.states, at.ranks, 4 * slots, at.sums + 16 * output * places, 16 * outputs * places, blockRows);
    },
  };
}

function instantiate(module: WebAssembly.Module, pages: number): Exports & { memory: WebAssembly.Memory } {
  const bytesNeeded = pages * PAGE;
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const abort = () => { throw new Error('the SHAP kernel aborted'); };
    const { addTree } = new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as Exports;
    return { memory, addTree };
  } catch (cause) {
    throw new BarnacleError('too-large', `explaining needs ${bytesNeeded} bytes, more than this machine gives; explain fewer rows or use smaller trees`, { what: 'bytes', value: bytesNeeded, limit: 65536 * PAGE }, { cause });
  }
}
