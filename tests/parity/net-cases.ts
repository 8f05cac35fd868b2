// Nets and batches that cover every layer, encoding, loss, optimiser and member variant: what any NetKernels is held to the
// reference by. `netCases()` are named and fixed; `randomCase(seed)` is any small net, for property tests.
import type { Random } from '../../src/core/base/random.ts';
import { sequence } from '../../src/core/base/random.ts';
import type { NetBatch, NetLoss, NetOpen, NetOptimizer, NetStep } from '../../src/core/learners/mlp/net-kernels.ts';
import type { Activation, Net, NetEncoding, NetInputs, NetLayer, NetSlot } from '../../src/core/models/net/net.ts';
import { activations, slotsOf, widthsOf } from '../../src/core/models/net/net.ts';

export interface NetCase {
  readonly name: string;
  readonly open: NetOpen;
  /** Of unequal sizes, the largest maxRows. */
  readonly batches: readonly NetBatch[];
  /** The step for each batch; the last is watched. */
  readonly ats: readonly NetStep[];
}

const plain = (numbers: number): NetInputs => ({ numbers, flags: 0, encoding: null, categories: [] });
const dense = (units: number, bias = true): NetLayer => ({ kind: 'dense', units, bias });
const act = (by: Activation, mixed = false): NetLayer => ({ kind: 'activate', by, mixed });
const norm = (by: 'batch' | 'layer'): NetLayer => ({ kind: 'norm', by });
const scale = (member: boolean): NetLayer => ({ kind: 'scale', member });
const shift = (member: boolean): NetLayer => ({ kind: 'shift', member });
const drop = (rate: number): NetLayer => ({ kind: 'drop', rate });
const spread = (members: number): NetLayer => ({ kind: 'spread', members });
const heads = (units: number): NetLayer => ({ kind: 'heads', units });
const save: NetLayer = { kind: 'save' };
const add: NetLayer = { kind: 'add' };
const squared: NetLoss = { kind: 'squared' };
const softmax = (focal = 0): NetLoss => ({ kind: 'softmax', focal });
const sigmoid = (focal = 0): NetLoss => ({ kind: 'sigmoid', focal });

/** Values such as training meets; each role in its usual range. */
export function startWeights(net: Net, seed: number): Float32Array {
  const random = sequence(seed, 'net-cases-weights');
  const slots = slotsOf(net);
  const out = new Float32Array(slots.reduce((sum, s) => sum + s.size, 0));
  for (const slot of slots) for (let i = 0; i < slot.size; i++) out[slot.offset + i] = startValue(slot, i, random);
  return out;
}

function startValue({ role, shape, name }: NetSlot, i: number, random: Random): number {
  if (role === 'weights') return random.normal() / Math.sqrt(shape.length > 1 ? shape[shape.length - 2] : 1);
  if (role === 'scale') return 1 + 0.3 * random.normal();
  if (role === 'mix') return 0.6 + 0.2 * random.normal();
  if (role === 'frequencies') return 0.4 * random.normal();
  if (role === 'phases') return 6.283185307179586 * (random.unit() - 0.5);
  if (role === 'running') return name.endsWith('variance') ? 0.5 + random.unit() : 0.2 * random.normal();
  if (role === 'edges') {
    // ordered, over the usual range; the second bin of every other number has no width
    const [bins, number] = [shape[1] - 1, Math.floor(i / shape[1])];
    const k = i % shape[1];
    return -2 + (4 * (number % 2 === 0 && bins > 1 && k === 2 ? 1 : k)) / bins;
  }
  return (role === 'table' ? 0.7 : 0.2) * random.normal();
}

/** A batch for the net and loss: x about normal, codes with the missing one among them, unequal shares that sum to 1. */
export function batchFor(net: Net, loss: NetLoss, rows: number, seed: number): NetBatch {
  const random = sequence(seed, 'net-cases-batch');
  const { numbers, flags, categories } = net.inputs;
  const units = widthsOf(net)[net.layers.length];
  const x = Float32Array.from({ length: rows * (numbers + flags) }, (_, i) => (i % (numbers + flags) < numbers ? random.normal() : random.below(2)));
  const codes = Int32Array.from({ length: rows * categories.length }, (_, i) => random.below(categories[i % categories.length].levels + 1));
  const truth = new Float32Array(rows * units);
  for (let r = 0; r < rows; r++) {
    if (loss.kind === 'softmax') {
      const off = loss.focal > 0 || units === 1 ? 0 : 0.1;
      truth.fill(off / units, r * units, (r + 1) * units);
      truth[r * units + random.below(units)] += 1 - off;
    } else {
      const value = random.normal();
      for (let o = 0; o < units; o++) truth[r * units + o] = loss.kind === 'sigmoid' ? random.below(2) : loss.kind === 'quantile' ? value : random.normal();
    }
  }
  const raw = Float64Array.from({ length: rows }, () => 0.5 + random.unit());
  const sum = raw.reduce((a, b) => a + b, 0);
  return { rows, x, codes, truth, share: Float32Array.from(raw, (v) => v / sum) };
}

