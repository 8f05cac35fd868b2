// Held to scikit-learn (tests/golden/structure/make.py): components to 1e-6, inertia of twenty starts within 1 % of its best of ten.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { kMeans } from '../../../../src/core/structure/k-means.ts';
import { principalComponents } from '../../../../src/core/structure/principal-components.ts';
import { distancesOf, silhouette } from '../../../../src/core/structure/silhouette.ts';
import { standardised } from '../../../../src/core/structure/standardised.ts';
import { subspace } from '../../../../src/core/structure/subspace.ts';
import { matrixOf, pointsOf } from './toy.ts';

type Recorded = { x: (number | null)[][]; variance: number[]; share: number[]; components: number[][]; inertia: { [k: string]: number }; silhouette: { [k: string]: number } };
const { sets } = JSON.parse(readFileSync(new URL('../../../golden/structure/structure.json', import.meta.url), 'utf8')) as { sets: { [name: string]: Recorded } };

describe.each(Object.entries(sets))('%s', (_name, recorded) => {
  const data = standardised(matrixOf(recorded.x.map((column) => column.map((x) => x ?? NaN))));

  it('has the variances, shares and loadings of PCA', async () => {
    const found = await principalComponents(data, 99, quiet);
    expect(found.count).toBe(recorded.variance.length);
    recorded.variance.forEach((value, k) => {
      expect(found.variances[k]).toBeCloseTo(value, 5);
      expect(found.shares[k]).toBeCloseTo(recorded.share[k], 6);
      recorded.components[k].forEach((size, j) => expect(Math.abs(found.loadings[k * data.features.length + j])).toBeCloseTo(size, 4));
    });
  });

  it('finds the same leading components by subspace iteration', async () => {
    const found = await subspace(data, 3, quiet, () => {});
    [0, 1, 2].forEach((k) => expect(found.values[k]).toBeCloseTo(recorded.variance[k], 5));
  });

  it.each([2, 3, 5, 8])('has the inertia of the best of ten starts with %i clusters', async (k) => {
    const found = await kMeans(pointsOf(data), k, { starts: 20, seed: 1 }, quiet);
    expect(found.inertia / recorded.inertia[k]).toBeLessThan(1.01);
    if (found.inertia / recorded.inertia[k] > 0.9999) {
      const value = silhouette(await distancesOf(pointsOf(data), quiet), found.codes, k)!;
      if (found.inertia / recorded.inertia[k] < 1.00001) expect(value).toBeCloseTo(recorded.silhouette[k], 2);
    }
  });
});
