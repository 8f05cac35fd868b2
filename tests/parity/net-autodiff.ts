// The batch's loss and gradient of any net by tfjs's own ops and its own autodiff on its CPU backend: a second opinion on
// every NetKernels, written from models/net/net.ts alone. `compareWithAutodiff(kernels, case)` is for any executor: one
// step of plain SGD without momentum leaves the gradient itself in the first moments.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { NetKernels, NetLoss } from '../../src/core/learners/mlp/net-kernels.ts';
import { dropMask } from '../../src/core/learners/mlp/net-kernels.ts';
import type { Activation, Net, NetSlot } from '../../src/core/models/net/net.ts';
import { membersOf, slotsOf, widthsOf } from '../../src/core/models/net/net.ts';
import type { NetCase } from './net-cases.ts';

type Get = (name: string) => tf.Tensor;

/** Differences of loss and gradient for the first batch of the case, relative to a slot's largest number and at least to a twentieth of the largest of all. */
export async function compareWithAutodiff(kernels: NetKernels, { open, batches: [batch], ats: [at] }: NetCase, tolerance = 1e-4): Promise<string[]> {
  const session = await kernels.open({ ...open, moments: null, optimizer: { ...open.optimizer, kind: 'sgd', beta1: 0, clip: 0 } });
  session.step(batch, { ...at, watch: false });
  const [loss, { first }] = [await session.loss(), await session.moments()];
  session.dispose();
  await tf.setBackend('cpu');
  const slots = slotsOf(open.net);
  const truth = tf.tidy(() => {
    const flat = tf.tensor1d(open.weights.slice());
    const { value, grad } = tf.valueAndGrad((w) => lossOf(open.net, open.loss, slots, w as tf.Tensor1D, batch, { seed: open.seed, step: at.step, drop: at.drop }))(flat);
    return { loss: value.dataSync()[0], gradient: Float32Array.from(grad.dataSync()) };
  });
  const differences = Math.abs(loss - truth.loss) <= tolerance * Math.max(1, Math.abs(truth.loss)) ? [] : [`loss ${loss}, not ${truth.loss}`];
  const overall = truth.gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0.2);
  for (const slot of slots.filter(({ trained }) => trained)) {
    let [largest, worst, index] = [overall / 20, 0, 0];
    for (let i = slot.offset; i < slot.offset + slot.size; i++) {
      largest = Math.max(largest, Math.abs(truth.gradient[i]));
      const gap = Math.abs(first[i] - truth.gradient[i]);
      if (!(gap <= worst)) [worst, index] = [Number.isNaN(gap) ? Infinity : gap, i];
    }
    if (!(worst <= tolerance * largest)) differences.push(`gradient of ${slot.name}: ${first[index]}, not ${truth.gradient[index]}`);
  }
  return differences;
}

interface Batch { rows: number; x: Float32Array; codes: Int32Array; truth: Float32Array; share: Float32Array }
interface Chance { seed: number; step: number; drop: number }

function lossOf(net: Net, loss: NetLoss, slots: readonly NetSlot[], flat: tf.Tensor1D, batch: Batch, chance: Chance): tf.Scalar {
  const get: Get = (name) => {
    const slot = slots.find((s) => s.name === name)!;
    return tf.reshape(tf.slice(flat, slot.offset, slot.size), slot.shape);
  };
  const [widths, members] = [widthsOf(net), membersOf(net)];
  const saved: tf.Tensor2D[] = [];
  let z = inputsOf(net, get, batch);
  net.layers.forEach((layer, l) => {
    const [width, lines] = [widths[l], batch.rows * members[l]];
    const byMember = (of: tf.Tensor, member: boolean): tf.Tensor => tf.tile(tf.reshape(of, [member ? members[l] : 1, width]), [member ? batch.rows : lines, 1]);
    if (layer.kind === 'scale') z = tf.mul(z, byMember(get(`${l}.scale`), layer.member));
    else if (layer.kind === 'shift') z = tf.add(z, byMember(get(`${l}.bias`), layer.member));
    else if (layer.kind === 'dense') z = layer.bias ? tf.add(tf.matMul(z, get(`${l}.weights`) as tf.Tensor2D), get(`${l}.bias`)) : tf.matMul(z, get(`${l}.weights`) as tf.Tensor2D);
    else if (layer.kind === 'norm') {
      const { mean, variance } = tf.moments(z, layer.by === 'batch' ? 0 : 1, true);
      z = tf.add(tf.mul(tf.div(tf.sub(z, mean), tf.sqrt(tf.add(variance, 1e-5))), get(`${l}.gain`)), get(`${l}.bias`));
    } else if (layer.kind === 'activate') {
      const out = activate(layer.by, z);
      z = layer.mixed ? tf.add(z, tf.mul(get(`${l}.mix`), tf.sub(out, z))) : out;
    } else if (layer.kind === 'drop') {
      if (layer.rate * chance.drop > 0) z = tf.mul(z, tf.tensor2d(dropMask(chance.seed, chance.step, l, layer.rate * chance.drop, z.size), z.shape));
    } else if (layer.kind === 'spread') z = tf.reshape(tf.tile(tf.expandDims(z, 1), [1, layer.members, 1]), [lines * layer.members, width]);
    else if (layer.kind === 'save') saved.push(z);
    else if (layer.kind === 'add') z = tf.add(z, saved.pop()!);
    else {
      const parts = tf.unstack(tf.reshape(z, [batch.rows, members[l], width]), 1).map((own, m) => tf.add(tf.matMul(own as tf.Tensor2D, tf.gather(get(`${l}.weights`), m) as tf.Tensor2D), tf.gather(get(`${l}.bias`), m)));
      z = tf.reshape(tf.stack(parts, 1), [lines, layer.units]);
    }
  });
  return batchLoss(loss, z, batch, members[net.layers.length]);
}

