import { expect, it } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { quiet, type WorkContext } from '../../../../src/core/base/task.ts';
import { findStructure } from '../../../../src/core/structure/find-structure.ts';
import { kMeans, lloyd } from '../../../../src/core/structure/k-means.ts';
import { evenRows, squaredGap, type Points } from '../../../../src/core/structure/points.ts';
import { principalComponents } from '../../../../src/core/structure/principal-components.ts';
import { seedCentres } from '../../../../src/core/structure/seed-centres.ts';
import { standardised } from '../../../../src/core/structure/standardised.ts';
import { symmetricEigen } from '../../../../src/core/structure/symmetric-eigen.ts';
import { blobs, matrixOf, pointsOf } from './toy.ts';

const all = (n: number) => evenRows(n, n);
const spec = (clusters: number) => ({ clusters, seed: 1 });

it('takes eigenvectors apart: A v = value v, orthonormal, largest first', () => {
  const n = 40;
  const random = sequence(3, 'a');
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = random.normal();
  const { values, vectors } = symmetricEigen(a, n);
  for (let k = 0; k < n; k++) {
    if (k) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += a[i * n + j] * vectors[k * n + j];
      expect(sum).toBeCloseTo(values[k] * vectors[k * n + i], 10);
    }
    for (let m = 0; m <= k; m++) expect(Array.from({ length: n }, (_, j) => vectors[k * n + j] * vectors[m * n + j]).reduce((s, x) => s + x, 0)).toBeCloseTo(m === k ? 1 : 0, 10);
  }
});

it.each([[0, 0], [1, 0], [2, 0]])('takes easy matrices: none, one, a diagonal (%i)', (n) => {
  const { values } = symmetricEigen(Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? i + 1 : 0)), n);
  expect([...values]).toEqual(n === 0 ? [] : n === 1 ? [1] : [4, 1]);
});

it('weights count as rows', async () => {
  const columns = blobs([0, 2], 15, 4);
  const weighted = standardised(matrixOf(columns, null, Float32Array.from({ length: 30 }, (_, i) => 1 + (i % 3))));
  const repeated = standardised(matrixOf(columns.map((column) => column.flatMap((x, i) => Array.from({ length: 1 + (i % 3) }, () => x)))));
  const [a, b] = [await principalComponents(weighted, 4, quiet), await principalComponents(repeated, 4, quiet)];
  a.variances.forEach((value, k) => expect(value).toBeCloseTo(b.variances[k], 6));
  const [one, two] = [await kMeans(pointsOf(weighted), 2, { starts: 3, seed: 1 }, quiet), await kMeans(pointsOf(repeated), 2, { starts: 3, seed: 1 }, quiet)];
  expect(one.inertia).toBeCloseTo(two.inertia, 4);
});

it('leaves out what is constant or missing, and holds rare flags', () => {
  const flag = Array.from({ length: 1000 }, (_, i) => (i < 2 ? 1 : 0));
  const data = standardised(matrixOf([flag, flag.map(() => 5), flag.map(() => NaN), flag.map((_, i) => (i % 7 === 0 ? NaN : i))]));
  expect(data.constant).toEqual(['f1', 'f2']);
  expect(data.features.map((f) => f.name)).toEqual(['f0', 'f3']);
  expect(Math.max(...data.z)).toBeLessThan(5);
  expect(data.z[1]).toBe(0);
});

it('signs the largest loading positive whatever the signs of the data', async () => {
  const columns = blobs([-2, 0, 3], 20, 3);
  const [plain, turned] = await Promise.all([columns, columns.map((column) => column.map((x) => -x))].map((one) => principalComponents(standardised(matrixOf(one)), 3, quiet)));
  expect([...turned.loadings].map((x) => x.toFixed(9))).toEqual([...plain.loadings].map((x) => x.toFixed(9)));
  expect(Math.max(...plain.loadings.subarray(0, 3))).toBeGreaterThan(0.5);
});

