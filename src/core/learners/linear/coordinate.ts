// Minimises a quadratic with an L1 penalty: 0.5 t'Gt - c't + sum l1 |t|, one coordinate at a time (Friedman, Hastie & Tibshirani 2010:
// covariance updates). The gradient is kept up to date, so a coordinate that stays where it is costs one comparison: that takes the
// place of screening rules. Sweeps over those that are not 0 until they rest, then one over all; ends when that moves nothing.
// Unpenalised coordinates have l1 0. Ridge penalties belong on the diagonal of G.

export interface Quadratic {
  readonly size: number;
  /** Full, symmetric, row-major. */
  readonly gram: Float64Array;
  readonly linear: Float64Array;
  readonly l1: Float64Array;
}

/** Moves theta to the minimum, in place; false when it had not come to rest after `sweeps`. A step counts while gram[j][j] * step^2 > tolerance. */
export function descendCoordinates({ size, gram, linear, l1 }: Quadratic, theta: Float64Array, tolerance: number, sweeps = 20_000): boolean {
  const slope = linear.slice();
  for (let j = 0; j < size; j++) if (theta[j] !== 0) for (let i = 0, row = j * size; i < size; i++) slope[i] -= gram[row + i] * theta[j];
  const active: number[] = [];
  const isActive = new Uint8Array(size);
  const move = (j: number): number => {
    const bend = gram[j * size + j];
    if (!(bend > 0)) return 0;
    const old = theta[j];
    const pull = slope[j] + bend * old;
    const next = pull > l1[j] ? (pull - l1[j]) / bend : pull < -l1[j] ? (pull + l1[j]) / bend : 0;
    const step = next - old;
    if (step === 0) return 0;
    theta[j] = next;
    for (let i = 0, row = j * size; i < size; i++) slope[i] -= gram[row + i] * step;
    if (!isActive[j]) {
      isActive[j] = 1;
      active.push(j);
    }
    return bend * step * step;
  };
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let most = 0;
    for (let j = 0; j < size; j++) most = Math.max(most, move(j));
    if (most <= tolerance) return true;
    for (; sweep < sweeps; sweep++) {
      most = 0;
      for (let a = 0; a < active.length; a++) most = Math.max(most, move(active[a]));
      if (most <= tolerance) break;
    }
  }
  return false;
}
