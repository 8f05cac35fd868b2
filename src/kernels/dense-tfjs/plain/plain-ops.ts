// NetOps in tfjs ops, right on every backend of tfjs. tfjs's WASM backend multiplies transposed matrices ten times slower
// than it transposes and then multiplies (15 ms against 1.4 ms for 512 x 256 x 128), and sums columns slower than it
// multiplies by a line of ones, so both are done that way. A table's gradient is a product with the codes one-hot, or for
// a table of many levels the kernel `BarnacleScatter` below: tfjs's WASM backend has no UnsortedSegmentSum.
import { add, concat2d, div, engine, fused, gather, matMul, mean, mul, oneHot, ones, registerKernel, reshape, rsqrt, slice, sqrt, square, sub, tensor1d, tensor2d, transpose, type NamedTensorMap, type Tensor, type Tensor1D, type Tensor2D, type TensorInfo, type TypedArray } from '@tensorflow/tfjs-core';
import { dropMask } from '../../../core/learners/mlp/net-kernels.ts';
import { encodeBins } from '../layers/encode-bins.ts';
import { encodePbld, encodePlr } from '../layers/encode-waves.ts';
import type { NetOps } from '../ops.ts';
import { activate, activationSlope } from './plain-activations.ts';
import { plainLoss } from './plain-loss.ts';
import { plainStore } from './plain-store.ts';

const epsilon = 1e-5;
const oneHotLimit = 256;

export const plainOps: NetOps = {
  matmul: (a, b, turnA, turnB) => matMul(turnA ? transpose(a) : a, turnB ? transpose(b) : b),
  dense: (store, x, weights, bias) => fused.matMul({ a: x, b: store.value(weights) as Tensor2D, bias: bias ? (store.value(bias) as Tensor1D) : undefined }) as Tensor2D,
  denseBack(store, x, d, weights, bias, isWanted) {
    store.gradient(weights, plainOps.matmul(x, d, true));
    if (bias) store.gradient(bias, sumLines(d));
    return isWanted ? plainOps.matmul(d, store.value(weights) as Tensor2D, false, true) : d;
  },
  columns,
  activate: (by, z, drop) => (drop ? plainOps.drop(activate(by, z), drop) : activate(by, z)),
  activateBack: (by, z, d, drop) => mul(drop ? plainOps.drop(d, drop) : d, activationSlope(by, z)),
  drop: (z, { seed, step, layer, rate }) => mul(z, tensor2d(dropMask(seed, step, layer, rate, z.size), z.shape)),
  encode: (pass, encoding, x) => (encoding.kind === 'plr' ? encodePlr(pass, encoding, x) : encoding.kind === 'pbld' ? encodePbld(pass, encoding, x) : encodeBins(pass, encoding, x)),
  lookUp(store, tables, codes, rows) {
    const parts = tables.map((table, c) => gather(store.value(table) as Tensor2D, tensor1d(column(codes, tables.length, c, rows), 'int32')) as Tensor2D);
    return parts.length === 1 ? parts[0] : concat2d(parts, 1);
  },
  lookUpBack(store, tables, codes, d) {
    let at = 0;
    const rows = d.shape[0];
    tables.forEach((table, c) => {
      const [levels, width] = table.shape;
      const own = slice(d, [0, at], [rows, width]);
      const code = tensor1d(column(codes, tables.length, c, rows), 'int32');
      store.gradient(table, levels <= oneHotLimit ? plainOps.matmul(oneHot(code, levels) as Tensor2D, own, true) : scatter(own, code, levels));
      at += width;
    });
  },
  loss: (_, kind, scores, truth) => plainLoss(kind, scores, truth),
  batchNorm(z) {
    const lines = z.shape[0];
    const center = div(sumLines(z), lines) as Tensor1D;
    const gap = sub(z, center) as Tensor2D;
    const variance = div(sumLines(square(gap)), lines) as Tensor1D;
    const inverse = rsqrt(add(variance, epsilon));
    const normal = mul(gap, inverse) as Tensor2D;
    return { normal, mean: center, variance, back: (d) => mul(inverse, sub(sub(d, div(sumLines(d), lines)), mul(normal, div(sumLines(mul(d, normal)), lines)))) };
  },
  layerNorm(z) {
    const gap = sub(z, mean(z, 1, true)) as Tensor2D;
    const deviation = sqrt(add(mean(square(gap), 1, true), epsilon));
    const normal = div(gap, deviation) as Tensor2D;
    return { normal, back: (d) => div(sub(sub(d, mean(d, 1, true)), mul(normal, mean(mul(d, normal), 1, true))), deviation) };
  },
  store: plainStore,
};

function sumLines(a: Tensor2D): Tensor1D {
  return reshape(matMul(ones([1, a.shape[0]]) as Tensor2D, a), [a.shape[1]]);
}

/**
 * Multiplied by b or by 1, never as it came: tfjs's WASM backend remembers a packed right-hand matrix by its memory, and
 * aborts when that memory comes again in another shape, as lines that were folded to rows do.
 */
function columns(a: Tensor2D, b?: Tensor2D): Tensor1D {
  return sumLines(mul(a, b ?? 1));
}

/** The codes of one category. */
export const column = (codes: Int32Array, categories: number, c: number, rows: number): Int32Array => Int32Array.from({ length: rows }, (_, r) => codes[r * categories + c]);

const scatter = (rows: Tensor2D, codes: Tensor1D, levels: number): Tensor => engine().runKernel('BarnacleScatter', { rows, codes } as unknown as NamedTensorMap, { levels }) as Tensor;

interface HostBackend {
  readSync(id: object): TypedArray;
  write(values: TypedArray, shape: number[], dtype: string): object;
}

/** Registers our kernel with a backend whose memory is the host's: cpu, wasm. */
export function registerScatter(backendName: string): void {
  registerKernel({
    kernelName: 'BarnacleScatter',
    backendName,
    kernelFunc({ inputs, backend, attrs }) {
      const [rows, codes] = [inputs.rows as TensorInfo, inputs.codes as TensorInfo];
      const host = backend as HostBackend;
      const levels = attrs!.levels as number;
      const width = rows.shape[1];
      const [from, code] = [host.readSync(rows.dataId), host.readSync(codes.dataId)];
      const out = new Float32Array(levels * width);
      for (let r = 0; r < code.length; r++) for (let o = 0; o < width; o++) out[code[r] * width + o] += from[r * width + o];
      return { dataId: host.write(out, [levels, width], 'float32'), shape: [levels, width], dtype: 'float32' };
    },
  });
}