it('gives the clusters of plain Lloyd turns, without its distances', async () => {
  const points = pointsOf(standardised(matrixOf(blobs([0, 1, 2, 3], 60, 5, 4))));
  const first = seedCentres(points, 6, sequence(2, 'x'));
  const found = await lloyd(points, first, quiet);
  expect([...found.codes]).toEqual(plainLloyd(points, first));
  expect(found.turns).toBeGreaterThan(2);
});

it('fills empty clusters and gives fewer when rows are too alike', async () => {
  const points: Points = { rows: 6, width: 1, z: Float32Array.of(0, 0.1, 0.2, 9, 9.1, 30), weight: null };
  const found = await lloyd(points, Float64Array.of(0, 100, 200), quiet);
  expect(new Set(found.codes).size).toBe(3);
  const alike: Points = { rows: 6, width: 1, z: Float32Array.of(1, 1, 1, 2, 2, 2), weight: null };
  expect((await kMeans(alike, 4, { starts: 2, seed: 1 }, quiet)).k).toBe(2);
});

it('chooses as many clusters as there are, names what sets them apart, and how the target goes', async () => {
  const codes = Int32Array.from({ length: 120 }, (_, i) => Math.floor(i / 40));
  const found = await findStructure(matrixOf(blobs([-4, 0, 4], 40, 4), { kind: 'class', classes: ['a', 'b', 'c'], codes }), all(120), 120, 'y', spec(0), quiet);
  expect(found.clustering?.clusters.map((c) => c.size)).toEqual([40, 40, 40]);
  expect(found.clustering?.tried.map((t) => t.k)).toContain(12);
  expect(found.clustering?.agreement).toBe(1);
  expect(found.clustering!.silhouette!).toBeGreaterThan(0.7);
  const outer = found.clustering!.clusters.map((c) => c.apart[0]).filter((a) => Math.abs(a.gap) > 1);
  expect(outer.length).toBe(2);
  outer.forEach((a) => expect(Math.abs(a.mean)).toBeCloseTo(4, 0));
  expect(found.components[0].share).toBeGreaterThan(0.95);
  expect(found.shown.rows.length).toBe(120);
});

it('gives the same record twice, plain JSON', async () => {
  const matrix = matrixOf(blobs([0, 3], 50, 5), { kind: 'value', values: Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 1 : 2)) });
  const [one, two] = [await findStructure(matrix, all(100), 100, 'y', spec(3), quiet), await findStructure(matrix, all(100), 100, 'y', spec(3), quiet)];
  expect(two).toEqual(one);
  expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  expect(one.clustering!.agreement!).toBeGreaterThan(0.99);
});

it('a stop keeps the components', async () => {
  const stopping: WorkContext = { ...quiet, breathe: async () => 'stop' };
  const found = await findStructure(matrixOf(blobs([0, 3], 20, 3)), all(40), 40, null, spec(0), stopping);
  expect(found.clustering).toBeNull();
  expect(found.components.length).toBeGreaterThan(0);
  expect(found.shown.cluster).toEqual([]);
});

it.each([1, 2])('says little of %i rows and does not fall over', async (rows) => {
  const found = await findStructure(matrixOf([Array.from({ length: rows }, (_, i) => i), Array.from({ length: rows }, () => 1)]), all(rows), rows, null, spec(0), quiet);
  expect(found.clustering).toBeNull();
  expect(found.constant).toContain('f1');
});

/** Every distance, every turn. */
function plainLloyd({ rows, width, z }: Points, first: Float64Array): number[] {
  const k = first.length / width;
  const centres = first.slice();
  let codes: number[] = [];
  for (let turn = 0; turn < 300; turn++) {
    const next = Array.from({ length: rows }, (_, row) => {
      const gaps = Array.from({ length: k }, (__, c) => squaredGap(z, row * width, centres, c * width, width));
      return gaps.indexOf(Math.min(...gaps));
    });
    if (next.every((code, row) => code === codes[row])) break;
    codes = next;
    for (let c = 0; c < k; c++) for (let j = 0; j < width; j++) {
      const own = codes.flatMap((code, row) => (code === c ? [z[row * width + j]] : []));
      if (own.length) centres[c * width + j] = own.reduce((s, x) => s + x, 0) / own.length;
    }
  }
  return codes;
}
