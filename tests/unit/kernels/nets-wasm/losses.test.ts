import { expect, test } from 'vitest';
import type { NetLoss } from '../../../../src/core/learners/mlp/net-kernels.ts';
import { lossOf } from '../../../../src/core/learners/mlp/reference/loss.ts';
import { builds, gap, normals } from './builds.ts';

const kinds = ['softmax', 'sigmoid', 'squared', 'absolute', 'huber', 'quantile'];
const cases: [NetLoss, number, number][] = [
  [{ kind: 'softmax', focal: 0 }, 7, 1],
  [{ kind: 'softmax', focal: 0 }, 2, 4],
  [{ kind: 'softmax', focal: 0 }, 41, 1],
  [{ kind: 'softmax', focal: 2 }, 5, 2],
  [{ kind: 'softmax', focal: 0.5 }, 3, 1],
  [{ kind: 'sigmoid', focal: 0 }, 1, 1],
  [{ kind: 'sigmoid', focal: 1.5 }, 3, 2],
  [{ kind: 'squared' }, 1, 3],
  [{ kind: 'absolute' }, 2, 1],
  [{ kind: 'huber', delta: 0.7 }, 2, 2],
  [{ kind: 'quantile', levels: [0.1, 0.5, 0.9] }, 3, 1],
];

test.each(cases)('%j, %i outputs, %i members', (loss, outputs, members) => {
  const rows = 37;
  for (const { call, put, room, intact, name } of builds()) {
    const z = put(normals(1, rows * members * outputs).map((v, i) => v * (i % 5 === 0 ? 12 : 1)));
    const share = put(normals(2, rows).map((v) => Math.abs(v) / rows));
    const truth = put(truthOf(loss, rows, outputs));
    const dz = room(z.v.length);
    const parameter = 'focal' in loss ? loss.focal : loss.kind === 'huber' ? loss.delta : 0;
    const levels = loss.kind === 'quantile' ? put(loss.levels).at : 0;
    const want = lossOf(loss, Float64Array.from(z.v), { truth: truth.v, share: share.v, rows }, members);
    const got = call.loss(kinds.indexOf(loss.kind), z.at, truth.at, share.at, dz.at, 0, rows, outputs, members, parameter, levels);
    expect(Math.abs(got - want.loss) / want.loss, name).toBeLessThan(2e-6);
    expect(gap(dz.v, want.slope, 0.02), name).toBeLessThan(5e-6);
    const two = [0, 1].map((h) =>
      call.loss(kinds.indexOf(loss.kind), z.at, truth.at, share.at, z.at, h ? 20 : 0, h ? rows : 20, outputs, members, parameter, levels),
    );
    expect(gap([two[0] + two[1]], [got])).toBeLessThan(1e-12);
    expect(z.v).toEqual(dz.v);
    expect(intact()).toBe(true);
  }
});

/** Smoothed shares for softmax without focal, else one class; 0, 1 and between for sigmoid; numbers for the rest. */
function truthOf(loss: NetLoss, rows: number, outputs: number): Float32Array {
  if (loss.kind === 'sigmoid') return Float32Array.from({ length: rows * outputs }, (_, i) => [0, 1, 0.3][i % 3]);
  if (loss.kind !== 'softmax') return normals(3, rows * outputs);
  const smooth = loss.focal > 0 ? 0 : 0.1;
  return Float32Array.from({ length: rows * outputs }, (_, i) => (Math.floor(i / outputs) % outputs === i % outputs ? 1 - smooth : 0) + smooth / outputs);
}

test('scores far apart give no NaN, and a lost one shows', () => {
  for (const { call, put, room } of builds()) {
    for (const [kind, focal] of [
      [0, 0],
      [0, 0.5],
      [0, 2],
      [1, 0],
      [1, 0.5],
      [1, 2],
    ]) {
      const dz = room(4);
      const got = call.loss(kind, put([1e4, -1e4, 0, 3e38]).at, put([1, 0, 0, 0]).at, put([1]).at, dz.at, 0, 1, 2, 1, focal, 0);
      expect([got, ...dz.v].every(Number.isFinite)).toBe(true);
      expect(call.loss(kind, put([NaN, 1]).at, put([1, 0]).at, put([1]).at, dz.at, 0, 1, 2, 1, focal, 0)).toBeNaN();
    }
  }
});
