// x and codes of a batch -> the first activations [numbers encoded | flags | category tables], and the gradients of the
// encodings and tables. The slope by x itself is asked for by none.
import type { Net } from '../../../models/net/net.ts';
import { inputWidth } from '../../../models/net/net.ts';
import { encoderOf, plainEncoder } from './encode.ts';
import type { Pass } from './layer.ts';
import { slotViews } from './layer.ts';

export function inputLayer(
  { inputs }: Net,
  pass: Pass,
  x: ArrayLike<number>,
  codes: ArrayLike<number>,
): { forward(): Float64Array; backward(dz: Float64Array): void } {
  const { numbers, flags, encoding, categories } = inputs;
  const width = inputWidth(inputs);
  const encoder = encoding ? encoderOf(pass, encoding) : plainEncoder;
  const step = encoding ? encoding.width : 1;
  const given = numbers + flags;
  const tables = categories.map((_, c) => slotViews(pass, `table-${c}`));
  return {
    forward() {
      const out = new Float64Array(pass.rows * width);
      for (let r = 0; r < pass.rows; r++) {
        let at = r * width;
        for (let j = 0; j < numbers; j++, at += step) encoder.forward(j, x[r * given + j], out, at);
        for (let j = 0; j < flags; j++) out[at++] = x[r * given + numbers + j];
        categories.forEach((category, c) => {
          const row = codes[r * categories.length + c] * category.width;
          for (let o = 0; o < category.width; o++) out[at++] = tables[c].value[row + o];
        });
      }
      return out;
    },
    backward(dz) {
      for (let r = 0; r < pass.rows; r++) {
        let at = r * width;
        for (let j = 0; j < numbers; j++, at += step) encoder.backward(j, x[r * given + j], dz, at);
        at += flags;
        categories.forEach((category, c) => {
          const row = codes[r * categories.length + c] * category.width;
          for (let o = 0; o < category.width; o++) tables[c].gradient[row + o] += dz[at++];
        });
      }
    },
  };
}
