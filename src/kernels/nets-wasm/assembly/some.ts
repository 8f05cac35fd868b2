// Vectors at the edge of a matrix: the first `count` floats of four, for any count (at most 0 = none, at least 4 = all).
import { four } from './vector';

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
