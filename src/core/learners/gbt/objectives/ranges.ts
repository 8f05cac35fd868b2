// The end of every gradient pass: hessians that fell out of single precision become the least positive one that is safe,
// and the largest |gradient| and hessian of each output are found. A value that is not finite shows as Infinity.

/** Least hessian of a row that has weight. */
const LEAST = 1e-30;

/** Pairs of `outputs` x `rows`, output-major; `ranges` gets two numbers for each output. */
export function measureRanges(out: Float32Array, weight: Float32Array | null, rows: number, outputs: number, ranges: Float32Array): void {
  for (let k = 0; k < outputs; k++) {
    let gradient = 0;
    let hessian = 0;
    let isFinite = true;
    for (let row = 0, at = 2 * k * rows; row < rows; row++, at += 2) {
      const g = Math.abs(out[at]);
      let h = out[at + 1];
      if (!(h >= LEAST)) {
        if (h !== h) isFinite = false;
        else if (!weight || weight[row] > 0) out[at + 1] = h = LEAST;
      }
      if (g > gradient) gradient = g;
      else if (g !== g) isFinite = false;
      if (h > hessian) hessian = h;
    }
    ranges[2 * k] = isFinite ? gradient : Infinity;
    ranges[2 * k + 1] = isFinite ? hessian : Infinity;
  }
}
