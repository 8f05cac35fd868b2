// Values of a feature, sampled, sorted, and parted into distinct values and their masses: the twin of the first half of core's
// find-cuts.ts (its cutsOf takes them from here). Each thread takes one staged column.
import { NUMBERS, fit, word } from './fit';

const BUCKETS: usize = 2048;

/**
 * FIT words: 0 rows, 1 values of thread 0, 2 bytes to the next thread's, 3 weight (0 = none), 4 scratch of thread 0, 5 bytes to the
 * next thread's, 6 most of the sample. Words: columns, seed's key, stream of the first column, ... The answer, at the scratch's begin: distinct values; after `most` of them the masses.
 * scratch: most x (keys, keys, weights, weights: 4 bytes each; masses: 8 bytes), then 3 x 2048 counts. Word 8 + thread: how many distinct.
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
    let start: u32 = 0;
    for (let b: usize = 0; b < BUCKETS; b++) {
      const held = load<u32>(places + (b << 2));
      store<u32>(places + (b << 2), start);
      start += held;
    }
    const shift = pass * 11;
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
  store<u32>(NUMBERS + (<usize>thread << 2), <u32>gatherMass(keys, weight ? goods : 0, n, scratch, masses));
}

/** Three passes leave the keys at scratch + most: distinct values go to its begin, masses to theirs. */
function gatherMass(keys: usize, goods: usize, n: usize, values: usize, masses: usize): usize {
  let last: usize = -1;
  let before: f32 = 0;
  for (let i: usize = 0; i < n; i++) {
    const sortable = load<u32>(keys + (i << 2));
    const value = reinterpret<f32>(sortable & 0x80000000 ? sortable & 0x7fffffff : ~sortable);
    const mass: f64 = goods ? <f64>load<f32>(goods + (i << 2)) : 1;
    if (i == 0 || value != before) {
      last++;
      store<f32>(values + (last << 2), value);
      store<f64>(masses + (last << 3), mass);
      before = value;
    } else store<f64>(masses + (last << 3), load<f64>(masses + (last << 3)) + mass);
  }
  return last + 1;
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
