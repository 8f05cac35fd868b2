// Gradients and hessians of all outputs for a thread's rows: the twin of reference `gradients`, with base/numerics' exp ported
// operation by operation. Two rows at a time; pairs of equal value in both lanes where only one is left.
import { BLOCK, GRADIENTS, OUTPUTS, RANGES, ROWS, SCORES, SCRATCH, SCRATCH_BYTES, TARGET, THREADS, WEIGHT, fit, word } from './fit';

/** Rows of softmax in one go. */
const MOST_AT_ONCE: usize = 128;
/** What exp needs, and 1: a load each, where V8 would build a constant anew in three instructions at every use. */
const constants = memory.data<f64>([1, 0.5, 2, -0.34657359027997264, 1.44269504088896338700, 6.93147180369123816490e-1, 1.90821492927058770002e-10, 4.13813679705723846039e-8, -1.65339022054652515390e-6, 6.61375632143793436117e-5, -2.77777777770155933842e-3, 1.66666666666666019037e-1, -700, 4503599627371519, 0], 16);

/** Words: objective (0 squared, 1 binary, 2 softmax). The ranges of each thread lie thread after thread at RANGES, after the common ones. */
export function gradients(thread: i32): void {
  const threads = load<i32>(THREADS);
  const rows = <i32>fit(ROWS);
  const outputs = fit(OUTPUTS);
  const objective = word(0);
  const ranges = fit(RANGES) + ((<usize>thread + 1) * outputs << 3);
  memory.fill(ranges, 0, outputs << 3);
  for (let row = thread * BLOCK; row < rows; row += threads * BLOCK) {
    const n = min(BLOCK, rows - row);
    if (objective == 2) softmax(row, n, ranges, thread);
    else if (objective == 1) binary(row, n, ranges);
    else squared(row, n, ranges);
  }
}

/** The greatest of the threads' ranges. */
export function joinRanges(): void {
  const threads = load<i32>(THREADS);
  const outputs = fit(OUTPUTS);
  const ranges = fit(RANGES);
  for (let k: usize = 0; k < outputs << 1; k++) {
    let top: f32 = 0;
    for (let t: usize = 1; t <= <usize>threads; t++) top = max(top, load<f32>(ranges + ((t * (outputs << 1) + k) << 2)));
    store<f32>(ranges + (k << 2), top);
  }
}

function squared(row: usize, n: usize, ranges: usize): void {
  const scores = fit(SCORES) + (row << 3);
  const target = fit(TARGET) + (row << 3);
  const weight = fit(WEIGHT) ? fit(WEIGHT) + (row << 2) : 0;
  const to = fit(GRADIENTS) + (row << 3);
  let top = v128.load64_zero(ranges);
  let i: usize = 0;
  for (; i + 2 <= n; i += 2) {
    const w = weight ? f64x2.promote_low_f32x4(v128.load64_zero(weight + (i << 2))) : f64x2.splat(1);
    const pairs = pairUp(f64x2.mul(f64x2.sub(v128.load(scores + (i << 3)), v128.load(target + (i << 3))), w), w);
    v128.store(to + (i << 3), pairs);
    top = f32x4.max(top, f32x4.abs(pairs));
  }
  if (i < n) {
    const w: f64 = weight ? <f64>load<f32>(weight + (i << 2)) : 1;
    const pairs = pairUp(f64x2.splat((load<f64>(scores + (i << 3)) - load<f64>(target + (i << 3))) * w), f64x2.splat(w));
    v128.store64_lane(to + (i << 3), pairs, 0);
    top = f32x4.max(top, f32x4.abs(pairs));
  }
  keepTop(ranges, top);
}

