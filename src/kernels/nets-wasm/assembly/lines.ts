// Element-wise work on lines x width: scales and shifts (one for all lines or one for each member), sums, copies, members.
// y may be z and dz may be dy. Vectors of four, then the rest one by one with the same operations.
import { madd } from './vector';

/** y = z * a. */
export function scale(z: usize, a: usize, y: usize, from: usize, to: usize, width: usize, members: usize): void {
  let at = (from * width) << 2;
  for (let r = from; r < to; r++) {
    let own = a + (((r % members) * width) << 2);
    let j: usize = 0;
    for (; j + 4 <= width; j += 4, at += 16, own += 16) v128.store(y + at, f32x4.mul(v128.load(z + at), v128.load(own)));
    for (; j < width; j++, at += 4, own += 4) store<f32>(y + at, load<f32>(z + at) * load<f32>(own));
  }
}

/** da += sum of dy z, dz = dy a. */
export function backScale(z: usize, dy: usize, a: usize, dz: usize, da: usize, from: usize, to: usize, width: usize, members: usize): void {
  let at = (from * width) << 2;
  for (let r = from; r < to; r++) {
    let own = ((r % members) * width) << 2;
    let j: usize = 0;
    for (; j + 4 <= width; j += 4, at += 16, own += 16) {
      const d = v128.load(dy + at);
      v128.store(da + own, madd(d, v128.load(z + at), v128.load(da + own)));
      if (dz) v128.store(dz + at, f32x4.mul(d, v128.load(a + own)));
    }
    for (; j < width; j++, at += 4, own += 4) {
      const d = load<f32>(dy + at);
      store<f32>(da + own, load<f32>(da + own) + d * load<f32>(z + at));
      if (dz) store<f32>(dz + at, d * load<f32>(a + own));
    }
  }
}

/** y = z + b. */
export function shift(z: usize, b: usize, y: usize, from: usize, to: usize, width: usize, members: usize): void {
  let at = (from * width) << 2;
  for (let r = from; r < to; r++) {
    let own = b + (((r % members) * width) << 2);
    let j: usize = 0;
    for (; j + 4 <= width; j += 4, at += 16, own += 16) v128.store(y + at, f32x4.add(v128.load(z + at), v128.load(own)));
    for (; j < width; j++, at += 4, own += 4) store<f32>(y + at, load<f32>(z + at) + load<f32>(own));
  }
}

/** db += sum of dy. */
export function backShift(dy: usize, db: usize, from: usize, to: usize, width: usize, members: usize): void {
  let at = (from * width) << 2;
  for (let r = from; r < to; r++) {
    let own = db + (((r % members) * width) << 2);
    let j: usize = 0;
    for (; j + 4 <= width; j += 4, at += 16, own += 16) v128.store(own, f32x4.add(v128.load(own), v128.load(dy + at)));
    for (; j < width; j++, at += 4, own += 4) store<f32>(own, load<f32>(own) + load<f32>(dy + at));
  }
}

/** y = a + b, elements. */
export function add(a: usize, b: usize, y: usize, from: usize, to: usize): void {
  let at = from << 2;
  const end = to << 2;
  for (; at + 16 <= end; at += 16) v128.store(y + at, f32x4.add(v128.load(a + at), v128.load(b + at)));
  for (; at < end; at += 4) store<f32>(y + at, load<f32>(a + at) + load<f32>(b + at));
}

/** Each row becomes `members` equal lines. */
export function spread(x: usize, y: usize, from: usize, to: usize, width: usize, members: usize): void {
  let at = y + ((from * members * width) << 2);
  for (let r = from; r < to; r++) {
    for (let k: usize = 0; k < members; k++, at += width << 2) memory.copy(at, x + ((r * width) << 2), width << 2);
  }
}

/** dx = sum of the lines of each row. */
export function backSpread(dy: usize, dx: usize, from: usize, to: usize, width: usize, members: usize): void {
  const line = width << 2;
  for (let r = from; r < to; r++) {
    const first = dy + r * members * line;
    const sum = dx + r * line;
    let j: usize = 0;
    for (; j + 16 <= line; j += 16) {
      let s = v128.load(first + j);
      for (let k: usize = 1; k < members; k++) s = f32x4.add(s, v128.load(first + k * line + j));
      v128.store(sum + j, s);
    }
    for (; j < line; j += 4) {
      let s = load<f32>(first + j);
      for (let k: usize = 1; k < members; k++) s += load<f32>(first + k * line + j);
      store<f32>(sum + j, s);
    }
  }
}

/** The first `count` floats of each line. */
export function copyColumns(x: usize, xs: usize, y: usize, ys: usize, from: usize, to: usize, count: usize): void {
  for (let r = from; r < to; r++) memory.copy(y + ((r * ys) << 2), x + ((r * xs) << 2), count << 2);
}

export function zero(at: usize, from: usize, to: usize): void {
  memory.fill(at + (from << 2), 0, (to - from) << 2);
}

/** out = max(out, y) of each unit. */
export function most(y: usize, out: usize, from: usize, to: usize, width: usize): void {
  let at = y + ((from * width) << 2);
  for (let r = from; r < to; r++) {
    for (let j: usize = 0; j < width; j++, at += 4) {
      const v = load<f32>(at);
      if (v > load<f32>(out + (j << 2))) store<f32>(out + (j << 2), v);
    }
  }
}

/** out = min(out, |y|) of each unit. */
export function least(y: usize, out: usize, from: usize, to: usize, width: usize): void {
  let at = y + ((from * width) << 2);
  for (let r = from; r < to; r++) {
    for (let j: usize = 0; j < width; j++, at += 4) {
      const v = abs(load<f32>(at));
      if (v < load<f32>(out + (j << 2))) store<f32>(out + (j << 2), v);
    }
  }
}
