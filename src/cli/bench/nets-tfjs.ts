// Stock tfjs as its guides have it: variables, the loss from its own ops, optimizer.minimize with tf.train.adam, batches as
// tensors. Which tfjs is handed in: Node's from node_modules, a tab's from its page; nothing here imports it.
import type { NetLayer } from '../../core/models/net/net.ts';
import { gatherer, timeSteps, type NetsJob, type NetsRows, type NetsRun } from './nets-rows.ts';

interface Tensor { mul(by: Tensor | number): Tensor; add(by: Tensor | number): Tensor; sub(by: Tensor | number): Tensor; matMul(by: Tensor): Tensor; relu(): Tensor; tanh(): Tensor; selu(): Tensor; softplus(): Tensor; sigmoid(): Tensor; cos(): Tensor; div(by: Tensor): Tensor; clipByValue(low: number, high: number): Tensor; slice(from: number[], size: number[]): Tensor; expandDims(axis: number): Tensor; reshape(shape: number[]): Tensor; transpose(order: number[]): Tensor; data(): Promise<Float32Array>; dispose(): void }
export interface Tf {
  version: { tfjs?: string; 'tfjs-core'?: string };
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  ready(): Promise<void>;
  tensor(values: Float32Array, shape: number[]): Tensor;
  variable(value: Tensor, trainable: boolean): Tensor;
  concat(parts: Tensor[], axis: number): Tensor;
  dropout(x: Tensor, rate: number): Tensor;
  tidy<T>(work: () => T): T;
  losses: { softmaxCrossEntropy(truth: Tensor, scores: Tensor): Tensor };
  train: { adam(rate: number, beta1: number, beta2: number, epsilon: number): { minimize(loss: () => Tensor, returnCost: boolean): Tensor | null } };
}

export async function trainStock(tf: Tf, backend: string, job: NetsJob, rows: NetsRows, flat: Float32Array, cpu: (() => number) | null): Promise<NetsRun> {
  if (!(await tf.setBackend(backend)) || tf.getBackend() !== backend) throw new Error(`tfjs would not start ${backend}`);
  await tf.ready();
  const slots = new Map(job.slots.map(({ name, shape, offset, size, trained }) => [name, tf.variable(tf.tensor(flat.slice(offset, offset + size), shape), trained)]));
  const slot = (name: string): Tensor => slots.get(name)!;
  const optimizer = tf.train.adam(job.rate, job.optimizer.beta1, job.optimizer.beta2, job.optimizer.epsilon);
  const { batch, gather } = gatherer(job, rows);
  let last: Tensor | null = null;
  const step = (b: number): void => {
    gather(b);
    last?.dispose();
    last = tf.tidy(() => {
      const x = tf.tensor(batch.x, [job.batch, job.features]);
      const truth = tf.tensor(batch.truth, [job.batch, job.classes]);
      return optimizer.minimize(() => tf.losses.softmaxCrossEntropy(truth, scoresOf(tf, job, slot, x)), true);
    });
  };
  const read = async (): Promise<number> => (last ? (await last.data())[0] : NaN);
  const run = await timeSteps(job, step, read, cpu);
  (last as Tensor | null)?.dispose();
  slots.forEach((variable) => variable.dispose());
  return { ...run, version: tf.version.tfjs ?? tf.version['tfjs-core'] ?? '' };
}

/** The layers of the cases here; others are refused. */
function scoresOf(tf: Tf, { net, batch }: NetsJob, slot: (name: string) => Tensor, x: Tensor): Tensor {
  const { numbers, encoding } = net.inputs;
  let z = x;
  if (encoding?.kind === 'pbld') {
    const waves = x.expandDims(2).mul(slot('inputs.frequencies').expandDims(0)).mul(2 * Math.PI).add(slot('inputs.phases').expandDims(0)).cos();
    const coded = waves.transpose([1, 0, 2]).matMul(slot('inputs.weights')).transpose([1, 0, 2]).add(slot('inputs.bias').expandDims(0));
    z = tf.concat([x.expandDims(2), coded], 2).reshape([batch, numbers * encoding.width]);
  } else if (encoding?.kind === 'piecewise') {
    const [low, high] = [slot('inputs.edges').slice([0, 0], [numbers, encoding.bins]), slot('inputs.edges').slice([0, 1], [numbers, encoding.bins])];
    const parts = x.expandDims(2).sub(low.expandDims(0)).div(high.sub(low).expandDims(0)).clipByValue(0, 1);
    const coded = parts.transpose([1, 0, 2]).matMul(slot('inputs.weights')).transpose([1, 0, 2]);
    z = coded.add(x.expandDims(2).mul(slot('inputs.line').expandDims(0))).add(slot('inputs.bias').expandDims(0)).reshape([batch, numbers * encoding.width]);
  } else if (encoding) throw new Error(`stock tfjs: no ${encoding.kind} here`);
  net.layers.forEach((layer, l) => {
    if (layer.kind === 'scale' && !layer.member) z = z.mul(slot(`${l}.scale`));
    else if (layer.kind === 'dense') z = layer.bias ? z.matMul(slot(`${l}.weights`)).add(slot(`${l}.bias`)) : z.matMul(slot(`${l}.weights`));
    else if (layer.kind === 'drop') z = tf.dropout(z, layer.rate);
    else if (layer.kind === 'activate') z = layer.mixed ? z.add(slot(`${l}.mix`).mul(activate(layer, z).sub(z))) : activate(layer, z);
    else throw new Error(`stock tfjs: no layer ${layer.kind} here`);
  });
  return z;
}

function activate({ by }: Extract<NetLayer, { kind: 'activate' }>, z: Tensor): Tensor {
  if (by === 'mish') return z.mul(z.softplus().tanh());
  return by === 'silu' ? z.mul(z.sigmoid()) : z[by]();
}
