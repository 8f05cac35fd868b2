// norm on the GPU: statistics, then one dispatch forward; the gradients of gain and bias together, then one dispatch back.
// The normal is worked out again where it is needed. By batch a column's statistics are of 8 threads over its lines, by
// layer a line's of one workgroup over its units; both in a fixed order.
import type { Tensor, Tensor2D, TensorInfo } from '@tensorflow/tfjs-core';
import type { Made, Pass, Place } from '../layers/pass.ts';
import { columnSums } from './columns.ts';
import type { GpuStore } from './gpu-store.ts';
import { eachElement, groupsFor, run, type Uniform } from './program.ts';
import { gatherCode } from './snippets.ts';

const epsilon = '1e-5';

export function gpuNorm({ store, slot, training }: Pass, { index, width }: Place, by: 'batch' | 'layer', z: Tensor2D): Made {
  const { state, gradients } = store as GpuStore;
  const [gain, bias] = [slot(`${index}.gain`), slot(`${index}.bias`)];
  const lines = z.shape[0];
  const isRunning = by === 'batch' && !training;
  /** Mean and variance: of a column at c and width + c, of a line at 2 l and 2 l + 1. */
  const statistics = isRunning ? state : by === 'batch' ? columnStatistics(z) : lineStatistics(z);
  const at = isRunning ? slot(`${index}.mean`).offset : 0;
  if (by === 'batch' && training) moveRunning(state, gradients, statistics, slot(`${index}.mean`).offset, width);
  const [mean, variance] = by === 'batch' ? ['sv[uniforms.sAt + c]', 'sv[uniforms.sAt + uniforms.width + c]'] : ['sv[2 * l]', 'sv[2 * l + 1]'];
  const normal = `fn normal(e : i32) -> f32 { let l = e / uniforms.width; let c = e % uniforms.width; return (zs[e] - ${isRunning ? mean.replace('sv', 'ws') : mean}) * inverseSqrt(${isRunning ? variance.replace('sv', 'ws') : variance} + ${epsilon}); }`;
  const uniforms: Uniform[] = [['width', 'i32', width], ['sAt', 'i32', at]];
  const inputs: { [name: string]: TensorInfo } = isRunning ? { zs: z } : { zs: z, sv: statistics };
  const key = `${by}-${isRunning ? 'running' : 'own'}`;
  return {
    out: run({ key: `norm-${key}`, inputs: { ...inputs, ws: state }, out: z.shape, uniforms: [['count', 'i32', z.size], ['gain', 'i32', gain.offset], ['bias', 'i32', bias.offset], ...uniforms], groups: groupsFor(z.size), code: `${normal}\n${eachElement('let c = e % uniforms.width; result[e] = normal(e) * ws[uniforms.gain + c] + ws[uniforms.bias + c];')}` }) as Tensor2D,
    back(d, isWanted) {
      if (isRunning) throw new RangeError('running statistics are for serving, which goes forward alone');
      columnSums({ lines, width, inputs: { ds: d, ...inputs }, functions: normal, terms: ['ds[e] * normal(e)', 'ds[e]'], key: `norm-${key}`, uniforms: [['sAt', 'i32', at]], out: gradients, offset: gain.offset });
      if (!isWanted) return d;
      return by === 'batch' ? batchBack(d, z, statistics, state, gradients, gain.offset, normal) : lineBack(d, z, statistics, state, gain.offset, normal);
    },
  };
}

/** A tenth of the way to the batch's statistics, as what the running ones are to move by. */
function moveRunning(state: Tensor, gradients: Tensor, statistics: Tensor, at: number, width: number): void {
  run({ key: 'move-running', inputs: { ws: state, sv: statistics }, out: gradients, uniforms: [['count', 'i32', 2 * width], ['at', 'i32', at]], groups: groupsFor(2 * width), code: eachElement('result[uniforms.at + e] = 0.1 * (sv[e] - ws[uniforms.at + e]);') });
}

function columnStatistics(z: Tensor2D): Tensor {
  const [lines, width] = z.shape;
  return run({ key: 'column-statistics', inputs: { zs: z }, out: [2 * width], uniforms: [['lines', 'i32', lines], ['width', 'i32', width]], groups: [Math.ceil(width / 16), 1, 1], code: columnCode });
}

