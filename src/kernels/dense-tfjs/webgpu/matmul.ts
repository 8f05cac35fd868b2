// Matrix products on the GPU for all that nets need: either side transposed, rows any stride apart, a batch of them at once,
// parameters read where they lie in the flat vector and gradients written where they belong. tfjs's own would need every
// slot copied out and back, and adds up long sums with atomics, in whatever order. Tiles of 64 x 64 or, for small outputs,
// 32 x 32, of 4 x 4 for a thread; sums run over k in order, so runs repeat.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
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

export function multiply({ a, b, m, n, k, count = 1, bias, adds = false, out, offset = 0, row, batch = 0 }: Product): Tensor {
  const tile = Math.ceil(m / 64) * Math.ceil(n / 64) * count >= 48 ? 64 : 32;
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
    ],
    groups: [Math.ceil(n / tile), Math.ceil(m / tile), count],
    threads: [side, side, 1],
    code: code(tile, a.turned ?? false, b.turned ?? false, bias !== undefined, adds),
  });
}

const code = (tile: number, turnA: boolean, turnB: boolean, hasBias: boolean, adds: boolean): string => {
  const threads = (tile / 4) ** 2;
  const stride = tile + 4;
  /** Loads a tile of a side so that neighbouring threads read neighbouring numbers. */
  const load = (name: string, alongK: boolean, first: string, limit: string): string => `
    for (var i = tid; i < ${tile * depth}; i += ${threads}) {
      let kk = ${alongK ? `i % ${depth}` : `i / ${tile}`};
      let w = ${alongK ? `i / ${depth}` : `i % ${tile}`};
      let line = ${first} + w;
      let deep = k0 + kk;
      var v = 0.0;
      if (line < uniforms.${limit} && deep < uniforms.k) { v = ${name}In[${name}At + ${alongK ? `line * uniforms.${name}Row + deep` : `deep * uniforms.${name}Row + line`}]; }
      ${name}Tile[kk * ${stride} + w] = v;
    }`;
  const each = (of: (i: number) => string): string => [0, 1, 2, 3].map(of).join('\n      ');
  return `
var<workgroup> aTile : array<f32, ${depth * stride}>;
var<workgroup> bTile : array<f32, ${depth * stride}>;
fn put(r : i32, c : i32, z : i32, v : f32) {
  if (r < uniforms.m && c < uniforms.n) {
    result[uniforms.cAt + z * uniforms.cBatch + r * uniforms.cRow + c] ${adds ? '+=' : '='} v${hasBias ? ' + bIn[uniforms.biasAt + z * uniforms.biasBatch + c]' : ''};
  }
}
fn main() {
  let z = i32(workgroupId.z);
  let tid = i32(localIndex);
  let firstRow = i32(workgroupId.y) * ${tile};
  let firstColumn = i32(workgroupId.x) * ${tile};
  let aAt = uniforms.aAt + z * uniforms.aBatch;
  let bAt = uniforms.bAt + z * uniforms.bBatch;
  let r = i32(localId.y) * 4;
  let c = i32(localId.x) * 4;
  ${each((i) => `var sum${i} = vec4<f32>(0.0);`)}
  for (var k0 = 0; k0 < uniforms.k; k0 += ${depth}) {
    ${load('a', !turnA, 'firstRow', 'm')}
    ${load('b', turnB, 'firstColumn', 'n')}
    workgroupBarrier();
    for (var kk = 0; kk < ${depth}; kk++) {
      let at = kk * ${stride};
      let right = vec4<f32>(bTile[at + c], bTile[at + c + 1], bTile[at + c + 2], bTile[at + c + 3]);
      ${each((i) => `sum${i} += aTile[at + r + ${i}] * right;`)}
    }
    workgroupBarrier();
  }
  ${each((i) => each((j) => `put(firstRow + r + ${i}, firstColumn + c + ${j}, z, sum${i}[${j}]);`))}
}`;
};
