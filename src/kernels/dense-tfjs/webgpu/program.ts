// Runs WGSL of our own on tfjs's device and buffers. tfjs builds the module around the code: `uniforms`, one storage array
// for each input under its name, `result` for the output; we hand it every array flat, so that shapes mean nothing to it.
// With `into`, the output is a tensor that is there already: what is not written stays, and `result` may be read too.
// Such a tensor must never be read back itself, tfjs remembers what it once read: read a copy.
import { engine, getBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';

export type Uniform = readonly [name: string, type: 'i32' | 'u32' | 'f32', value: number];
export interface Program {
  /** Names the code: equal keys, equal code. */
  readonly key: string;
  readonly inputs: { readonly [name: string]: TensorInfo };
  /** Shape of a new output, or the tensor to write into. */
  readonly out: readonly number[] | Tensor;
  readonly uniforms?: readonly Uniform[];
  /** Workgroups, each of `threads` (256 x 1 x 1 when absent). */
  readonly groups: readonly [number, number, number];
  readonly threads?: readonly [number, number, number];
  /** Functions and `fn main()`; see localIndex, localId, workgroupId, numWorkgroups. */
  readonly code: string;
}

const types = { i32: 'int32', u32: 'uint32', f32: 'float32' } as const;
const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const flat = ({ dataId, dtype, shape }: TensorInfo): TensorInfo => ({ dataId, dtype, shape: [sizeOf(shape)] });
let dispatches = 0;

/** Programs of ours that were run so far; for the bench. */
export const dispatchCount = (): number => dispatches;

/** The output, new ones in the tidy that is open; it is computed when the device comes to it. */
export function run({ key, inputs, out, uniforms = [], groups, threads = [256, 1, 1], code }: Program): Tensor {
  if (getBackend() !== 'webgpu') throw new Error('tfjs left its WebGPU backend');
  const backend = engine().backend as WebGPUBackend;
  const isNew = Array.isArray(out);
  const made = isNew ? backend.makeTensorInfo([...(out as readonly number[])], 'float32') : (out as Tensor);
  const names = Object.keys(inputs);
  const program: WebGPUProgram = {
    dispatch: [...groups],
    dispatchLayout: { x: [0], y: [1], z: [2] },
    outputShape: [sizeOf(made.shape)],
    shaderKey: `barnacle-${key}${code.includes('subgroup') ? '-subgroups' : ''}`,
    uniforms: uniforms.map(([name, type]) => `${name} : ${type}, `).join(''),
    variableNames: names,
    workgroupSize: [...threads],
    getUserCode: () => code,
  };
  dispatches++;
  backend.runWebGPUProgram(program, names.map((name) => flat(inputs[name])), 'float32', uniforms.map(([, type, value]) => ({ type: types[type], data: [value] })), flat(made));
  return isNew ? engine().makeTensorFromTensorInfo(made) : made as Tensor;
}

/** Workgroups of 256 for `count` threads; `elementIndex` numbers them. */
export function groupsFor(count: number): [number, number, number] {
  const groups = Math.max(1, Math.ceil(count / 256));
  return groups <= 65_535 ? [groups, 1, 1] : [65_535, Math.ceil(groups / 65_535), 1];
}

export const elementIndex = 'i32((workgroupId.y * numWorkgroups.x + workgroupId.x) * 256u + localIndex)';

/** `main` over elements e below uniforms.count. */
export const eachElement = (body: string): string => `fn main() {
  let e = ${elementIndex};
  if (e >= uniforms.count) { return; }
  ${body}
}`;