const columnCode = `
var<workgroup> lanesOf : array<f32, 256>;
fn over(lane : i32, c : i32, v : f32) -> f32 {
  lanesOf[lane * 16 + c] = v;
  workgroupBarrier();
  var total = 0.0;
  for (var j = 0; j < 16; j++) { total += lanesOf[j * 16 + c]; }
  workgroupBarrier();
  return total;
}
fn main() {
  let inBlock = i32(localIndex) % 16;
  let lane = i32(localIndex) / 16;
  let c = i32(workgroupId.x) * 16 + inBlock;
  let isIn = c < uniforms.width;
  var sum = 0.0;
  for (var l = lane; l < uniforms.lines; l += 16) { if (isIn) { sum += zs[l * uniforms.width + c]; } }
  let mean = over(lane, inBlock, sum) / f32(uniforms.lines);
  var squares = 0.0;
  for (var l = lane; l < uniforms.lines; l += 16) { if (isIn) { let gap = zs[l * uniforms.width + c] - mean; squares += gap * gap; } }
  let variance = over(lane, inBlock, squares) / f32(uniforms.lines);
  if (isIn && lane == 0) { result[c] = mean; result[uniforms.width + c] = variance; }
}`;

function lineStatistics(z: Tensor2D): Tensor {
  const [lines, width] = z.shape;
  return run({ key: 'line-statistics', inputs: { zs: z }, out: [2 * lines], uniforms: [['lines', 'i32', lines], ['width', 'i32', width]], groups: lineGroups(lines), code: `${gatherCode()}\n${lineCode}` });
}

/** One workgroup for a line. */
const lineGroups = (lines: number): [number, number, number] => (lines <= 65_535 ? [lines, 1, 1] : [65_535, Math.ceil(lines / 65_535), 1]);
const lineIndex = 'let l = i32(workgroupId.y * numWorkgroups.x + workgroupId.x); let isIn = l < uniforms.lines; let at = select(0, l, isIn) * uniforms.width;';

const lineCode = `fn main() {
  ${lineIndex}
  var sum = 0.0;
  for (var c = i32(localIndex); c < uniforms.width; c += 256) { sum += zs[at + c]; }
  let mean = gather(sum) / f32(uniforms.width);
  var squares = 0.0;
  for (var c = i32(localIndex); c < uniforms.width; c += 256) { let gap = zs[at + c] - mean; squares += gap * gap; }
  let variance = gather(squares) / f32(uniforms.width);
  if (isIn && localIndex == 0u) { result[2 * l] = mean; result[2 * l + 1] = variance; }
}`;

/** The column sums of d normal and of d are where the gradients of gain and bias have just been written. */
function batchBack(d: Tensor2D, z: Tensor2D, statistics: Tensor, state: Tensor, gradients: Tensor, gain: number, normal: string): Tensor2D {
  const [lines, width] = z.shape;
  return run({
    key: 'norm-back-batch',
    inputs: { ds: d, zs: z, sv: statistics, ws: state, gs: gradients },
    out: z.shape,
    uniforms: [['count', 'i32', z.size], ['width', 'i32', width], ['sAt', 'i32', 0], ['gain', 'i32', gain], ['share', 'f32', 1 / lines]],
    groups: groupsFor(z.size),
    code: `${normal}\n${eachElement(`let c = e % uniforms.width;
  let lost = (gs[uniforms.gain + uniforms.width + c] + normal(e) * gs[uniforms.gain + c]) * uniforms.share;
  result[e] = ws[uniforms.gain + c] * inverseSqrt(sv[uniforms.width + c] + ${epsilon}) * (ds[e] - lost);`)}`,
  }) as Tensor2D;
}

function lineBack(d: Tensor2D, z: Tensor2D, statistics: Tensor, state: Tensor, gain: number, normal: string): Tensor2D {
  const [lines, width] = z.shape;
  return run({
    key: 'norm-back-line',
    inputs: { ds: d, zs: z, sv: statistics, ws: state },
    out: z.shape,
    uniforms: [['lines', 'i32', lines], ['width', 'i32', width], ['gain', 'i32', gain]],
    groups: lineGroups(lines),
    code: `${gatherCode()}\n${normal}
fn main() {
  ${lineIndex}
  var sum = 0.0;
  var product = 0.0;
  for (var c = i32(localIndex); c < uniforms.width; c += 256) {
    let v = ds[at + c] * ws[uniforms.gain + c];
    sum += v;
    product += v * normal(at + c);
  }
  let meanOf = gather(sum) / f32(uniforms.width);
  let productOf = gather(product) / f32(uniforms.width);
  let inverse = inverseSqrt(sv[2 * select(0, l, isIn) + 1] + ${epsilon});
  if (isIn) {
    for (var c = i32(localIndex); c < uniforms.width; c += 256) { result[at + c] = inverse * (ds[at + c] * ws[uniforms.gain + c] - meanOf - normal(at + c) * productOf); }
  }
}`,
  }) as Tensor2D;
}
