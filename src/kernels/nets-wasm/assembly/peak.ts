// The machine's limit: multiply-adds of four lanes on thirteen sums that never leave their registers. Where a multiply-add is two
// instructions, a product may come some percent above it: here each multiplication waits for the addition before.
import { four, madd, sumLanes } from './vector';

/** Multiply-adds of single floats that one iteration makes. */
export const PEAK_MADDS: i32 = 52;

/** Gives a number, so that nothing is left out as useless. */
export function peak(iterations: i32): f32 {
  const x = four(0.999);
  const y = four(0.001);
  let s0 = four(0);
  let s1 = four(1);
  let s2 = four(2);
  let s3 = four(3);
  let s4 = four(4);
  let s5 = four(5);
  let s6 = four(6);
  let s7 = four(7);
  let s8 = four(8);
  let s9 = four(9);
  let s10 = four(10);
  let s11 = four(11);
  let s12 = four(12);
  for (let i = 0; i < iterations; i++) {
    s0 = madd(s0, x, y);
    s1 = madd(s1, x, y);
    s2 = madd(s2, x, y);
    s3 = madd(s3, x, y);
    s4 = madd(s4, x, y);
    s5 = madd(s5, x, y);
    s6 = madd(s6, x, y);
    s7 = madd(s7, x, y);
    s8 = madd(s8, x, y);
    s9 = madd(s9, x, y);
    s10 = madd(s10, x, y);
    s11 = madd(s11, x, y);
    s12 = madd(s12, x, y);
  }
  const a = f32x4.add(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7)));
  const b = f32x4.add(f32x4.add(s8, s9), f32x4.add(s10, f32x4.add(s11, s12)));
  return sumLanes(f32x4.add(a, b));
}
