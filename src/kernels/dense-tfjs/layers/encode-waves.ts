// The periodic encodings, plr and pbld (formulas: core/models/net/net.ts), as products of one small matrix for each number:
// arrays here are numbers x rows x something. Turns are brought into half a turn either side before the cosine, where a
// GPU's is accurate.
import { add, concat3d, cos, matMul, mul, relu, reshape, round, sin, slice, step, sub, sum, transpose, type Tensor, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import type { Encoded } from './inputs.ts';
import type { Pass } from './pass.ts';

const turn = 2 * Math.PI;
const swap = [1, 0, 2];
const turned = [0, 2, 1];

/** rows x numbers -> numbers x rows x 1. */
const columnsOf = (x: Tensor2D): Tensor3D => reshape(transpose(x), [x.shape[1], x.shape[0], 1]);
const toLines = (z: Tensor3D): Tensor2D => reshape(transpose(z, swap), [z.shape[1], z.shape[0] * z.shape[2]]);
const fromLines = (d: Tensor2D, numbers: number): Tensor3D => transpose(reshape(d, [d.shape[0], numbers, d.shape[1] / numbers]), swap);
const angleOf = (turns: Tensor): Tensor3D => mul(sub(turns, round(turns)), turn);

export function encodePlr({ store, slot }: Pass, { waves, width }: { waves: number; width: number }, x: Tensor2D): Encoded {
  const [rows, numbers] = x.shape;
  const [frequencies, weights, bias] = ['frequencies', 'weights', 'bias'].map((name) => slot(`inputs.${name}`));
  const given = columnsOf(x);
  const w = store.value(weights) as Tensor3D;
  const angle = angleOf(mul(given, reshape(store.value(frequencies), [numbers, 1, waves])));
  const [c, s] = [cos(angle), sin(angle)];
  const both = concat3d([c, s], 2);
  const z = add(matMul(both, w), reshape(store.value(bias), [numbers, 1, width])) as Tensor3D;
  return {
    out: toLines(relu(z)),
    back(slope) {
      const d = mul(fromLines(slope, numbers), step(z)) as Tensor3D;
      store.gradient(weights, matMul(transpose(both, turned), d));
      store.gradient(bias, sum(d, 1));
      const toBoth = matMul(d, transpose(w, turned));
      const [toCos, toSin] = [slice(toBoth, [0, 0, 0], [numbers, rows, waves]), slice(toBoth, [0, 0, waves], [numbers, rows, waves])];
      store.gradient(frequencies, mul(turn, matMul(transpose(given, turned), sub(mul(c, toSin), mul(s, toCos)) as Tensor3D)));
    },
  };
}

export function encodePbld({ store, slot }: Pass, { waves, width }: { waves: number; width: number }, x: Tensor2D): Encoded {
  const numbers = x.shape[1];
  const rows = x.shape[0];
  const units = width - 1;
  const [frequencies, phases, weights, bias] = ['frequencies', 'phases', 'weights', 'bias'].map((name) => slot(`inputs.${name}`));
  const given = columnsOf(x);
  const w = store.value(weights) as Tensor3D;
  const byWave = (value: Tensor): Tensor3D => reshape(value, [numbers, 1, waves]);
  const angle = angleOf(add(mul(given, byWave(store.value(frequencies))), mul(byWave(store.value(phases)), 1 / turn)));
  const c = cos(angle);
  const z = add(matMul(c, w), reshape(store.value(bias), [numbers, 1, units])) as Tensor3D;
  return {
    out: toLines(concat3d([given, z], 2)),
    back(slope) {
      const d = slice(fromLines(slope, numbers), [0, 0, 1], [numbers, rows, units]);
      store.gradient(weights, matMul(transpose(c, turned), d));
      store.gradient(bias, sum(d, 1));
      const toAngle = mul(mul(-1, sin(angle)), matMul(d, transpose(w, turned))) as Tensor3D;
      store.gradient(phases, sum(toAngle, 1));
      store.gradient(frequencies, mul(turn, matMul(transpose(given, turned), toAngle)));
    },
  };
}
