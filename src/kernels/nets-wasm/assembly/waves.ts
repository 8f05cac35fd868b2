// Periodic encodings of numbers: plr, relu(b + W [cos(2 pi c x), sin(2 pi c x)]), and pbld, [x, b + W cos(2 pi c x + p)]. The stash
// keeps cosines, then sines, of each number of each row for the way back. Products go through matmul, number by number.
import { BLOCK, affine, backInput, backWeights, packedFloats, scratchFloats } from './matmul';
import { addLine } from './some';
import { angleOf, four, madd, nearCosine, nearSine, partOfTurn, quarterOf, turned } from './vector';

const TURN: f32 = 6.283185307179586;
const PART: f32 = 0.15915494309189535;

/** Floats of scratch of backPlr, backPbld (n = 2 waves) and backPiecewise (n = bins). */
export function encodingScratch(n: usize, width: usize): usize {
  return BLOCK * (width + n) + scratchFloats(n, width);
}

// @ts-ignore: decorator
@inline
function turns(frequencies: usize, phases: usize, x: f32): v128 {
  const u = f32x4.mul(v128.load(frequencies), four(x));
  return phases ? madd(v128.load(phases), four(PART), u) : u;
}

// @ts-ignore: decorator
@inline
function turns1(frequencies: usize, phases: usize, x: f32): v128 {
  const u = f32x4.mul(v128.load32_zero(frequencies), four(x));
  return phases ? madd(v128.load32_zero(phases), four(PART), u) : u;
}

function fillStash(x: usize, xs: usize, frequencies: usize, phases: usize, stash: usize, from: usize, to: usize, numbers: usize, waves: usize): void {
  const half = waves << 2;
  for (let r = from; r < to; r++) {
    let at = stash + r * numbers * (half << 1);
    let own = frequencies;
    let phase = phases;
    for (let i: usize = 0; i < numbers; i++, at += half << 1, own += half) {
      const value = load<f32>(x + ((r * xs + i) << 2));
      let c: usize = 0;
      for (; c + 16 <= half; c += 16) {
        const part = partOfTurn(turns(own + c, phase ? phase + c : 0, value));
        const quarter = quarterOf(part);
        const angle = angleOf(part, quarter);
        const sine = nearSine(angle);
        const cosine = nearCosine(angle);
        v128.store(at + c, turned(sine, cosine, quarter, 1));
        v128.store(at + half + c, turned(sine, cosine, quarter, 0));
      }
      for (; c < half; c += 4) {
        const part = partOfTurn(turns1(own + c, phase ? phase + c : 0, value));
        const quarter = quarterOf(part);
        const angle = angleOf(part, quarter);
        const sine = nearSine(angle);
        const cosine = nearCosine(angle);
        v128.store32_lane(at + c, turned(sine, cosine, quarter, 1), 0);
        v128.store32_lane(at + half + c, turned(sine, cosine, quarter, 0), 0);
      }
      if (phases) phase += half;
    }
  }
}

/** Each number to `width` numbers; w packed as matrices of 2 waves x width. */
export function plr(x: usize, xs: usize, frequencies: usize, w: usize, bias: usize, y: usize, ys: usize, stash: usize, from: usize, to: usize, numbers: usize, waves: usize, width: usize): void {
  fillStash(x, xs, frequencies, 0, stash, from, to, numbers, waves);
  const n = waves << 1;
  const each = packedFloats(n, width) << 2;
  for (let i: usize = 0; i < numbers; i++) {
    affine(stash + ((i * n) << 2), numbers * n, w + i * each, bias + ((i * width) << 2), y + ((i * width) << 2), ys, from, to, n, width, 1);
  }
}

/** Each number to itself and width - 1 numbers; w packed as matrices of waves x (width - 1). */
export function pbld(x: usize, xs: usize, frequencies: usize, phases: usize, w: usize, bias: usize, y: usize, ys: usize, stash: usize, from: usize, to: usize, numbers: usize, waves: usize, width: usize): void {
  fillStash(x, xs, frequencies, phases, stash, from, to, numbers, waves);
  const units = width - 1;
  const each = packedFloats(waves, units) << 2;
  for (let i: usize = 0; i < numbers; i++) {
    for (let r = from; r < to; r++) store<f32>(y + ((r * ys + i * width) << 2), load<f32>(x + ((r * xs + i) << 2)));
    affine(stash + ((i * waves) << 3), numbers * (waves << 1), w + i * each, bias + ((i * units) << 2), y + ((i * width + 1) << 2), ys, from, to, waves, units, 0);
  }
}