function binary(row: usize, n: usize, ranges: usize): void {
  const scores = fit(SCORES) + (row << 3);
  const target = fit(TARGET) + (row << 3);
  const to = fit(GRADIENTS) + (row << 3);
  const one = v128.load_splat<f64>(constants, 0);
  const pairs = n & ~1;
  let top = v128.load64_zero(ranges);
  if (fit(WEIGHT)) {
    const weight = fit(WEIGHT) + (row << 2);
    for (let i: usize = 0; i < pairs; i += 2) {
      const p = sigmoid2(v128.load(scores + (i << 3)));
      const w = f64x2.promote_low_f32x4(v128.load64_zero(weight + (i << 2)));
      const both = pairUp(f64x2.mul(f64x2.sub(p, v128.load(target + (i << 3))), w), f64x2.mul(f64x2.mul(p, f64x2.sub(one, p)), w));
      v128.store(to + (i << 3), both);
      top = f32x4.max(top, f32x4.abs(both));
    }
  } else {
    for (let i: usize = 0; i < pairs; i += 2) {
      const p = sigmoid2(v128.load(scores + (i << 3)));
      const both = pairUp(f64x2.sub(p, v128.load(target + (i << 3))), f64x2.mul(p, f64x2.sub(one, p)));
      v128.store(to + (i << 3), both);
      top = f32x4.max(top, f32x4.abs(both));
    }
  }
  if (pairs < n) {
    const p = sigmoid2(f64x2.splat(load<f64>(scores + (pairs << 3))));
    const w = f64x2.splat(fit(WEIGHT) ? <f64>load<f32>(fit(WEIGHT) + ((row + pairs) << 2)) : 1);
    const both = pairUp(f64x2.mul(f64x2.sub(p, f64x2.splat(load<f64>(target + (pairs << 3)))), w), f64x2.mul(f64x2.mul(p, f64x2.sub(one, p)), w));
    v128.store64_lane(to + (pairs << 3), both, 0);
    top = f32x4.max(top, f32x4.abs(both));
  }
  keepTop(ranges, top);
}

/** Sigmoid as in base/numerics: 1 / (1 + e) for x >= 0, else e / (1 + e), e = exp(-|x|). */
// @ts-ignore: decorator
@inline
function sigmoid2(x: v128): v128 {
  const one = v128.load_splat<f64>(constants, 0);
  const e = exp2(f64x2.neg(f64x2.abs(x)));
  return f64x2.div(v128.bitselect(one, e, f64x2.ge(x, v128.load_splat<f64>(constants, 112))), f64x2.add(one, e));
}

/** Rows at a time whose exponentials of all outputs lie in a thread's scratch: few for many outputs. */
function softmax(row: usize, n: usize, ranges: usize, thread: i32): void {
  const outputs = fit(OUTPUTS);
  const room = (fit(SCRATCH_BYTES) - 16 * MOST_AT_ONCE) / (outputs << 3);
  const step = max<usize>(2, min<usize>(MOST_AT_ONCE, room & ~1));
  for (let from: usize = 0; from < n; from += step) softmaxSome(row + from, min(step, n - from), ranges, fit(SCRATCH) + <usize>thread * fit(SCRATCH_BYTES));
}

/**
 * Two rows at a time; beside an odd last one stands whatever follows it in memory, and is dropped. `scratch`: the sums and the
 * greatest scores of the rows, then the exponentials.
 */
function softmaxSome(row: usize, n: usize, ranges: usize, scratch: usize): void {
  const outputs = fit(OUTPUTS);
  const rows = fit(ROWS);
  const wide = (n + 1) & ~1;
  const sums = scratch;
  const tops = scratch + 8 * MOST_AT_ONCE;
  const values = scratch + 16 * MOST_AT_ONCE;
  for (let i: usize = 0; i < wide; i += 2) {
    v128.store(tops + (i << 3), f64x2.splat(-Infinity));
    v128.store(sums + (i << 3), f64x2.splat(0));
  }
  for (let k: usize = 0; k < outputs; k++) {
    const scores = fit(SCORES) + ((k * rows + row) << 3);
    for (let i: usize = 0; i < wide; i += 2) v128.store(tops + (i << 3), f64x2.pmax(v128.load(tops + (i << 3)), v128.load(scores + (i << 3))));
  }
  for (let k: usize = 0; k < outputs; k++) {
    const scores = fit(SCORES) + ((k * rows + row) << 3);
    const own = values + ((k * wide) << 3);
    for (let i: usize = 0; i < wide; i += 2) {
      const e = exp2(f64x2.sub(v128.load(scores + (i << 3)), v128.load(tops + (i << 3))));
      v128.store(own + (i << 3), e);
      v128.store(sums + (i << 3), f64x2.add(v128.load(sums + (i << 3)), e));
    }
  }
  const target = fit(TARGET) + (row << 3);
  const weight = fit(WEIGHT) ? fit(WEIGHT) + (row << 2) : 0;
  const factor = f64x2.splat(<f64>outputs / (<f64>outputs - 1));
  const pairs = n & ~1;
  for (let k: usize = 0; k < outputs; k++) {
    const own = values + ((k * wide) << 3);
    const to = fit(GRADIENTS) + ((k * rows + row) << 3);
    const truth = f64x2.splat(<f64>k);
    let top = v128.load64_zero(ranges + (k << 3));
    let i: usize = 0;
    if (weight) {
      for (; i < pairs; i += 2) {
        const both = softmaxPair(own + (i << 3), sums + (i << 3), target + (i << 3), truth, factor, weight + (i << 2));
        v128.store(to + (i << 3), both);
        top = f32x4.max(top, f32x4.abs(both));
      }
    } else {
      for (; i < pairs; i += 2) {
        const both = softmaxPair(own + (i << 3), sums + (i << 3), target + (i << 3), truth, factor, 0);
        v128.store(to + (i << 3), both);
        top = f32x4.max(top, f32x4.abs(both));
      }
    }
    if (i < n) {
      const both = softmaxPair(own + (i << 3), sums + (i << 3), target + (i << 3), truth, factor, weight ? weight + (i << 2) : 0);
      v128.store64_lane(to + (i << 3), both, 0);
      top = f32x4.max(top, f32x4.abs(v128.shuffle<i64>(both, both, 0, 0)));
    }
    keepTop(ranges + (k << 3), top);
  }
}

