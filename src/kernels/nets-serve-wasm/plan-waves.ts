// Where the encoding of a net's numbers by waves (plr, pbld) lies in memory, and the call that does it for a block of rows.
// Frequencies and phases (as turns) of a number are filled up to 2 doubles, its biases and each line of its weights likewise.
import { TURN } from '../../core/models/net/encode-inputs.ts';
import type { PreparedNet } from '../../core/models/net/prepare-net.ts';
import type { NetExports, NetPlan } from './plan-net.ts';

export type WavesPlan = { readonly isPlr: boolean; readonly numbers: number; readonly waves: number; readonly width: number; readonly frequencies: number; readonly turns: number; readonly weights: number; readonly room: number; readonly x: number };

/** Null when the numbers are not encoded by waves. */
export function planWaves({ encoding, encoded, numbers }: PreparedNet, rows: number, put: (values: Float64Array) => number, take: (count: number) => number): WavesPlan | null {
  if (!encoding || encoding.kind === 'piecewise' || numbers === 0) return null;
  const { waves, width } = encoding;
  const isPlr = encoding.kind === 'plr';
  const columns = isPlr ? width : width - 1;
  const terms = isPlr ? 2 * waves : waves;
  const even = (count: number) => 2 * Math.ceil(count / 2);
  const lines = new Float64Array(numbers * (terms + 1) * even(columns));
  for (let j = 0; j < numbers; j++) {
    const at = j * (terms + 1) * even(columns);
    lines.set(encoded.bias.subarray(j * columns, (j + 1) * columns), at);
    for (let k = 0; k < terms; k++) lines.set(encoded.weights.subarray((j * terms + k) * columns, (j * terms + k + 1) * columns), at + (k + 1) * even(columns));
  }
  const filled = (values: Float64Array): Float64Array => {
    const out = new Float64Array(numbers * even(waves));
    for (let j = 0; j < numbers; j++) out.set(values.subarray(j * waves, (j + 1) * waves), j * even(waves));
    return out;
  };
  return { isPlr, numbers, waves, width, frequencies: put(filled(encoded.frequencies)), turns: isPlr ? 0 : put(filled(encoded.phases.map((phase) => phase * TURN))), weights: put(lines), room: take(2 * even(waves)), x: take(rows * numbers) };
}

/** x has the numbers first in rows of `columns`; they are written encoded where the plan has its input. */
export function encodeWaves({ isPlr, numbers, waves, width, frequencies, turns, weights, room, x: at }: WavesPlan, plan: NetPlan, run: NetExports, x: Float32Array, columns: number, rows: number): void {
  const input = new Float64Array(plan.memory.buffer, at, rows * numbers);
  for (let r = 0; r < rows; r++) for (let j = 0; j < numbers; j++) input[r * numbers + j] = x[r * columns + j];
  run.encodeWaves(at, 8 * numbers, rows, numbers, waves, Number(isPlr), width, frequencies, turns, weights, room, plan.first, 8 * plan.strideIn);
}
