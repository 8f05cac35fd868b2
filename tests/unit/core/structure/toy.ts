// Small matrices by column, and what the tests of this room draw.
import { sequence } from '../../../../src/core/base/random.ts';
import type { Points } from '../../../../src/core/structure/points.ts';
import type { Standardised } from '../../../../src/core/structure/standardised.ts';
import type { Matrix, Target } from '../../../../src/core/table/matrix.ts';

export const matrixOf = (columns: readonly (readonly number[])[], target: Target | null = null, weight: Float32Array | null = null): Matrix => ({
  rows: columns[0].length,
  features: columns.map((_, j) => ({ name: `f${j}`, source: `f${j}` })),
  data: columns.map((column) => Float32Array.from(column)),
  target,
  weight,
});

export const pointsOf = ({ rows, features, z, weight }: Standardised): Points => ({ rows, width: features.length, z, weight });

/** `each` rows around each of the given places, `width` columns wide; the same for the same seed. */
export function blobs(places: readonly number[], each: number, width: number, seed = 1): number[][] {
  const random = sequence(seed, 'blobs');
  const columns: number[][] = Array.from({ length: width }, () => []);
  for (const place of places) for (let i = 0; i < each; i++) columns.forEach((column, j) => column.push(place * (j % 2 ? 1 : -1) + 0.3 * random.normal()));
  return columns;
}
