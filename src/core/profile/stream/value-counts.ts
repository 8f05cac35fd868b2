// How often each value of a number column occurs, while there are few: whole numbers of a narrow range in an array, others
// in an open-addressing table of at most EXACT_LIMIT values. From the counts everything in a profile follows exactly.
import { mix32 } from '../../base/random.ts';
import { EXACT_LIMIT } from '../count-distinct.ts';

export interface ValueCounts {
  /** Adds values from `from` on; returns how many were taken, fewer than given when the table is full. */
  add(values: Float64Array, from: number, n: number): number;
  /** Every value with its count, ascending. */
  sorted(): { values: Float64Array; counts: Float64Array };
}

/** For multiples of `step` in [min, min + step * (size - 1)]. */
export function denseCounts(min: number, step: number, size: number): ValueCounts {
  const counts = new Float64Array(size);
  return {
    add(values, from, n) {
      if (step === 1) for (let i = from; i < n; i++) counts[values[i] - min]++;
      else for (let i = from; i < n; i++) counts[(values[i] - min) / step]++;
      return n - from;
    },
    sorted() {
      const used: number[] = [];
      for (let k = 0; k < size; k++) if (counts[k]) used.push(k);
      return { values: Float64Array.from(used, (k) => min + k * step), counts: Float64Array.from(used, (k) => counts[k]) };
    },
  };
}

/** For any values; 0 and -0 are one. */
export function tableCounts(): ValueCounts {
  let bits = 6;
  let keys = new Float64Array(1 << bits);
  let counts = new Float64Array(1 << bits);
  let size = 0;
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  const slotOf = (value: number): number => {
    double[0] = value;
    let slot = mix32(words[0] ^ mix32(words[1])) >>> (32 - bits);
    while (counts[slot] !== 0 && keys[slot] !== value) slot = (slot + 1) & (counts.length - 1);
    return slot;
  };
  const widen = (): void => {
    const [oldKeys, oldCounts] = [keys, counts];
    bits += 2;
    keys = new Float64Array(1 << bits);
    counts = new Float64Array(1 << bits);
    for (let i = 0; i < oldCounts.length; i++) {
      if (!oldCounts[i]) continue;
      const slot = slotOf(oldKeys[i]);
      keys[slot] = oldKeys[i];
      counts[slot] = oldCounts[i];
    }
  };
  return {
    add(values, from, n) {
      for (let i = from; i < n; i++) {
        const value = values[i] + 0;
        const slot = slotOf(value);
        if (counts[slot] === 0) {
          if (size === EXACT_LIMIT) return i - from;
          keys[slot] = value;
          size++;
        }
        counts[slot]++;
        if (size * 2 > counts.length) widen();
      }
      return n - from;
    },
    sorted() {
      const values = new Float64Array(size);
      for (let i = 0, at = 0; i < counts.length; i++) if (counts[i]) values[at++] = keys[i];
      values.sort();
      return { values, counts: values.map((value) => counts[slotOf(value)]) };
    },
  };
}
