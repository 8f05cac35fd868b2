// The rows that grow the next tree, with their gradients as small integers by stochastic rounding: the twin of reference
// `select`. QUANTA: gradient << 16 | hessian of each row. Leaf 0 of a thread is its WHOLE, which never changes, or its chosen rows.
import { BLOCK, GRADIENTS, LIST, OWN_ROWS, QUANTA, ROWS, SPARE, THREADS, WHOLE, fit, leafAt, listOf, number, resultAt, word } from './fit';

/** Where a thread leaves the sums of its quanta: gradient, hessian. */
export const TOTAL: usize = 240;
/**
 * The high word of 2^36, whose low word beside it counts in units of 2^-16; 2^36; least hessians of pairs that are positive, and
 * of all; 2^52 + 2^51. A load each: V8 builds a vector constant anew at every use.
 */
const constants = memory.data<u64>([0x42300000, 0x4230000000000000, 0x0000000100000000, 0x0000000100000000, 0x0000000080000000, 0x0000000080000000, 0x4338000000000000], 16);
/** Whether this thread's rows lie in its WHOLE: an instance serves one session. */
let isListed: bool = false;

/** Words: output, key, chosen rows (at SPARE, ascending), whether there are any chosen. Numbers: the scales of gradients and hessians. */
export function select(thread: i32): void {
  const threads = load<i32>(THREADS);
  const rows = <i32>fit(ROWS);
  const list = listOf(thread);
  const gradients = fit(GRADIENTS) + (((<usize>word(0)) * fit(ROWS)) << 3);
  const key = word(1);
  const scale = f64x2.replace_lane(f64x2.splat(number(0)), 1, number(1));
  const result = resultAt(thread) + TOTAL;
  store<u64>(result, 0);
  const quanta = fit(QUANTA);
  const leaf = leafAt(0, thread);
  if (!word(3)) {
    if (!isListed) listWhole(thread, threads, rows);
    let count: u32 = 0;
    for (let row = thread * BLOCK; row < rows; row += threads * BLOCK) {
      const n = min(BLOCK, rows - row);
      takeAll(gradients, quanta, row, row + n, scale, key, result);
      count += n;
    }
    store<u32>(leaf, <u32>((fit(WHOLE) - fit(LIST)) >> 2));
    store<u32>(leaf, count, 4);
    return;
  }
  let to = list;
  const chosen = fit(SPARE);
  const count = <i32>word(2);
  let i = 0;
  while (i < count) {
    const block = load<i32>(chosen + (<usize>i << 2)) / BLOCK;
    const end = firstFrom(chosen, i, count, (block + 1) * BLOCK);
    if (block % threads == thread) {
      for (; i < end; i++, to += 4) {
        const row = load<i32>(chosen + (<usize>i << 2));
        store<i32>(to, row);
        put(gradients, quanta, row, number(0), number(1), key, result);
      }
    } else i = end;
  }
  store<u32>(leaf, 0);
  store<u32>(leaf, <u32>((to - list) >> 2), 4);
}

function listWhole(thread: i32, threads: i32, rows: i32): void {
  let to = fit(WHOLE) + ((<usize>thread * fit(OWN_ROWS)) << 2);
  for (let row = thread * BLOCK; row < rows; row += threads * BLOCK) {
    const end = min(rows, row + BLOCK);
    for (let i = row; i < end; i++, to += 4) store<i32>(to, i);
  }
  isListed = true;
}