/** df, dw, db +=. wT packed transposed (n = 2 waves, m = width); y as forward gave it. */
export function backPlr(
  x: usize, xs: usize, wT: usize, y: usize, dy: usize, ys: usize, stash: usize, df: usize, dw: usize, db: usize, scratch: usize,
  from: usize, to: usize, numbers: usize, waves: usize, width: usize,
): void {
  const n = waves << 1;
  const half = waves << 2;
  const each = packedFloats(width, n) << 2;
  const masked = scratch;
  const dt = scratch + ((BLOCK * width) << 2);
  const rest = dt + ((BLOCK * n) << 2);
  for (let first = from; first < to; first += BLOCK) {
    const rows = min(BLOCK, to - first);
    for (let i: usize = 0; i < numbers; i++) {
      const bias = db + ((i * width) << 2);
      let at = masked;
      for (let r = first; r < first + rows; r++) {
        const own = (r * ys + i * width) << 2;
        let j: usize = 0;
        for (; j + 4 <= width; j += 4) {
          v128.store(at + (j << 2), v128.and(v128.load(dy + own + (j << 2)), f32x4.gt(v128.load(y + own + (j << 2)), four(0))));
        }
        for (; j < width; j++) store<f32>(at + (j << 2), load<f32>(y + own + (j << 2)) > 0 ? load<f32>(dy + own + (j << 2)) : 0);
        addLine(bias, at, width << 2);
        at += width << 2;
      }
      const waved = stash + ((first * numbers * n + i * n) << 2);
      backWeights(waved, numbers * n, masked, width, dw + ((i * n * width) << 2), 0, rows, n, width, 1, rest);
      backInput(masked, width, wT + i * each, dt, n, 0, rows, n, width, 0);
      for (let r: usize = 0; r < rows; r++) {
        const times: f32 = TURN * load<f32>(x + (((first + r) * xs + i) << 2));
        const cosines = waved + ((r * numbers * n) << 2);
        const back = dt + ((r * n) << 2);
        const own = df + i * half;
        let c: usize = 0;
        for (; c + 16 <= half; c += 16) {
          const slope = f32x4.sub(f32x4.mul(v128.load(cosines + c), v128.load(back + half + c)), f32x4.mul(v128.load(cosines + half + c), v128.load(back + c)));
          v128.store(own + c, madd(four(times), slope, v128.load(own + c)));
        }
        for (; c < half; c += 4) {
          const slope: f32 = load<f32>(cosines + c) * load<f32>(back + half + c) - load<f32>(cosines + half + c) * load<f32>(back + c);
          store<f32>(own + c, load<f32>(own + c) + times * slope);
        }
      }
    }
  }
}

/** df, dp, dw, db +=. wT packed transposed (n = waves, m = width - 1). */
export function backPbld(
  x: usize, xs: usize, wT: usize, dy: usize, ys: usize, stash: usize, df: usize, dp: usize, dw: usize, db: usize, scratch: usize,
  from: usize, to: usize, numbers: usize, waves: usize, width: usize,
): void {
  const n = waves << 1;
  const half = waves << 2;
  const units = width - 1;
  const each = packedFloats(units, waves) << 2;
  const dt = scratch + ((BLOCK * width) << 2);
  const rest = dt + ((BLOCK * n) << 2);
  for (let first = from; first < to; first += BLOCK) {
    const rows = min(BLOCK, to - first);
    for (let i: usize = 0; i < numbers; i++) {
      const bias = db + ((i * units) << 2);
      const out = dy + ((first * ys + i * width + 1) << 2);
      for (let r: usize = 0; r < rows; r++) addLine(bias, out + ((r * ys) << 2), units << 2);
      const waved = stash + ((first * numbers * n + i * n) << 2);
      backWeights(waved, numbers * n, out, ys, dw + ((i * waves * units) << 2), 0, rows, waves, units, 1, rest);
      backInput(out, ys, wT + i * each, dt, waves, 0, rows, waves, units, 0);
      const slopes = df + i * half;
      const phase = dp + i * half;
      for (let r: usize = 0; r < rows; r++) {
        const times: f32 = TURN * load<f32>(x + (((first + r) * xs + i) << 2));
        const sines = waved + ((r * numbers * n + waves) << 2);
        const back = dt + ((r * waves) << 2);
        let c: usize = 0;
        for (; c + 16 <= half; c += 16) {
          const slope = f32x4.neg(f32x4.mul(v128.load(sines + c), v128.load(back + c)));
          v128.store(slopes + c, madd(four(times), slope, v128.load(slopes + c)));
          v128.store(phase + c, f32x4.add(v128.load(phase + c), slope));
        }
        for (; c < half; c += 4) {
          const slope: f32 = -load<f32>(sines + c) * load<f32>(back + c);
          store<f32>(slopes + c, load<f32>(slopes + c) + times * slope);
          store<f32>(phase + c, load<f32>(phase + c) + slope);
        }
      }
    }
  }
}
