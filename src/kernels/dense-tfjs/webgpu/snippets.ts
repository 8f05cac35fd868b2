// WGSL that several programs share: the activations and their slopes, and the dropout mask with the bits of dropMask.
// Exponents are held to what a float32 can be, since WGSL may assume that no infinity comes up.
import { mix32 } from '../../../core/base/random.ts';
import { dropBar, dropStream } from '../../../core/learners/mlp/net-kernels.ts';
import type { Activation } from '../../../core/models/net/net.ts';
import type { Drop } from '../ops.ts';
import { hasSubgroups } from '../start-webgpu.ts';
import type { Uniform } from './program.ts';

const common = `
fn logistic(z : f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(z, -80.0, 80.0))); }
fn hyperbolic(z : f32) -> f32 { let a = exp(-2.0 * min(abs(z), 20.0)); return select(1.0, -1.0, z < 0.0) * (1.0 - a) / (1.0 + a); }
fn softened(z : f32) -> f32 { let e = exp(min(z, 20.0)); let n = e * (e + 2.0); return select(n / (n + 2.0), 1.0, z > 20.0); }
`;
const values: { readonly [by in Activation]: string } = {
  relu: 'max(z, 0.0)',
  silu: 'z * logistic(z)',
  selu: 'select(1.7580993408473766 * (exp(min(z, 0.0)) - 1.0), 1.0507009873554805 * z, z > 0.0)',
  mish: 'z * softened(z)',
  tanh: 'hyperbolic(z)',
};
const slopes: { readonly [by in Activation]: string } = {
  relu: 'select(0.0, 1.0, z > 0.0)',
  silu: 'logistic(z) * (1.0 + z * logistic(-z))',
  selu: 'select(1.7580993408473766 * exp(min(z, 0.0)), 1.0507009873554805, z > 0.0)',
  mish: 'softened(z) + z * (1.0 - softened(z) * softened(z)) * logistic(z)',
  tanh: '1.0 - hyperbolic(z) * hyperbolic(z)',
};

/** fn act(z), and fn slopeOf(z). */
export const activationCode = (by: Activation): string => `${common}
fn act(z : f32) -> f32 { return ${values[by]}; }
fn slopeOf(z : f32) -> f32 { return ${slopes[by]}; }
`;

/** fn kept(e): what element e is multiplied by; 1 without a drop. */
export const dropCode = (drop: Drop | null): string =>
  drop
    ? `fn mixed(v : u32) -> u32 { var x = (v ^ (v >> 16u)) * 0x7feb352du; x = (x ^ (x >> 15u)) * 0x846ca68bu; return x ^ (x >> 16u); }
fn kept(e : i32) -> f32 {
  let word = mixed(uniforms.dropKey ^ (u32(e) >> 1u));
  let bits = select(word & 0xffffu, word >> 16u, (e & 1) == 1);
  return select(0.0, uniforms.dropKept, bits >= uniforms.dropBar);
}`
    : 'fn kept(e : i32) -> f32 { return 1.0; }';

export function dropUniforms(drop: Drop | null): Uniform[] {
  if (!drop) return [];
  const bar = dropBar(drop.rate);
  return [['dropKey', 'u32', (mix32(mix32((drop.seed + 0x9e3779b9) | 0) ^ dropStream(drop.step, drop.layer)) >>> 0)], ['dropBar', 'u32', bar], ['dropKept', 'f32', 65_536 / (65_536 - bar)]];
}

/**
 * fn gather(v): the sum of the 256 numbers of a workgroup, for every thread, in an order that is the device's own but fixed.
 * With subgroups a few numbers are left to add in shared memory, without them it is halved eight times. That a subgroup's
 * threads are neighbours is what every adapter does, and the self-test sees to it.
 */
export const gatherCode = (): string => `
var<workgroup> gathered : array<f32, 256>;
${hasSubgroups() ? bySubgroup : byHalves}`;

const byHalves = `fn gather(v : f32) -> f32 {
  gathered[localIndex] = v;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half = half >> 1u) {
    if (localIndex < half) { gathered[localIndex] += gathered[localIndex + half]; }
    workgroupBarrier();
  }
  let all = gathered[0];
  workgroupBarrier();
  return all;
}
`;

const bySubgroup = `fn gather(v : f32) -> f32 {
  let size = subgroupAdd(1u);
  let own = subgroupAdd(v);
  if (subgroupElect()) { gathered[localIndex / size] = own; }
  workgroupBarrier();
  var all = 0.0;
  for (var i = 0u; i < 256u / size; i++) { all += gathered[i]; }
  workgroupBarrier();
  return all;
}
`;
