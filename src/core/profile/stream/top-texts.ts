// The most frequent texts of a stream in fixed memory: counters for at most CAPACITY texts; when all are in use, the median
// count is taken off each and those at zero leave (Misra & Gries 1982; the median after Anderson et al. 2017).
// A count is never too high, and too low by at most `error`, which is at most 2 n / CAPACITY. Mergeable.
// Texts are told apart by a 64-bit hash; the first KEPT_BYTES bytes of each are kept.
export const CAPACITY = 8192;
const KEPT_BYTES = 800;
const SLOTS = CAPACITY * 4;

export interface TopTexts {
  size: number;
  error: number;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly counts: Float64Array;
  /** Text k is pool[starts[k] .. starts[k + 1]). */
  readonly starts: Uint32Array;
  pool: Uint8Array;
  /** 1 + place of the text whose hash leads here; 0 = free. */
  readonly slots: Int32Array;
}

export const makeTopTexts = (): TopTexts => ({ size: 0, error: 0, a: new Int32Array(CAPACITY), b: new Int32Array(CAPACITY), counts: new Float64Array(CAPACITY), starts: new Uint32Array(CAPACITY + 1), pool: new Uint8Array(CAPACITY * 32), slots: new Int32Array(SLOTS) });

/** Adds `count` times the text bytes [start, end) of hash (a, b). */
export function addTopText(top: TopTexts, a: number, b: number, count: number, bytes: Uint8Array, start: number, end: number): void {
  let slot = a & (SLOTS - 1);
  for (let held = top.slots[slot]; held !== 0; held = top.slots[(slot = (slot + 1) & (SLOTS - 1))]) {
    if (top.a[held - 1] !== (a | 0) || top.b[held - 1] !== (b | 0)) continue;
    top.counts[held - 1] += count;
    return;
  }
  if (top.size === CAPACITY) {
    shrink(top);
    addTopText(top, a, b, count, bytes, start, end);
    return;
  }
  const k = top.size++;
  top.a[k] = a;
  top.b[k] = b;
  top.counts[k] = count;
  const from = top.starts[k];
  const length = Math.min(end - start, KEPT_BYTES);
  if (from + length > top.pool.length) {
    const larger = new Uint8Array(top.pool.length * 2 + length);
    larger.set(top.pool);
    top.pool = larger;
  }
  for (let i = 0; i < length; i++) top.pool[from + i] = bytes[start + i];
  top.starts[k + 1] = from + length;
  top.slots[slot] = k + 1;
}

export function mergeTopTexts(into: TopTexts, other: TopTexts): void {
  for (let k = 0; k < other.size; k++) addTopText(into, other.a[k], other.b[k], other.counts[k], other.pool, other.starts[k], other.starts[k + 1]);
  into.error += other.error;
}

/** At most `most` texts, most frequent first, whose counts are known to a fifth; none that occurs once. */
export function topTexts({ size, counts, starts, pool, error }: TopTexts, most: number): { level: string; count: number }[] {
  const sure = Array.from({ length: size }, (_, k) => k).filter((k) => counts[k] > 1 && counts[k] >= 5 * error);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return sure.sort((x, y) => counts[y] - counts[x] || x - y).slice(0, most).map((k) => ({ level: decoder.decode(pool.subarray(starts[k], starts[k + 1])).slice(0, 200), count: counts[k] }));
}

function shrink(top: TopTexts): void {
  const median = top.counts.slice(0, top.size).sort()[top.size >> 1];
  top.error += median;
  top.slots.fill(0);
  let kept = 0;
  let at = 0;
  for (let k = 0; k < top.size; k++) {
    if (top.counts[k] <= median) continue;
    const [from, to] = [top.starts[k], top.starts[k + 1]];
    top.a[kept] = top.a[k];
    top.b[kept] = top.b[k];
    top.counts[kept] = top.counts[k] - median;
    top.pool.copyWithin(at, from, to);
    top.starts[kept] = at;
    at += to - from;
    top.starts[kept + 1] = at;
    let slot = top.a[kept] & (SLOTS - 1);
    while (top.slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    top.slots[slot] = ++kept;
  }
  top.size = kept;
}
