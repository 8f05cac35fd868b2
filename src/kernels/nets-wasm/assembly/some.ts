// Vectors at the edge of a matrix: the first `count` floats of four, for any count (at most 0 = none, at least 4 = all). And sums of
// lines of any width.
import { four, madd } from './vector';

/** The first `count` floats, the others 0. */
// @ts-ignore: decorator
@inline
export function loadSome(at: usize, count: i32): v128 {
  return count >= 4 ? v128.load(at) : loadFew(at, count);
}

function loadFew(at: usize, count: i32): v128 {
  let v = four(0);
  if (count > 0) v = v128.load32_zero(at);
  if (count > 1) v = v128.load32_lane(at, v, 1, 4);
  if (count > 2) v = v128.load32_lane(at, v, 2, 8);
  return v;
}

// @ts-ignore: decorator
@inline
export function storeSome(v: v128, at: usize, count: i32): void {
  if (count >= 4) v128.store(at, v);
  else storeFew(v, at, count);
}

function storeFew(v: v128, at: usize, count: i32): void {
  if (count > 0) v128.store32_lane(at, v, 0);
  if (count > 1) v128.store32_lane(at, v, 1, 4);
  if (count > 2) v128.store32_lane(at, v, 2, 8);
}

/** sum[j] += v[j] of `line` bytes. */
// @ts-ignore: decorator
@inline
export function addLine(sum: usize, v: usize, line: usize): void {
  let j: usize = 0;
  for (; j + 16 <= line; j += 16) v128.store(sum + j, f32x4.add(v128.load(sum + j), v128.load(v + j)));
  for (; j < line; j += 4) store<f32>(sum + j, load<f32>(sum + j) + load<f32>(v + j));
}

/** sum[j] += times * v[j] of `line` bytes. */
// @ts-ignore: decorator
@inline
export function addTimes(sum: usize, v: usize, times: f32, line: usize): void {
  let j: usize = 0;
  for (; j + 16 <= line; j += 16) v128.store(sum + j, madd(four(times), v128.load(v + j), v128.load(sum + j)));
  for (; j < line; j += 4) store<f32>(sum + j, load<f32>(sum + j) + times * load<f32>(v + j));
}
