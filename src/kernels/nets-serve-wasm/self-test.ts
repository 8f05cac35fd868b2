// A known-answer test of a kernel that serves nets: nets with every kind of layer and activation, held against core bit for bit.
import { activations, sizeOf, slotsOf, type Net, type NetLayer } from '../../core/models/net/net.ts';
import { makeNetModel } from '../../core/models/net/make-net-model.ts';
import { scoreNet } from '../../core/models/net.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import type { NetScores } from './open-net-server.ts';

/** What went wrong, or null when the scores have core's bits. */
export function selfTest(netScores: NetScores): string | null {
  const kernels = { backend: 'wasm', addTrees: () => false, netScores };
  for (const members of [1, 3]) {
    const net = sample(members);
    const model = makeNetModel({ task: 'multiclass', classes: ['a', 'b', 'c'], features: Array.from({ length: 5 }, () => ({ as: 'number', fill: 0, center: 0.5, scale: 2 })), clip: 3, net, weights: weightsOf(net) });
    for (const rows of [1, 6, 130]) {
      const matrix = rowsOf(rows);
      const [expected, found] = [scoreNet(model, matrix, 0, rows), scoreNet(model, matrix, 0, rows, kernels)];
      if (!expected.every((score, i) => Object.is(score, found[i]))) return `the serving kernel of nets failed its self-test on ${rows} rows`;
    }
  }
  return null;
}

const rowsOf = (rows: number): Matrix => ({ rows, features: [], data: Array.from({ length: 5 }, (_, f) => Float32Array.from({ length: rows }, (_, i) => ((i * 5 + f) % 7 === 0 ? NaN : ((i * (f + 3)) % 19) / 7 - 1))), target: null, weight: null });

function sample(members: number): Net {
  const blocks = activations.flatMap((by, i): NetLayer[] => [{ kind: 'dense', units: 5 + 3 * i, bias: i % 2 === 0 }, { kind: 'norm', by: i % 2 ? 'batch' : 'layer' }, { kind: 'activate', by, mixed: i > 2 }]);
  const residue: NetLayer[] = [{ kind: 'save' }, { kind: 'shift', member: true }, { kind: 'dense', units: 17, bias: true }, { kind: 'add' }];
  return { inputs: { numbers: 5, flags: 0, encoding: { kind: members > 1 ? 'plr' : 'pbld', waves: 3, width: 4 }, categories: [] }, layers: [{ kind: 'scale', member: false }, { kind: 'spread', members }, { kind: 'scale', member: true }, ...blocks, ...residue, { kind: 'heads', units: 3 }] };
}

/** Sums of small fractions: nothing here but whole numbers decides them. */
function weightsOf(net: Net): Float32Array {
  const weights = Float32Array.from({ length: sizeOf(net) }, (_, i) => (((i * 7919) % 211) - 105) / 150);
  for (const { name, offset, size } of slotsOf(net)) if (name.endsWith('.variance')) for (let i = 0; i < size; i++) weights[offset + i] = (1 + (i % 5)) / 4;
  return weights;
}
