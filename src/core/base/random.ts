// Seeded, counter-based random numbers: a pure function of (seed, stream, counter), no hidden state.
// The same triple gives the same number on every engine, thread and device, so work may be split in any way.
// Mixer: lowbias32 of Chris Wellons' hash-prospector (bias 0.17), chained over the three words; 32-bit integer
// operations only, ported by the kernels. `sequence` draws one stream in order for code that needs no more.
import { log as naturalLog } from './numerics.ts';

/** One well-mixed 32-bit word from another (a bijection). */
export function mix32(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A uniform unsigned 32-bit integer for (seed, stream, counter); each is taken modulo 2^32. */
export function randomBits(seed: number, stream: number, counter: number): number {
  return mix32(mix32(mix32((seed + 0x9e3779b9) | 0) ^ stream) ^ counter);
}

/** A uniform number in [0, 1) with 32 bits for (seed, stream, counter). */
export function randomUnit(seed: number, stream: number, counter: number): number {
  return randomBits(seed, stream, counter) / 4294967296;
}

/** A stream number for a name, so that two uses of one seed never share numbers. */
export function streamOf(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return mix32(h);
}

export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform integer in [0, n), n in [1, 2^32]. The bias is below n / 2^32. */
  below(n: number): number;
  /** Standard normal, by the polar method of Marsaglia. */
  normal(): number;
}

/** The sequence (seed, stream, 0), (seed, stream, 1), ... */
export function sequence(seed: number, stream: string | number): Random {
  const s = typeof stream === 'string' ? streamOf(stream) : stream;
  let counter = 0;
  const unit = () => randomUnit(seed, s, counter++);
  return {
    unit,
    below: (n) => Math.floor(unit() * n),
    normal() {
      for (;;) {
        const u = 2 * unit() - 1;
        const v = 2 * unit() - 1;
        const q = u * u + v * v;
        if (q > 0 && q < 1) return u * Math.sqrt((-2 * naturalLog(q)) / q);
      }
    },
  };
}

/** Fisher-Yates shuffle in place with the given sequence; returns its argument. */
export function shuffle<T extends { [i: number]: number; length: number }>(items: T, random: Random): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = items[i];
    items[i] = items[j];
    items[j] = held;
  }
  return items;
}

