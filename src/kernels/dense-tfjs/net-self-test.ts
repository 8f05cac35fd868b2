// A backend proves itself before it is used: three training steps of two tiny nets against the reference, in a few
// milliseconds on a processor. Together they have every kind of layer, an encoding and a table; the reference is in doubles.
import type { NetBatch, NetKernels, NetOpen } from '../../core/learners/mlp/net-kernels.ts';
import { referenceNets } from '../../core/learners/mlp/reference-net.ts';
import { sizeOf, slotsOf, type Net } from '../../core/models/net/net.ts';

const wave = (n: number, seed: number): Float32Array => Float32Array.from({ length: n }, (_, i) => ((((i + 1) * 37 * seed) % 19) - 9) / 12);
const rows = 6;

const nets: readonly Net[] = [
  {
    inputs: { numbers: 2, flags: 1, encoding: { kind: 'plr', waves: 3, width: 2 }, categories: [{ levels: 3, width: 2 }] },
    layers: [{ kind: 'dense', units: 5, bias: true }, { kind: 'norm', by: 'batch' }, { kind: 'save' }, { kind: 'activate', by: 'relu', mixed: false }, { kind: 'drop', rate: 0.25 }, { kind: 'add' }, { kind: 'norm', by: 'layer' }, { kind: 'dense', units: 2, bias: true }],
  },
  {
    inputs: { numbers: 3, flags: 0, encoding: null, categories: [] },
    layers: [{ kind: 'scale', member: false }, { kind: 'spread', members: 2 }, { kind: 'scale', member: true }, { kind: 'dense', units: 4, bias: false }, { kind: 'shift', member: true }, { kind: 'activate', by: 'mish', mixed: true }, { kind: 'heads', units: 2 }],
  },
];

const batch = ({ inputs }: Net): NetBatch => ({
  rows,
  x: wave(rows * (inputs.numbers + inputs.flags), 5),
  codes: Int32Array.from({ length: rows * inputs.categories.length }, (_, i) => (i * 5) % 4),
  truth: Float32Array.from({ length: rows * 2 }, (_, i) => ((i >> 1) % 2 === i % 2 ? 1 : 0)),
  share: new Float32Array(rows).fill(1 / rows),
});

function optionsOf(net: Net): NetOpen {
  const slots = slotsOf(net);
  const weights = wave(sizeOf(net), 7);
  for (const slot of slots) if (slot.name.endsWith('variance')) weights.fill(1, slot.offset, slot.offset + slot.size);
  return { net, weights, loss: { kind: 'softmax', focal: 0 }, optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.95, epsilon: 1e-3, clip: 1, rates: slots.map(() => 1), decays: slots.map(() => 0.1) }, seed: 3, maxRows: rows };
}

/** Null when the backend computed what the reference did, else the difference in words. */
export async function testNets(kernels: NetKernels): Promise<string | null> {
  for (const net of nets) {
    const [truth, found] = [await answersOf(referenceNets, net), await answersOf(kernels, net)];
    const gap = truth.reduce((worst, value, i) => Math.max(worst, Number.isFinite(found[i]) ? Math.abs(value - found[i]) : Infinity), 0);
    if (!(gap < 2e-3)) return `its answers to a known step differ by ${gap}`;
  }
  return null;
}

async function answersOf(kernels: NetKernels, net: Net): Promise<number[]> {
  const session = await kernels.open(optionsOf(net));
  try {
    for (let step = 0; step < 3; step++) session.step(batch(net), { rate: 0.05, decay: 1, drop: 1, step, watch: false });
    const { x, codes } = batch(net);
    return [await session.loss(), ...(await session.weights()), ...(await session.forward(x, codes, rows))];
  } finally {
    session.dispose();
  }
}
