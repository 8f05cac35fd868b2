// Parameters and moments as one array on the GPU [parameters | first | second], gradients as another, both moved in place:
// an optimiser step is one dispatch, two with clipping, however many layers there are. Programs read slots where they lie.
// What must be read back is copied first. The sums of squares and of losses are kept as 64 parts, in a fixed order.
import { engine, keep, reshape, slice, tensor1d, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import type { NetMoments, NetOpen } from '../../../core/learners/mlp/net-kernels.ts';
import type { NetSlot } from '../../../core/models/net/net.ts';
import type { NetStore, StepFactors } from '../ops.ts';
import { each } from '../plain/plain-store.ts';
import { eachElement, groupsFor, run } from './program.ts';
import { gatherCode } from './snippets.ts';

const parts = 64;
/** Parts that so many numbers are added up in. */
export const partsFor = (count: number): number => Math.min(parts, Math.ceil(count / 256));

export interface GpuStore extends NetStore {
  /** Programs that write gradients by themselves write here, at the slot's offset. */
  readonly gradients: Tensor;
  readonly state: Tensor;
  readonly losses: Tensor;
  /** Constants that outlive a step, made once. */
  constant(name: string, make: () => Int32Array): Tensor;
}

export function gpuStore({ weights, optimizer }: NetOpen, slots: readonly NetSlot[], moments: NetMoments | null, read: (tensor: Tensor) => Promise<Float32Array>): GpuStore {
  const size = weights.length;
  const { kind, beta1, beta2, epsilon, clip } = optimizer;
  const packed = new Float32Array(3 * size);
  packed.set(weights);
  if (moments) {
    packed.set(moments.first, size);
    packed.set(moments.second, 2 * size);
  }
  const factors = new Float32Array(2 * size);
  factors.set(each(slots, size, (slot, s) => (slot.trained ? optimizer.rates[s] : slot.role === 'running' ? -1 : -2)));
  factors.set(each(slots, size, (slot, s) => (slot.trained ? optimizer.decays[s] : 0)), size);
  const held = { state: keep(tensor1d(packed)), gradients: keep(tensor1d(new Float32Array(size))), factors: keep(tensor1d(factors)), losses: keep(tensor1d(new Float32Array(parts))), squares: keep(tensor1d(new Float32Array(parts))) };
  const constants = new Map<string, Tensor>();
  const values = new Map<string, Tensor>();
  const copyOf = async (from: Tensor1D, at: number, count: number): Promise<Float32Array> => {
    const copy = slice(from, at, count);
    try {
      return Float32Array.from(await read(copy));
    } finally {
      copy.dispose();
    }
  };
  return {
    ...held,
    value(slot) {
      const known = values.get(slot.name);
      if (known) return known;
      const value = reshape(slice(held.state, slot.offset, slot.size), slot.shape);
      values.set(slot.name, value);
      return value;
    },
    gradient(slot, value) {
      run({ key: 'put', inputs: { given: value }, out: held.gradients, uniforms: [['count', 'i32', slot.size], ['at', 'i32', slot.offset]], groups: groupsFor(slot.size), code: eachElement('result[uniforms.at + e] = given[e];') });
    },
    apply({ rate, decay, unbias1, unbias2 }: StepFactors) {
      if (clip > 0) run({ key: 'squares', inputs: { gs: held.gradients, fs: held.factors }, out: held.squares, uniforms: [['count', 'i32', size]], groups: [partsFor(size), 1, 1], code: squaresCode() });
      run({
        key: `optimise-${kind}-${clip > 0 ? `clip-${partsFor(size)}` : 'whole'}`,
        inputs: { gs: held.gradients, fs: held.factors, ...(clip > 0 ? { squares: held.squares } : {}) },
        out: held.state,
        uniforms: [['count', 'i32', size], ['rate', 'f32', rate], ['decay', 'f32', decay], ['unbias1', 'f32', unbias1], ['unbias2', 'f32', unbias2], ['beta1', 'f32', beta1], ['other1', 'f32', 1 - beta1], ['beta2', 'f32', beta2], ['other2', 'f32', 1 - beta2], ['epsilon', 'f32', epsilon], ['clip', 'f32', clip]],
        groups: groupsFor(size),
        code: optimiseCode(kind, clip > 0, partsFor(size)),
      });
      values.clear();
    },
    addLoss: () => {},
    async takeLoss() {
      const copy = slice(held.losses as Tensor1D, 0, parts);
      run({ key: 'clear', inputs: {}, out: held.losses, uniforms: [['count', 'i32', parts]], groups: [1, 1, 1], code: eachElement('result[e] = 0.0;') });
      try {
        return (await read(copy)).reduce((a, b) => a + b, 0);
      } finally {
        copy.dispose();
      }
    },
    squares(of) {
      const ranges = this.constant('slots', () => Int32Array.from(slots.flatMap((slot) => [slot.offset, slot.size, slot.offset, slot.trained ? slot.size : 0])));
      return run({ key: 'slot-squares', inputs: { vs: of === 'weights' ? held.state : held.gradients, ranges }, out: [slots.length], uniforms: [['side', 'i32', of === 'weights' ? 0 : 2]], groups: [slots.length, 1, 1], code: slotSquaresCode() }) as Tensor1D;
    },
    weights: () => copyOf(held.state, 0, size),
    async moments() {
      return { first: await copyOf(held.state, size, size), second: await copyOf(held.state, 2 * size, size) };
    },
    constant(name, make) {
      const known = constants.get(name);
      if (known) return known;
      const made = keep(tensor1d(make(), 'int32'));
      constants.set(name, made);
      return made;
    },
    tensors: () => [...Object.values(held), ...constants.values()],
    endStep: () => values.clear(),
    dispose() {
      for (const tensor of [...Object.values(held), ...constants.values()]) engine().disposeTensor(tensor);
    },
  };
}

/** Factors below 0 are not trained, and count for nothing. */
const squaresCode = (): string => `${gatherCode()}
fn main() {
  var sum = 0.0;
  for (var e = i32(workgroupId.x * 256u + localIndex); e < uniforms.count; e += i32(numWorkgroups.x) * 256) {
    if (fs[e] >= 0.0) { sum += gs[e] * gs[e]; }
  }
  let all = gather(sum);
  if (localIndex == 0u) { result[workgroupId.x] = all; }
}`;

const slotSquaresCode = (): string => `${gatherCode()}
fn main() {
  let at = i32(workgroupId.x) * 4 + uniforms.side;
  let start = ranges[at];
  var sum = 0.0;
  for (var e = i32(localIndex); e < ranges[at + 1]; e += 256) { sum += vs[start + e] * vs[start + e]; }
  let all = gather(sum);
  if (localIndex == 0u) { result[workgroupId.x] = all; }
}`;

const optimiseCode = (kind: 'adamw' | 'sgd', hasClip: boolean, used: number): string => `
${hasClip ? `fn shrunk() -> f32 { var all = 0.0; for (var p = 0; p < ${used}; p++) { all += squares[p]; } return uniforms.clip / max(sqrt(all), uniforms.clip); }` : 'fn shrunk() -> f32 { return 1.0; }'}
${eachElement(`let factor = fs[e];
  if (factor < 0.0) { if (factor == -1.0) { result[e] += gs[e]; } return; }
  let g = gs[e] * shrunk();
  let w = result[e];
  let n = uniforms.count;
  let first = uniforms.beta1 * result[n + e] + ${kind === 'adamw' ? 'uniforms.other1 * g' : 'g'};
  result[n + e] = first;
  ${
    kind === 'adamw'
      ? `let second = uniforms.beta2 * result[2 * n + e] + uniforms.other2 * g * g;
  result[2 * n + e] = second;
  let change = first * uniforms.unbias1 / (sqrt(second * uniforms.unbias2) + uniforms.epsilon);`
      : 'let change = first;'
  }
  result[e] = w - uniforms.rate * (factor * change + fs[n + e] * uniforms.decay * w);`)}`;
