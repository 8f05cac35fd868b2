// A prepared net -> the memory that the kernel reads, written once, and the calls that take a block of lines through it.
// Lines are filled up to 8 doubles. Dense weights lie in panels of 8 units: their biases, then their weights input by input.
// Null when it all does not fit memory: core serves then.
import { activations } from '../../core/models/net/net.ts';
import type { NetOp, PreparedNet } from '../../core/models/net/prepare-net.ts';
import { planWaves, type WavesPlan } from './plan-waves.ts';

export type NetExports = {
  encodeWaves(x: number, xStride: number, rows: number, numbers: number, waves: number, isPlr: number, width: number, frequencies: number, turns: number, weights: number, room: number, out: number, outStride: number): void;
  multiplyLines(x: number, xStride: number, count: number, n: number, weights: number, panels: number, out: number, outStride: number): void;
  activateLines(z: number, count: number, filled: number, by: number, mix: number): void;
  scaleLines(z: number, count: number, filled: number, values: number, own: number): void;
  shiftLines(z: number, count: number, filled: number, values: number, own: number): void;
  affineLines(z: number, count: number, filled: number, gain: number, bias: number): void;
  normLines(z: number, count: number, width: number, filled: number, gain: number, bias: number): void;
  addLines(z: number, other: number, bytes: number): void;
  spreadLines(z: number, count: number, filled: number, members: number, out: number): void;
};
/** Takes `lines` lines at z, may use `spare`, and leaves its own at what it returns (z or spare). */
type Call = (run: NetExports, z: number, spare: number, lines: number) => number;
export type NetPlan = {
  readonly memory: WebAssembly.Memory;
  /** Rows that go through it together. */
  readonly rows: number;
  /** Doubles from a line to the next, in and out. */
  readonly strideIn: number;
  readonly strideOut: number;
  readonly first: number;
  readonly second: number;
  /** How numbers are encoded; null = core does it. */
  readonly waves: WavesPlan | null;
  readonly calls: readonly { readonly call: Call; readonly growth: number }[];
};

/** Lines together: their activations stay in the second cache while the weights go by. */
const LINES = 128;
const PAGE = 65_536;
/** A gigabyte. */
const MOST_PAGES = 16_384;

export const fill = (width: number): number => 8 * Math.ceil(width / 8);

export function planNet(net: PreparedNet): NetPlan | null {
  const { ops, members, width, widest, outputs } = net;
  const rows = Math.max(1, Math.floor(LINES / members));
  const most = rows * members;
  const pieces: { at: number; values: Float64Array }[] = [];
  let end = PAGE;
  const take = (count: number): number => {
    const at = end;
    end += 8 * fill(count);
    return at;
  };
  const put = (values: Float64Array): number => {
    const at = take(values.length);
    pieces.push({ at, values });
    return at;
  };
  const waves = planWaves(net, rows, put, take);
  const saves: number[] = [];
  const calls = ops.map((op) => ({ call: callOf(op, put, take, saves, most), growth: op.kind === 'spread' ? op.members : 1 }));
  const [first, second] = [take(most * fill(widest)), take(most * fill(widest))];
  const pages = Math.ceil(end / PAGE);
  if (pages > MOST_PAGES) return null;
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    return null;
  }
  for (const { at, values } of pieces) new Float64Array(memory.buffer, at, values.length).set(values);
  return { memory, rows, strideIn: fill(width), strideOut: fill(outputs), first, second, waves, calls };
}

function callOf(op: NetOp, put: (values: Float64Array) => number, take: (count: number) => number, saves: number[], most: number): Call {
  const filled = fill(op.width);
  const stride = 8 * filled;
  if (op.kind === 'dense') {
    const [weights, panels] = [put(panelsOf(op.weights, op.bias, 0, op.width, op.units)), fill(op.units) / 8];
    return (run, z, spare, lines) => (run.multiplyLines(z, stride, lines, op.width, weights, panels, spare, 64 * panels), spare);
  }
  if (op.kind === 'heads') {
    const { members, width, units } = op;
    const panels = fill(units) / 8;
    const each = Array.from({ length: members }, (_, m) => put(panelsOf(op.weights.subarray(m * width * units, (m + 1) * width * units), op.bias, m * units, width, units)));
    return (run, z, spare, lines) => {
      for (let m = 0; m < members; m++) run.multiplyLines(z + m * stride, members * stride, lines / members, width, each[m], panels, spare + m * 64 * panels, members * 64 * panels);
      return spare;
    };
  }
  if (op.kind === 'spread') return (run, z, spare, lines) => (run.spreadLines(z, lines, filled, op.members, spare), spare);
  if (op.kind === 'save') {
    const at = take(most * filled);
    saves.push(at);
    return (run, z, _spare, lines) => (run.spreadLines(z, lines, filled, 1, at), z);
  }
  if (op.kind === 'add') {
    const at = saves.pop()!;
    return (run, z, _spare, lines) => (run.addLines(z, at, lines * stride), z);
  }
  if (op.kind === 'activate') {
    const [by, mix] = [activations.indexOf(op.by), op.mix ? put(lined(op.mix, op.width)) : 0];
    return (run, z, _spare, lines) => (run.activateLines(z, lines, filled, by, mix), z);
  }
  if (op.kind === 'scale' || op.kind === 'shift') {
    const values = put(lined(op.values, op.width));
    const name = op.kind === 'scale' ? 'scaleLines' : 'shiftLines';
    return (run, z, _spare, lines) => (run[name](z, lines, filled, values, op.lines), z);
  }
  const [gain, bias] = [put(lined(op.gain, op.width)), put(lined(op.bias, op.width))];
  if (op.kind === 'affine') return (run, z, _spare, lines) => (run.affineLines(z, lines, filled, gain, bias), z);
  return (run, z, _spare, lines) => (run.normLines(z, lines, op.width, filled, gain, bias), z);
}

/** Lines of `width` -> lines filled up with zeros. */
function lined(values: Float64Array, width: number): Float64Array {
  const filled = fill(width);
  const out = new Float64Array((values.length / width) * filled);
  for (let line = 0; line * width < values.length; line++) out.set(values.subarray(line * width, (line + 1) * width), line * filled);
  return out;
}

function panelsOf(weights: Float64Array, bias: Float64Array, from: number, n: number, m: number): Float64Array {
  const out = new Float64Array(fill(m) * (n + 1));
  for (let o = 0; o < m; o++) {
    const at = (o >> 3) * 8 * (n + 1) + (o & 7);
    out[at] = bias[from + o];
    for (let i = 0; i < n; i++) out[at + 8 * (i + 1)] = weights[i * m + o];
  }
  return out;
}
