// A few known steps of two small nets, held to the reference: relu with dropout and a table over three slices of the batch, and
// periodic numbers, batch norm, members and a residual block. Weights, loss and scores must agree to what float32 allows.
import type { NetBatch, NetKernels, NetLoss, NetOpen } from '../../core/learners/mlp/net-kernels.ts';
import type { Net, NetLayer } from '../../core/models/net/net.ts';
import { slotsOf } from '../../core/models/net/net.ts';

const ROWS = 200;
const STEPS = 3;
const CLOSE = 2e-3;
const dense = (units: number): NetLayer => ({ kind: 'dense', units, bias: true });

const nets: readonly (readonly [Net, NetLoss])[] = [
  [
    { inputs: { numbers: 5, flags: 1, encoding: null, categories: [{ levels: 3, width: 2 }] }, layers: [dense(19), { kind: 'activate', by: 'relu', mixed: false }, { kind: 'drop', rate: 0.2 }, dense(9), { kind: 'activate', by: 'silu', mixed: true }, dense(3)] },
    { kind: 'softmax', focal: 0 },
  ],
  [
    {
      inputs: { numbers: 3, flags: 0, encoding: { kind: 'pbld', waves: 4, width: 3 }, categories: [] },
      layers: [{ kind: 'spread', members: 2 }, { kind: 'scale', member: true }, { kind: 'save' }, { kind: 'norm', by: 'batch' }, dense(9), { kind: 'activate', by: 'mish', mixed: false }, { kind: 'add' }, { kind: 'norm', by: 'layer' }, { kind: 'heads', units: 1 }],
    },
    { kind: 'huber', delta: 1 },
  ],
];

/** What went wrong, or null when every net moved as the reference moves it. */
export async function selfTest(kernels: NetKernels, truth: NetKernels): Promise<string | null> {
  for (const [net, loss] of nets) {
    const expected = await run(truth, net, loss);
    const found = await run(kernels, net, loss);
    for (const stage of ['weights', 'loss', 'scores'] as const) {
      if (!agree(found[stage], expected[stage])) return `the ${kernels.backend} net kernel failed its self-test at ${stage} of ${loss.kind}`;
    }
  }
  return null;
}

/** A value without a pattern that a kernel could hit by chance, between -1 and 1. */
const value = (i: number): number => (((Math.imul(i + 1, 0x9e3779b1) >>> 8) % 2001) - 1000) / 1000;

function openOf(net: Net, loss: NetLoss): NetOpen {
  const slots = slotsOf(net);
  const weights = new Float32Array(slots.reduce((sum, { size }) => sum + size, 0));
  for (const { role, offset, size } of slots) for (let i = offset; i < offset + size; i++) weights[i] = role === 'weights' || role === 'bias' ? 0.5 * value(i) : role === 'running' ? 1 : 1 + 0.4 * value(i);
  const optimizer = { kind: 'adamw' as const, beta1: 0.9, beta2: 0.99, epsilon: 1e-6, clip: 0.8, rates: slots.map((_, s) => 1 - 0.05 * (s % 4)), decays: slots.map(({ role }) => (role === 'weights' ? 0.1 : 0)) };
  return { net, loss, optimizer, weights, moments: null, seed: 7, maxRows: ROWS };
}

function batchOf({ inputs, layers }: Net, loss: NetLoss, rows: number): NetBatch {
  const last = layers[layers.length - 1];
  const outputs = last.kind === 'dense' || last.kind === 'heads' ? last.units : 1;
  const { numbers, flags, categories } = inputs;
  return {
    rows,
    x: Float32Array.from({ length: rows * (numbers + flags) }, (_, i) => value(i)),
    codes: Int32Array.from({ length: rows * categories.length }, (_, i) => (i * 7) % (categories[0].levels + 1)),
    truth: Float32Array.from({ length: rows * outputs }, (_, i) => (loss.kind === 'softmax' ? Number((Math.floor(i / outputs) * 5) % outputs === i % outputs) : value(3 * i))),
    share: new Float32Array(rows).fill(1 / rows),
  };
}

async function run(kernels: NetKernels, net: Net, loss: NetLoss): Promise<{ weights: Float32Array; loss: Float32Array; scores: Float32Array }> {
  const session = await kernels.open(openOf(net, loss));
  try {
    for (let step = 0; step < STEPS; step++) session.step(batchOf(net, loss, ROWS - 31 * step), { rate: 0.01, decay: 1, drop: 1, step, watch: false });
    const { x, codes } = batchOf(net, loss, 90);
    return { loss: Float32Array.of(await session.loss()), scores: await session.forward(x, codes, 90), weights: await session.weights() };
  } finally {
    session.dispose();
  }
}

function agree(found: Float32Array, expected: Float32Array): boolean {
  return found.length === expected.length && found.every((v, i) => Math.abs(v - expected[i]) <= CLOSE * (1 + Math.abs(expected[i])));
}
