// The reference of net training against finite differences, hand-worked numbers and equal nets of another form.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exp, sigmoid } from '../../../../../src/core/base/numerics.ts';
import type { NetBatch, NetOpen, NetStep } from '../../../../../src/core/learners/mlp/net-kernels.ts';
import { dropMask } from '../../../../../src/core/learners/mlp/net-kernels.ts';
import { referenceNets } from '../../../../../src/core/learners/mlp/reference-net.ts';
import { gradientsOf, scoresOf } from '../../../../../src/core/learners/mlp/reference/pass.ts';
import type { Net, NetLayer } from '../../../../../src/core/models/net/net.ts';
import { slotsOf } from '../../../../../src/core/models/net/net.ts';
import type { NetCase } from '../../../../parity/net-cases.ts';
import { batchFor, caseOf, netCases, randomCase, startWeights } from '../../../../parity/net-cases.ts';

/** The worst disagreement of gradient and central difference, relative to the slot's gradients; null = none beyond 1e-5. */
function worstGradient({ open, batches, ats }: NetCase, most = 60): string | null {
  const { net, loss, seed, weights } = open;
  const params = Float64Array.from(weights);
  const { gradients } = gradientsOf(net, loss, params, seed, batches[0], ats[0]);
  const lossAt = (i: number, value: number): number => {
    const moved = Float64Array.from(params);
    moved[i] = value;
    return gradientsOf(net, loss, moved, seed, batches[0], ats[0]).loss;
  };
  for (const slot of slotsOf(net)) {
    const stride = Math.max(1, Math.floor(slot.size / most));
    let scale = 0;
    for (let i = slot.offset; i < slot.offset + slot.size; i++) scale = Math.max(scale, Math.abs(gradients[i]));
    for (let i = slot.offset; i < slot.offset + slot.size; i += stride) {
      if (!slot.trained) {
        if (gradients[i] !== 0) return `${slot.name}: a gradient where none is trained`;
        continue;
      }
      // a kink (relu, a clamp) between the two points spoils one width, hardly three
      const misses = [1e-5, 1e-6, 1e-7].map((h) => Math.abs((lossAt(i, params[i] + h) - lossAt(i, params[i] - h)) / (2 * h) - gradients[i]));
      if (!misses.some((miss, k) => miss <= 1e-5 * scale + [1e-10, 1e-9, 1e-8][k]))
        return `${slot.name}[${i - slot.offset}]: ${gradients[i]}, off by ${misses.join(', ')}`;
    }
  }
  return null;
}

async function trained(open: NetOpen, batches: readonly NetBatch[], ats: readonly NetStep[]): Promise<Float32Array> {
  const session = await referenceNets.open(open);
  batches.forEach((batch, b) => session.step(batch, ats[b]));
  const weights = await session.weights();
  session.dispose();
  return weights;
}

test.each(netCases())('gradients are those of finite differences: $name', (one) => {
  expect(worstGradient(one, one.name === 'wide, odd' ? 4 : 16)).toBe(null);
});

test('gradients of any small net are those of finite differences', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
      const worst = worstGradient(randomCase(seed), 8);
      if (worst) throw new Error(worst);
    }),
    { numRuns: 50, seed: 5 },
  );
});

const line: Net = { inputs: { numbers: 1, flags: 0, encoding: null, categories: [] }, layers: [{ kind: 'dense', units: 1, bias: true }] };
const at = (step = 0): NetStep => ({ rate: 0.1, decay: 1, drop: 1, step, watch: true });
const one = (x: number, y: number): NetBatch => ({
  rows: 1,
  x: Float32Array.of(x),
  codes: new Int32Array(0),
  truth: Float32Array.of(y),
  share: Float32Array.of(1),
});
const openLine = (over: Partial<NetOpen['optimizer']> = {}): NetOpen => ({
  net: line,
  loss: { kind: 'squared' },
  optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 0, clip: 0, rates: [1, 0.5], decays: [0.2, 0], ...over },
  weights: Float32Array.of(2, 1),
  seed: 1,
  maxRows: 1,
});