const adam: Omit<NetOptimizer, 'rates' | 'decays'> = { kind: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clip: 0 };

export function caseOf(
  name: string,
  net: Net,
  loss: NetLoss,
  seed: number,
  sizes: readonly number[] = [16, 33, 7],
  optimizer: Partial<NetOptimizer> = {},
): NetCase {
  const slots = slotsOf(net);
  const full: NetOptimizer = {
    ...adam,
    rates: slots.map((_, s) => 1 - 0.1 * (s % 5)),
    decays: slots.map((s) => (s.role === 'weights' ? 0.1 : 0)),
    ...optimizer,
  };
  return {
    name,
    open: { net, loss, optimizer: full, weights: startWeights(net, seed), moments: null, seed, maxRows: Math.max(...sizes) },
    batches: sizes.map((rows, b) => batchFor(net, loss, rows, seed * 101 + b)),
    ats: sizes.map((_, step) => ({ rate: 0.01 / (1 + step), decay: 1 - 0.2 * step, drop: step === 1 ? 0.5 : 1, step, watch: step === sizes.length - 1 })),
  };
}

/** The fixed cases. */
export function netCases(): NetCase[] {
  const encoded = (encoding: NetEncoding, numbers = 5): NetInputs => ({ numbers, flags: 2, encoding, categories: [{ levels: 3, width: 2 }] });
  const plr: NetEncoding = { kind: 'plr', waves: 6, width: 4 };
  const pbld: NetEncoding = { kind: 'pbld', waves: 16, width: 4 };
  const piecewise: NetEncoding = { kind: 'piecewise', bins: 5, width: 3 };
  const tables: NetInputs = {
    numbers: 2,
    flags: 1,
    encoding: null,
    categories: [
      { levels: 2, width: 1 },
      { levels: 40, width: 7 },
      { levels: 1, width: 3 },
    ],
  };
  const hidden: NetLayer[] = [dense(17), act('relu')];
  const cases = [
    caseOf('one dense layer, squared', { inputs: plain(6), layers: [dense(1)] }, squared, 1),
    caseOf('relu net, softmax', { inputs: plain(9), layers: [dense(32), act('relu'), dense(16), act('relu'), dense(7)] }, softmax(), 2, [64, 64, 50]),
    caseOf('no bias, sigmoid of 3', { inputs: plain(4), layers: [dense(11, false), act('silu'), dense(3, false)] }, sigmoid(), 3),
    ...activations.map((by, a) => caseOf(`activation ${by}`, { inputs: plain(5), layers: [dense(13), act(by), dense(2)] }, softmax(), 10 + a)),
    ...activations.map((by, a) => caseOf(`mixed ${by}`, { inputs: plain(5), layers: [dense(12), act(by, true), dense(1)] }, squared, 20 + a)),
    caseOf('batch norm', { inputs: plain(6), layers: [dense(15), norm('batch'), act('relu'), dense(8), norm('batch'), act('silu'), dense(3)] }, softmax(), 30),
    caseOf('layer norm', { inputs: plain(6), layers: [norm('layer'), dense(15), norm('layer'), act('relu'), dense(1)] }, sigmoid(), 31),
    caseOf('dropout', { inputs: plain(7), layers: [drop(0.1), dense(19), act('relu'), drop(0.5), dense(5), act('selu'), drop(0), dense(1)] }, squared, 32),
    caseOf('plr', { inputs: encoded(plr), layers: [...hidden, dense(3)] }, softmax(), 33),
    caseOf('pbld', { inputs: encoded(pbld), layers: [...hidden, dense(1)] }, squared, 34),
    caseOf('piecewise', { inputs: encoded(piecewise), layers: [...hidden, dense(1)] }, sigmoid(), 35),
    caseOf('tables', { inputs: tables, layers: [...hidden, dense(2)] }, softmax(), 36),
    caseOf('tables alone', { inputs: { numbers: 0, flags: 0, encoding: null, categories: [{ levels: 9, width: 4 }] }, layers: [dense(1)] }, squared, 37),
    caseOf(
      'residual blocks',
      {
        inputs: plain(5),
        layers: [
          dense(8),
          save,
          norm('batch'),
          dense(16),
          act('relu'),
          drop(0.2),
          dense(8),
          add,
          save,
          norm('layer'),
          save,
          dense(8),
          act('mish'),
          add,
          dense(8),
          add,
          norm('batch'),
          act('relu'),
          dense(4),
        ],
      },
      softmax(),
      38,
    ),
    caseOf(
      'RealMLP',
      { inputs: encoded(pbld), layers: [scale(false), dense(24), act('mish', true), drop(0.15), dense(24), act('mish', true), drop(0.15), dense(1)] },
      squared,
      39,
      [40, 40, 9],
      { beta2: 0.95, clip: 0.5 },
    ),
    caseOf(
      'TabM',
      {
        inputs: encoded(piecewise),
        layers: [
          spread(4),
          scale(true),
          dense(20, false),
          scale(true),
          shift(true),
          act('relu'),
          drop(0.1),
          scale(true),
          dense(20, false),
          scale(true),
          shift(true),
          act('relu'),
          drop(0.1),
          heads(3),
        ],
      },
      softmax(),
      40,
    ),
    caseOf(
      'TabM mini, regression',
      { inputs: tables, layers: [spread(8), scale(true), dense(16), act('relu'), dense(16), act('relu'), heads(1)] },
      squared,
      41,
      [33, 16, 1],
    ),
    caseOf(
      'members with norms and a shared scale and shift',
      {
        inputs: plain(4),
        layers: [spread(3), scale(true), dense(9), norm('batch'), scale(false), shift(false), act('tanh', true), norm('layer'), save, dense(9), add, heads(2)],
      },
      softmax(),
      42,
    ),
    caseOf('spread with a shared end', { inputs: plain(4), layers: [spread(5), shift(true), dense(6), act('silu'), dense(1)] }, sigmoid(), 43),
    caseOf('focal softmax', { inputs: plain(5), layers: [dense(9), act('relu'), dense(4)] }, softmax(2), 44),
    caseOf('focal sigmoid', { inputs: plain(5), layers: [dense(9), act('relu'), dense(1)] }, sigmoid(1.5), 45),
    caseOf('absolute of 2', { inputs: plain(5), layers: [dense(9), act('silu'), dense(2)] }, { kind: 'absolute' }, 46),
    caseOf('huber', { inputs: plain(5), layers: [dense(9), act('silu'), dense(1)] }, { kind: 'huber', delta: 0.7 }, 47),
    caseOf('quantiles', { inputs: plain(5), layers: [dense(9), act('silu'), dense(3)] }, { kind: 'quantile', levels: [0.1, 0.5, 0.9] }, 48),
    caseOf('sgd with clipping', { inputs: plain(6), layers: [dense(10), act('relu'), dense(3)] }, softmax(), 49, [16, 33, 7], { kind: 'sgd', clip: 0.2 }),
    caseOf('wide, odd', { inputs: plain(54), layers: [dense(67), act('relu'), dense(31), act('silu'), dense(7)] }, softmax(), 50, [129, 65, 3]),
  ];
  return cases;
}

