// Matrix products on the GPU for all that nets need: either side transposed, rows any stride apart, a batch of them at once,
// parameters read where they lie in the flat vector and gradients written where they belong. tfjs's own would need every
// slot copied out and back, and adds up long sums with atomics, in whatever order. Tiles of 64 x 64 or, for small outputs,
// 32 x 32, of 4 x 4 for a thread; sums run over k in order, so runs repeat.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { columnSums } from './columns.ts';
import { run } from './program.ts';

export interface Side {
  readonly of: TensorInfo;
  readonly offset?: number;
  /** Numbers from a stored row to the next, and from a matrix of the batch to the next. */
  readonly row: number;
  readonly batch?: number;
  /** The stored matrix is the transposed one. */
  readonly turned?: boolean;
}
export interface Product {
  readonly a: Side;
  readonly b: Side;
  /** Output rows, columns, and the length of the sums. */
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly count?: number;
  /** Added to each row of the output. */
  readonly bias?: { readonly of: TensorInfo; readonly offset: number; readonly batch?: number };
  /** Added to what the output holds. */
  readonly adds?: boolean;
  readonly out: readonly number[] | Tensor;
  readonly offset?: number;
  readonly row: number;
  readonly batch?: number;
}

const depth = 16;
/** Terms of a sum that one piece has at least. */
const piece = 512;

export function multiply(asked: Product): Tensor {
  const { m, n, count = 1, out, offset = 0 } = asked;
  const pieces = piecesOf(asked);
  if (pieces > 1) {
    const parts = piecewise({ ...asked, out: [pieces, count * m * n], offset: 0, batch: m * n }, pieces);
    columnSums({ lines: pieces, width: count * m * n, inputs: { ds: parts }, terms: ['ds[e]'], key: 'plain', out: out as Tensor, offset });
    return out as Tensor;
  }
  return piecewise(asked, 1);
}

/** Long sums of few outputs (the gradient of a weight over many lines) are made by pieces of k, which are then added up. */
function piecesOf({ a, m, n, k, count = 1, bias, adds, out, row, batch = 0 }: Product): number {
  const isWhole = !Array.isArray(out) && row === n && (count === 1 || batch === m * n) && !bias && !adds;
  const tiles = Math.ceil(m / 32) * Math.ceil(n / 32) * count;
  return a.turned && isWhole && k >= 2 * piece && tiles < 256 ? Math.min(Math.ceil(k / piece), Math.ceil(512 / tiles), 32) : 1;
}

function piecewise({ a, b, m, n, k, count = 1, bias, adds = false, out, offset = 0, row, batch = 0 }: Product, pieces: number): Tensor {
  const tile = Math.ceil(m / 64) * Math.ceil(n / 64) * count * pieces >= 48 ? 64 : 32;
  const side = tile / 4;
  // One array may not be bound twice; the bias lies in the same one as the parameters, b.
  return run({
    key: `multiply-${tile}-${a.turned ? 't' : 'n'}${b.turned ? 't' : 'n'}-${bias ? 'bias' : adds ? 'adds' : 'plain'}`,
    inputs: { aIn: a.of, bIn: b.of },
    out,
    uniforms: [
      ['m', 'i32', m], ['n', 'i32', n], ['k', 'i32', k],
      ['aAt', 'i32', a.offset ?? 0], ['aRow', 'i32', a.row], ['aBatch', 'i32', a.batch ?? 0],
      ['bAt', 'i32', b.offset ?? 0], ['bRow', 'i32', b.row], ['bBatch', 'i32', b.batch ?? 0],
      ['cAt', 'i32', offset], ['cRow', 'i32', row], ['cBatch', 'i32', batch],
      ['biasAt', 'i32', bias?.offset ?? 0], ['biasBatch', 'i32', bias?.batch ?? 0],
      ['matrices', 'i32', count], ['per', 'i32', depth * Math.ceil(k / pieces / depth)], ['partSize', 'i32', count * m * n],
    ],
    groups: [Math.ceil(n / tile), Math.ceil(m / tile), count * pieces],
    threads: [side, side, 1],
    code: code(tile, a.turned ?? false, b.turned ?? false, bias !== undefined, adds),
  });
}

const code = (tile: number, turnA: boolean, turnB: boolean, hasBias: boolean, adds: boolean): string => {
  const threads = (tile / 4) ** 2;
  const quads = tile / 4;
  const stride = quads + 1;
  /** Four neighbouring lines (a) or columns (b) at one k for a thread, so that neighbouring threads read neighbouring numbers. */
  const load = (name: string, alongK: boolean, first: string, limit: string): string => `
    for (var i = tid; i < ${quads * depth}; i += ${threads}) {
      let kk = ${alongK ? `i % ${depth}` : `i / ${quads}`};
      let quad = ${alongK ? `i / ${depth}` : `i % ${quads}`};
      let line = ${first} + 4 * quad;
      let deep = k0 + kk;
      var v = vec4<f32>(0.0);
      if (deep < until) {
        let at = ${name}At + ${alongK ? `line * uniforms.${name}Row + deep` : `deep * uniforms.${name}Row + line`};
        ${[0, 1, 2, 3].map((j) => `if (line + ${j} < uniforms.${limit}) { v[${j}] = ${name}In[at${j === 0 ? '' : alongK ? ` + ${j} * uniforms.${name}Row` : ` + ${j}`}]; }`).join('\n        ')}
      }
      ${name}Tile[kk * ${stride} + quad] = v;
    }`;
  const each = (of: (i: number) => string): string => [0, 1, 2, 3].map(of).join('\n      ');
  return `
var<workgroup> aTile : array<vec4<f32>, ${depth * stride}>;
var<workgroup> bTile : array<vec4<f32>, ${depth * stride}>;
fn put(r : i32, c : i32, z : i32, part : i32, v : f32) {
  if (r < uniforms.m && c < uniforms.n) {
    result[uniforms.cAt + part * uniforms.partSize + z * uniforms.cBatch + r * uniforms.cRow + c] ${adds ? '+=' : '='} v${hasBias ? ' + bIn[uniforms.biasAt + z * uniforms.biasBatch + c]' : ''};
  }
}
fn main() {
  let z = i32(workgroupId.z) % uniforms.matrices;
  let part = i32(workgroupId.z) / uniforms.matrices;
  let tid = i32(localIndex);
  let firstRow = i32(workgroupId.y) * ${tile};
  let firstColumn = i32(workgroupId.x) * ${tile};
  let aAt = uniforms.aAt + z * uniforms.aBatch;
  let bAt = uniforms.bAt + z * uniforms.bBatch;
  let r = i32(localId.y);
  let c = i32(localId.x);
  let until = min(uniforms.k, (part + 1) * uniforms.per);
  ${each((i) => `var sum${i} = vec4<f32>(0.0);`)}
  for (var step = 0; step < uniforms.per; step += ${depth}) {
    let k0 = part * uniforms.per + step;
    ${load('a', !turnA, 'firstRow', 'm')}
    ${load('b', turnB, 'firstColumn', 'n')}
    workgroupBarrier();
    for (var kk = 0; kk < ${depth}; kk++) {
      let left = aTile[kk * ${stride} + r];
      let right = bTile[kk * ${stride} + c];
      ${each((i) => `sum${i} += left[${i}] * right;`)}
    }
    workgroupBarrier();
  }
  ${each((i) => each((j) => `put(firstRow + 4 * r + ${i}, firstColumn + 4 * c + ${j}, z, part, sum${i}[${j}]);`))}
}`;
};
