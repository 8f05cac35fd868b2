// The hot loops of core/learners/linear over one block of rows: the twins of curvature.ts, objective.ts and loss.ts, same bits.
// Pointers are byte offsets, 16-byte aligned. Columns of f64 lie 2048 bytes (256 rows) apart. A dot product is two sums, of even
// and of odd rows, added at its end: the lanes of a vector.
import { exp, log, log1p } from '../../numerics/assembly/numerics';

const COLUMN: usize = 2048;

/** Column `to` = ((x missing ? fill : x) - center) * scale, x the f32 at `from`; writes whole vectors. */
export function fill(from: usize, rows: i32, center: f64, scale: f64, missing: f64, to: usize): void {
  const c = f64x2.splat(center);
  const s = f64x2.splat(scale);
  const m = f64x2.splat(missing);
  for (let r = 0; r < rows; r += 2, from += 8, to += 16) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(from));
    const known = v128.bitselect(x, m, f64x2.eq(x, x));
    v128.store(to, f64x2.mul(f64x2.sub(known, c), s));
  }
}

/** out[i * count + j] = the sum over rows of h * z[i] * z[j], j >= i. */
export function gram(z: usize, count: i32, rows: i32, h: usize, weighted: usize, out: usize): void {
  const whole = <usize>(rows & ~1) << 3;
  const last = <usize>(count - 1) * COLUMN;
  for (let i = 0; i < count; i += 2) {
    const isPair = i + 1 < count;
    const first = z + <usize>i * COLUMN;
    const second = isPair ? first + COLUMN : first;
    for (let r: usize = 0; r < <usize>rows << 3; r += 16) {
      const w = v128.load(h + r);
      v128.store(weighted + r, f64x2.mul(w, v128.load(first + r)));
      v128.store(weighted + COLUMN + r, f64x2.mul(w, v128.load(second + r)));
    }
    const line = out + ((<usize>i * <usize>count) << 3);
    const below = line + (<usize>count << 3);
    for (let j = i; j < count; j += 3) {
      const a = <usize>j * COLUMN;
      const pa = z + a;
      const pb = z + min<usize>(a + COLUMN, last);
      const pc = z + min<usize>(a + 2 * COLUMN, last);
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      let s2 = f64x2.splat(0);
      let t0 = f64x2.splat(0);
      let t1 = f64x2.splat(0);
      let t2 = f64x2.splat(0);
      for (let r: usize = 0; r < whole; r += 16) {
        const p = v128.load(weighted + r);
        const q = v128.load(weighted + COLUMN + r);
        const x = v128.load(pa + r);
        const y = v128.load(pb + r);
        const w = v128.load(pc + r);
        s0 = f64x2.add(s0, f64x2.mul(p, x));
        s1 = f64x2.add(s1, f64x2.mul(p, y));
        s2 = f64x2.add(s2, f64x2.mul(p, w));
        t0 = f64x2.add(t0, f64x2.mul(q, x));
        t1 = f64x2.add(t1, f64x2.mul(q, y));
        t2 = f64x2.add(t2, f64x2.mul(q, w));
      }
      if (rows & 1) {
        const p = v128.load64_zero(weighted + whole);
        const q = v128.load64_zero(weighted + COLUMN + whole);
        s0 = f64x2.add(s0, f64x2.mul(p, v128.load64_zero(pa + whole)));
        s1 = f64x2.add(s1, f64x2.mul(p, v128.load64_zero(pb + whole)));
        s2 = f64x2.add(s2, f64x2.mul(p, v128.load64_zero(pc + whole)));
        t0 = f64x2.add(t0, f64x2.mul(q, v128.load64_zero(pa + whole)));
        t1 = f64x2.add(t1, f64x2.mul(q, v128.load64_zero(pb + whole)));
        t2 = f64x2.add(t2, f64x2.mul(q, v128.load64_zero(pc + whole)));
      }
      const at = <usize>j << 3;
      store<f64>(line + at, both(s0));
      if (j + 1 < count) store<f64>(line + at + 8, both(s1));
      if (j + 2 < count) store<f64>(line + at + 16, both(s2));
      if (isPair) {
        store<f64>(below + at, both(t0));
        if (j + 1 < count) store<f64>(below + at + 8, both(t1));
        if (j + 2 < count) store<f64>(below + at + 16, both(t2));
      }
    }
  }
}