/** Gradients and hessians of two rows, from their exponentials and the sums of these; `weight` 0 = none. */
// @ts-ignore: decorator
@inline
function softmaxPair(exponentials: usize, sums: usize, target: usize, truth: v128, factor: v128, weight: usize): v128 {
  const one = v128.load_splat<f64>(constants, 0);
  const p = f64x2.div(v128.load(exponentials), v128.load(sums));
  const g = f64x2.sub(p, v128.and(one, f64x2.eq(v128.load(target), truth)));
  const h = f64x2.mul(f64x2.mul(p, f64x2.sub(one, p)), factor);
  if (!weight) return pairUp(g, h);
  const w = f64x2.promote_low_f32x4(v128.load64_zero(weight));
  return pairUp(f64x2.mul(g, w), f64x2.mul(h, w));
}

/** Two gradients and two hessians to (gradient, hessian, gradient, hessian) in single. */
// @ts-ignore: decorator
@inline
function pairUp(g: v128, h: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(g), f32x4.demote_f64x2_zero(h), 0, 4, 1, 5);
}

// @ts-ignore: decorator
@inline
function keepTop(ranges: usize, top: v128): void {
  v128.store64_lane(ranges, f32x4.max(v128.load64_zero(ranges), f32x4.max(top, v128.shuffle<i64>(top, top, 1, 0))), 0);
}

/** exp of two lanes at most 0; base/numerics exp with its k = 0 branch folded in, which gives the same bits. */
// @ts-ignore: decorator
@inline
function exp2(x: v128): v128 {
  const k = v128.and(f64x2.trunc(f64x2.sub(f64x2.mul(v128.load_splat<f64>(constants, 32), x), v128.load_splat<f64>(constants, 8))), f64x2.lt(x, v128.load_splat<f64>(constants, 24)));
  const hi = f64x2.sub(x, f64x2.mul(k, v128.load_splat<f64>(constants, 40)));
  const lo = f64x2.mul(k, v128.load_splat<f64>(constants, 48));
  const r = f64x2.sub(hi, lo);
  const t = f64x2.mul(r, r);
  let q = f64x2.add(v128.load_splat<f64>(constants, 64), f64x2.mul(t, v128.load_splat<f64>(constants, 56)));
  q = f64x2.add(v128.load_splat<f64>(constants, 72), f64x2.mul(t, q));
  q = f64x2.add(v128.load_splat<f64>(constants, 80), f64x2.mul(t, q));
  q = f64x2.add(v128.load_splat<f64>(constants, 88), f64x2.mul(t, q));
  const c = f64x2.sub(r, f64x2.mul(t, q));
  const y = f64x2.sub(v128.load_splat<f64>(constants, 0), f64x2.sub(f64x2.sub(lo, f64x2.div(f64x2.mul(r, c), f64x2.sub(v128.load_splat<f64>(constants, 16), c))), hi));
  if (i32x4.bitmask(f64x2.lt(x, v128.load_splat<f64>(constants, 96))) == 0) return f64x2.mul(y, power(k));
  const first = f64x2.max(k, f64x2.splat(-1022));
  const scaled = f64x2.mul(f64x2.mul(y, power(first)), power(f64x2.sub(k, first)));
  return v128.andnot(scaled, f64x2.lt(x, f64x2.splat(-745.13321910194110842)));
}

/** 2^k in each lane, for whole k in [-1022, 1023]: k + 1023 lands in the low mantissa of 2^52 + 1023 + k, then moves up. */
// @ts-ignore: decorator
@inline
function power(k: v128): v128 {
  return i64x2.shl(f64x2.add(k, v128.load_splat<f64>(constants, 104)), 52);
}
