// Layers without sums over units: scale, shift (of one line or a line for each member), spread, and the save and add of a
// residual block. Saves are matched with adds as brackets are: `stack` holds forward what a save saw, backward what an add owes it.
import type { Pass, PassLayer, Place } from './layer.ts';
import { slotViews } from './layer.ts';

export function scaleLayer(pass: Pass, { index, members, width }: Place, member: boolean): PassLayer {
  const a = slotViews(pass, `${index}.scale`);
  const period = (member ? members : 1) * width;
  let given: Float64Array = new Float64Array(0);
  return {
    forward(z) {
      given = z;
      return z.map((v, i) => v * a.value[i % period]);
    },
    backward(dz) {
      return dz.map((d, i) => {
        a.gradient[i % period] += d * given[i];
        return d * a.value[i % period];
      });
    },
  };
}

export function shiftLayer(pass: Pass, { index, members, width }: Place, member: boolean): PassLayer {
  const b = slotViews(pass, `${index}.bias`);
  const period = (member ? members : 1) * width;
  return {
    forward: (z) => z.map((v, i) => v + b.value[i % period]),
    backward(dz) {
      for (let i = 0; i < dz.length; i++) b.gradient[i % period] += dz[i];
      return dz;
    },
  };
}

export function spreadLayer({ lines, width }: Place, members: number): PassLayer {
  return {
    forward(z) {
      const out = new Float64Array(lines * members * width);
      for (let r = 0; r < lines; r++) for (let m = 0; m < members; m++) out.set(z.subarray(r * width, (r + 1) * width), (r * members + m) * width);
      return out;
    },
    backward(dz) {
      const below = new Float64Array(lines * width);
      for (let i = 0; i < dz.length; i++) below[Math.floor(i / (members * width)) * width + (i % width)] += dz[i];
      return below;
    },
  };
}

export function saveLayer(stack: Float64Array[]): PassLayer {
  return {
    forward(z) {
      stack.push(z);
      return z;
    },
    backward: (dz) => plus(dz, stack.pop()),
  };
}

export function addLayer(stack: Float64Array[]): PassLayer {
  return {
    forward: (z) => plus(z, stack.pop()),
    backward(dz) {
      stack.push(dz);
      return dz;
    },
  };
}

function plus(a: Float64Array, b: Float64Array | undefined): Float64Array {
  if (b?.length !== a.length) throw new RangeError(`an add of ${a.length} numbers to a save of ${b?.length ?? 'none'}`);
  return a.map((v, i) => v + b[i]);
}
