// Losses of core/learners/mlp/net-kernels.ts and their gradients by the scores, row by row: the weight of a line is the share of
// its row / members. Kinds: 0 softmax, 1 sigmoid, 2 squared, 3 absolute, 4 huber, 5 quantile. Sums are in double.
import { exp4, four, log4, sumWide } from './vector';

const SOFTMAX = 0;
const SIGMOID = 1;
const SQUARED = 2;
const ABSOLUTE = 3;
const HUBER = 4;

/** The least share that is raised to a power: below it a focal slope could be infinite. */
const LEAST: f32 = 1e-12;

// @ts-ignore: decorator
@inline
function exp(x: f32): f32 {
  return f32x4.extract_lane(exp4(four(x)), 0);
}

// @ts-ignore: decorator
@inline
function log(x: f32): f32 {
  return f32x4.extract_lane(log4(four(x)), 0);
}

// @ts-ignore: decorator
@inline
function power(x: f32, by: f32): f32 {
  return exp(by * log(x > LEAST ? x : LEAST));
}

/** The loss of rows [from, to), and its gradient at dz. */
export function loss(kind: i32, z: usize, truth: usize, share: usize, dz: usize, from: usize, to: usize, outputs: usize, members: usize, parameter: f32, levels: usize): f64 {
  const line = outputs << 2;
  let total: f64 = 0;
  for (let r = from; r < to; r++) {
    const weight: f32 = load<f32>(share + (r << 2)) / <f32>members;
    const own = truth + r * line;
    let sum: f64 = 0;
    for (let k: usize = 0; k < members; k++) {
      const at = (r * members + k) * line;
      if (kind == SOFTMAX) sum += parameter > 0 ? focalSoftmax(z + at, own, dz + at, line, weight, parameter) : softmax(z + at, own, dz + at, line, weight);
      else if (kind == SIGMOID) sum += parameter > 0 ? focalSigmoid(z + at, own, dz + at, line, weight, parameter) : sigmoid(z + at, own, dz + at, line, weight);
      else sum += difference(kind, z + at, own, dz + at, line, weight, parameter, levels);
    }
    total += sum * <f64>weight;
  }
  return total;
}

function greatest(z: usize, line: usize): f32 {
  let top = load<f32>(z);
  for (let j: usize = 4; j < line; j += 4) if (load<f32>(z + j) > top) top = load<f32>(z + j);
  return top;
}

function sumOfExp(z: usize, line: usize, top: f32): f64 {
  let sum: f64 = 0;
  let j: usize = 0;
  for (; j + 16 <= line; j += 16) sum += sumWide(exp4(f32x4.sub(v128.load(z + j), four(top))));
  for (; j < line; j += 4) sum += <f64>exp(load<f32>(z + j) - top);
  return sum;
}

function softmax(z: usize, truth: usize, dz: usize, line: usize, weight: f32): f64 {
  const top = greatest(z, line);
  const sum = sumOfExp(z, line, top);
  const part = <f32>(1 / sum);
  let hit: f64 = 0;
  let j: usize = 0;
  for (; j + 16 <= line; j += 16) {
    const s = f32x4.sub(v128.load(z + j), four(top));
    const y = v128.load(truth + j);
    hit += sumWide(f32x4.mul(s, y));
    v128.store(dz + j, f32x4.mul(f32x4.sub(f32x4.mul(exp4(s), four(part)), y), four(weight)));
  }
  for (; j < line; j += 4) {
    const s: f32 = load<f32>(z + j) - top;
    const y = load<f32>(truth + j);
    hit += <f64>s * <f64>y;
    store<f32>(dz + j, (exp(s) * part - y) * weight);
  }
  return <f64>log(<f32>sum) - hit;
}

/** The slope of -(1 - p)^f log p by log p. */
// @ts-ignore: decorator
@inline
function focalSlope(p: f32, logP: f32, focal: f32): f32 {
  return focal * power(1 - p, focal - 1) * p * logP - power(1 - p, focal);
}

function focalSoftmax(z: usize, truth: usize, dz: usize, line: usize, weight: f32, focal: f32): f64 {
  const top = greatest(z, line);
  const rest: f32 = top + log(<f32>sumOfExp(z, line, top));
  let total: f64 = 0;
  let pull: f32 = 0;
  for (let j: usize = 0; j < line; j += 4) {
    const y = load<f32>(truth + j);
    if (y == 0) continue;
    const logP: f32 = load<f32>(z + j) - rest;
    const p = exp(logP);
    total -= <f64>(y * power(1 - p, focal)) * <f64>logP;
    pull += y * focalSlope(p, logP, focal);
  }
  for (let j: usize = 0; j < line; j += 4) {
    const y = load<f32>(truth + j);
    const logP: f32 = load<f32>(z + j) - rest;
    const p = exp(logP);
    store<f32>(dz + j, ((y == 0 ? <f32>0 : y * focalSlope(p, logP, focal)) - p * pull) * weight);
  }
  return total;
}

function sigmoid(z: usize, truth: usize, dz: usize, line: usize, weight: f32): f64 {
  let total: f64 = 0;
  for (let j: usize = 0; j < line; j += 4) {
    const s = load<f32>(z + j);
    const y = load<f32>(truth + j);
    const e = exp(-abs(s));
    total += <f64>max<f32>(s, 0) - <f64>s * <f64>y + <f64>log(1 + e);
    store<f32>(dz + j, ((s >= 0 ? <f32>1 : e) / (1 + e) - y) * weight);
  }
  return total;
}

function focalSigmoid(z: usize, truth: usize, dz: usize, line: usize, weight: f32, focal: f32): f64 {
  let total: f64 = 0;
  for (let j: usize = 0; j < line; j += 4) {
    const s = load<f32>(z + j);
    const y = load<f32>(truth + j);
    const e = exp(-abs(s));
    const most: f32 = 1 / (1 + e);
    const least: f32 = e / (1 + e);
    const p = s >= 0 ? most : least;
    const q = s >= 0 ? least : most;
    const logP: f32 = min<f32>(s, 0) - log(1 + e);
    const logQ: f32 = min<f32>(-s, 0) - log(1 + e);
    const onP = power(q, focal);
    const onQ = power(p, focal);
    total -= <f64>(y * onP * logP) + <f64>((1 - y) * onQ * logQ);
    store<f32>(dz + j, (y * onP * (focal * p * logP - q) - (1 - y) * onQ * (focal * q * logQ - p)) * weight);
  }
  return total;
}

function difference(kind: i32, z: usize, truth: usize, dz: usize, line: usize, weight: f32, delta: f32, levels: usize): f64 {
  let total: f64 = 0;
  for (let j: usize = 0; j < line; j += 4) {
    const d: f32 = load<f32>(z + j) - load<f32>(truth + j);
    const size = abs(d);
    let cost: f64 = 0;
    let slope: f32 = 0;
    if (kind == SQUARED || (kind == HUBER && size <= delta)) {
      cost = 0.5 * <f64>d * <f64>d;
      slope = d;
    } else if (kind == ABSOLUTE) {
      cost = <f64>size;
      slope = d > 0 ? 1 : d < 0 ? -1 : d;
    } else if (kind == HUBER) {
      cost = <f64>delta * (<f64>size - 0.5 * <f64>delta);
      slope = d > 0 ? delta : -delta;
    } else {
      const level = load<f32>(levels + j);
      slope = d > 0 ? 1 - level : d < 0 ? -level : d;
      cost = <f64>d * <f64>slope;
    }
    total += cost;
    store<f32>(dz + j, slope * weight);
  }
  return total;
}
