// Nets of every layer kind with random parameters, and rows for them: for the tests of serving, here and in tests/parity.
import type { Task } from '../../../../../src/core/base/task.ts';
import { sequence, type Random } from '../../../../../src/core/base/random.ts';
import type { Model } from '../../../../../src/core/models/model.ts';
import { activations, slotsOf, sizeOf, widthsOf, type Net, type NetEncoding, type NetLayer } from '../../../../../src/core/models/net/net.ts';
import type { NetFeature } from '../../../../../src/core/models/net/features.ts';
import { makeNetModel } from '../../../../../src/core/models/net/make-net-model.ts';
import type { Matrix } from '../../../../../src/core/table/matrix.ts';

export const encodings: (NetEncoding | null)[] = [null, { kind: 'plr', waves: 5, width: 3 }, { kind: 'pbld', waves: 6, width: 4 }, { kind: 'piecewise', bins: 4, width: 5 }];

/** A feature of every kind, in mixed order: two numbers or so, a flag, levels, two codes. */
export function sampleFeatures(random: Random, numbers = 3): NetFeature[] {
  const plain = (as: 'number' | 'flag'): NetFeature => ({ as, fill: random.normal(), center: random.normal(), scale: 0.5 + random.unit() });
  return [{ as: 'code', levels: 5 }, ...Array.from({ length: numbers }, () => plain('number')), { as: 'levels', levels: 3 }, plain('flag'), { as: 'code', levels: 40 }];
}

export function netOf(layers: NetLayer[], encoding: NetEncoding | null, numbers = 3): Net {
  return { inputs: { numbers, flags: 4, encoding, categories: [{ levels: 5, width: 2 }, { levels: 40, width: 3 }] }, layers };
}

/** Parameters that keep activations near 1; ascending edges with one bin of no width; variances above 0. */
export function sampleWeights(net: Net, random: Random): Float32Array {
  const weights = new Float32Array(sizeOf(net));
  for (const { name, role, shape, offset, size } of slotsOf(net)) {
    const spread = role === 'weights' ? 1 / Math.sqrt(shape[shape.length - 2]) : role === 'scale' ? 0.3 : 0.5;
    for (let i = 0; i < size; i++) weights[offset + i] = random.normal() * spread + (role === 'scale' ? 1 : 0);
    if (name.endsWith('.variance')) for (let i = 0; i < size; i++) weights[offset + i] = 0.2 + random.unit();
    if (role !== 'edges') continue;
    for (let at = 0; at < size; at += shape[1]) {
      weights.subarray(offset + at, offset + at + shape[1]).sort();
      weights[offset + at + 2] = weights[offset + at + 1];
    }
  }
  return weights;
}

export function sampleModel(task: Task, layers: NetLayer[], encoding: NetEncoding | null, seed: number, more: object = {}): Model {
  const random = sequence(seed, 'net');
  const net = netOf(layers, encoding);
  const classes = task === 'regression' ? [] : task === 'binary' ? ['a', 'b'] : Array.from({ length: widthsOf(net)[layers.length] }, (_, k) => `c${k}`);
  return makeNetModel({ task, classes, features: sampleFeatures(random), clip: 3, net, weights: sampleWeights(net, random), ...more });
}

/** Layers of every kind, drawn: blocks with norms, activations, residues and members; `outputs` at the end. */
export function sampleLayers(random: Random, outputs: number): NetLayer[] {
  const layers: NetLayer[] = random.below(2) ? [{ kind: 'scale', member: false }] : [];
  const isEnsemble = random.below(2) === 1;
  if (isEnsemble) layers.push({ kind: 'spread', members: 1 + random.below(9) });
  const activation = (): NetLayer => ({ kind: 'activate', by: activations[random.below(activations.length)], mixed: random.below(2) === 1 });
  const extra = (): NetLayer[] => [{ kind: 'scale', member: isEnsemble }, { kind: 'shift', member: random.below(2) === 1 }, { kind: 'norm', by: 'batch' }, { kind: 'norm', by: 'layer' }, { kind: 'drop', rate: 0.1 } as NetLayer].filter(() => random.below(2) === 1) as NetLayer[];
  for (let block = 0; block < 1 + random.below(3); block++) {
    const units = 1 + random.below(37);
    layers.push({ kind: 'dense', units, bias: random.below(2) === 1 }, ...extra(), activation());
    if (random.below(2)) layers.push({ kind: 'save' }, ...extra(), { kind: 'dense', units: 11, bias: true }, activation(), { kind: 'dense', units, bias: false }, { kind: 'add' });
  }
  return [...layers, isEnsemble && random.below(2) ? { kind: 'heads', units: outputs } : { kind: 'dense', units: outputs, bias: true }];
}

/** Rows for sampleFeatures: numbers, codes beyond their levels, and missing cells. */
export function sampleRows(rows: number, seed: number, numbers = 3): Matrix {
  const random = sequence(seed, 'rows');
  const codes = (levels: number) => () => (random.below(7) === 0 ? NaN : random.below(levels + 2));
  const values = () => (random.below(7) === 0 ? NaN : random.normal() * 2);
  const cells = [codes(5), ...Array.from({ length: numbers }, () => values), codes(3), () => random.below(2), codes(40)];
  return { rows, features: cells.map((_, j) => ({ name: `f${j}`, source: `f${j}` })), data: cells.map((cell) => Float32Array.from({ length: rows }, cell)), target: null, weight: null };
}