/** out[c] = the sum over rows of v * z[c]. */
export function sums(z: usize, count: i32, rows: i32, v: usize, out: usize): void {
  const whole = <usize>(rows & ~1) << 3;
  const last = <usize>(count - 1) * COLUMN;
  for (let c = 0; c < count; c += 4) {
    const a = <usize>c * COLUMN;
    const pa = z + a;
    const pb = z + min<usize>(a + COLUMN, last);
    const pc = z + min<usize>(a + 2 * COLUMN, last);
    const pd = z + min<usize>(a + 3 * COLUMN, last);
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    let s3 = f64x2.splat(0);
    for (let r: usize = 0; r < whole; r += 16) {
      const p = v128.load(v + r);
      s0 = f64x2.add(s0, f64x2.mul(p, v128.load(pa + r)));
      s1 = f64x2.add(s1, f64x2.mul(p, v128.load(pb + r)));
      s2 = f64x2.add(s2, f64x2.mul(p, v128.load(pc + r)));
      s3 = f64x2.add(s3, f64x2.mul(p, v128.load(pd + r)));
    }
    if (rows & 1) {
      const p = v128.load64_zero(v + whole);
      s0 = f64x2.add(s0, f64x2.mul(p, v128.load64_zero(pa + whole)));
      s1 = f64x2.add(s1, f64x2.mul(p, v128.load64_zero(pb + whole)));
      s2 = f64x2.add(s2, f64x2.mul(p, v128.load64_zero(pc + whole)));
      s3 = f64x2.add(s3, f64x2.mul(p, v128.load64_zero(pd + whole)));
    }
    store<f64>(out + (<usize>c << 3), both(s0));
    if (c + 1 < count) store<f64>(out + (<usize>(c + 1) << 3), both(s1));
    if (c + 2 < count) store<f64>(out + (<usize>(c + 2) << 3), both(s2));
    if (c + 3 < count) store<f64>(out + (<usize>(c + 3) << 3), both(s3));
  }
}

/** to = start + the sum over `columns` of theta * z, four columns at a time; whole vectors. */
export function scores(z: usize, columns: i32, rows: i32, theta: usize, start: f64, to: usize): void {
  const end = <usize>((rows + 1) & ~1) << 3;
  for (let r: usize = 0; r < end; r += 16) v128.store(to + r, f64x2.splat(start));
  const last = <usize>(columns - 1) * COLUMN;
  for (let c = 0; c < columns; c += 4) {
    const a = <usize>c * COLUMN;
    const pa = z + a;
    const pb = z + min<usize>(a + COLUMN, last);
    const pc = z + min<usize>(a + 2 * COLUMN, last);
    const pd = z + min<usize>(a + 3 * COLUMN, last);
    const at = theta + (<usize>c << 3);
    const ta = v128.load64_splat(at);
    const tb = c + 1 < columns ? v128.load64_splat(at + 8) : f64x2.splat(0);
    const tc = c + 2 < columns ? v128.load64_splat(at + 16) : f64x2.splat(0);
    const td = c + 3 < columns ? v128.load64_splat(at + 24) : f64x2.splat(0);
    for (let r: usize = 0; r < end; r += 16) {
      const near = f64x2.add(f64x2.mul(ta, v128.load(pa + r)), f64x2.mul(tb, v128.load(pb + r)));
      const far = f64x2.add(f64x2.mul(tc, v128.load(pc + r)), f64x2.mul(td, v128.load(pd + r)));
      v128.store(to + r, f64x2.add(v128.load(to + r), f64x2.add(near, far)));
    }
  }
}

/** column-moments.ts's chunkMoments: values NaN up to the next multiple of 4 rows. */
export function moments(values: usize, weights: usize, rows: i32, out: usize): void {
  const end = <usize>((rows + 3) & ~3) << 2;
  let t = f64x2.splat(0);
  let u = f64x2.splat(0);
  let s = f64x2.splat(0);
  let v = f64x2.splat(0);
  let zeros = i32x4.splat(0);
  for (let r: usize = 0; r < end; r += 16) {
    const x = v128.load(values + r);
    const known = f32x4.eq(x, x);
    const w = v128.and(v128.load(weights + r), known);
    const y = v128.and(x, known);
    zeros = i32x4.sub(zeros, f32x4.eq(x, f32x4.splat(0)));
    const w0 = f64x2.promote_low_f32x4(w);
    const w1 = f64x2.promote_low_f32x4(i64x2.shuffle(w, w, 1, 1));
    t = f64x2.add(t, w0);
    u = f64x2.add(u, w1);
    s = f64x2.add(s, f64x2.mul(w0, f64x2.promote_low_f32x4(y)));
    v = f64x2.add(v, f64x2.mul(w1, f64x2.promote_low_f32x4(i64x2.shuffle(y, y, 1, 1))));
  }
  const total = both(t) + both(u);
  const mean: f64 = total > 0 ? (both(s) + both(v)) / total : 0;
  const m = f64x2.splat(mean);
  s = f64x2.splat(0);
  v = f64x2.splat(0);
  for (let r: usize = 0; r < end; r += 16) {
    const x = v128.load(values + r);
    const known = f32x4.eq(x, x);
    const w = v128.and(v128.load(weights + r), known);
    const y = v128.and(x, known);
    const a = f64x2.sub(f64x2.promote_low_f32x4(y), m);
    const b = f64x2.sub(f64x2.promote_low_f32x4(i64x2.shuffle(y, y, 1, 1)), m);
    s = f64x2.add(s, f64x2.mul(f64x2.promote_low_f32x4(w), f64x2.mul(a, a)));
    v = f64x2.add(v, f64x2.mul(f64x2.promote_low_f32x4(i64x2.shuffle(w, w, 1, 1)), f64x2.mul(b, b)));
  }
  store<f64>(out, total);
  store<f64>(out + 8, mean);
  store<f64>(out + 16, both(s) + both(v));
  store<f64>(out + 24, <f64>(i32x4.extract_lane(zeros, 0) + i32x4.extract_lane(zeros, 1) + i32x4.extract_lane(zeros, 2) + i32x4.extract_lane(zeros, 3)));
}

