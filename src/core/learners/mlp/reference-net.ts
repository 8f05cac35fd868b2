// The plain truth of training a net (NetKernels), in doubles; every fast backend is held to it by tests/parity. It also
// serves where nothing faster runs. A step's arithmetic is double throughout; parameters, running statistics and moments are
// rounded to float32 after it, so weights() and moments() are all the state and a resumed session goes on to the same bits.
import type { NetSlot } from '../../models/net/net.ts';
import { slotsOf } from '../../models/net/net.ts';
import type { NetKernels, NetOpen, NetSession, NetWatch } from './net-kernels.ts';
import { viewOf } from './reference/layer.ts';
import type { OptimizerState } from './reference/optimizer.ts';
import { normOf, optimise, startOptimizer } from './reference/optimizer.ts';
import { gradientsOf, scoresOf } from './reference/pass.ts';

let open = 0;
const ARRAYS = 3;

export const referenceNets: NetKernels = {
  backend: 'reference',
  threads: 1,
  reasons: [],
  open: async (options) => openSession(options),
  tensors: () => open * ARRAYS,
  stepDown: async () => null,
};

/** The optimiser that a session starts with: new, or as it was left. */
export function startState({ optimizer, weights, moments }: NetOpen): OptimizerState {
  const zeros = (): Float64Array => new Float64Array(weights.length);
  return moments
    ? startOptimizer(optimizer, moments.steps, Float64Array.from(moments.first), Float64Array.from(moments.second))
    : startOptimizer(optimizer, 0, zeros(), zeros());
}

/** running = 0.9 running + 0.1 of the batch, in float32. */
export function moveRunning(slots: readonly NetSlot[], params: Float64Array, statistics: Float64Array): void {
  for (const { role, offset, size } of slots) {
    if (role === 'running') for (let i = offset; i < offset + size; i++) params[i] = Math.fround(0.9 * params[i] + 0.1 * statistics[i]);
  }
}

function openSession(options: NetOpen): NetSession {
  const { net, loss, optimizer, seed } = options;
  const slots = slotsOf(net);
  const params = Float64Array.from(options.weights);
  const state = startState(options);
  const norms = (flat: Float64Array): Float64Array => Float64Array.from(slots, (slot) => normOf(viewOf(flat, slot)));
  let seen: NetWatch = { gradientNorms: new Float64Array(slots.length), weightNorms: norms(params), dead: new Float64Array(net.layers.length).fill(NaN) };
  let [sum, count, alive] = [0, 0, true];
  open++;
  return {
    step(batch, at) {
      const done = gradientsOf(net, loss, params, seed, batch, at);
      optimise(optimizer, slots, params, done.gradients, state, at);
      moveRunning(slots, params, done.statistics);
      if (at.watch) seen = { gradientNorms: norms(done.gradients), weightNorms: norms(params), dead: done.dead };
      sum += done.loss;
      count++;
    },
    async loss() {
      const mean = sum / Math.max(1, count);
      [sum, count] = [0, 0];
      return mean;
    },
    watch: async () => seen,
    forward: async (x, codes, rows) => Float32Array.from(scoresOf(net, params, x, codes, rows)),
    weights: async () => Float32Array.from(params),
    moments: async () => ({ steps: state.steps, first: Float32Array.from(state.first), second: Float32Array.from(state.second) }),
    held: () => (alive ? { tensors: ARRAYS, bytes: ARRAYS * params.byteLength } : { tensors: 0, bytes: 0 }),
    dispose() {
      if (alive) open--;
      alive = false;
    },
  };
}
