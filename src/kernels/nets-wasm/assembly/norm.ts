// Layer norm (over the units of a line) and batch norm (over the lines of a batch: slices give partial sums, one thread joins
// them in order of slices, then all apply). Epsilon 1e-5. Means and deviations in two passes, partial ones joined after Chan.
import { four, madd, sumLanes } from './vector';

const EPSILON: f64 = 1e-5;

/** y = gain (z - mean) / deviation + bias; stats: mean and 1 / deviation of each line. */
export function layerNorm(z: usize, gain: usize, bias: usize, y: usize, stats: usize, from: usize, to: usize, width: usize): void {
  const line = width << 2;
  const whole = line & ~15;
  for (let r = from; r < to; r++) {
    const at = z + r * line;
    let sums = four(0);
    for (let j: usize = 0; j < whole; j += 16) sums = f32x4.add(sums, v128.load(at + j));
    let sum = sumLanes(sums);
    for (let j = whole; j < line; j += 4) sum += load<f32>(at + j);
    const mean: f32 = sum / <f32>width;
    let squares = four(0);
    for (let j: usize = 0; j < whole; j += 16) {
      const d = f32x4.sub(v128.load(at + j), four(mean));
      squares = madd(d, d, squares);
    }
    let square = sumLanes(squares);
    for (let j = whole; j < line; j += 4) square += (load<f32>(at + j) - mean) * (load<f32>(at + j) - mean);
    const inverse: f32 = 1 / sqrt<f32>(square / <f32>width + <f32>EPSILON);
    store<f32>(stats + (r << 3), mean);
    store<f32>(stats + (r << 3), inverse, 4);
    const own = y + r * line;
    let j: usize = 0;
    for (; j < whole; j += 16) {
      const h = f32x4.mul(f32x4.sub(v128.load(at + j), four(mean)), four(inverse));
      v128.store(own + j, madd(h, v128.load(gain + j), v128.load(bias + j)));
    }
    for (; j < line; j += 4) store<f32>(own + j, (load<f32>(at + j) - mean) * inverse * load<f32>(gain + j) + load<f32>(bias + j));
  }
}

/** dz = (dh - mean of dh - h times mean of dh h) / deviation, dh = dy gain; dgain, dbias +=. */
export function backLayerNorm(z: usize, dy: usize, gain: usize, stats: usize, dz: usize, dgain: usize, dbias: usize, from: usize, to: usize, width: usize): void {
  const line = width << 2;
  const whole = line & ~15;
  for (let r = from; r < to; r++) {
    const at = z + r * line;
    const d = dy + r * line;
    const mean = load<f32>(stats + (r << 3));
    const inverse = load<f32>(stats + (r << 3), 4);
    let plain = four(0);
    let along = four(0);
    let j: usize = 0;
    for (; j < whole; j += 16) {
      const g = v128.load(d + j);
      const h = f32x4.mul(f32x4.sub(v128.load(at + j), four(mean)), four(inverse));
      v128.store(dbias + j, f32x4.add(v128.load(dbias + j), g));
      v128.store(dgain + j, madd(g, h, v128.load(dgain + j)));
      const dh = f32x4.mul(g, v128.load(gain + j));
      plain = f32x4.add(plain, dh);
      along = madd(dh, h, along);
    }
    let sum = sumLanes(plain);
    let dot = sumLanes(along);
    for (; j < line; j += 4) {
      const g = load<f32>(d + j);
      const h: f32 = (load<f32>(at + j) - mean) * inverse;
      store<f32>(dbias + j, load<f32>(dbias + j) + g);
      store<f32>(dgain + j, load<f32>(dgain + j) + g * h);
      sum += g * load<f32>(gain + j);
      dot += g * load<f32>(gain + j) * h;
    }
    sum /= <f32>width;
    dot /= <f32>width;
    const own = dz + r * line;
    for (j = 0; j < whole; j += 16) {
      const h = f32x4.mul(f32x4.sub(v128.load(at + j), four(mean)), four(inverse));
      const rest = f32x4.sub(f32x4.sub(f32x4.mul(v128.load(d + j), v128.load(gain + j)), four(sum)), f32x4.mul(h, four(dot)));
      v128.store(own + j, f32x4.mul(rest, four(inverse)));
    }
    for (; j < line; j += 4) {
      const h: f32 = (load<f32>(at + j) - mean) * inverse;
      store<f32>(own + j, (load<f32>(d + j) * load<f32>(gain + j) - sum - h * dot) * inverse);
    }
  }
}

/** out: mean of each unit over these lines, then its sum of squared deviations. */
export function batchPartials(z: usize, out: usize, from: usize, to: usize, width: usize): void {
  const line = width << 2;
  const whole = line & ~15;
  memory.fill(out, 0, line << 1);
  for (let r = from; r < to; r++) {
    const at = z + r * line;
    let j: usize = 0;
    for (; j < whole; j += 16) v128.store(out + j, f32x4.add(v128.load(out + j), v128.load(at + j)));
    for (; j < line; j += 4) store<f32>(out + j, load<f32>(out + j) + load<f32>(at + j));
  }
  for (let j: usize = 0; j < line; j += 4) store<f32>(out + j, load<f32>(out + j) / <f32>(to - from));
  const squares = out + line;
  for (let r = from; r < to; r++) {
    const at = z + r * line;
    let j: usize = 0;
    for (; j < whole; j += 16) {
      const d = f32x4.sub(v128.load(at + j), v128.load(out + j));
      v128.store(squares + j, madd(d, d, v128.load(squares + j)));
    }
    for (; j < line; j += 4) {
      const d = load<f32>(at + j) - load<f32>(out + j);
      store<f32>(squares + j, load<f32>(squares + j) + d * d);
    }
  }
}

