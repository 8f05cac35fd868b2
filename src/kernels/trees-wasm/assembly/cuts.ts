// The cuts of a feature: its values sampled, sorted, gathered to distinct values and their masses, and parted into bins; the
// twin of core's find-cuts.ts, operation by operation. Each thread takes one staged column.
import { NUMBERS, fit, word } from './fit';

const BUCKETS: usize = 2048;
/** Where this instance (a thread's own) puts cuts, and how many there are. */
let out: usize = 0;
let made: i32 = 0;

/**
 * FIT words: 0 rows, 1 values of thread 0, 2 bytes to the next thread's, 3 weight (0 = none), 4 scratch of thread 0, 5 bytes to
 * the next thread's, 6 most of the sample. Words: columns, key of the seed, stream of the first column, most bins. Scratch: most x
 * (keys, keys, weights, weights: 4 bytes each; masses: 8 bytes), then 3 x 2048 counts, where the cuts are left. How many: a word of
 * NUMBERS for each thread.
 */
export function sortColumn(thread: i32): void {
  if (<u32>thread >= word(0)) return;
  const rows = fit(0);
  const values = fit(1) + <usize>thread * fit(2);
  const weight = fit(3);
  const most = fit(6);
  const scratch = fit(4) + <usize>thread * fit(5);
  let keys = scratch;
  let otherKeys = scratch + (most << 2);
  let goods = otherKeys + (most << 2);
  let otherGoods = goods + (most << 2);
  const masses = otherGoods + (most << 2);
  const counts = masses + (most << 3);
  const key = mix32(word(1) ^ (word(2) + thread));
  memory.fill(counts, 0, 3 * (BUCKETS << 2));
  const step = <f64>rows / <f64>most;
  let n: usize = 0;
  for (let i: usize = 0; i < most; i++) {
    const row = rows == most ? i : <usize>((<f64>i + <f64>mix32(key ^ <u32>i) / 4294967296) * step);
    const value = load<f32>(values + (row << 2));
    if (value != value) continue;
    if (weight) {
      const w = load<f32>(weight + (row << 2));
      if (!(w > 0)) continue;
      store<f32>(goods + (n << 2), w);
    }
    const bits = reinterpret<u32>(value);
    const sortable = bits & 0x80000000 ? ~bits : bits | 0x80000000;
    store<u32>(keys + (n << 2), sortable);
    count(counts, sortable & 2047);
    count(counts + (BUCKETS << 2), (sortable >>> 11) & 2047);
    count(counts + 2 * (BUCKETS << 2), sortable >>> 22);
    n++;
  }
  for (let pass: u32 = 0; pass < 3; pass++) {
    const places = counts + <usize>pass * (BUCKETS << 2);
    const shift = pass * 11;
    if (<usize>load<u32>(places + (<usize>((load<u32>(keys) >>> shift) & 2047) << 2)) == n) continue;
    let start: u32 = 0;
    for (let b: usize = 0; b < BUCKETS; b++) {
      const held = load<u32>(places + (b << 2));
      store<u32>(places + (b << 2), start);
      start += held;
    }
    for (let i: usize = 0; i < n; i++) {
      const sortable = load<u32>(keys + (i << 2));
      const at = places + (<usize>((sortable >>> shift) & 2047) << 2);
      const place: usize = load<u32>(at);
      store<u32>(at, <u32>place + 1);
      store<u32>(otherKeys + (place << 2), sortable);
      if (weight) store<f32>(otherGoods + (place << 2), load<f32>(goods + (i << 2)));
    }
    let held = keys;
    keys = otherKeys;
    otherKeys = held;
    held = goods;
    goods = otherGoods;
    otherGoods = held;
  }
  out = counts;
  made = 0;
  const distinct = gatherMass(keys, weight ? goods : 0, n, scratch, masses);
  cutsOf(scratch, masses, <i32>distinct, <i32>word(3));
  store<i32>(NUMBERS + (<usize>thread << 2), made);
}

