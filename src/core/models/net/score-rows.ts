// First activations -> scores, walking the steps of a prepared net over a block of lines, in doubles. Definition of every sum:
// a dense unit is bias + x0 w0 + x1 w1 + ..., one after another in the order of inputs, so skipping an x of 0 changes no bit, and a
// line has the same bits however many come with it. kernels/nets-serve-wasm is the twin: change both, then run
// tests/parity/net-serving.test.ts.
import { activate } from './activate.ts';
import type { NetOp, PreparedNet } from './prepare-net.ts';

const EPSILON = 1e-5;

/** `state` has rows x net.width numbers. Returns rows x members x outputs scores (a buffer of its own). */
export function scoreRows({ ops }: PreparedNet, state: Float64Array, rows: number): Float64Array {
  let z = state;
  let lines = rows;
  const saved: Float64Array[] = [];
  for (const op of ops) {
    const size = lines * op.width;
    if (op.kind === 'dense') z = dense(op, z, lines);
    else if (op.kind === 'heads') z = heads(op, z, lines);
    else if (op.kind === 'spread') {
      z = spread(z, lines, op.width, op.members);
      lines *= op.members;
    } else if (op.kind === 'save') saved.push(z.slice(0, size));
    else if (op.kind === 'add') {
      const other = saved.pop()!;
      for (let i = 0; i < size; i++) z[i] += other[i];
    } else elementwise(op, z, lines);
  }
  return z;
}

function spread(z: Float64Array, lines: number, width: number, members: number): Float64Array {
  const out = new Float64Array(lines * members * width);
  for (let line = 0, at = 0; line < lines; line++) for (let m = 0; m < members; m++, at += width) out.set(z.subarray(line * width, (line + 1) * width), at);
  return out;
}

function elementwise(op: Exclude<NetOp, { kind: 'dense' | 'heads' | 'spread' | 'save' | 'add' }>, z: Float64Array, lines: number): void {
  const { width } = op;
  if (op.kind === 'scale' || op.kind === 'shift') {
    const { values } = op;
    for (let line = 0, at = 0; line < lines; line++) {
      const from = (line % op.lines) * width;
      if (op.kind === 'scale') for (let u = 0; u < width; u++) z[at++] *= values[from + u];
      else for (let u = 0; u < width; u++) z[at++] += values[from + u];
    }
  } else if (op.kind === 'affine') {
    for (let line = 0, at = 0; line < lines; line++) for (let u = 0; u < width; u++, at++) z[at] = z[at] * op.gain[u] + op.bias[u];
  } else if (op.kind === 'layer-norm') {
    for (let line = 0; line < lines; line++) normLine(z, line * width, width, op.gain, op.bias);
  } else {
    const f = activate[op.by];
    const { mix } = op;
    for (let line = 0, at = 0; line < lines; line++) for (let u = 0; u < width; u++, at++) z[at] = mix ? z[at] + mix[u] * (f(z[at]) - z[at]) : f(z[at]);
  }
}

/** Mean and variance are sums in four parts (unit u in part u % 4), added as (0 + 1) + (2 + 3). */
function normLine(z: Float64Array, at: number, width: number, gain: Float64Array, bias: Float64Array): void {
  const sums = [0, 0, 0, 0];
  for (let u = 0; u < width; u++) sums[u & 3] += z[at + u];
  const mean = (sums[0] + sums[1] + (sums[2] + sums[3])) / width;
  const squares = [0, 0, 0, 0];
  for (let u = 0; u < width; u++) squares[u & 3] += (z[at + u] - mean) * (z[at + u] - mean);
  const scale = 1 / Math.sqrt((squares[0] + squares[1] + (squares[2] + squares[3])) / width + EPSILON);
  for (let u = 0; u < width; u++) z[at + u] = (z[at + u] - mean) * scale * gain[u] + bias[u];
}

function dense({ width, units, weights, bias }: { width: number; units: number; weights: Float64Array; bias: Float64Array }, z: Float64Array, lines: number): Float64Array {
  const out = new Float64Array(lines * units);
  const live = new Int32Array(width);
  for (let at = 0; at < out.length; at += units) out.set(bias, at);
  let line = 0;
  for (; line + 2 <= lines; line += 2) addTwo(z, line * width, (line + 1) * width, width, weights, 0, units, out, line * units, (line + 1) * units, live);
  if (line < lines) addOne(z, line * width, width, weights, 0, units, out, line * units, live);
  return out;
}

function heads({ members, width, units, weights, bias }: { members: number; width: number; units: number; weights: Float64Array; bias: Float64Array }, z: Float64Array, lines: number): Float64Array {
  const out = new Float64Array(lines * units);
  const live = new Int32Array(width);
  for (let line = 0; line < lines; line++) {
    const m = line % members;
    for (let o = 0; o < units; o++) out[line * units + o] = bias[m * units + o];
    addOne(z, line * width, width, weights, m * width * units, units, out, line * units, live);
  }
  return out;
}

/** One line's products, four inputs at a time, added one by one. */
function addOne(x: Float64Array, a: number, n: number, w: Float64Array, from: number, m: number, out: Float64Array, at: number, live: Int32Array): void {
  let count = 0;
  for (let i = 0; i < n; i++) if (x[a + i] !== 0) live[count++] = i;
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const [i0, i1, i2, i3] = [live[k], live[k + 1], live[k + 2], live[k + 3]];
    const [x0, x1, x2, x3] = [x[a + i0], x[a + i1], x[a + i2], x[a + i3]];
    const [w0, w1, w2, w3] = [from + i0 * m, from + i1 * m, from + i2 * m, from + i3 * m];
    for (let o = 0; o < m; o++) out[at + o] = out[at + o] + x0 * w[w0 + o] + x1 * w[w1 + o] + x2 * w[w2 + o] + x3 * w[w3 + o];
  }
  for (; k < count; k++) {
    const x0 = x[a + live[k]];
    const w0 = from + live[k] * m;
    for (let o = 0; o < m; o++) out[at + o] += x0 * w[w0 + o];
  }
}

/** Two lines together: an input that is 0 in both is left out. */
function addTwo(x: Float64Array, a: number, b: number, n: number, w: Float64Array, from: number, m: number, out: Float64Array, at: number, to: number, live: Int32Array): void {
  let count = 0;
  for (let i = 0; i < n; i++) if (x[a + i] !== 0 || x[b + i] !== 0) live[count++] = i;
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const [i0, i1, i2, i3] = [live[k], live[k + 1], live[k + 2], live[k + 3]];
    const [x0, x1, x2, x3] = [x[a + i0], x[a + i1], x[a + i2], x[a + i3]];
    const [y0, y1, y2, y3] = [x[b + i0], x[b + i1], x[b + i2], x[b + i3]];
    const [w0, w1, w2, w3] = [from + i0 * m, from + i1 * m, from + i2 * m, from + i3 * m];
    for (let o = 0; o < m; o++) {
      const [v0, v1, v2, v3] = [w[w0 + o], w[w1 + o], w[w2 + o], w[w3 + o]];
      out[at + o] = out[at + o] + x0 * v0 + x1 * v1 + x2 * v2 + x3 * v3;
      out[to + o] = out[to + o] + y0 * v0 + y1 * v1 + y2 * v2 + y3 * v3;
    }
  }
  for (; k < count; k++) {
    const [x0, y0] = [x[a + live[k]], x[b + live[k]]];
    const w0 = from + live[k] * m;
    for (let o = 0; o < m; o++) {
      out[at + o] += x0 * w[w0 + o];
      out[to + o] += y0 * w[w0 + o];
    }
  }
}
