// A net's session over the kernel: writes a batch and the step's numbers, and calls; a step allocates nothing. The learner's
// flat vectors are the kernel's with gaps between slots.
import { dropBar, dropStream } from '../../core/learners/mlp/net-kernels.ts';
import type { NetBatch, NetOpen, NetSession, NetStep, NetWatch } from '../../core/learners/mlp/net-kernels.ts';
import { widthsOf } from '../../core/models/net/net.ts';
import type { OpenModule } from '../team/open-module.ts';
import type { NetLayout } from './layout.ts';
import { commands, NUMBERS, numberNames, OP_WORDS, opFields, tableWords, WORDS } from './records.ts';
import type { NumberName, TableWord } from './records.ts';
import { splitRows, tileRowsOf } from './split.ts';
import type { Split } from './split.ts';

/** Arrays that a session is said to hold: parameters, gradients, two moments, the batch, the buffers. */
export const ARRAYS = 6;

const wordOf = (field: (typeof opFields)[number]): number => 1 + opFields.indexOf(field);

export function sessionOver(kernel: OpenModule<unknown>, layout: NetLayout, options: NetOpen, closed: () => void): NetSession {
  const { buffer } = kernel;
  const { slots, words: at, program } = layout;
  const { net, optimizer, loss, seed, maxRows } = options;
  const columns = net.inputs.numbers + net.inputs.flags;
  const tables = net.inputs.categories.length;
  const floats = (from: number, length: number): Float32Array => new Float32Array(buffer, from, length);
  const table = new Int32Array(buffer, WORDS, tableWords.length);
  const numbers = new Float64Array(buffer, NUMBERS, numberNames.length);
  const set = (name: TableWord, value: number): void => void (table[tableWords.indexOf(name)] = value);
  const setNumber = (name: NumberName, value: number): void => void (numbers[numberNames.indexOf(name)] = value);
  const weights = floats(at.weights, slots.floats);
  const first = floats(at.first, slots.floats);
  const second = floats(at.second, slots.floats);
  const x = floats(layout.x, layout.serveRows * columns);
  const codes = new Int32Array(buffer, layout.codes, layout.serveRows * tables);
  const outputs = widthsOf(net)[net.layers.length];
  const truth = floats(layout.truth, maxRows * outputs);
  const share = floats(layout.share, maxRows);
  const lossSums = new Float64Array(buffer, at.lossSums, 8);
  const trainWords = new Int32Array(buffer, at.train, program.train.length * OP_WORDS);
  const trainFloats = floats(at.train, program.train.length * OP_WORDS);
  const splits = new Map<number, Split>();
  const width = layout.shape.members * outputs;
  let [steps, power1, power2] = [0, 1, 1];
  let [sum, count] = [0, 0];
  let seen: NetWatch | null = null;
  let isOpen = true;

  for (const name of tableWords) set(name, at[name]);
  for (const [from, values] of layout.tables) new Int32Array(buffer, from, values.length).set(values);
  set('seed', seed);
  set('sgd', Number(optimizer.kind === 'sgd'));
  for (const name of ['beta1', 'beta2', 'epsilon', 'clip'] as const) setNumber(name, optimizer[name]);
  setNumber('lossParameter', loss.kind === 'huber' ? loss.delta : 'focal' in loss ? loss.focal : 0);
  floats(at.rates, slots.slots.length).set(optimizer.rates);
  floats(at.decays, slots.slots.length).set(optimizer.decays);
  if (loss.kind === 'quantile') floats(at.levels, outputs).set(loss.levels);
  slots.write(options.weights, weights);
  if (options.moments) {
    slots.write(options.moments.first, first);
    slots.write(options.moments.second, second);
    for (; steps < options.moments.steps; steps++) {
      power1 *= optimizer.beta1;
      power2 *= optimizer.beta2;
    }
  }
  kernel.call(commands.pack);

  /** What dropout is drawn by at this step. */
  const setDrops = (drop: number, step: number): void => {
    for (const { at: op, layer, rate } of program.drops) {
      const bar = dropBar(rate * drop);
      const from = op * OP_WORDS;
      trainWords[from + wordOf('kind')] = bar;
      trainWords[from + wordOf('u')] = dropStream(step, layer);
      trainFloats[from + wordOf('v')] = 65_536 / (65_536 - bar);
    }
  };
  const setRows = (rows: number, split: Split, full: boolean): void => {
    set('rows', rows);
    set('full', Number(full));
    set('tileRows', split.tileRows);
    set('sliceRows', split.sliceRows);
    set('slices', split.slices);
  };
  const splitOf = (rows: number): Split => {
    const known = splits.get(rows) ?? splitRows(layout.shape, rows);
    splits.set(rows, known);
    return known;
  };
  return {
    step(batch: NetBatch, { rate, decay, drop, step, watch }: NetStep) {
      const { rows } = batch;
      if (rows > maxRows) throw new RangeError(`a batch has ${rows} rows, the session was opened for ${maxRows}`);
      const split = splitOf(rows);
      fill(x, batch.x, rows * columns);
      fill(codes, batch.codes, rows * tables);
      fill(truth, batch.truth, rows * outputs);
      fill(share, batch.share, rows);
      steps++;
      power1 *= optimizer.beta1;
      power2 *= optimizer.beta2;
      setRows(rows, split, layout.shape.full);
      set('watch', Number(watch));
      set('norms', Number(watch || optimizer.clip > 0));
      setNumber('rate', rate);
      setNumber('decay', decay);
      setNumber('unbias1', 1 / (1 - power1));
      setNumber('unbias2', 1 / (1 - power2));
      setDrops(drop, step);
      kernel.call(commands.step);
      for (let s = 0; s < split.slices; s++) sum += lossSums[s];
      count++;
      if (watch) seen = watchOf(layout, kernel, net.layers.length);
    },
    async loss() {
      const mean = sum / Math.max(1, count);
      [sum, count] = [0, 0];
      return mean;
    },
    async watch() {
      seen ??= { gradientNorms: new Float64Array(slots.slots.length), weightNorms: Float64Array.from(slots.slots, ({ name, size }) => norm(weights.subarray(slots.at(name), slots.at(name) + size))), dead: new Float64Array(net.layers.length).fill(NaN) };
      return seen;
    },
    async forward(from, code, rows) {
      const scores = new Float32Array(rows * width);
      for (let start = 0; start < rows; start += layout.serveRows) {
        const some = Math.min(layout.serveRows, rows - start);
        x.set(from.subarray(start * columns, (start + some) * columns));
        codes.set(code.subarray(start * tables, (start + some) * tables));
        setRows(some, { slices: 1, sliceRows: some, tileRows: tileRowsOf(layout.shape) }, false);
        kernel.call(commands.forward);
        scores.set(floats(layout.out, some * width), start * width);
      }
      return scores;
    },
    weights: async () => slots.read(weights),
    moments: async () => ({ steps, first: slots.read(first), second: slots.read(second) }),
    held: () => (isOpen ? { tensors: ARRAYS, bytes: buffer.byteLength } : { tensors: 0, bytes: 0 }),
    dispose() {
      if (!isOpen) return;
      isOpen = false;
      kernel.close();
      closed();
    },
  };
}

