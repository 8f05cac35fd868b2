// Rows that equal an earlier row, over a stream of any length: exact while at most CAPACITY rows differ; beyond that only the
// rows are followed whose 64-bit hash begins with `level` zero bits (distinct sampling, Gibbons 2001). Copies of a row have
// one hash, so they are followed all or not at all, and the number of repeats times 2^level is an unbiased estimate.
const CAPACITY = 1 << 20;

export interface RowSketch {
  /** Adds the hashes of a block of rows. */
  add(high: Uint32Array, low: Uint32Array, rows: number): void;
  /** Repeats among the `rows` followed, and what they stand for among all. */
  finish(): { duplicates: number; rows: number; estimate: number; isExact: boolean };
}

export function makeRowSketch(capacity = CAPACITY): RowSketch {
  let bits = 10;
  let lows = new Uint32Array(1 << bits);
  let highs = new Uint32Array(1 << bits);
  let counts = new Uint32Array(1 << bits);
  let size = 0;
  let level = 0;
  let followed = 0;
  const slotOf = (high: number, low: number): number => {
    const mask = counts.length - 1;
    let slot = low & mask;
    while (counts[slot] !== 0 && (lows[slot] !== low || highs[slot] !== high)) slot = (slot + 1) & mask;
    return slot;
  };
  const isFollowed = (high: number): boolean => level === 0 || high >>> (32 - level) === 0;
  const rebuild = (): void => {
    const old = { lows, highs, counts };
    lows = new Uint32Array(1 << bits);
    highs = new Uint32Array(1 << bits);
    counts = new Uint32Array(1 << bits);
    size = 0;
    followed = 0;
    for (let i = 0; i < old.counts.length; i++) {
      if (old.counts[i] === 0 || !isFollowed(old.highs[i])) continue;
      const slot = slotOf(old.highs[i], old.lows[i]);
      lows[slot] = old.lows[i];
      highs[slot] = old.highs[i];
      counts[slot] = old.counts[i];
      followed += counts[slot];
      size++;
    }
  };
  return {
    add(high, low, rows) {
      for (let i = 0; i < rows; i++) {
        if (!isFollowed(high[i])) continue;
        const slot = slotOf(high[i], low[i]);
        if (counts[slot]++ === 0) {
          lows[slot] = low[i];
          highs[slot] = high[i];
          size++;
        }
        followed++;
        if (size > capacity) {
          while (size > capacity && level < 31) {
            level++;
            rebuild();
          }
        } else if (size * 2 > counts.length) {
          bits++;
          rebuild();
        }
      }
    },
    finish: () => ({ duplicates: followed - size, rows: followed, estimate: (followed - size) * 2 ** level, isExact: level === 0 }),
  };
}
