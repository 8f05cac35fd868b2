// A batch's loss and its slope by the scores, one thread for a line: two dispatches, since a program has one output. The
// loss is added to 64 parts on the device, that are read once an epoch. Formulas: core/learners/mlp/reference/loss.ts.
import { tensor1d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { NetLoss } from '../../../core/learners/mlp/net-kernels.ts';
import type { Truth } from '../ops.ts';
import { partsFor, type GpuStore } from './gpu-store.ts';
import { eachElement, groupsFor, run, type Uniform } from './program.ts';
import { gatherCode } from './snippets.ts';

export function gpuLoss(store: GpuStore, loss: NetLoss, scores: Tensor2D, { truth, share, members }: Truth): { loss: Tensor; slope: Tensor2D } {
  const [lines, units] = scores.shape;
  const focal = 'focal' in loss ? loss.focal : 0;
  const key = `${loss.kind}-${focal > 0 ? 'focal' : 'plain'}`;
  const uniforms: Uniform[] = [['count', 'i32', lines], ['units', 'i32', units], ['members', 'i32', members], ['focal', 'f32', focal], ['delta', 'f32', loss.kind === 'huber' ? loss.delta : 0]];
  const inputs = { zs: scores, ys: truth, shares: share, ...(loss.kind === 'quantile' ? { levels: tensor1d([...loss.levels]) } : {}) };
  const code = loss.kind === 'softmax' ? softmaxCode(focal > 0) : separateCode(loss.kind, focal > 0);
  const slope = run({ key: `slope-${key}`, inputs, out: [lines, units], uniforms, groups: groupsFor(lines), code: `${code.shared}\n${eachElement(`let weight = shares[e / uniforms.members] / f32(uniforms.members);\n  ${code.slope}`)}` });
  run({ key: `loss-${key}`, inputs, out: store.losses, uniforms, groups: [partsFor(lines), 1, 1], code: `${gatherCode()}\n${code.shared}\n${lossMain(code.value)}` });
  return { loss: slope, slope: slope as Tensor2D };
}

const lossMain = (value: string): string => `fn main() {
  var sum = 0.0;
  for (var e = i32(workgroupId.x * 256u + localIndex); e < uniforms.count; e += i32(numWorkgroups.x) * 256) {
    let weight = shares[e / uniforms.members] / f32(uniforms.members);
    ${value}
  }
  let total = gather(sum);
  if (localIndex == 0u) { result[workgroupId.x] += total; }
}`;

/** y of line e and output o. */
const truthAt = 'ys[(e / uniforms.members) * uniforms.units + o]';
const scoreAt = 'zs[e * uniforms.units + o]';

interface LossCode { readonly shared: string; readonly slope: string; readonly value: string }

/** fn focalValue(p, rest, logP) = -(1 - p)^focal log p, and fn focalSlope = its slope by p times p. */
const focalCode = (hasFocal: boolean): string =>
  hasFocal
    ? `fn focalValue(p : f32, rest : f32, logP : f32) -> f32 { return select(-pow(max(rest, 1e-30), uniforms.focal) * logP, 0.0, rest <= 0.0); }
fn focalSlope(p : f32, rest : f32, logP : f32) -> f32 {
  let held = max(rest, 1e-30);
  let factor = pow(held, uniforms.focal);
  return select(uniforms.focal * p * logP * (factor / held) - factor, 0.0, rest <= 0.0);
}`
    : `fn focalValue(p : f32, rest : f32, logP : f32) -> f32 { return -logP; }
fn focalSlope(p : f32, rest : f32, logP : f32) -> f32 { return -1.0; }`;

const softmaxCode = (hasFocal: boolean): LossCode => ({
  shared: `${focalCode(hasFocal)}
fn logSumExp(e : i32) -> f32 {
  var top = zs[e * uniforms.units];
  for (var o = 1; o < uniforms.units; o++) { top = max(top, ${scoreAt}); }
  var sum = 0.0;
  for (var o = 0; o < uniforms.units; o++) { sum += exp(${scoreAt} - top); }
  return top + log(sum);
}`,
  slope: `let lse = logSumExp(e);
  var pull = 0.0;
  for (var o = 0; o < uniforms.units; o++) {
    let p = exp(${scoreAt} - lse);
    pull += ${truthAt} * focalSlope(p, 1.0 - p, ${scoreAt} - lse);
  }
  for (var o = 0; o < uniforms.units; o++) {
    let p = exp(${scoreAt} - lse);
    result[e * uniforms.units + o] = weight * (${truthAt} * focalSlope(p, 1.0 - p, ${scoreAt} - lse) - p * pull);
  }`,
  value: `let lse = logSumExp(e);
    for (var o = 0; o < uniforms.units; o++) {
      let y = ${truthAt};
      let p = exp(${scoreAt} - lse);
      if (y != 0.0) { sum += weight * y * focalValue(p, 1.0 - p, ${scoreAt} - lse); }
    }`,
});

const lineLoss: { readonly [kind in Exclude<NetLoss['kind'], 'softmax'>]: { readonly value: string; readonly slope: string; readonly functions?: (hasFocal: boolean) => string } } = {
  squared: { value: '0.5 * miss * miss', slope: 'miss' },
  absolute: { value: 'abs(miss)', slope: 'sign(miss)' },
  huber: { value: 'min(abs(miss), uniforms.delta) * (abs(miss) - 0.5 * min(abs(miss), uniforms.delta))', slope: 'clamp(miss, -uniforms.delta, uniforms.delta)' },
  quantile: { value: 'max(miss, 0.0) - levels[o] * miss', slope: 'select(select(0.0, -levels[o], miss < 0.0), 1.0 - levels[o], miss > 0.0)' },
  sigmoid: {
    value: 'y * focalValue(p, q, -softPlus(-z)) + (1.0 - y) * focalValue(q, p, -softPlus(z))',
    slope: 'y * focalSlope(p, q, -softPlus(-z)) * q - (1.0 - y) * focalSlope(q, p, -softPlus(z)) * p',
    functions: (hasFocal) => `${focalCode(hasFocal)}
fn softPlus(z : f32) -> f32 { return max(z, 0.0) + log(1.0 + exp(-min(abs(z), 80.0))); }
fn logistic(z : f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(z, -80.0, 80.0))); }`,
  },
};

function separateCode(kind: Exclude<NetLoss['kind'], 'softmax'>, hasFocal: boolean): LossCode {
  const { value, slope, functions } = lineLoss[kind];
  const lets = `let z = ${scoreAt}; let y = ${truthAt}; let miss = z - y; ${kind === 'sigmoid' ? 'let p = logistic(z); let q = logistic(-z);' : ''}`;
  return {
    shared: functions?.(hasFocal) ?? '',
    slope: `for (var o = 0; o < uniforms.units; o++) { ${lets} result[e * uniforms.units + o] = weight * (${slope}); }`,
    value: `for (var o = 0; o < uniforms.units; o++) { ${lets} sum += weight * (${value}); }`,
  };
}
