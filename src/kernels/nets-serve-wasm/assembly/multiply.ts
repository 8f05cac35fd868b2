// Lines times weights: z = bias + x0 w0 + x1 w1 + ..., one after another in the order of inputs. Weights lie in panels of 8 units:
// 8 biases, then 8 weights for each input; two lines and one panel stay in registers.

/** `count` lines of `n` inputs, `xStride` bytes apart, through `panels` panels of weights, to lines `outStride` bytes apart. */
export function multiplyLines(x: usize, xStride: usize, count: i32, n: i32, weights: usize, panels: i32, out: usize, outStride: usize): void {
  const size = ((<usize>n) + 1) << 6;
  for (let p = 0; p < panels; p++, weights += size, out += 64) {
    let line = 0;
    let from = x;
    let to = out;
    for (; line + 2 <= count; line += 2) {
      two(from, from + xStride, n, weights, to, to + outStride);
      from += xStride << 1;
      to += outStride << 1;
    }
    if (line < count) one(from, n, weights, to);
  }
}

// @ts-ignore: decorator
@inline
function two(x: usize, y: usize, n: i32, w: usize, outX: usize, outY: usize): void {
  let a0 = v128.load(w);
  let a1 = v128.load(w, 16);
  let a2 = v128.load(w, 32);
  let a3 = v128.load(w, 48);
  let b0 = a0;
  let b1 = a1;
  let b2 = a2;
  let b3 = a3;
  const end = x + ((<usize>n) << 3);
  const even = x + ((<usize>(n & ~1)) << 3);
  w += 64;
  for (; x < even; x += 16, y += 16, w += 128) {
    let s = v128.load64_splat(x);
    let t = v128.load64_splat(y);
    let v = v128.load(w);
    a0 = f64x2.add(a0, f64x2.mul(s, v));
    b0 = f64x2.add(b0, f64x2.mul(t, v));
    v = v128.load(w, 16);
    a1 = f64x2.add(a1, f64x2.mul(s, v));
    b1 = f64x2.add(b1, f64x2.mul(t, v));
    v = v128.load(w, 32);
    a2 = f64x2.add(a2, f64x2.mul(s, v));
    b2 = f64x2.add(b2, f64x2.mul(t, v));
    v = v128.load(w, 48);
    a3 = f64x2.add(a3, f64x2.mul(s, v));
    b3 = f64x2.add(b3, f64x2.mul(t, v));
    s = v128.load64_splat(x, 8);
    t = v128.load64_splat(y, 8);
    v = v128.load(w, 64);
    a0 = f64x2.add(a0, f64x2.mul(s, v));
    b0 = f64x2.add(b0, f64x2.mul(t, v));
    v = v128.load(w, 80);
    a1 = f64x2.add(a1, f64x2.mul(s, v));
    b1 = f64x2.add(b1, f64x2.mul(t, v));
    v = v128.load(w, 96);
    a2 = f64x2.add(a2, f64x2.mul(s, v));
    b2 = f64x2.add(b2, f64x2.mul(t, v));
    v = v128.load(w, 112);
    a3 = f64x2.add(a3, f64x2.mul(s, v));
    b3 = f64x2.add(b3, f64x2.mul(t, v));
  }
  if (x < end) {
    const s = v128.load64_splat(x);
    const t = v128.load64_splat(y);
    a0 = f64x2.add(a0, f64x2.mul(s, v128.load(w)));
    b0 = f64x2.add(b0, f64x2.mul(t, v128.load(w)));
    a1 = f64x2.add(a1, f64x2.mul(s, v128.load(w, 16)));
    b1 = f64x2.add(b1, f64x2.mul(t, v128.load(w, 16)));
    a2 = f64x2.add(a2, f64x2.mul(s, v128.load(w, 32)));
    b2 = f64x2.add(b2, f64x2.mul(t, v128.load(w, 32)));
    a3 = f64x2.add(a3, f64x2.mul(s, v128.load(w, 48)));
    b3 = f64x2.add(b3, f64x2.mul(t, v128.load(w, 48)));
  }
  v128.store(outX, a0);
  v128.store(outX, a1, 16);
  v128.store(outX, a2, 32);
  v128.store(outX, a3, 48);
  v128.store(outY, b0);
  v128.store(outY, b1, 16);
  v128.store(outY, b2, 32);
  v128.store(outY, b3, 48);
}

// @ts-ignore: decorator
@inline
function one(x: usize, n: i32, w: usize, out: usize): void {
  let a0 = v128.load(w);
  let a1 = v128.load(w, 16);
  let a2 = v128.load(w, 32);
  let a3 = v128.load(w, 48);
  const end = x + ((<usize>n) << 3);
  w += 64;
  for (; x < end; x += 8, w += 64) {
    const s = v128.load64_splat(x);
    a0 = f64x2.add(a0, f64x2.mul(s, v128.load(w)));
    a1 = f64x2.add(a1, f64x2.mul(s, v128.load(w, 16)));
    a2 = f64x2.add(a2, f64x2.mul(s, v128.load(w, 32)));
    a3 = f64x2.add(a3, f64x2.mul(s, v128.load(w, 48)));
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
}