/** loss.ts's logistic: slopes and bends, and the summed loss. */
export function logistic(rows: i32, score: usize, truth: usize, weights: usize, slopes: usize, bends: usize): f64 {
  let value: f64 = 0;
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  for (let r: usize = 0; r < <usize>rows << 3; r += 16) {
    const m = v128.load(score + r);
    const y = v128.load(truth + r);
    const w = v128.load(weights + r);
    const isLow = f64x2.lt(m, zero);
    const e = exp(v128.bitselect(m, f64x2.neg(m), isLow));
    const p = f64x2.div(v128.bitselect(e, one, isLow), f64x2.add(one, e));
    v128.store(slopes + r, f64x2.mul(w, f64x2.sub(p, y)));
    v128.store(bends + r, f64x2.mul(f64x2.mul(w, p), f64x2.sub(one, p)));
    const top = v128.bitselect(m, zero, f64x2.gt(m, zero));
    const ym = f64x2.mul(y, m);
    value += f64x2.extract_lane(w, 0) * (f64x2.extract_lane(top, 0) + log1p(f64x2.extract_lane(e, 0)) - f64x2.extract_lane(ym, 0));
    if ((r >> 3) + 1 < <usize>rows) value += f64x2.extract_lane(w, 1) * (f64x2.extract_lane(top, 1) + log1p(f64x2.extract_lane(e, 1)) - f64x2.extract_lane(ym, 1));
  }
  return value;
}

/** loss.ts's softmax: probabilities in place of scores, slopes, and the summed loss. */
export function softmax(rows: i32, outputs: i32, score: usize, slope: usize, truth: usize, weights: usize): f64 {
  let value: f64 = 0;
  const all = <usize>outputs * COLUMN;
  for (let r: usize = 0; r < <usize>rows << 3; r += 16) {
    let top = f64x2.splat(-Infinity);
    for (let k: usize = r; k < all; k += COLUMN) {
      const s = v128.load(score + k);
      top = v128.bitselect(s, top, f64x2.gt(s, top));
    }
    const isPair = (r >> 3) + 1 < <usize>rows;
    const own0 = <usize>load<f64>(truth + r) * COLUMN + r;
    const own1 = isPair ? <usize>load<f64>(truth + r + 8) * COLUMN + r + 8 : own0;
    const score0 = load<f64>(score + own0) - f64x2.extract_lane(top, 0);
    const score1 = load<f64>(score + own1) - f64x2.extract_lane(top, 1);
    let sum = f64x2.splat(0);
    for (let k: usize = r; k < all; k += COLUMN) {
      const e = exp(f64x2.sub(v128.load(score + k), top));
      v128.store(score + k, e);
      sum = f64x2.add(sum, e);
    }
    const w = v128.load(weights + r);
    for (let k: usize = r; k < all; k += COLUMN) {
      const p = f64x2.div(v128.load(score + k), sum);
      v128.store(score + k, p);
      v128.store(slope + k, f64x2.mul(w, p));
    }
    store<f64>(slope + own0, load<f64>(slope + own0) - f64x2.extract_lane(w, 0));
    value += f64x2.extract_lane(w, 0) * (logOf(f64x2.extract_lane(sum, 0)) - score0);
    if (isPair) {
      store<f64>(slope + own1, load<f64>(slope + own1) - f64x2.extract_lane(w, 1));
      value += f64x2.extract_lane(w, 1) * (logOf(f64x2.extract_lane(sum, 1)) - score1);
    }
  }
  return value;
}

// @ts-ignore: decorator
@inline
function logOf(sum: f64): f64 {
  return sum == sum ? log(sum) : NaN;
}

/** loss.ts's poisson. */
export function poisson(rows: i32, score: usize, truth: usize, weights: usize, slopes: usize, bends: usize): f64 {
  let value: f64 = 0;
  for (let r: usize = 0; r < <usize>rows << 3; r += 16) {
    const m = v128.load(score + r);
    const y = v128.load(truth + r);
    const w = v128.load(weights + r);
    const mean = exp(m);
    v128.store(slopes + r, f64x2.mul(w, f64x2.sub(mean, y)));
    v128.store(bends + r, f64x2.mul(w, mean));
    const loss = f64x2.mul(w, f64x2.sub(mean, f64x2.mul(y, m)));
    value += f64x2.extract_lane(loss, 0);
    if ((r >> 3) + 1 < <usize>rows) value += f64x2.extract_lane(loss, 1);
  }
  return value;
}

// @ts-ignore: decorator
@inline
function both(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}