/** Any small net: the same seed, the same case. */
export function randomCase(seed: number): NetCase {
  const random = sequence(seed, 'net-cases-random');
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)];
  const chance = (p: number): boolean => random.unit() < p;
  const numbers = 1 + random.below(4);
  const encoding = pick<NetEncoding | null>([
    null,
    { kind: 'plr', waves: 1 + random.below(4), width: 1 + random.below(4) },
    { kind: 'pbld', waves: 1 + random.below(4), width: 2 + random.below(3) },
    { kind: 'piecewise', bins: 1 + random.below(4), width: 1 + random.below(4) },
  ]);
  const inputs: NetInputs = {
    numbers,
    flags: random.below(3),
    encoding,
    categories: Array.from({ length: random.below(3) }, () => ({ levels: 1 + random.below(5), width: 1 + random.below(3) })),
  };
  const layers: NetLayer[] = [];
  let members = 1;
  const element = (): NetLayer =>
    pick<() => NetLayer>([
      () => scale(chance(0.5)),
      () => shift(chance(0.5)),
      () => norm(pick(['batch', 'layer'])),
      () => act(pick(activations), chance(0.5)),
      () => drop(pick([0, 0.1, 0.5])),
    ])();
  const spreadNow = (): void => {
    if (members > 1 || !chance(0.4)) return;
    members = 2 + random.below(3);
    layers.push(spread(members));
  };
  spreadNow();
  for (let block = random.below(3); block > 0; block--) {
    const width = 1 + random.below(8);
    layers.push(dense(width, chance(0.7)));
    spreadNow();
    const residual = chance(0.3);
    if (residual) layers.push(save);
    for (let n = random.below(4); n > 0; n--) layers.push(element());
    if (residual) layers.push(dense(width), add);
  }
  const units = 1 + random.below(3);
  const loss = pick<NetLoss>([
    softmax(),
    softmax(2),
    sigmoid(),
    sigmoid(1),
    squared,
    { kind: 'absolute' },
    { kind: 'huber', delta: 0.5 },
    { kind: 'quantile', levels: [0.1, 0.5, 0.9].slice(0, units) },
  ]);
  layers.push(members > 1 && chance(0.7) ? heads(units) : dense(units, chance(0.8)));
  return caseOf(`random ${seed}`, { inputs, layers }, loss, seed, [1 + random.below(20), 1 + random.below(20)], {
    kind: pick(['adamw', 'sgd']),
    clip: pick([0, 0.1]),
  });
}