test('adamw moves as worked by hand', async () => {
  // z = 2 * 3 + 1 = 7, y = 5: gradients 6 and 2; the first unbiased step is the sign of each
  const weights = await trained(openLine(), [one(3, 5)], [at()]);
  expect([...weights]).toEqual([Math.fround(2 - 0.1 * (1 + 0.2 * 2)), Math.fround(1 - 0.1 * 0.5)]);
});

test('sgd with momentum and clipping moves as worked by hand', async () => {
  const session = await referenceNets.open(openLine({ kind: 'sgd', clip: Math.sqrt(10) }));
  session.step(one(3, 5), at()); // gradients (6, 2), norm sqrt 40, halved to (3, 1)
  const weights = await session.weights();
  expect(weights[0]).toBeCloseTo(2 - 0.1 * (3 + 0.2 * 2), 6);
  expect(weights[1]).toBeCloseTo(1 - 0.1 * 0.5, 6);
  const watch = await session.watch();
  expect([...watch.gradientNorms]).toEqual([6, 2]);
  expect(watch.weightNorms[0]).toBe(weights[0]);
  expect(await session.loss()).toBe(2);
  session.step(one(0, weights[1]), at(1)); // no gradient: momentum 0.9 of what was
  expect((await session.weights())[1]).toBeCloseTo(weights[1] - 0.1 * 0.5 * 0.9, 6);
  session.dispose();
});

test('softmax and sigmoid losses are the entropies they are called', () => {
  const net: Net = { ...line, layers: [{ kind: 'dense', units: 2, bias: true }] };
  const batch = { ...one(1, 0), truth: Float32Array.of(0, 1) };
  const loss = (kind: 'softmax' | 'sigmoid', focal: number): number => gradientsOf(net, { kind, focal }, Float64Array.of(1, 3, 0, 0), 1, batch, at()).loss;
  const p = exp(3) / (exp(1) + exp(3));
  expect(loss('softmax', 0)).toBeCloseTo(-Math.log(p), 12);
  expect(loss('softmax', 2)).toBeCloseTo(-((1 - p) ** 2) * Math.log(p), 12);
  expect(loss('sigmoid', 0)).toBeCloseTo(-Math.log(1 - sigmoid(1)) - Math.log(sigmoid(3)), 12);
  expect(loss('sigmoid', 1)).toBeCloseTo(-sigmoid(1) * Math.log(1 - sigmoid(1)) - (1 - sigmoid(3)) * Math.log(sigmoid(3)), 12);
});

test('dropout multiplies by the mask of its layer and step, and serving drops nothing', () => {
  const net: Net = {
    ...line,
    layers: [
      { kind: 'scale', member: false },
      { kind: 'drop', rate: 0.4 },
      { kind: 'dense', units: 1, bias: false },
    ],
  };
  const rows = 9;
  const batch: NetBatch = { ...one(0, 0), rows, x: new Float32Array(rows).fill(1), truth: new Float32Array(rows), share: new Float32Array(rows).fill(1) };
  const mask = dropMask(77, 3, 1, 0.2, rows);
  const { loss } = gradientsOf(net, { kind: 'squared' }, Float64Array.of(1, 1), 77, batch, { ...at(3), drop: 0.5 });
  expect(loss).toBeCloseTo(
    mask.reduce((sum, m) => sum + (m * m) / 2, 0),
    10,
  );
  expect(new Set(mask).size).toBe(2);
  expect([...scoresOf(net, Float64Array.of(1, 1), batch.x, batch.codes, rows)]).toEqual(new Array(rows).fill(1));
});

test('batch norm trains by the batch and serves by running statistics that move a tenth', async () => {
  const net: Net = {
    ...line,
    layers: [
      { kind: 'norm', by: 'batch' },
      { kind: 'dense', units: 1, bias: false },
    ],
  };
  const batch: NetBatch = { ...one(0, 0), rows: 2, x: Float32Array.of(1, 5), truth: new Float32Array(2), share: Float32Array.of(0.5, 0.5) };
  const zeros = slotsOf(net).map(() => 0);
  const open: NetOpen = { ...openLine({ epsilon: 1e-8, rates: zeros, decays: zeros }), net, weights: Float32Array.of(1, 0, 10, 2, 1), maxRows: 2 };
  const weights = await trained(open, [batch], [at()]);
  expect([...weights]).toEqual([1, 0, Math.fround(9 + 0.3), Math.fround(1.8 + 0.4), 1]);
  expect(gradientsOf(net, { kind: 'squared' }, Float64Array.from(open.weights), 1, batch, at()).loss).toBeCloseTo(0.5 * (4 / (4 + 1e-5)), 12);
  const served = scoresOf(net, Float64Array.from(open.weights), batch.x, batch.codes, 2);
  expect(served[0]).toBeCloseTo(-9 / Math.sqrt(2 + 1e-5), 12);
  expect(served[1]).toBeCloseTo(-5 / Math.sqrt(2 + 1e-5), 12);
});

