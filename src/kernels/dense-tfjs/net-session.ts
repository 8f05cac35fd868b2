// A net's training over tfjs on one backend (NetSession): the pass, the loss, the optimiser, and what is told of them.
// Steps run inside tidy and never wait; what outlives one is in the store, and goes with the session. Nothing is read back
// but what is asked for: the loss of an epoch, what was watched, scores, weights.
import { concat1d, dispose, getBackend, keep, reshape, setBackend, tensor1d, tensor2d, tidy, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { NetBatch, NetOpen, NetSession, NetStep, NetWatch } from '../../core/learners/mlp/net-kernels.ts';
import { membersOf, widthsOf } from '../../core/models/net/net.ts';
import { planNet } from './layers/plan.ts';
import { runPass, type Pass } from './layers/pass.ts';
import { lostDevice } from './lost-device.ts';
import type { Layers } from './layers/families.ts';
import type { NetOps } from './ops.ts';

/** Numbers of the widest activation that a forward may hold at once. */
const forwardCells = 4_000_000;

export interface NetEngine {
  readonly ops: NetOps;
  readonly layers: Layers;
  /** What the device could not do, which reads then reject with; null while all is well. */
  fault(): string | null;
}

/** `backend` is tfjs's name of it, which must have been started. */
export function openNetSession(backend: string, { ops, layers, fault }: NetEngine, options: NetOpen): NetSession {
  const { net, seed, optimizer } = options;
  const plan = planNet(net);
  const outputs = widthsOf(net)[net.layers.length];
  const members = membersOf(net)[net.layers.length];
  const inputs = net.inputs.numbers + net.inputs.flags;
  const categories = net.inputs.categories.length;
  const widest = Math.max(...widthsOf(net).map((width, l) => width * membersOf(net)[l]));
  const read = async (tensor: Tensor): Promise<Float32Array> => {
    const values = (await tensor.data()) as Float32Array;
    const failure = fault();
    if (failure) throw new Error(failure);
    return values;
  };
  /** On its own backend, and with the loss of a device told as what it is. */
  const answer = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      current(backend);
      return await ask();
    } catch (error) {
      throw lostDevice(backend, error);
    }
  };
  current(backend);
  const store = ops.store(options, plan.slots, options.moments ?? null, read);
  const power = { steps: 0, beta1: 1, beta2: 1 };
  const count = (): void => {
    power.steps++;
    power.beta1 *= optimizer.beta1;
    power.beta2 *= optimizer.beta2;
  };
  while (power.steps < (options.moments?.steps ?? 0)) count();
  let watched: { norms: Tensor1D[]; stuck: (Tensor | null)[] } | null = null;
  let lossCount = 0;
  let isOpen = true;

  const passOf = (rows: number, at: NetStep | null): Pass => ({ net, ops, layers, store, rows, training: at && { seed, at }, slot: plan.slot });
  const unwatch = (): void => {
    if (watched) dispose([...watched.norms, ...watched.stuck.flatMap((share) => share ?? [])]);
    watched = null;
  };

  function oneStep(batch: NetBatch, at: NetStep): void {
    const gone = runPass(plan, passOf(batch.rows, at), batch.x, batch.codes);
    const { loss, slope } = ops.loss(store, options.loss, gone.scores, { truth: tensor2d(batch.truth.subarray(0, batch.rows * outputs), [batch.rows, outputs]), share: tensor1d(batch.share.subarray(0, batch.rows)), members });
    gone.back(slope);
    store.addLoss(loss);
    const before = at.watch ? keep(store.squares('gradients')) : null;
    const isAdam = optimizer.kind === 'adamw';
    store.apply({ rate: at.rate, decay: at.decay, unbias1: isAdam ? 1 / (1 - power.beta1) : 1, unbias2: isAdam ? 1 / (1 - power.beta2) : 1 });
    if (before) {
      unwatch();
      watched = { norms: [before, keep(store.squares('weights'))], stuck: gone.stuck.map((share) => share && keep(share)) };
    }
  }

  async function scoresOf(x: Float32Array, codes: Int32Array, rows: number): Promise<Float32Array> {
    current(backend);
    const scores = tidy(() => {
      const { scores } = runPass(plan, passOf(rows, null), x, codes);
      store.endStep();
      return scores;
    });
    try {
      return await read(scores);
    } finally {
      scores.dispose();
    }
  }

  async function watchedNow(): Promise<NetWatch> {
    const dead = new Float64Array(net.layers.length).fill(NaN);
    const count = plan.slots.length;
    if (!watched) return { gradientNorms: new Float64Array(count), weightNorms: new Float64Array(count), dead };
    const { norms, stuck } = watched;
    const parts: Tensor[] = [...norms, ...stuck.flatMap((share) => share ?? [])];
    const all = tidy(() => concat1d(parts.map((part) => reshape(part, [part.size]) as Tensor1D)));
    try {
      const told = await read(all);
      let at = 2 * count;
      return { gradientNorms: Float64Array.from(told.subarray(0, count), Math.sqrt), weightNorms: Float64Array.from(told.subarray(count, 2 * count), Math.sqrt), dead: dead.map((_, l) => (stuck[l] ? told[at++] : NaN)) };
    } finally {
      all.dispose();
    }
  }

  return {
    step(batch, at) {
      count();
      lossCount++;
      try {
        current(backend);
        tidy(() => oneStep(batch, at));
      } catch (error) {
        throw lostDevice(backend, error);
      } finally {
        store.endStep();
      }
    },
    loss: () =>
      answer(async () => {
        const mean = (await store.takeLoss()) / Math.max(1, lossCount);
        lossCount = 0;
        return mean;
      }),
    watch: () => answer(watchedNow),
    forward: (x, codes, rows) =>
      answer(async () => {
        const chunk = Math.max(1, Math.min(rows, Math.floor(forwardCells / widest)));
        if (rows <= chunk) return scoresOf(x, codes, rows);
        const out = new Float32Array(rows * members * outputs);
        for (let from = 0; from < rows; from += chunk) {
          const some = Math.min(chunk, rows - from);
          out.set(await scoresOf(x.subarray(from * inputs, (from + some) * inputs), codes.subarray(from * categories, (from + some) * categories), some), from * members * outputs);
        }
        return out;
      }),
    weights: () => answer(() => store.weights()),
    moments: () => answer(async () => ({ steps: power.steps, ...(await store.moments()) })),
    held() {
      const tensors = isOpen ? [...store.tensors(), ...(watched ? [...watched.norms, ...watched.stuck.flatMap((share) => share ?? [])] : [])] : [];
      return { tensors: tensors.length, bytes: tensors.reduce((sum, tensor) => sum + tensor.size * 4, 0) };
    },
    dispose() {
      if (!isOpen) return;
      isOpen = false;
      unwatch();
      store.dispose();
    },
  };
}

/** tfjs has one current backend in a thread; a started one is taken at once. */
function current(backend: string): void {
  if (getBackend() !== backend) void setBackend(backend);
}
