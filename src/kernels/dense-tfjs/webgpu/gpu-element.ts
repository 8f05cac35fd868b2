// scale, shift, drop, spread and the activations on the GPU, one dispatch each way and one for the gradient: bias,
// activation, mix and dropout of a unit are worked out where it is read, masks are never stored.
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Activation } from '../../../core/models/net/net.ts';
import { stuckShare } from '../layers/activate.ts';
import type { Made, Pass, Place } from '../layers/pass.ts';
import type { Drop } from '../ops.ts';
import { columnSums } from './columns.ts';
import type { GpuStore } from './gpu-store.ts';
import { eachElement, groupsFor, run } from './program.ts';
import { activationCode, dropCode, dropUniforms } from './snippets.ts';

export function gpuScale({ store, slot }: Pass, { index, members, width }: Place, member: boolean, z: Tensor2D): Made {
  const { state, gradients } = store as GpuStore;
  const { offset } = slot(`${index}.scale`);
  const period = (member ? members : 1) * width;
  const scaled = (of: Tensor2D): Tensor2D => run({ key: 'scale', inputs: { zs: of, ws: state }, out: of.shape, uniforms: [['count', 'i32', of.size], ['at', 'i32', offset], ['period', 'i32', period]], groups: groupsFor(of.size), code: eachElement('result[e] = zs[e] * ws[uniforms.at + e % uniforms.period];') }) as Tensor2D;
  return {
    out: scaled(z),
    back(d, isWanted) {
      columnSums({ lines: z.size / period, width: period, inputs: { ds: d, zs: z }, terms: ['ds[e] * zs[e]'], key: 'product', out: gradients, offset });
      return isWanted ? scaled(d) : d;
    },
  };
}

export function gpuShift({ store, slot }: Pass, { index, members, width }: Place, member: boolean, z: Tensor2D): Made {
  const { state, gradients } = store as GpuStore;
  const { offset } = slot(`${index}.bias`);
  const period = (member ? members : 1) * width;
  return {
    out: run({ key: 'shift', inputs: { zs: z, ws: state }, out: z.shape, uniforms: [['count', 'i32', z.size], ['at', 'i32', offset], ['period', 'i32', period]], groups: groupsFor(z.size), code: eachElement('result[e] = zs[e] + ws[uniforms.at + e % uniforms.period];') }) as Tensor2D,
    back(d) {
      columnSums({ lines: d.size / period, width: period, inputs: { ds: d }, terms: ['ds[e]'], key: 'plain', out: gradients, offset });
      return d;
    },
  };
}

export function gpuDrop(drop: Drop, z: Tensor2D): Tensor2D {
  return run({ key: 'drop', inputs: { zs: z }, out: z.shape, uniforms: [['count', 'i32', z.size], ...dropUniforms(drop)], groups: groupsFor(z.size), code: `${dropCode(drop)}\n${eachElement('result[e] = zs[e] * kept(e);')}` }) as Tensor2D;
}

export function gpuSpread({ width }: Place, members: number, z: Tensor2D): Made {
  const rows = z.shape[0];
  const count = z.size * members;
  const sizes = [['width', 'i32', width], ['members', 'i32', members]] as const;
  return {
    out: run({ key: 'spread', inputs: { zs: z }, out: [rows * members, width], uniforms: [['count', 'i32', count], ...sizes], groups: groupsFor(count), code: eachElement('result[e] = zs[(e / (uniforms.width * uniforms.members)) * uniforms.width + e % uniforms.width];') }) as Tensor2D,
    back: (d, isWanted) => (isWanted ? (run({ key: 'gather-members', inputs: { ds: d }, out: z.shape, uniforms: [['count', 'i32', z.size], ...sizes], groups: groupsFor(z.size), code: eachElement(gatherMembers) }) as Tensor2D) : d),
  };
}

const gatherMembers = `let start = (e / uniforms.width) * uniforms.width * uniforms.members + e % uniforms.width;
  var sum = 0.0;
  for (var m = 0; m < uniforms.members; m++) { sum += ds[start + m * uniforms.width]; }
  result[e] = sum;`;

export function gpuActivate(pass: Pass, { index, width }: Place, by: Activation, mixed: boolean, z: Tensor2D, drop: Drop | null): Made & { stuck: ReturnType<typeof stuckShare> } {
  const { state, gradients } = pass.store as GpuStore;
  const offset = mixed ? pass.slot(`${index}.mix`).offset : 0;
  const uniforms = [['count', 'i32', z.size], ...(mixed ? ([['at', 'i32', offset], ['width', 'i32', width]] as const) : []), ...dropUniforms(drop)] as const;
  const key = `${by}-${mixed ? 'mixed' : 'whole'}-${drop ? 'drop' : 'keep'}`;
  const functions = `${activationCode(by)}\n${dropCode(drop)}`;
  const mix = mixed ? 'let a = ws[uniforms.at + e % uniforms.width];' : '';
  return {
    stuck: pass.training?.at.watch ? stuckShare(by, z) : null,
    out: run({ key: `activate-${key}`, inputs: mixed ? { zs: z, ws: state } : { zs: z }, out: z.shape, uniforms, groups: groupsFor(z.size), code: `${functions}\n${eachElement(`let z = zs[e]; ${mix} result[e] = ${mixed ? '(z + a * (act(z) - z))' : 'act(z)'} * kept(e);`)}` }) as Tensor2D,
    back(d) {
      if (mixed) columnSums({ lines: z.shape[0], width, inputs: { ds: d, zs: z }, functions, terms: ['ds[e] * kept(e) * (act(zs[e]) - zs[e])'], key: `mix-${key}`, uniforms: dropUniforms(drop), out: gradients, offset });
      return run({ key: `activate-back-${key}`, inputs: mixed ? { ds: d, zs: z, ws: state } : { ds: d, zs: z }, out: z.shape, uniforms, groups: groupsFor(z.size), code: `${functions}\n${eachElement(`let z = zs[e]; ${mix} result[e] = ds[e] * kept(e) * ${mixed ? '(1.0 + a * (slopeOf(z) - 1.0))' : 'slopeOf(z)'};`)}` }) as Tensor2D;
    },
  };
}
