// The encodings of numbers on the GPU: what a number is turned into (waves, shares of bins) is one dispatch, its product
// with the number's own small matrix another, and each gradient one more. Cosines are of our own: WGSL's may be off by
// 2^-11, which training would see. Formulas: core/models/net/net.ts.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { NetEncoding } from '../../../core/models/net/net.ts';
import type { Encoded } from '../layers/inputs.ts';
import type { Pass } from '../layers/pass.ts';
import { columnSums } from './columns.ts';
import type { GpuStore } from './gpu-store.ts';
import { multiply } from './matmul.ts';
import { eachElement, groupsFor, run } from './program.ts';

/** cos and sin of 2 pi t, within a few 1e-7: an eighth of a turn either side by the polynomials of Cephes' sinf and cosf. */
const turnCode = `
fn turned(t : f32) -> vec2<f32> {
  let quarter = round(4.0 * t);
  let x = 6.283185307179586 * (t - 0.25 * quarter);
  let y = x * x;
  let s = x + x * y * (-1.6666654611e-1 + y * (8.3321608736e-3 - y * 1.9515295891e-4));
  let c = 1.0 - 0.5 * y + y * y * (4.166664568298827e-2 + y * (-1.388731625493765e-3 + y * 2.443315711809948e-5));
  switch (i32(quarter) & 3) {
    case 0: { return vec2<f32>(c, s); }
    case 1: { return vec2<f32>(-s, c); }
    case 2: { return vec2<f32>(-c, -s); }
    default: { return vec2<f32>(s, -c); }
  }
}
`;
const twoPi = '6.283185307179586';

export function gpuEncode(pass: Pass, encoding: NetEncoding, x: Tensor2D): Encoded {
  return encoding.kind === 'plr' ? plr(pass, encoding, x) : encoding.kind === 'pbld' ? pbld(pass, encoding, x) : piecewise(pass, encoding, x);
}

function plr({ store, slot }: Pass, { waves, width }: { waves: number; width: number }, x: Tensor2D): Encoded {
  const { state, gradients } = store as GpuStore;
  const [rows, numbers] = x.shape;
  const [frequencies, weights, bias] = ['frequencies', 'weights', 'bias'].map((name) => slot(`inputs.${name}`));
  const both = run({
    key: 'plr-waves',
    inputs: { xs: x, ws: state },
    out: [rows, numbers, 2 * waves],
    uniforms: [['count', 'i32', rows * numbers * waves], ['waves', 'i32', waves], ['numbers', 'i32', numbers], ['at', 'i32', frequencies.offset]],
    groups: groupsFor(rows * numbers * waves),
    code: `${turnCode}\n${eachElement(`let cell = e / uniforms.waves;
  let k = e % uniforms.waves;
  let v = turned(ws[uniforms.at + (cell % uniforms.numbers) * uniforms.waves + k] * xs[cell]);
  result[2 * cell * uniforms.waves + k] = v.x;
  result[(2 * cell + 1) * uniforms.waves + k] = v.y;`)}`,
  });
  const a = { of: both, row: numbers * 2 * waves, batch: 2 * waves };
  const w = { of: state, offset: weights.offset, row: width, batch: 2 * waves * width };
  const product = multiply({ a, b: w, m: rows, n: width, k: 2 * waves, count: numbers, bias: { of: state, offset: bias.offset, batch: width }, out: [rows, numbers * width], row: numbers * width, batch: width });
  const out = run({ key: 'plr-relu', inputs: { zs: product }, out: product.shape, uniforms: [['count', 'i32', product.size]], groups: groupsFor(product.size), code: eachElement('result[e] = max(zs[e], 0.0);') }) as Tensor2D;
  return {
    out,
    back(slope) {
      const d = run({ key: 'plr-relu-back', inputs: { ds: slope, zs: product }, out: product.shape, uniforms: [['count', 'i32', product.size]], groups: groupsFor(product.size), code: eachElement('result[e] = select(0.0, ds[e], zs[e] > 0.0);') });
      const side = { of: d, row: numbers * width, batch: width };
      multiply({ a: { ...a, turned: true }, b: side, m: 2 * waves, n: width, k: rows, count: numbers, out: gradients, offset: weights.offset, row: width, batch: 2 * waves * width });
      columnSums({ lines: rows, width: numbers * width, inputs: { ds: d }, terms: ['ds[e]'], key: 'plain', out: gradients, offset: bias.offset });
      const back = multiply({ a: side, b: { ...w, turned: true }, m: rows, n: 2 * waves, k: width, count: numbers, out: both.shape, row: numbers * 2 * waves, batch: 2 * waves });
      columnSums({
        lines: rows,
        width: numbers * waves,
        inputs: { xs: x, cs: both, bs: back },
        functions: `fn steep(e : i32) -> f32 { let cell = e / uniforms.waves; let c = 2 * cell * uniforms.waves + e % uniforms.waves; let s = c + uniforms.waves; return ${twoPi} * xs[cell] * (cs[c] * bs[s] - cs[s] * bs[c]); }`,
        terms: ['steep(e)'],
        key: 'plr',
        uniforms: [['waves', 'i32', waves]],
        out: gradients,
        offset: frequencies.offset,
      });
    },
  };
}

