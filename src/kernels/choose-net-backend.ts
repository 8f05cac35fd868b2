// Several backends that train nets, as one that takes the faster for each net by a measured micro-run: a few steps of that net,
// loss and batch on made-up rows, after a warm-up, on each. A small net is often faster on WASM although there is a GPU. What was
// measured is kept as reasons, and for the next net of the same shape. Times choose where a net is trained, nothing else.
import type { NetBatch, NetKernels, NetOpen, NetSession } from '../core/learners/mlp/net-kernels.ts';
import { slotsOf, widthsOf } from '../core/models/net/net.ts';

/** Milliseconds a micro-run measures at least, where a step is not longer. */
const MEASURE_MS = 20;
const WARM_UP = 3;
const MOST_STEPS = 64;
/** A step that the first backend makes in so few milliseconds takes a GPU longer to be told of: no other is asked. */
const LAUNCH_MS = 0.15;

export interface ChosenNets extends NetKernels {
  /** The backend of the net that was opened last; before one was, the first's. */
  readonly backend: string;
}

/** `candidates`: at least one; the first is asked first. `now` in milliseconds. */
export function chooseNetBackend(candidates: readonly NetKernels[], now: () => number): ChosenNets {
  let alive = candidates.slice();
  let last = alive[0];
  const known = new Map<string, { name: string; reason: string }>();
  const told: string[] = [];

  const choose = async (options: NetOpen): Promise<NetKernels> => {
    if (alive.length === 1) return alive[0];
    const key = JSON.stringify([options.net, options.loss.kind, options.maxRows]);
    const before = known.get(key);
    if (before) return alive.find((kernels) => kernels.backend === before.name) ?? alive[0];
    const times: { kernels: NetKernels; ms: number }[] = [];
    for (const kernels of alive.slice()) {
      if (times.length > 0 && times[0].ms < LAUNCH_MS) break;
      try {
        times.push({ kernels, ms: await microRun(kernels, options, now) });
      } catch (error) {
        alive = alive.filter((other) => other !== kernels);
        told.push(`nets on ${kernels.backend}: ${error instanceof Error ? error.message : String(error)}`);
        if (alive.length === 0) throw error;
      }
    }
    const best = times.reduce((a, b) => (b.ms < a.ms ? b : a));
    const figures = times.map(({ kernels, ms }) => `${kernels.backend} ${ms.toFixed(ms < 1 ? 3 : 1)} ms`).join(', ');
    const reason = `nets: ${best.kernels.backend} for ${nameOf(options)}, a step measured: ${figures}${times.length < alive.length ? ' (less than a GPU is told in)' : ''}`;
    known.set(key, { name: best.kernels.backend, reason });
    told.push(reason);
    return best.kernels;
  };

  return {
    get backend() { return last.backend; },
    get threads() { return last.threads; },
    get reasons() { return [...new Set([...alive.flatMap((kernels) => kernels.reasons), ...told])]; },
    async open(options) {
      last = await choose(options);
      return last.open(options);
    },
    tensors: () => candidates.reduce((sum, kernels) => sum + kernels.tensors(), 0),
    async stepDown() {
      const lost = last;
      alive = alive.filter((kernels) => kernels !== lost);
      told.push(`nets on ${lost.backend}: lost while training`);
      if (alive.length === 0) return lost.stepDown();
      last = alive[0];
      return this;
    },
  };
}

/** Milliseconds of a step there. The session is gone afterwards. */
async function microRun(kernels: NetKernels, options: NetOpen, now: () => number): Promise<number> {
  const batch = madeUp(options);
  const session = await kernels.open(options);
  try {
    for (let step = 0; step < WARM_UP; step++) await oneStep(session, batch, step);
    const first = now();
    await oneStep(session, batch, WARM_UP);
    const one = now() - first;
    if (one >= MEASURE_MS) return one;
    const steps = Math.min(MOST_STEPS, Math.max(2, Math.ceil(MEASURE_MS / Math.max(0.01, one))));
    const start = now();
    for (let step = 0; step < steps; step++) session.step(batch, at(step));
    await session.loss();
    return (now() - start) / steps;
  } finally {
    session.dispose();
  }
}

const at = (step: number): Parameters<NetSession['step']>[1] => ({ rate: 0, decay: 0, drop: 1, step, watch: false });

async function oneStep(session: NetSession, batch: NetBatch, step: number): Promise<void> {
  session.step(batch, at(step));
  await session.loss();
}

function madeUp({ net, maxRows: rows, loss }: NetOpen): NetBatch {
  const { numbers, flags, categories } = net.inputs;
  const outputs = widthsOf(net)[net.layers.length];
  return {
    rows,
    x: Float32Array.from({ length: rows * (numbers + flags) }, (_, i) => ((i * 37) % 101) / 50 - 1),
    codes: Int32Array.from({ length: rows * categories.length }, (_, i) => (i * 13) % (categories[i % categories.length].levels + 1)),
    truth: Float32Array.from({ length: rows * outputs }, (_, i) => (loss.kind === 'softmax' ? 1 / outputs : i % 2)),
    share: new Float32Array(rows).fill(1 / rows),
  };
}

function nameOf({ net, maxRows }: NetOpen): string {
  const size = slotsOf(net).reduce((sum, slot) => sum + slot.size, 0);
  return `a net of ${size} parameters and batches of ${maxRows}`;
}