function fill<T extends Float32Array | Int32Array>(to: T, from: T, length: number): void {
  to.set(from.length === length ? from : from.subarray(0, length));
}

const norm = (values: Float32Array): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));

function watchOf({ words, slots, chunkSlots, program }: NetLayout, { buffer, threads }: OpenModule<unknown>, layers: number): NetWatch {
  const rooted = (from: number): Float64Array => {
    const sums = new Float64Array(slots.slots.length);
    new Float64Array(buffer, from, chunkSlots.length).forEach((sum, c) => (sums[chunkSlots[c]] += sum));
    return sums.map(Math.sqrt);
  };
  const dead = new Float64Array(layers).fill(NaN);
  for (const { layer, by, from, width, bar } of program.watched) {
    let count = 0;
    for (let unit = 0; unit < width; unit++) {
      let isDead = true;
      for (let t = 0; t < threads; t++) {
        const start = by === 'most' ? words.mosts + t * words.mostsBytes : words.leasts + t * words.leastsBytes;
        const value = new Float32Array(buffer, start + from + 4 * unit, 1)[0];
        isDead &&= by === 'most' ? value <= 0 : value > bar;
      }
      if (isDead) count++;
    }
    dead[layer] = count / width;
  }
  return { gradientNorms: rooted(words.gradientSums), weightNorms: rooted(words.weightSums), dead };
}