function pbld({ store, slot }: Pass, { waves, width }: { waves: number; width: number }, x: Tensor2D): Encoded {
  const { state, gradients } = store as GpuStore;
  const [rows, numbers] = x.shape;
  const units = width - 1;
  const [frequencies, phases, weights, bias] = ['frequencies', 'phases', 'weights', 'bias'].map((name) => slot(`inputs.${name}`));
  const sizes = [['waves', 'i32', waves], ['numbers', 'i32', numbers], ['frequencies', 'i32', frequencies.offset], ['phases', 'i32', phases.offset]] as const;
  /** Of number j's wave k in a row: cell = row * numbers + j. */
  const turnOf = `${turnCode}
fn wave(cell : i32, k : i32) -> vec2<f32> {
  let at = (cell % uniforms.numbers) * uniforms.waves + k;
  return turned(ws[uniforms.frequencies + at] * xs[cell] + ws[uniforms.phases + at] / ${twoPi});
}`;
  const count = rows * numbers * waves;
  const cosines = run({ key: 'pbld-waves', inputs: { xs: x, ws: state }, out: [rows, numbers, waves], uniforms: [['count', 'i32', count], ...sizes], groups: groupsFor(count), code: `${turnOf}\n${eachElement('result[e] = wave(e / uniforms.waves, e % uniforms.waves).x;')}` });
  const a = { of: cosines, row: numbers * waves, batch: waves };
  const w = { of: state, offset: weights.offset, row: units, batch: waves * units };
  const out = run({ key: 'pbld-numbers', inputs: { xs: x }, out: [rows, numbers * width], uniforms: [['count', 'i32', x.size], ['width', 'i32', width]], groups: groupsFor(x.size), code: eachElement('result[e * uniforms.width] = xs[e];') }) as Tensor2D;
  if (units > 0) multiply({ a, b: w, m: rows, n: units, k: waves, count: numbers, bias: { of: state, offset: bias.offset, batch: units }, out, offset: 1, row: numbers * width, batch: width });
  return {
    out,
    back(d) {
      if (units === 0) return;
      const side = { of: d, offset: 1, row: numbers * width, batch: width };
      multiply({ a: { ...a, turned: true }, b: side, m: waves, n: units, k: rows, count: numbers, out: gradients, offset: weights.offset, row: units, batch: waves * units });
      columnSums({ lines: rows, width: numbers * units, inputs: { ds: d }, terms: ['ds[e + e / uniforms.units + 1]'], key: 'pbld-bias', uniforms: [['units', 'i32', units]], out: gradients, offset: bias.offset });
      const back = multiply({ a: side, b: { ...w, turned: true }, m: rows, n: waves, k: units, count: numbers, out: cosines.shape, row: numbers * waves, batch: waves });
      columnSums({
        lines: rows,
        width: numbers * waves,
        inputs: { xs: x, bs: back, ws: state },
        functions: `${turnOf}\nfn steep(e : i32) -> f32 { return -wave(e / uniforms.waves, e % uniforms.waves).y * bs[e]; }`,
        terms: [`${twoPi} * xs[e / uniforms.waves] * steep(e)`, 'steep(e)'],
        key: 'pbld',
        uniforms: sizes,
        out: gradients,
        offset: frequencies.offset,
      });
    },
  };
}

function piecewise({ store, slot }: Pass, { bins, width }: { bins: number; width: number }, x: Tensor2D): Encoded {
  const { state, gradients } = store as GpuStore;
  const [rows, numbers] = x.shape;
  const [edges, weights, line, bias] = ['edges', 'weights', 'line', 'bias'].map((name) => slot(`inputs.${name}`));
  const count = rows * numbers * bins;
  const shares: Tensor = run({
    key: 'bins',
    inputs: { xs: x, ws: state },
    out: [rows, numbers, bins],
    uniforms: [['count', 'i32', count], ['bins', 'i32', bins], ['numbers', 'i32', numbers], ['edges', 'i32', edges.offset]],
    groups: groupsFor(count),
    code: eachElement(`let cell = e / uniforms.bins;
  let at = uniforms.edges + (cell % uniforms.numbers) * (uniforms.bins + 1) + e % uniforms.bins;
  let span = ws[at + 1] - ws[at];
  result[e] = select(0.0, clamp((xs[cell] - ws[at]) / select(1.0, span, span > 0.0), 0.0, 1.0), span > 0.0);`),
  });
  const a = { of: shares, row: numbers * bins, batch: bins };
  const out = run({
    key: 'bins-line',
    inputs: { xs: x, ws: state },
    out: [rows, numbers * width],
    uniforms: [['count', 'i32', x.size * width], ['width', 'i32', width], ['period', 'i32', numbers * width], ['line', 'i32', line.offset], ['bias', 'i32', bias.offset]],
    groups: groupsFor(x.size * width),
    code: eachElement('let c = e % uniforms.period; result[e] = xs[e / uniforms.width] * ws[uniforms.line + c] + ws[uniforms.bias + c];'),
  }) as Tensor2D;
  multiply({ a, b: { of: state, offset: weights.offset, row: width, batch: bins * width }, m: rows, n: width, k: bins, count: numbers, adds: true, out, row: numbers * width, batch: width });
  return {
    out,
    back(d) {
      multiply({ a: { ...a, turned: true }, b: { of: d, row: numbers * width, batch: width }, m: bins, n: width, k: rows, count: numbers, out: gradients, offset: weights.offset, row: width, batch: bins * width });
      columnSums({ lines: rows, width: numbers * width, inputs: { ds: d, xs: x }, terms: ['xs[e / uniforms.unit] * ds[e]', 'ds[e]'], key: 'bins', uniforms: [['unit', 'i32', width]], out: gradients, offset: line.offset });
    },
  };
}
