import { expect, test } from 'vitest';
import { sequence } from '../../../../src/core/base/random.ts';
import { builds, gap, normals } from './builds.ts';

const random = sequence(1, 'shapes');
const odd = Array.from({ length: 40 }, () => [1 + random.below(70), 1 + random.below(70), 1 + random.below(70)]);
const shapes = [[1, 1, 1], [13, 54, 7], [70, 7, 54], [64, 128, 9], [3, 833, 8], [129, 17, 33], ...odd];

/** x w + b in double. */
function product(x: ArrayLike<number>, w: ArrayLike<number>, b: ArrayLike<number> | null, lines: number, n: number, m: number): Float64Array {
  const y = new Float64Array(lines * m);
  for (let r = 0; r < lines; r++)
    for (let j = 0; j < m; j++) {
      let sum = b ? b[j] : 0;
      for (let k = 0; k < n; k++) sum += x[r * n + k] * w[k * m + j];
      y[r * m + j] = sum;
    }
  return y;
}

test.each(shapes)('affine, %i lines of %i to %i', (lines, n, m) => {
  for (const { call, put, room, intact, name } of builds()) {
    const [x, w, b] = [put(normals(1, lines * n)), put(normals(2, n * m)), put(normals(3, m))];
    const [packed, y] = [room(call.packedFloats(n, m)), room(lines * m, NaN)];
    call.pack(w.at, packed.at, n, m, 0, call.panels(m));
    const want = product(x.v, w.v, b.v, lines, n, m);
    call.affine(x.at, n, packed.at, b.at, y.at, m, 0, lines, n, m, 0);
    expect(gap(y.v, want, Math.sqrt(n)), name).toBeLessThan(2e-6);
    const whole = y.v.slice();
    call.affine(x.at, n, packed.at, b.at, y.at, m, 0, lines, n, m, 1);
    expect(y.v).toEqual(whole.map((v) => Math.max(0, v)));
    y.v.fill(NaN);
    const cut = lines >> 1;
    call.affine(x.at, n, packed.at, b.at, y.at, m, cut, lines, n, m, 0);
    expect(y.v.subarray(0, cut * m).every(Number.isNaN)).toBe(true);
    call.affine(x.at, n, packed.at, b.at, y.at, m, 0, cut, n, m, 0);
    expect(y.v).toEqual(whole);
    expect(intact()).toBe(true);
  }
});

test.each(shapes)('backInput, %i lines of %i from %i', (lines, n, m) => {
  for (const { call, put, room, intact, name } of builds()) {
    const [dy, w, mask] = [put(normals(1, lines * m)), put(normals(2, n * m)), put(normals(3, lines * n))];
    const [packed, dx] = [room(call.packedFloats(m, n)), room(lines * n, NaN)];
    call.packTransposed(w.at, packed.at, n, m, 0, call.panels(n));
    const turned = Float32Array.from({ length: n * m }, (_, i) => w.v[(i % n) * m + Math.floor(i / n)]);
    const want = product(dy.v, turned, null, lines, m, n);
    call.backInput(dy.at, m, packed.at, dx.at, n, 0, lines, n, m, 0);
    expect(gap(dx.v, want, Math.sqrt(m)), name).toBeLessThan(2e-6);
    const whole = dx.v.slice();
    call.backInput(dy.at, m, packed.at, dx.at, n, 0, lines, n, m, mask.at);
    expect(dx.v).toEqual(whole.map((v, i) => (mask.v[i] > 0 ? v : 0)));
    expect(intact()).toBe(true);
  }
});

test.each(shapes)('backWeights, %i lines of %i and %i', (lines, n, m) => {
  for (const { call, put, room, intact, name } of builds()) {
    const [x, dy] = [put(normals(1, lines * n)), put(normals(2, lines * m))];
    const [dw, scratch] = [room(n * m, NaN), room(call.scratchFloats(n, m))];
    const turned = Float32Array.from({ length: n * lines }, (_, i) => x.v[(i % lines) * n + Math.floor(i / lines)]);
    const want = product(turned, dy.v, null, n, lines, m);
    call.backWeights(x.at, n, dy.at, m, dw.at, 0, lines, n, m, 0, scratch.at);
    expect(gap(dw.v, want, Math.sqrt(lines)), name).toBeLessThan(2e-6);
    const once = dw.v.slice();
    call.backWeights(x.at, n, dy.at, m, dw.at, 0, lines, n, m, 1, scratch.at);
    expect(
      gap(
        dw.v,
        once.map((v) => 2 * v),
        Math.sqrt(lines),
      ),
      name,
    ).toBeLessThan(4e-6);
    call.backWeights(x.at, n, dy.at, m, dw.at, 0, 0, n, m, 0, scratch.at);
    expect(dw.v.every((v) => v === 0)).toBe(true);
    expect(intact()).toBe(true);
  }
});

test('heads: lines of each member with weights of its own, by strides', () => {
  const [rows, members, n, m] = [9, 3, 10, 5];
  for (const { call, put, room } of builds()) {
    const [x, w, b] = [put(normals(1, rows * members * n)), put(normals(2, members * n * m)), put(normals(3, members * m))];
    const each = call.packedFloats(n, m);
    const [packed, y] = [room(members * each), room(rows * members * m)];
    call.pack(w.at, packed.at, n, m, 0, members * call.panels(m));
    for (let k = 0; k < members; k++)
      call.affine(x.at + 4 * k * n, members * n, packed.at + 4 * k * each, b.at + 4 * k * m, y.at + 4 * k * m, members * m, 0, rows, n, m, 0);
    for (let r = 0; r < rows; r++)
      for (let k = 0; k < members; k++) {
        const line = r * members + k;
        const want = product(x.v.subarray(line * n, (line + 1) * n), w.v.subarray(k * n * m, (k + 1) * n * m), b.v.subarray(k * m, (k + 1) * m), 1, n, m);
        expect(gap(y.v.subarray(line * m, (line + 1) * m), want)).toBeLessThan(1e-5);
      }
  }
});

test('packing by parts gives what packing at once gives, for matrices in a row', () => {
  const [count, n, m] = [3, 13, 21];
  for (const { call, put, room } of builds()) {
    const w = put(normals(5, count * n * m));
    for (const [pack, each, floats] of [
      [call.pack, call.panels(m), call.packedFloats(n, m)],
      [call.packTransposed, call.panels(n), call.packedFloats(m, n)],
    ] as const) {
      const [whole, parts] = [room(count * floats, NaN), room(count * floats, NaN)];
      pack(w.at, whole.at, n, m, 0, count * each);
      for (let p = 0; p < count * each; p++) pack(w.at, parts.at, n, m, p, p + 1);
      expect(parts.v).toEqual(whole.v);
      expect(whole.v.some(Number.isNaN)).toBe(false);
    }
  }
});
