// Linear kernels in WASM behind core's BlockKernels. One instance and one memory for each open block, laid out once; closed blocks
// are kept for the next of the same width. A known answer proves the module before it is used; null where WASM cannot serve.
import type { BlockKernels, FastBlock } from '../../core/learners/linear/block-kernels.ts';
import { chunkMoments, chunkRows } from '../../core/learners/linear/column-moments.ts';
import { bytes } from './assembly/index.ts?kernel';

type Exports = {
  fill(from: number, rows: number, center: number, scale: number, missing: number, to: number): void;
  gram(z: number, count: number, rows: number, h: number, weighted: number, out: number): void;
  sums(z: number, count: number, rows: number, v: number, out: number): void;
  scores(z: number, columns: number, rows: number, theta: number, start: number, to: number): void;
  logistic(rows: number, score: number, truth: number, weights: number, slopes: number, bends: number): number;
  moments(values: number, weights: number, rows: number, out: number): void;
  softmax(rows: number, outputs: number, score: number, slope: number, truth: number, weights: number): number;
  poisson(rows: number, score: number, truth: number, weights: number, slopes: number, bends: number): number;
};

const [PAGE, ROWS, HELD] = [65536, 256, 1024];
let loaded: Promise<BlockKernels | null> | null = null;

export function loadLinearKernels(): Promise<BlockKernels | null> {
  loaded ??= compile();
  return loaded;
}

async function compile(): Promise<BlockKernels | null> {
  try {
    const module = await WebAssembly.compile(bytes);
    const free = new Map<number, FastBlock[]>();
    const kernels: BlockKernels = { backend: 'wasm', open: (columns) => free.get(columns)?.pop() ?? openBlock(module, columns, (block) => free.set(columns, [...(free.get(columns) ?? []), block].slice(-4))), moments: openMoments(module), softmax: openSoftmax(module) };
    return isRight(kernels) ? kernels : null;
  } catch {
    return null;
  }
}

function openBlock(module: WebAssembly.Module, columns: number, close: (block: FastBlock) => void): FastBlock {
  let end = PAGE;
  const room = (doubles: number): number => {
    const at = end;
    end += Math.ceil((8 * doubles) / 64) * 64;
    return at;
  };
  const at = { dense: room(columns * ROWS), raw: room((columns * HELD) / 2), h: room(ROWS), weighted: room(2 * ROWS), out: room(columns * columns), sums: room(columns), theta: room(columns), scores: room(ROWS), truth: room(ROWS), weights: room(ROWS), slopes: room(ROWS), bends: room(ROWS) };
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE) });
  const { fill, gram, sums, scores, logistic, poisson } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
  const doubles = (from: number, count: number) => new Float64Array(memory.buffer, from, count);
  const dense = doubles(at.dense, columns * ROWS).fill(1);
  const raw = new Float32Array(memory.buffer, at.raw, columns * HELD);
  const held: { values: Float32Array | null; from: number }[] = Array.from({ length: columns }, () => ({ values: null, from: 0 }));
  const [h, out, totals, theta, score] = [doubles(at.h, ROWS), doubles(at.out, columns * columns), doubles(at.sums, columns), doubles(at.theta, columns), doubles(at.scores, ROWS)];
  const [truth, weights, slopes, bends] = [doubles(at.truth, ROWS), doubles(at.weights, ROWS), doubles(at.slopes, ROWS), doubles(at.bends, ROWS)];
  const put = (to: Float64Array, values: Float64Array, from: number, rows: number) => {
    for (let r = 0; r < rows; r++) to[r] = values[from + r];
  };
  const block: FastBlock = {
    dense,
    fill(column, values, from, rows, center, scale, missing) {
      const had = held[column];
      if (had.values !== values || from < had.from || from + rows > had.from + HELD) {
        raw.set(values.subarray(from, from + HELD), column * HELD);
        had.values = values;
        had.from = from;
      }
      fill(at.raw + 4 * (column * HELD + from - had.from), rows, center, scale, missing, at.dense + 8 * ROWS * column);
    },
    gram(rows, values) {
      put(h, values, 0, rows);
      gram(at.dense, columns, rows, at.h, at.weighted, at.out);
      return out;
    },
    sums(rows, values, from) {
      put(h, values, from, rows);
      sums(at.dense, columns, rows, at.h, at.sums);
      return totals;
    },
    scores(rows, parameters, to, offset) {
      theta.set(parameters);
      scores(at.dense, columns - 1, rows, at.theta, parameters[columns - 1], at.scores);
      for (let r = 0; r < rows; r++) to[offset + r] = score[r];
    },
    loss(kind, rows, of, from, rowWeights, given, toSlopes, toBends) {
      put(score, given, 0, rows);
      put(truth, of, from, rows);
      put(weights, rowWeights, 0, rows);
      const value = (kind === 'logistic' ? logistic : poisson)(rows, at.scores, at.truth, at.weights, at.slopes, at.bends);
      for (let r = 0; r < rows; r++) toSlopes[r] = slopes[r];
      for (let r = 0; r < rows; r++) toBends[r] = bends[r];
      return value;
    },
    close() {
      for (const had of held) had.values = null;
      close(block);
    },
  };
  return block;
}

