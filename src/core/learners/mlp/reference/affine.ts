// dense (z W + b) and heads (each member with a W and b of its own): one loop, the weights picked by the line's member.
import type { Pass, PassLayer, Place } from './layer.ts';
import { slotViews } from './layer.ts';

/** `own` = members with weights of their own; 1 for a dense layer. */
export function affineLayer(pass: Pass, { index, lines, width, units }: Place, own: number, biased: boolean): PassLayer {
  const w = slotViews(pass, `${index}.weights`);
  const b = biased ? slotViews(pass, `${index}.bias`) : null;
  let given: Float64Array = new Float64Array(0);
  return {
    forward(z) {
      given = z;
      const out = new Float64Array(lines * units);
      for (let r = 0; r < lines; r++) {
        const m = r % own;
        for (let o = 0; o < units; o++) out[r * units + o] = b ? b.value[m * units + o] : 0;
        for (let i = 0; i < width; i++) {
          const v = z[r * width + i];
          const at = (m * width + i) * units;
          for (let o = 0; o < units; o++) out[r * units + o] += v * w.value[at + o];
        }
      }
      return out;
    },
    backward(dz) {
      const below = new Float64Array(lines * width);
      for (let r = 0; r < lines; r++) {
        const m = r % own;
        if (b) for (let o = 0; o < units; o++) b.gradient[m * units + o] += dz[r * units + o];
        for (let i = 0; i < width; i++) {
          const v = given[r * width + i];
          const at = (m * width + i) * units;
          let sum = 0;
          for (let o = 0; o < units; o++) {
            const d = dz[r * units + o];
            w.gradient[at + o] += v * d;
            sum += d * w.value[at + o];
          }
          below[r * width + i] = sum;
        }
      }
      return below;
    },
  };
}
