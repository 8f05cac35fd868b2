// x and codes of a batch -> the first activations [numbers encoded | flags | category tables], and back to the gradients of
// the encodings and tables. The slope by x itself is asked for by none.
import { concat2d, slice, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Pass } from './pass.ts';

/** Numbers (rows x numbers) encoded, and back. */
export interface Encoded { readonly out: Tensor2D; back(d: Tensor2D): void }

export function inputLayer(pass: Pass, x: Float32Array, codes: Int32Array): Encoded {
  const { rows, ops, store, slot } = pass;
  const { numbers, flags, encoding, categories } = pass.net.inputs;
  const parts: Encoded[] = [];
  const given = numbers + flags;
  const all = given > 0 ? tensor2d(x.subarray(0, rows * given), [rows, given]) : null;
  const cut = (from: number, width: number): Tensor2D => slice(all!, [0, from], [rows, width]);
  if (!encoding && all) parts.push({ out: all, back: () => {} });
  else if (encoding) {
    if (numbers > 0) parts.push(ops.encode(pass, encoding, flags > 0 ? cut(0, numbers) : all!));
    if (flags > 0) parts.push({ out: cut(numbers, flags), back: () => {} });
  }
  if (categories.length > 0) {
    const tables = categories.map((_, c) => slot(`table-${c}`));
    parts.push({ out: ops.lookUp(store, tables, codes, rows), back: (d) => ops.lookUpBack(store, tables, codes, d) });
  }
  if (parts.length === 1) return parts[0];
  return {
    out: concat2d(parts.map((part) => part.out), 1),
    back(d) {
      let at = 0;
      for (const { out, back } of parts) {
        back(slice(d, [0, at], [rows, out.shape[1]]));
        at += out.shape[1];
      }
    },
  };
}
