import { expect, test } from 'vitest';
import { dropBar, dropMask, dropStream } from '../../../../src/core/learners/mlp/net-kernels.ts';
import { builds, gap, normals } from './builds.ts';

const shapes = [
  [1, 1, 1],
  [6, 13, 1],
  [12, 8, 4],
  [12, 7, 3],
  [10, 33, 5],
];

test.each(shapes)('scale and shift, %i lines of %i, %i members', (lines, width, members) => {
  for (const { call, put, room, intact } of builds()) {
    const [z, dy, a] = [put(normals(1, lines * width)), put(normals(2, lines * width)), put(normals(3, members * width))];
    const [y, dz, da] = [room(lines * width), room(lines * width), room(members * width, 1)];
    const own = (i: number): number => i % (members * width);
    call.scale(z.at, a.at, y.at, 0, lines, width, members);
    expect(y.v).toEqual(z.v.map((v, i) => v * a.v[own(i)]));
    call.shift(z.at, a.at, y.at, 0, lines, width, members);
    expect(y.v).toEqual(z.v.map((v, i) => v + a.v[own(i)]));
    const [toScale, toShift] = [new Float64Array(members * width).fill(1), new Float64Array(members * width).fill(1)];
    dy.v.forEach((d, i) => {
      toScale[own(i)] += d * z.v[i];
      toShift[own(i)] += d;
    });
    call.backScale(z.at, dy.at, a.at, dz.at, da.at, 0, lines, width, members);
    expect(dz.v).toEqual(dy.v.map((d, i) => d * a.v[own(i)]));
    expect(gap(da.v, toScale)).toBeLessThan(2e-6);
    da.v.fill(1);
    call.backScale(z.at, dy.at, a.at, 0, da.at, 0, lines >> 1, width, members);
    call.backScale(z.at, dy.at, a.at, 0, da.at, lines >> 1, lines, width, members);
    expect(gap(da.v, toScale)).toBeLessThan(2e-6);
    da.v.fill(1);
    call.backShift(dy.at, da.at, 0, lines, width, members);
    expect(gap(da.v, toShift)).toBeLessThan(2e-6);
    expect(intact()).toBe(true);
  }
});

test.each(shapes)('spread and back, add, columns, %i rows of %i to %i members', (rows, width, members) => {
  for (const { call, put, room, intact } of builds()) {
    const [x, dy] = [put(normals(1, rows * width)), put(normals(2, rows * members * width))];
    const [y, dx] = [room(rows * members * width), room(rows * width)];
    call.spread(x.at, y.at, 0, rows, width, members);
    expect(y.v).toEqual(y.v.map((_, i) => x.v[Math.floor(i / (members * width)) * width + (i % width)]));
    call.backSpread(dy.at, dx.at, 0, rows, width, members);
    const want = new Float64Array(rows * width);
    dy.v.forEach((d, i) => (want[Math.floor(i / (members * width)) * width + (i % width)] += d));
    expect(gap(dx.v, want)).toBeLessThan(1e-6);
    call.add(y.at, dy.at, y.at, 1, y.v.length);
    expect(y.v[0]).toBe(x.v[0]);
    expect(y.v.subarray(1)).toEqual(y.v.map((_, i) => x.v[Math.floor(i / (members * width)) * width + (i % width)] + dy.v[i]).subarray(1));
    const wide = room(rows * (width + 2), 9);
    call.copyColumns(x.at, width, wide.at + 4, width + 2, 0, rows, width);
    expect(wide.v).toEqual(
      wide.v.map((_, i) => (i % (width + 2) === 0 || i % (width + 2) > width ? 9 : x.v[Math.floor(i / (width + 2)) * width + (i % (width + 2)) - 1])),
    );
    expect(intact()).toBe(true);
  }
});

test('the greatest and the least of each unit', () => {
  for (const { call, put, room } of builds()) {
    const z = put([1, -2, 3, -0.5, 5, 0.25]);
    const [top, low] = [room(3, -9), room(3, 9)];
    call.most(z.at, top.at, 0, 2, 3);
    call.least(z.at, low.at, 0, 2, 3);
    expect([[...top.v], [...low.v]]).toEqual([
      [1, 5, 3],
      [0.5, 2, 0.25],
    ]);
    call.zero(z.at, 1, 3);
    expect([...z.v]).toEqual([1, 0, 0, -0.5, 5, 0.25]);
  }
});

test.each([0.1, 0.5, 0.93, 1])('dropout at %f draws what dropMask draws, wherever it is cut', (rate) => {
  for (const { call, put, room, intact } of builds()) {
    const [seed, step, layer, count] = [-7, 12345, 3, 1001];
    const z = put(new Float32Array(count).fill(1));
    const [bar, want] = [dropBar(rate), dropMask(seed, step, layer, rate, count)];
    const kept = 65536 / (65536 - bar);
    const y = room(count, NaN);
    for (const [from, to] of [
      [0, 13],
      [13, 14],
      [14, 500],
      [500, 1001],
    ])
      call.drop(z.at, y.at, from, to, seed, dropStream(step, layer), bar, kept);
    expect(y.v).toEqual(want);
    expect(intact()).toBe(true);
  }
});

test('tables: lines by code, and gradients added in order of rows', () => {
  for (const { call, put, room, codes, intact } of builds()) {
    const [table, dy] = [put([1, 2, 3, 4, 5, 6]), put([1, 1, 2, 2, 3, 3, 4, 4])];
    const at = codes([2, 9, 0, 9, 2, 9, 1, 9]);
    const [y, dtable] = [room(12, 7), room(6, 1)];
    call.gather(table.at, at, 2, y.at + 4, 3, 0, 4, 2);
    expect([...y.v]).toEqual([7, 5, 6, 7, 1, 2, 7, 5, 6, 7, 3, 4]);
    call.scatter(dtable.at, at, 2, dy.at, 2, 0, 4, 2);
    expect([...dtable.v]).toEqual([3, 3, 5, 5, 5, 5]);
    expect(intact()).toBe(true);
  }
});
