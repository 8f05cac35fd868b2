// Rows as x and codes (features.ts) -> the first activations: numbers encoded, flags, category tables; in doubles, row by row.
// Sums go over waves or bins in order, from the bias on; a phase is radians, waves are counted in turns (base/circle).
// kernels/nets-serve-wasm/assembly/encode.ts is the twin of the waves: change both, then run tests/parity/net-serving.test.ts.
import { cosTurns, sinTurns } from '../../base/circle.ts';
import type { Matrix } from '../../table/matrix.ts';
import { gatherRows } from './features.ts';
import type { PreparedNet } from './prepare-net.ts';

/** 1 / (2 pi): radians to turns. */
export const TURN = 0.15915494309189535;

export type NetRows = { readonly rows: number; readonly x: Float32Array; readonly codes: Int32Array };

/** Rows from..to of the matrix as x and codes. */
export function gatherInputs({ features, json, numbers, flags, categories }: PreparedNet, matrix: Matrix, from: number, to: number): NetRows {
  const rows = to - from;
  const x = new Float32Array(rows * (numbers + flags));
  const codes = new Int32Array(rows * categories.length);
  gatherRows(features, json.clip, matrix, Int32Array.from({ length: rows }, (_, i) => from + i), 0, rows, x, codes);
  return { rows, x, codes };
}

/** Writes the encoded numbers of each row, `stride` doubles from a row to the next. */
export function encodeNumbers(net: PreparedNet, { rows, x }: NetRows, out: Float64Array, stride: number): void {
  const { numbers, flags, encoding } = net;
  const each = encoding ? encoding.width : 1;
  const waves = new Float64Array(encoding && encoding.kind !== 'piecewise' ? 2 * encoding.waves : 0);
  for (let r = 0; r < rows; r++) for (let j = 0, at = r * stride; j < numbers; j++, at += each) encodeNumber(net, j, x[r * (numbers + flags) + j], waves, out, at);
}

/** Writes what comes after them: flags, then the line of each code's table. */
export function copyFlags({ numbers, flags, encoding, categories }: PreparedNet, { rows, x, codes }: NetRows, out: Float64Array, stride: number): void {
  const first = numbers * (encoding ? encoding.width : 1);
  for (let r = 0; r < rows; r++) {
    let at = r * stride + first;
    for (let k = 0, from = r * (numbers + flags) + numbers; k < flags; k++) out[at++] = x[from + k];
    for (let c = 0; c < categories.length; c++) {
      const { table, width } = categories[c];
      const line = codes[r * categories.length + c] * width;
      for (let k = 0; k < width; k++) out[at++] = table[line + k];
    }
  }
}

function encodeNumber({ encoding, encoded }: PreparedNet, j: number, x: number, waves: Float64Array, out: Float64Array, at: number): void {
  if (!encoding) out[at] = x;
  else if (encoding.kind === 'piecewise') encodePieces(encoded, j, encoding.bins, encoding.width, x, out, at);
  else {
    const count = encoding.waves;
    const { frequencies, phases, weights, bias } = encoded;
    if (encoding.kind === 'plr') {
      for (let k = 0; k < count; k++) {
        waves[k] = cosTurns(frequencies[j * count + k] * x);
        waves[count + k] = sinTurns(frequencies[j * count + k] * x);
      }
      addProducts(waves, 2 * count, weights, bias, j, encoding.width, out, at);
      for (let o = at; o < at + encoding.width; o++) out[o] = out[o] > 0 ? out[o] : 0;
    } else {
      for (let k = 0; k < count; k++) waves[k] = cosTurns(frequencies[j * count + k] * x + phases[j * count + k] * TURN);
      out[at] = x;
      addProducts(waves, count, weights, bias, j, encoding.width - 1, out, at + 1);
    }
  }
}

function addProducts(waves: Float64Array, count: number, weights: Float64Array, bias: Float64Array, j: number, width: number, out: Float64Array, at: number): void {
  for (let o = 0; o < width; o++) out[at + o] = bias[j * width + o];
  for (let k = 0, w = j * count * width; k < count; k++, w += width) {
    const wave = waves[k];
    for (let o = 0; o < width; o++) out[at + o] += wave * weights[w + o];
  }
}

function encodePieces({ edges, weights, line, bias }: PreparedNet['encoded'], j: number, bins: number, width: number, x: number, out: Float64Array, at: number): void {
  for (let o = 0; o < width; o++) out[at + o] = bias[j * width + o] + x * line[j * width + o];
  for (let b = 0; b < bins; b++) {
    const low = edges[j * (bins + 1) + b];
    const span = edges[j * (bins + 1) + b + 1] - low;
    if (!(span > 0) || x <= low) continue;
    const part = Math.min(1, (x - low) / span);
    for (let o = 0, w = (j * bins + b) * width; o < width; o++) out[at + o] += part * weights[w + o];
  }
}
