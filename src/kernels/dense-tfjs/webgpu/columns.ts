// Sums over lines for each column, into the gradients: of d (biases), of d times something of the line (scales, gains,
// mixes). Thirty-two columns for a workgroup, eight threads for a column, in a fixed order. Many lines are first summed in
// slices by workgroups of their own; a second dispatch adds the slices up.
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { run, type Uniform } from './program.ts';

export interface ColumnSums {
  readonly lines: number;
  readonly width: number;
  readonly inputs: { readonly [name: string]: TensorInfo };
  /** WGSL of what is summed at line l and column c, index e = l * width + c; and functions it calls. */
  readonly terms: readonly string[];
  readonly functions?: string;
  readonly uniforms?: readonly Uniform[];
  /** Names the terms. */
  readonly key: string;
  /** One run of `width` sums for each term, one after the other, from `offset` on. */
  readonly out: Tensor;
  readonly offset: number;
}

const lanes = 8;
const block = 32;
const slice = 1024;

export function columnSums({ lines, width, inputs, terms, functions = '', uniforms = [], key, out, offset }: ColumnSums): void {
  const slices = Math.ceil(lines / slice);
  const total = terms.length * width;
  const first = run({
    key: `columns-${key}`,
    inputs,
    out: slices > 1 ? [slices * total] : out,
    uniforms: [['lines', 'i32', lines], ['width', 'i32', width], ['at', 'i32', slices > 1 ? 0 : offset], ['per', 'i32', slices > 1 ? slice : lines], ...uniforms],
    groups: [Math.ceil(width / block), slices, 1],
    code: `${functions}\n${code(terms)}`,
  });
  if (slices === 1) return;
  columnSums({ lines: slices, width: total, inputs: { ds: first }, terms: ['ds[e]'], key: 'plain', out, offset });
}

const code = (terms: readonly string[]): string => `
var<workgroup> parts : array<f32, ${terms.length * block * lanes}>;
fn main() {
  let inBlock = i32(localIndex) % ${block};
  let lane = i32(localIndex) / ${block};
  let c = i32(workgroupId.x) * ${block} + inBlock;
  let start = i32(workgroupId.y) * uniforms.per;
  let until = min(uniforms.lines, start + uniforms.per);
  ${terms.map((_, t) => `var sum${t} = 0.0;`).join(' ')}
  if (c < uniforms.width) {
    for (var l = start + lane; l < until; l += ${lanes}) {
      let e = l * uniforms.width + c;
      ${terms.map((term, t) => `sum${t} += ${term};`).join('\n      ')}
    }
  }
  ${terms.map((_, t) => `parts[${t * block * lanes} + lane * ${block} + inBlock] = sum${t};`).join('\n  ')}
  workgroupBarrier();
  if (lane == 0 && c < uniforms.width) {
    ${terms
      .map(
        (_, t) => `var all${t} = 0.0;
    for (var j = 0; j < ${lanes}; j++) { all${t} += parts[${t * block * lanes} + j * ${block} + inBlock]; }
    result[uniforms.at + (i32(workgroupId.y) * ${terms.length} + ${t}) * uniforms.width + c] = all${t};`,
      )
      .join('\n    ')}
  }
}`;