function inputsOf({ inputs }: Net, get: Get, { x, codes, rows }: Batch): tf.Tensor2D {
  const { numbers, flags, encoding, categories } = inputs;
  const given = numbers + flags;
  const column = (j: number): tf.Tensor2D => tf.tensor2d(Float32Array.from({ length: rows }, (_, r) => x[r * given + j]), [rows, 1]);
  const parts: tf.Tensor2D[] = [];
  for (let j = 0; j < numbers; j++) {
    const own = (name: string): tf.Tensor => tf.gather(get(`inputs.${name}`), j);
    const row = (name: string): tf.Tensor => tf.expandDims(own(name), 0);
    const turn = 2 * Math.PI;
    if (!encoding) parts.push(column(j));
    else if (encoding.kind === 'plr') {
      const angle = tf.mul(turn, tf.mul(column(j), row('frequencies')));
      parts.push(tf.relu(tf.add(row('bias'), tf.matMul(tf.concat([tf.cos(angle), tf.sin(angle)], 1) as tf.Tensor2D, own('weights') as tf.Tensor2D))));
    } else if (encoding.kind === 'pbld') {
      const waves = tf.cos(tf.add(tf.mul(turn, tf.mul(column(j), row('frequencies'))), row('phases')));
      parts.push(tf.concat([column(j), tf.add(row('bias'), tf.matMul(waves as tf.Tensor2D, own('weights') as tf.Tensor2D))], 1) as tf.Tensor2D);
    } else {
      const edges = own('edges').dataSync();
      const shares = tf.tensor2d(Float32Array.from({ length: rows * encoding.bins }, (_, i) => {
        const [value, k] = [x[Math.floor(i / encoding.bins) * given + j], i % encoding.bins];
        return edges[k + 1] > edges[k] ? Math.min(1, Math.max(0, (value - edges[k]) / (edges[k + 1] - edges[k]))) : 0;
      }), [rows, encoding.bins]);
      parts.push(tf.add(tf.add(row('bias'), tf.mul(column(j), row('line'))), tf.matMul(shares, own('weights') as tf.Tensor2D)));
    }
  }
  for (let j = 0; j < flags; j++) parts.push(column(numbers + j));
  categories.forEach((_, c) => parts.push(tf.gather(get(`table-${c}`), tf.tensor1d(Int32Array.from({ length: rows }, (_v, r) => codes[r * categories.length + c]), 'int32')) as tf.Tensor2D));
  return tf.concat(parts, 1) as tf.Tensor2D;
}

function activate(by: Activation, z: tf.Tensor2D): tf.Tensor2D {
  if (by === 'relu') return tf.relu(z);
  if (by === 'silu') return tf.mul(z, tf.sigmoid(z));
  if (by === 'selu') return tf.selu(z);
  return by === 'tanh' ? tf.tanh(z) : tf.mul(z, tf.tanh(tf.softplus(z)));
}

function batchLoss(loss: NetLoss, z: tf.Tensor2D, { truth, share, rows }: Batch, members: number): tf.Scalar {
  const units = z.shape[1];
  const perLine = <T extends tf.Tensor>(of: T): tf.Tensor2D => tf.reshape(tf.tile(tf.expandDims(of, 1), [1, members, 1]), [rows * members, of.shape[1]!]);
  const y = perLine(tf.tensor2d(truth, [rows, units]));
  const weight = tf.div(perLine(tf.tensor2d(share, [rows, 1])), members);
  const focus = (p: tf.Tensor, value: tf.Tensor): tf.Tensor => ('focal' in loss && loss.focal > 0 ? tf.mul(tf.pow(tf.sub(1, p), loss.focal), value) : value);
  const miss = tf.sub(z, y);
  const far = tf.abs(miss);
  let value: tf.Tensor;
  if (loss.kind === 'softmax') value = tf.mul(y, focus(tf.softmax(z), tf.neg(tf.logSoftmax(z))));
  else if (loss.kind === 'sigmoid') value = tf.add(tf.mul(y, focus(tf.sigmoid(z), tf.softplus(tf.neg(z)))), tf.mul(tf.sub(1, y), focus(tf.sigmoid(tf.neg(z)), tf.softplus(z))));
  else if (loss.kind === 'squared') value = tf.mul(0.5, tf.square(miss));
  else if (loss.kind === 'absolute') value = far;
  else if (loss.kind === 'huber') value = tf.mul(tf.minimum(far, loss.delta), tf.sub(far, tf.mul(0.5, tf.minimum(far, loss.delta))));
  else value = tf.maximum(tf.mul(tf.neg(miss), tf.tensor2d([...loss.levels], [1, units])), tf.mul(miss, tf.sub(1, tf.tensor2d([...loss.levels], [1, units]))));
  return tf.sum(tf.mul(weight, value));
}