/** Distinct values go to the begin of scratch, masses to theirs; keys may lie there too, since a value never overtakes its key. */
function gatherMass(keys: usize, goods: usize, n: usize, values: usize, masses: usize): usize {
  let last: usize = -1;
  let before: f32 = 0;
  let sum: f64 = 0;
  for (let i: usize = 0; i < n; i++) {
    const sortable = load<u32>(keys + (i << 2));
    const value = reinterpret<f32>(sortable & 0x80000000 ? sortable & 0x7fffffff : ~sortable);
    const mass: f64 = goods ? <f64>load<f32>(goods + (i << 2)) : 1;
    if (i == 0 || value != before) {
      if (i > 0) store<f64>(masses + (last << 3), sum);
      last++;
      store<f32>(values + (last << 2), value);
      sum = mass;
      before = value;
    } else sum += mass;
  }
  if (n > 0) store<f64>(masses + (last << 3), sum);
  return last + 1;
}

function cutsOf(values: usize, masses: usize, n: i32, most: i32): void {
  if (n <= most) {
    for (let i = 0; i + 1 < n; i++) pushBetween(valueAt(values, i), valueAt(values, i + 1));
    return;
  }
  let below = 0;
  while (below < n && valueAt(values, below) < 0) below++;
  const zero = i32(below < n && valueAt(values, below) == 0);
  const above = n - below - zero;
  const bins = most - zero;
  if ((below == 0 && above == n) || below == n || bins < i32(below > 0) + i32(above > 0)) {
    quantileCuts(values, masses, 0, n, most);
    return;
  }
  const left = binsBelow(masses, n, below, zero, bins);
  if (below > 0) {
    quantileCuts(values, masses, 0, below, left);
    pushBetween(valueAt(values, below - 1), valueAt(values, below));
  }
  if (zero && above > 0) pushBetween(0, valueAt(values, below + 1));
  if (above > 0) quantileCuts(values, masses, below + zero, n, bins - left);
}

function binsBelow(masses: usize, n: i32, below: i32, zero: i32, bins: i32): i32 {
  const above = n - below - zero;
  if (below == 0) return 0;
  if (above == 0) return bins;
  let under: f64 = 0;
  let over: f64 = 0;
  for (let i = 0; i < below; i++) under += massAt(masses, i);
  for (let i = below + zero; i < n; i++) over += massAt(masses, i);
  const exact = (<f64>bins * under) / (under + over);
  const whole = floor(exact);
  const share = <i32>whole + i32(exact - whole >= 0.5);
  return min(below, min(bins - 1, max(1, max(bins - above, share))));
}

function quantileCuts(values: usize, masses: usize, from: i32, to: i32, bins: i32): void {
  let rest: f64 = 0;
  for (let i = from; i < to; i++) rest += massAt(masses, i);
  const heavy: f64 = to - from <= bins ? 0 : rest / <f64>bins;
  let open = bins;
  for (let i = from; i < to; i++) {
    if (massAt(masses, i) < heavy) continue;
    rest -= massAt(masses, i);
    open--;
  }
  let share = rest / <f64>open;
  let sum: f64 = 0;
  let left = bins - 1;
  for (let i = from; i + 1 < to && left > 0; i++) {
    const mass = massAt(masses, i);
    const alone = mass >= heavy;
    if (!alone) rest -= mass;
    sum += mass;
    if (!(alone || sum >= share || (massAt(masses, i + 1) >= heavy && sum >= share / 2))) continue;
    pushBetween(valueAt(values, i), valueAt(values, i + 1));
    left--;
    sum = 0;
    if (!alone) share = rest / <f64>--open;
  }
}

/** A single-precision number m with low <= m < high; zero when it lies between. */
function pushBetween(low: f64, high: f64): void {
  const middle = <f64><f32>(low + (high - low) / 2);
  const cut = low < 0 && high > 0 ? 0 : middle >= low && middle < high ? middle : low;
  store<f32>(out + (<usize>made << 2), <f32>cut);
  made++;
}

// @ts-ignore: decorator
@inline
function valueAt(values: usize, i: i32): f64 {
  return <f64>load<f32>(values + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
function massAt(masses: usize, i: i32): f64 {
  return load<f64>(masses + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
function count(counts: usize, bucket: u32): void {
  const at = counts + (<usize>bucket << 2);
  store<u32>(at, load<u32>(at) + 1);
}

// @ts-ignore: decorator
@inline
function mix32(x: u32): u32 {
  x = (x ^ (x >>> 16)) * 0x7feb352d;
  x = (x ^ (x >>> 15)) * 0x846ca68b;
  return x ^ (x >>> 16);
}