function openMoments(module: WebAssembly.Module): BlockKernels['moments'] {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const { moments } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
  const at = { values: PAGE, weights: PAGE + 4 * chunkRows, out: PAGE + 8 * chunkRows };
  const [values, weights, found] = [new Float32Array(memory.buffer, at.values, chunkRows), new Float32Array(memory.buffer, at.weights, chunkRows), new Float64Array(memory.buffer, at.out, 4)];
  let isPlain = false;
  return (column, weight, from, rows, out) => {
    values.set(column.subarray(from, from + rows));
    values.fill(NaN, rows);
    if (weight) weights.set(weight.subarray(from, from + rows));
    else if (!isPlain) weights.fill(1);
    isPlain = !weight;
    moments(at.values, at.weights, rows, at.out);
    out.set(found);
  };
}

function openSoftmax(module: WebAssembly.Module): BlockKernels['softmax'] {
  const open = (outputs: number) => {
    const memory = new WebAssembly.Memory({ initial: 1 + Math.ceil((8 * ROWS * (2 * outputs + 2)) / PAGE) });
    const { softmax } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
    const doubles = (place: number, count: number) => new Float64Array(memory.buffer, PAGE + 8 * ROWS * place, ROWS * count);
    return { outputs, softmax, truth: doubles(0, 1), weights: doubles(1, 1), scores: doubles(2, outputs), slopes: doubles(2 + outputs, outputs) };
  };
  let last: ReturnType<typeof open> | null = null;
  return (rows, outputs, truth, from, weights, scores, slopes) => {
    if (last?.outputs !== outputs) last = open(outputs);
    for (let r = 0; r < rows; r++) last.truth[r] = truth[from + r];
    last.weights.set(weights);
    last.scores.set(scores);
    const value = last.softmax(rows, outputs, last.scores.byteOffset, last.slopes.byteOffset, last.truth.byteOffset, last.weights.byteOffset);
    scores.set(last.scores);
    slopes.set(last.slopes);
    return value;
  };
}

/** Three rows of two columns, worked out by hand. */
function isRight(kernels: BlockKernels): boolean {
  const block = kernels.open(2);
  block.fill(0, Float32Array.of(1, NaN, 5), 0, 3, 1, 2, 3);
  const gram = Array.from(block.gram(3, Float64Array.of(1, 1, 2)));
  const totals = Array.from(block.sums(3, Float64Array.of(1, 2, 3), 0));
  const scores = new Float64Array(3);
  block.scores(3, Float64Array.of(0.5, 1), scores, 0);
  block.close();
  const [column, plain, fast] = [Float32Array.of(1, NaN, 0, 7, 2.5), new Float64Array(4), new Float64Array(4)];
  chunkMoments(column, null, 0, 5, plain);
  kernels.moments(column, null, 0, 5, fast);
  return fast.join() === plain.join() && [gram[0], gram[1], gram[3], ...totals, ...scores].join() === '144,20,4,32,6,1,3,5';
}
