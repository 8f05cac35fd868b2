// Features of a matrix -> the numbers, flags and codes that a net takes. One rule for training and serving.
// Order: x = [as number, in order of the features | as flag or levels, in order]; codes in order of the features.
// A number or flag is made robust: z = (x - center) * scale, then z / sqrt(1 + (z / clip)^2), so that outliers are bounded
// smoothly (Holzmueller et al. 2024, RealMLP); missing is `fill` first.
import type { Matrix } from '../../table/matrix.ts';

export type NetFeature =
  /** Goes through the encoding of the numbers, if there is one. */
  | { as: 'number'; fill: number; center: number; scale: number }
  /** Two values, or what is not worth an encoding. */
  | { as: 'flag'; fill: number; center: number; scale: number }
  /** A nominal feature of few levels: a 0 or 1 for each, all 0 when missing or unseen. */
  | { as: 'levels'; levels: number }
  /** A nominal feature with a table (the next of inputs.categories); code = `levels` when missing or unseen. */
  | { as: 'code'; levels: number };

export type NetColumns = { readonly numbers: number; readonly flags: number; readonly codes: number };

/** How many numbers, flags and codes the features make. */
export function columnsOf(features: readonly NetFeature[]): NetColumns {
  const out = { numbers: 0, flags: 0, codes: 0 };
  for (const f of features) {
    if (f.as === 'number') out.numbers++;
    else if (f.as === 'flag') out.flags++;
    else if (f.as === 'levels') out.flags += f.levels;
    else out.codes++;
  }
  return out;
}

/** One input made robust. */
export function robust(x: number, fill: number, center: number, scale: number, clip: number): number {
  const z = ((x === x ? x : fill) - center) * scale;
  return z / Math.sqrt(1 + (z / clip) * (z / clip));
}

/** Writes rows[from..to] of the matrix as x (rows x (numbers + flags)) and codes (rows x codes). */
export function gatherRows(
  features: readonly NetFeature[],
  clip: number,
  matrix: Matrix,
  rows: Int32Array,
  from: number,
  to: number,
  x: Float32Array,
  codes: Int32Array,
): void {
  const { numbers, flags, codes: tables } = columnsOf(features);
  const width = numbers + flags;
  let [number, flag, table] = [0, numbers, 0];
  features.forEach((f, j) => {
    const column = matrix.data[j];
    if (f.as === 'number' || f.as === 'flag') {
      const { fill, center, scale } = f;
      let at = f.as === 'number' ? number++ : flag++;
      for (let r = from; r < to; r++, at += width) x[at] = robust(column[rows[r]], fill, center, scale, clip);
    } else if (f.as === 'levels') {
      for (let r = from, at = flag; r < to; r++, at += width) {
        for (let k = 0; k < f.levels; k++) x[at + k] = 0;
        const code = column[rows[r]];
        if (code >= 0 && code < f.levels) x[at + code] = 1;
      }
      flag += f.levels;
    } else {
      for (let r = from, at = table; r < to; r++, at += tables) {
        const code = column[rows[r]];
        codes[at] = code >= 0 && code < f.levels ? code : f.levels;
      }
      table++;
    }
  });
}
