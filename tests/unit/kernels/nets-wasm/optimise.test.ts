import { expect, test } from 'vitest';
import { builds, gap, normals } from './builds.ts';

test('adamw over 30 steps, in parts cut anywhere, as in double', () => {
  const [count, rate, r, d, beta1, beta2, epsilon, clip] = [103, 0.01, 0.5, 0.02, 0.9, 0.999, 1e-8, 0.7];
  for (const { call, put, room, intact, name } of builds()) {
    const [w, m, v] = [put(normals(1, count)), room(count), room(count)];
    const [ww, mm, vv] = [Float64Array.from(w.v), new Float64Array(count), new Float64Array(count)];
    for (let t = 1; t <= 30; t++) {
      const g = put(normals(t, count));
      const [u1, u2] = [1 / (1 - beta1 ** t), 1 / (1 - beta2 ** t)];
      const cut = (t * 7) % count;
      for (const [from, to] of [
        [0, cut],
        [cut, count],
      ])
        call.adamw(w.at, g.at, m.at, v.at, from, to, rate, r, d, beta1, beta2, epsilon, u1, u2, clip);
      g.v.forEach((own, i) => {
        mm[i] = beta1 * mm[i] + (1 - beta1) * own * clip;
        vv[i] = beta2 * vv[i] + (1 - beta2) * (own * clip) ** 2;
        ww[i] -= rate * ((r * mm[i] * u1) / (Math.sqrt(vv[i] * u2) + epsilon) + d * ww[i]);
      });
    }
    expect(gap(w.v, ww), name).toBeLessThan(1e-6);
    expect(gap(m.v, mm), name).toBeLessThan(1e-6);
    expect(gap(v.v, vv), name).toBeLessThan(1e-6);
    expect(intact()).toBe(true);
  }
});

test('adamw gives the same bits however it is cut', () => {
  for (const { call, put } of builds()) {
    const once = [normals(1, 61), normals(2, 61), normals(3, 61), normals(4, 61).map(Math.abs)].map(put);
    const cut = [normals(1, 61), normals(2, 61), normals(3, 61), normals(4, 61).map(Math.abs)].map(put);
    const rest = [0.01, 1, 0.1, 0.9, 0.999, 1e-8, 1.7, 3.1, 0.3];
    call.adamw(once[0].at, once[1].at, once[2].at, once[3].at, 0, 61, ...rest);
    for (let i = 0; i < 61; i += 3) call.adamw(cut[0].at, cut[1].at, cut[2].at, cut[3].at, i, Math.min(61, i + 3), ...rest);
    for (const k of [0, 2, 3]) expect(cut[k].v).toEqual(once[k].v);
  }
});

test('sgd with momentum, the sum of squares, the sum of slices', () => {
  const count = 77;
  for (const { call, put, room, intact } of builds()) {
    const [w, g, m] = [put(normals(1, count)), put(normals(2, count)), put(normals(3, count))];
    const mm = Float64Array.from(m.v, (v, i) => 0.9 * v + g.v[i] * 0.5);
    const ww = Float64Array.from(w.v, (v, i) => v - 0.1 * (2 * mm[i] + 0.03 * v));
    call.sgd(w.at, g.at, m.at, 0, count, 0.1, 2, 0.03, 0.9, 0.5);
    expect(gap(m.v, mm)).toBeLessThan(1e-6);
    expect(gap(w.v, ww)).toBeLessThan(1e-6);
    expect(call.sumSquares(g.at, 3, count)).toBeCloseTo(
      g.v.subarray(3).reduce((s, v) => s + v * v, 0),
      10,
    );
    const [slices, out] = [put(normals(4, 5 * 80)), room(count)];
    call.addSlices(slices.at, 80, 5, out.at, 0, count);
    const want = new Float32Array(count);
    for (let s = 0; s < 5; s++) want.forEach((v, i) => (want[i] = s === 0 ? slices.v[i] : Math.fround(v + slices.v[s * 80 + i])));
    expect(out.v).toEqual(want);
    expect(intact()).toBe(true);
  }
});

test('the peak loop gives a finite number', () => {
  for (const { call } of builds()) expect(call.peak(1000)).toBeGreaterThan(0);
});