/** Slice partials, `stride` floats apart, to mean, biased variance and 1 / deviation of all lines, in order of slices. */
export function joinBatch(partials: usize, stride: usize, slices: usize, lines: usize, sliceLines: usize, mean: usize, variance: usize, inverse: usize, width: usize): void {
  for (let j: usize = 0; j < width; j++) {
    let count: f64 = 0;
    let middle: f64 = 0;
    let square: f64 = 0;
    for (let s: usize = 0; s < slices; s++) {
      const own = partials + ((s * stride + j) << 2);
      const more = <f64>min(sliceLines, lines - s * sliceLines);
      const apart = <f64>load<f32>(own) - middle;
      square += <f64>load<f32>(own + (width << 2)) + (apart * apart * count * more) / (count + more);
      middle += (apart * more) / (count + more);
      count += more;
    }
    store<f32>(mean + (j << 2), <f32>middle);
    store<f32>(variance + (j << 2), <f32>(square / count));
    store<f32>(inverse + (j << 2), <f32>(1 / sqrt(square / count + EPSILON)));
  }
}

/** running += 0.1 (value * factor - running). */
export function moveRunning(running: usize, value: usize, factor: f32, width: usize): void {
  for (let at: usize = 0; at < width << 2; at += 4) {
    const old = load<f32>(running + at);
    store<f32>(running + at, old + <f32>0.1 * (load<f32>(value + at) * factor - old));
  }
}

/** 1 / sqrt(variance + 1e-5). */
export function inverseOf(variance: usize, inverse: usize, width: usize): void {
  for (let at: usize = 0; at < width << 2; at += 4) store<f32>(inverse + at, <f32>(1 / sqrt(<f64>load<f32>(variance + at) + EPSILON)));
}

/** y = gain (z - mean) / deviation + bias. */
export function applyBatch(z: usize, mean: usize, inverse: usize, gain: usize, bias: usize, y: usize, from: usize, to: usize, width: usize): void {
  const line = width << 2;
  const whole = line & ~15;
  for (let r = from; r < to; r++) {
    const at = z + r * line;
    const own = y + r * line;
    let j: usize = 0;
    for (; j < whole; j += 16) {
      const h = f32x4.mul(f32x4.sub(v128.load(at + j), v128.load(mean + j)), v128.load(inverse + j));
      v128.store(own + j, madd(h, v128.load(gain + j), v128.load(bias + j)));
    }
    for (; j < line; j += 4) {
      const h: f32 = (load<f32>(at + j) - load<f32>(mean + j)) * load<f32>(inverse + j);
      store<f32>(own + j, h * load<f32>(gain + j) + load<f32>(bias + j));
    }
  }
}

/** dgain += sum of dy h, dbias += sum of dy. */
export function backBatchPartials(z: usize, dy: usize, mean: usize, inverse: usize, dgain: usize, dbias: usize, from: usize, to: usize, width: usize): void {
  const line = width << 2;
  const whole = line & ~15;
  for (let r = from; r < to; r++) {
    const at = z + r * line;
    const d = dy + r * line;
    let j: usize = 0;
    for (; j < whole; j += 16) {
      const g = v128.load(d + j);
      const h = f32x4.mul(f32x4.sub(v128.load(at + j), v128.load(mean + j)), v128.load(inverse + j));
      v128.store(dbias + j, f32x4.add(v128.load(dbias + j), g));
      v128.store(dgain + j, madd(g, h, v128.load(dgain + j)));
    }
    for (; j < line; j += 4) {
      const g = load<f32>(d + j);
      const h: f32 = (load<f32>(at + j) - load<f32>(mean + j)) * load<f32>(inverse + j);
      store<f32>(dbias + j, load<f32>(dbias + j) + g);
      store<f32>(dgain + j, load<f32>(dgain + j) + g * h);
    }
  }
}

/** dz = gain (dy - dbias / lines - h dgain / lines) / deviation, with the sums of the whole batch. */
export function backBatch(z: usize, dy: usize, mean: usize, inverse: usize, gain: usize, dgain: usize, dbias: usize, lines: usize, dz: usize, from: usize, to: usize, width: usize): void {
  const line = width << 2;
  const whole = line & ~15;
  const share: f32 = 1 / <f32>lines;
  for (let r = from; r < to; r++) {
    const at = z + r * line;
    const d = dy + r * line;
    const own = dz + r * line;
    let j: usize = 0;
    for (; j < whole; j += 16) {
      const i = v128.load(inverse + j);
      const h = f32x4.mul(f32x4.sub(v128.load(at + j), v128.load(mean + j)), i);
      const less = f32x4.mul(madd(h, v128.load(dgain + j), v128.load(dbias + j)), four(share));
      v128.store(own + j, f32x4.mul(f32x4.mul(f32x4.sub(v128.load(d + j), less), i), v128.load(gain + j)));
    }
    for (; j < line; j += 4) {
      const i = load<f32>(inverse + j);
      const h: f32 = (load<f32>(at + j) - load<f32>(mean + j)) * i;
      const less: f32 = (h * load<f32>(dgain + j) + load<f32>(dbias + j)) * share;
      store<f32>(own + j, (load<f32>(d + j) - less) * i * load<f32>(gain + j));
    }
  }
}