/** The first place from `low` on whose row is at least `row`. */
function firstFrom(chosen: usize, low: i32, count: i32, row: i32): i32 {
  let high = min(count, low + BLOCK);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<i32>(chosen + (<usize>middle << 2)) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

function takeAll(gradients: usize, quanta: usize, row: i32, end: i32, scale: v128, key: u32, result: usize): void {
  const keys = i32x4.splat(key);
  const halves = i32x4.splat(0xffff);
  let sums = v128.load64_zero(result);
  for (; row + 4 <= end; row += 4) {
    const numbers = i32x4.add(i32x4.splat(row), i32x4(0, 1, 2, 3));
    const bits = mix4(v128.xor(keys, numbers));
    const high = i32x4.shr_u(bits, 16);
    const low = v128.and(bits, halves);
    const at = gradients + ((<usize>row) << 3);
    const first = roundPairs(v128.load(at), v128.shuffle<i32>(high, low, 0, 4, 1, 5), scale);
    const last = roundPairs(v128.load(at, 16), v128.shuffle<i32>(high, low, 2, 6, 3, 7), scale);
    sums = i32x4.add(sums, i32x4.add(first, last));
    v128.store(quanta + (<usize>row << 2), v128.shuffle<i32>(pack(first), pack(last), 0, 2, 4, 6));
  }
  v128.store64_lane(result, i32x4.add(sums, v128.shuffle<i64>(sums, sums, 1, 0)), 0);
  for (; row < end; row++) put(gradients, quanta, row, number(0), number(1), key, result);
}

function put(gradients: usize, quanta: usize, row: i32, gradientScale: f64, hessianScale: f64, key: u32, result: usize): void {
  const at = gradients + ((<usize>row) << 3);
  const bits = mix32(key ^ <u32>row);
  const gradient = <i32>floor(<f64>load<f32>(at) * gradientScale + <f64>(bits >>> 16) / 65536);
  const exact = <f64>load<f32>(at, 4);
  const hessian = exact > 0 ? max(1, <i32>floor(exact * hessianScale + <f64>(bits & 0xffff) / 65536)) : 0;
  store<i32>(quanta + (<usize>row << 2), (gradient << 16) | hessian);
  store<i32>(result, load<i32>(result) + gradient);
  store<i32>(result, load<i32>(result, 4) + hessian, 4);
}

/** Two (gradient, hessian) pairs as integers; chances holds the four 16-bit numbers. */
// @ts-ignore: decorator
@inline
function roundPairs(pairs: v128, chances: v128, scale: v128): v128 {
  const high = v128.load_splat<u32>(constants);
  const bias = v128.load_splat<f64>(constants, 8);
  const one = f64x2.sub(v128.shuffle<i32>(chances, high, 0, 4, 1, 5), bias);
  const two = f64x2.sub(v128.shuffle<i32>(chances, high, 2, 6, 3, 7), bias);
  const first = roundTwo(pairs, one, scale);
  const second = roundTwo(v128.shuffle<i64>(pairs, pairs, 1, 1), two, scale);
  const whole = v128.shuffle<i32>(first, second, 0, 2, 4, 6);
  const least = v128.and(f32x4.gt(pairs, f32x4.splat(0)), v128.load(constants, 16));
  return i32x4.max_s(whole, v128.or(least, v128.load(constants, 32)));
}

/** gradient << 16 | hessian in lanes 0 and 2. */
// @ts-ignore: decorator
@inline
function pack(whole: v128): v128 {
  return v128.or(i32x4.shl(whole, 16), i64x2.shr_u(whole, 32));
}

/** Whole numbers in the low words of two doubles: 2^52 + 2^51 added to a small one leaves it there. */
// @ts-ignore: decorator
@inline
function roundTwo(pair: v128, chance: v128, scale: v128): v128 {
  const exact = f64x2.mul(f64x2.promote_low_f32x4(pair), scale);
  return f64x2.add(f64x2.floor(f64x2.add(exact, chance)), v128.load_splat<f64>(constants, 48));
}

/** base/random mix32. */
// @ts-ignore: decorator
@inline
function mix32(x: u32): u32 {
  x = (x ^ (x >>> 16)) * 0x7feb352d;
  x = (x ^ (x >>> 15)) * 0x846ca68b;
  return x ^ (x >>> 16);
}

// @ts-ignore: decorator
@inline
function mix4(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
