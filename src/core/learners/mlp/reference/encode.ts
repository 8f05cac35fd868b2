// The encodings of one number of one row, forward and backward: plr, pbld, piecewise (models/net/net.ts has the formulas).
// pbld's phase is in radians: cos(2 pi c x + p) = cosTurn(c x + p / 2 pi).
import { cosTurn, sinTurn } from '../../../base/numerics.ts';
import type { NetEncoding } from '../../../models/net/net.ts';
import type { Pass } from './layer.ts';
import { slotViews } from './layer.ts';

const TWO_PI = 6.283185307179586;

export interface Encoder {
  /** Number j of value x -> out[at .. at + width). */
  forward(j: number, x: number, out: Float64Array, at: number): void;
  backward(j: number, x: number, dz: Float64Array, at: number): void;
}

/** No encoding: the number itself. */
export const plainEncoder: Encoder = {
  forward: (_, x, out, at) => void (out[at] = x),
  backward: () => {},
};

export function encoderOf(pass: Pass, encoding: NetEncoding): Encoder {
  return encoding.kind === 'plr' ? plr(pass, encoding) : encoding.kind === 'pbld' ? pbld(pass, encoding) : piecewise(pass, encoding);
}

function plr(pass: Pass, { waves, width }: { waves: number; width: number }): Encoder {
  const c = slotViews(pass, 'inputs.frequencies');
  const w = slotViews(pass, 'inputs.weights');
  const b = slotViews(pass, 'inputs.bias');
  const sums = (j: number, x: number): Float64Array => {
    const out = b.value.slice(j * width, (j + 1) * width);
    for (let k = 0; k < waves; k++) {
      const turn = c.value[j * waves + k] * x;
      const [cos, sin] = [cosTurn(turn), sinTurn(turn)];
      const [rowCos, rowSin] = [(j * 2 * waves + k) * width, (j * 2 * waves + waves + k) * width];
      for (let o = 0; o < width; o++) out[o] += cos * w.value[rowCos + o] + sin * w.value[rowSin + o];
    }
    return out;
  };
  return {
    forward(j, x, out, at) {
      out.set(
        sums(j, x).map((v) => (v > 0 ? v : v === v ? 0 : NaN)),
        at,
      );
    },
    backward(j, x, dz, at) {
      const d = sums(j, x).map((v, o) => (v > 0 ? dz[at + o] : 0));
      for (let o = 0; o < width; o++) b.gradient[j * width + o] += d[o];
      for (let k = 0; k < waves; k++) {
        const turn = c.value[j * waves + k] * x;
        const [cos, sin] = [cosTurn(turn), sinTurn(turn)];
        const [rowCos, rowSin] = [(j * 2 * waves + k) * width, (j * 2 * waves + waves + k) * width];
        for (let o = 0; o < width; o++) {
          w.gradient[rowCos + o] += cos * d[o];
          w.gradient[rowSin + o] += sin * d[o];
          c.gradient[j * waves + k] += TWO_PI * x * d[o] * (cos * w.value[rowSin + o] - sin * w.value[rowCos + o]);
        }
      }
    },
  };
}

function pbld(pass: Pass, { waves, width }: { waves: number; width: number }): Encoder {
  const c = slotViews(pass, 'inputs.frequencies');
  const p = slotViews(pass, 'inputs.phases');
  const w = slotViews(pass, 'inputs.weights');
  const b = slotViews(pass, 'inputs.bias');
  const units = width - 1;
  const turnOf = (j: number, k: number, x: number): number => c.value[j * waves + k] * x + p.value[j * waves + k] / TWO_PI;
  return {
    forward(j, x, out, at) {
      out[at] = x;
      for (let o = 0; o < units; o++) out[at + 1 + o] = b.value[j * units + o];
      for (let k = 0; k < waves; k++) {
        const cos = cosTurn(turnOf(j, k, x));
        for (let o = 0; o < units; o++) out[at + 1 + o] += cos * w.value[(j * waves + k) * units + o];
      }
    },
    backward(j, x, dz, at) {
      for (let o = 0; o < units; o++) b.gradient[j * units + o] += dz[at + 1 + o];
      for (let k = 0; k < waves; k++) {
        const [cos, sin] = [cosTurn(turnOf(j, k, x)), sinTurn(turnOf(j, k, x))];
        let toCos = 0;
        for (let o = 0; o < units; o++) {
          w.gradient[(j * waves + k) * units + o] += cos * dz[at + 1 + o];
          toCos += w.value[(j * waves + k) * units + o] * dz[at + 1 + o];
        }
        p.gradient[j * waves + k] -= sin * toCos;
        c.gradient[j * waves + k] -= TWO_PI * x * sin * toCos;
      }
    },
  };
}

function piecewise(pass: Pass, { bins, width }: { bins: number; width: number }): Encoder {
  const edges = slotViews(pass, 'inputs.edges').value;
  const w = slotViews(pass, 'inputs.weights');
  const line = slotViews(pass, 'inputs.line');
  const b = slotViews(pass, 'inputs.bias');
  const share = (j: number, k: number, x: number): number => {
    const [low, high] = [edges[j * (bins + 1) + k], edges[j * (bins + 1) + k + 1]];
    return high > low ? Math.min(1, Math.max(0, (x - low) / (high - low))) : 0;
  };
  return {
    forward(j, x, out, at) {
      for (let o = 0; o < width; o++) out[at + o] = b.value[j * width + o] + x * line.value[j * width + o];
      for (let k = 0; k < bins; k++) {
        const part = share(j, k, x);
        for (let o = 0; o < width; o++) out[at + o] += part * w.value[(j * bins + k) * width + o];
      }
    },
    backward(j, x, dz, at) {
      for (let o = 0; o < width; o++) {
        b.gradient[j * width + o] += dz[at + o];
        line.gradient[j * width + o] += x * dz[at + o];
      }
      for (let k = 0; k < bins; k++) {
        const part = share(j, k, x);
        for (let o = 0; o < width; o++) w.gradient[(j * bins + k) * width + o] += part * dz[at + o];
      }
    },
  };
}
