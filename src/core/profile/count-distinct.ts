// How many different 64-bit keys: exact up to 100,000 by an open-addressing set, beyond that estimated by HyperLogLog
// (Flajolet et al., 2007; 2^14 registers over a 46-bit hash, standard error 0.8 %). One pass, fixed memory.
import { log } from '../base/numerics.ts';
import { mix32 } from '../base/random.ts';

export const EXACT_LIMIT = 100_000;
const REGISTERS = 1 << 14;

export interface DistinctCounter {
  /** Adds the key of two 32-bit words; its slot, fixed from then on, or -1 once counting is an estimate. */
  add(low: number, high: number): number;
  count(): number;
  isExact(): boolean;
}

/** For at most `keys` calls of add. */
export function makeDistinctCounter(keys: number): DistinctCounter {
  const bits = Math.max(4, 33 - Math.clz32(Math.min(keys, EXACT_LIMIT + 1)));
  const slots = 1 << bits;
  const lows = new Uint32Array(slots);
  const highs = new Uint32Array(slots);
  const used = new Uint8Array(slots);
  const mayEstimate = keys > EXACT_LIMIT;
  const registers = new Uint8Array(mayEstimate ? REGISTERS : 0);
  let size = 0;
  return {
    add(low, high) {
      const h1 = hashKey(low, high);
      if (mayEstimate) markRegister(registers, h1, low, high);
      if (size > EXACT_LIMIT) return -1;
      let slot = h1 >>> (32 - bits);
      while (used[slot]) {
        if (lows[slot] === low >>> 0 && highs[slot] === high >>> 0) return slot;
        slot = (slot + 1) & (slots - 1);
      }
      used[slot] = 1;
      lows[slot] = low;
      highs[slot] = high;
      size++;
      return size > EXACT_LIMIT ? -1 : slot;
    },
    count: () => (size <= EXACT_LIMIT ? size : estimateDistinct(registers)),
    isExact: () => size <= EXACT_LIMIT,
  };
}

/** Registers for markRegister; two of them merge by the larger of each pair. */
export const makeRegisters = (): Uint8Array => new Uint8Array(REGISTERS);

export const hashKey = (low: number, high: number): number => mix32(low ^ mix32(high ^ 0x5bd1e995));

/** Notes a key whose hashKey is `h1`. */
export function markRegister(registers: Uint8Array, h1: number, low: number, high: number): void {
  const register = h1 & (REGISTERS - 1);
  const rank = Math.clz32(mix32(h1 ^ Math.imul(high, 0x9e3779b1) ^ low)) + 1;
  if (rank > registers[register]) registers[register] = rank;
}

/** How many different keys were noted, with a standard error of 0.8 %. */
export function estimateDistinct(registers: Uint8Array): number {
  let sum = 0;
  let empty = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) empty++;
  }
  const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum;
  return Math.round(raw < 2.5 * REGISTERS && empty ? REGISTERS * log(REGISTERS / empty) : raw);
}

/** Distinct values of an array of doubles (0 and -0 are one; NaN is not expected). */
export function countDistinct(values: Float64Array): { distinct: number; isExact: boolean } {
  const counter = makeDistinctCounter(values.length);
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) counter.add(0, 0);
    else counter.add(words[2 * i], words[2 * i + 1]);
  }
  return { distinct: Math.min(counter.count(), values.length), isExact: counter.isExact() };
}