test('members with all of their own are separate nets, at a k-th of the slope', () => {
  const tail = (members: number): NetLayer[] => [
    { kind: 'spread', members },
    { kind: 'scale', member: true },
    { kind: 'shift', member: true },
    { kind: 'activate', by: 'mish', mixed: false },
    { kind: 'heads', units: 2 },
  ];
  const whole: Net = { inputs: { ...line.inputs, numbers: 3 }, layers: tail(3) };
  const single: Net = { ...whole, layers: tail(1) };
  const weights = Float64Array.from(startWeights(whole, 3));
  const batch = batchFor(whole, { kind: 'softmax', focal: 0 }, 5, 4);
  const all = gradientsOf(whole, { kind: 'softmax', focal: 0 }, weights, 1, batch, at());
  let sum = 0;
  for (let m = 0; m < 3; m++) {
    const part = (flat: Float64Array): Float64Array =>
      Float64Array.from(slotsOf(whole).flatMap((s) => [...flat.subarray(s.offset + (m * s.size) / 3, s.offset + ((m + 1) * s.size) / 3)]));
    const own = gradientsOf(single, { kind: 'softmax', focal: 0 }, part(weights), 1, batch, at());
    sum += own.loss / 3;
    part(all.gradients).forEach((g, i) => expect(3 * g).toBeCloseTo(own.gradients[i], 12));
    const scores = scoresOf(single, part(weights), batch.x, batch.codes, 5);
    const together = scoresOf(whole, weights, batch.x, batch.codes, 5);
    for (let r = 0; r < 5; r++) expect([...together.subarray((r * 3 + m) * 2, (r * 3 + m) * 2 + 2)]).toEqual([...scores.subarray(r * 2, r * 2 + 2)]);
  }
  expect(all.loss).toBeCloseTo(sum, 12);
});

test('resumed from weights and moments it goes on to the same bits', async () => {
  for (const { open, batches, ats } of netCases()) {
    const whole = await trained(open, batches, ats);
    const first = await referenceNets.open(open);
    first.step(batches[0], ats[0]);
    const [weights, moments] = [await first.weights(), await first.moments()];
    first.dispose();
    expect(await trained({ ...open, weights, moments }, batches.slice(1), ats.slice(1))).toEqual(whole);
  }
});

test('watch counts dead and saturated units', async () => {
  const layers: NetLayer[] = [
    { kind: 'dense', units: 4, bias: true },
    { kind: 'activate', by: 'relu', mixed: false },
    { kind: 'shift', member: false },
    { kind: 'activate', by: 'tanh', mixed: false },
    { kind: 'dense', units: 1, bias: true },
  ];
  const { open, batches } = caseOf('dead', { ...line, layers }, { kind: 'squared' }, 1, [16]);
  const weights = open.weights.slice();
  weights.set([-50, 5, 5, 5], 4);
  weights.set([-0.5, -5, -5, 50], 8);
  const session = await referenceNets.open({ ...open, weights });
  session.step(batches[0], at());
  expect([...(await session.watch()).dead]).toEqual([NaN, 0.25, NaN, 0.25, NaN]);
  session.dispose();
});

test('a session is counted while it lives', async () => {
  const before = referenceNets.tensors();
  const session = await referenceNets.open(openLine());
  expect(session.held()).toEqual({ tensors: 3, bytes: 48 });
  expect(referenceNets.tensors()).toBe(before + 3);
  session.dispose();
  session.dispose();
  expect(referenceNets.tensors()).toBe(before);
});
