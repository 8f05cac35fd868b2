// The largest components of very wide data without its covariance: randomised subspace iteration (Halko, Martinsson and
// Tropp, "Finding Structure with Randomness", 2011) with a Rayleigh-Ritz step at the end of each turn. Ends when no wanted
// variance moves by more than 1e-7 of the total, or after twenty turns.
import { sequence } from '../base/random.ts';
import type { WorkContext } from '../base/task.ts';
import type { Standardised } from './standardised.ts';
import { symmetricEigen, type Eigen } from './symmetric-eigen.ts';

const spare = 10;
const mostTurns = 20;
const tolerance = 1e-7;

/** The `count` largest eigenvalues of the covariance with their vectors. */
export async function subspace(data: Standardised, count: number, context: WorkContext, done: (share: number) => void): Promise<Eigen> {
  const width = data.features.length;
  const p = Math.min(width, count + spare);
  const random = sequence(1, 'subspace');
  let basis: Float64Array = new Float64Array(width * p);
  for (let i = 0; i < basis.length; i++) basis[i] = random.normal();
  orthonormalise(basis, width, p);
  let values = new Float64Array(p);
  for (let turn = 0; turn < mostTurns; turn++) {
    const image = applyCovariance(data, basis, p);
    const small = new Float64Array(p * p);
    for (let j = 0; j < width; j++) for (let a = 0; a < p; a++) for (let b = 0; b <= a; b++) small[a * p + b] += basis[j * p + a] * image[j * p + b];
    for (let a = 0; a < p; a++) for (let b = 0; b < a; b++) small[b * p + a] = small[a * p + b];
    const ritz = symmetricEigen(small, p);
    let moved = 0;
    for (let k = 0; k < count; k++) moved = Math.max(moved, Math.abs(ritz.values[k] - values[k]));
    values = Float64Array.from(ritz.values);
    const isDone = moved <= tolerance * data.totalVariance || turn === mostTurns - 1;
    basis = turned(isDone ? basis : image, ritz.vectors, width, p);
    if (!isDone) orthonormalise(basis, width, p);
    done((turn + 1) / mostTurns);
    await context.breathe();
    if (isDone) break;
  }
  const vectors = new Float64Array(count * width);
  for (let k = 0; k < count; k++) for (let j = 0; j < width; j++) vectors[k * width + j] = basis[j * p + k];
  return { values: values.slice(0, count), vectors };
}

/** Covariance times basis (features x p, row-major), by way of the scores of a row at a time. */
function applyCovariance({ rows, z, weight, totalWeight, features }: Standardised, basis: Float64Array, p: number): Float64Array {
  const width = features.length;
  const out = new Float64Array(width * p);
  const score = new Float64Array(p);
  for (let row = 0; row < rows; row++) {
    score.fill(0);
    const at = row * width;
    for (let j = 0; j < width; j++) {
      const x = z[at + j];
      if (x !== 0) for (let k = 0; k < p; k++) score[k] += x * basis[j * p + k];
    }
    const scale = (weight ? weight[row] : 1) / totalWeight;
    for (let k = 0; k < p; k++) score[k] *= scale;
    for (let j = 0; j < width; j++) {
      const x = z[at + j];
      if (x !== 0) for (let k = 0; k < p; k++) out[j * p + k] += x * score[k];
    }
  }
  return out;
}

/** basis times the small rotation, whose vectors lie in rows. */
function turned(basis: Float64Array, vectors: Float64Array, width: number, p: number): Float64Array {
  const out = new Float64Array(width * p);
  for (let j = 0; j < width; j++) {
    for (let k = 0; k < p; k++) {
      let sum = 0;
      for (let a = 0; a < p; a++) sum += basis[j * p + a] * vectors[k * p + a];
      out[j * p + k] = sum;
    }
  }
  return out;
}

/** Columns by Gram and Schmidt, each twice; one that vanishes becomes a unit vector made orthogonal in its turn. */
function orthonormalise(basis: Float64Array, width: number, p: number): void {
  for (let k = 0; k < p; k++) {
    for (let attempt = -1; attempt < width; attempt++) {
      if (attempt >= 0) for (let j = 0; j < width; j++) basis[j * p + k] = j === attempt ? 1 : 0;
      const before = lengthOf(basis, width, p, k);
      for (let pass = 0; pass < 2; pass++) {
        for (let a = 0; a < k; a++) {
          let dot = 0;
          for (let j = 0; j < width; j++) dot += basis[j * p + a] * basis[j * p + k];
          for (let j = 0; j < width; j++) basis[j * p + k] -= dot * basis[j * p + a];
        }
      }
      const after = lengthOf(basis, width, p, k);
      if (!(after > 1e-10 * before)) continue;
      for (let j = 0; j < width; j++) basis[j * p + k] /= after;
      break;
    }
  }
}

function lengthOf(basis: Float64Array, width: number, p: number, k: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += basis[j * p + k] * basis[j * p + k];
  return Math.sqrt(sum);
}
