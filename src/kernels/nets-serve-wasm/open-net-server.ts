// Nets served in WASM (one thread, SIMD) behind core's ServingKernels: the bits of core/models/net/score-rows.ts.
// Compiled and tested when a net is first served; a model is laid out once (plan-net.ts) and kept while it is among the last few.
import type { Model } from '../../core/models/model.ts';
import { copyFlags, encodeNumbers, gatherInputs } from '../../core/models/net/encode-inputs.ts';
import { prepareNet } from '../../core/models/net/prepare-net.ts';
import type { ServingKernels } from '../../core/models/serving-kernels.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import { bytes } from './assembly/index.ts?kernel';
import { encodeWaves } from './plan-waves.ts';
import { planNet, type NetExports, type NetPlan } from './plan-net.ts';
import { selfTest } from './self-test.ts';

export type NetScores = NonNullable<ServingKernels['netScores']>;
type Server = { readonly plan: NetPlan; readonly run: NetExports };

/** Models that stay laid out. */
const KEPT = 4;
let opened: NetScores | null | undefined;

/** Always callable; it answers false, and core serves, where WASM or its SIMD is missing or wrong. */
export const netScores: NetScores = (model, matrix, from, to, scores) => {
  if (opened === undefined) opened = open();
  return opened !== null && opened(model, matrix, from, to, scores);
};

function open(): NetScores | null {
  try {
    const made = serverOf(new WebAssembly.Module(bytes));
    return selfTest(made) ? null : made;
  } catch {
    return null;
  }
}

function serverOf(module: WebAssembly.Module): NetScores {
  const kept: { model: Model; server: Server | null }[] = [];
  const start = (model: Model): Server | null => {
    const plan = planNet(prepareNet(model));
    return plan && { plan, run: new WebAssembly.Instance(module, { env: { memory: plan.memory, abort } }).exports as unknown as NetExports };
  };
  return (model, matrix, from, to, scores) => {
    const at = kept.findIndex((one) => one.model === model);
    const held = at < 0 ? { model, server: start(model) } : kept.splice(at, 1)[0];
    kept.unshift(held);
    kept.length = Math.min(kept.length, KEPT);
    if (!held.server) return false;
    scoreBlocks(held.server, model, matrix, from, to, scores);
    return true;
  };
}

const abort = (): never => {
  throw new Error('the serving kernel aborted');
};

function scoreBlocks({ plan, run }: Server, model: Model, matrix: Matrix, from: number, to: number, scores: Float64Array): void {
  const net = prepareNet(model);
  const { buffer } = plan.memory;
  const { outputs, members } = net;
  for (let row = from; row < to; row += plan.rows) {
    const rows = Math.min(plan.rows, to - row);
    const inputs = gatherInputs(net, matrix, row, row + rows);
    const input = new Float64Array(buffer, plan.first, rows * plan.strideIn);
    if (plan.waves) encodeWaves(plan.waves, plan, run, inputs.x, net.numbers + net.flags, rows);
    else encodeNumbers(net, inputs, input, plan.strideIn);
    copyFlags(net, inputs, input, plan.strideIn);
    let [z, spare, lines] = [plan.first, plan.second, rows];
    for (const { call, growth } of plan.calls) {
      const now = call(run, z, spare, lines);
      if (now !== z) [z, spare] = [spare, z];
      lines *= growth;
    }
    const out = new Float64Array(buffer, z, lines * plan.strideOut);
    for (let line = 0, at = (row - from) * members * outputs; line < lines; line++) for (let k = 0; k < outputs; k++) scores[at++] = out[line * plan.strideOut + k];
  }
}
