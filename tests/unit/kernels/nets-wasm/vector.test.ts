import { expect, test } from 'vitest';
import { cosTurn, sinTurn } from '../../../../src/core/base/numerics.ts';
import { activation, activationSlope } from '../../../../src/core/learners/mlp/reference/activate.ts';
import { activations } from '../../../../src/core/models/net/net.ts';
import { builds, gap, normals } from './builds.ts';

const spread = Float32Array.from([
  ...normals(1, 200),
  ...normals(2, 200).map((v) => v * 20),
  ...normals(3, 99).map((v) => v * 1e-3),
  0,
  88,
  -88,
  700,
  -700,
  3e38,
  -3e38,
]);

test.each(activations.map((by, kind) => [by, kind] as const))('%s and its slope', (by, kind) => {
  for (const { call, put, room, intact, name } of builds()) {
    const z = put(spread);
    const [y, dz, one] = [room(spread.length), room(spread.length), put(new Float32Array(spread.length).fill(1))];
    call.activate(z.at, y.at, 0, 1, spread.length, kind, 0);
    expect(
      gap(
        y.v,
        Float64Array.from(spread, (v) => activation(by, v)),
        1,
      ),
      name,
    ).toBeLessThan(6e-7);
    call.backActivate(z.at, y.at, one.at, dz.at, 0, 1, spread.length, kind, 0, 0);
    expect(
      gap(
        dz.v,
        Float64Array.from(spread, (v) => activationSlope(by, v)),
        1,
      ),
      name,
    ).toBeLessThan(1e-6);
    expect(intact()).toBe(true);
  }
});

test.each(activations.map((by, kind) => [by, kind] as const))('%s mixed, and the slope of its mix', (by, kind) => {
  const [lines, width] = [11, 13];
  for (const { call, put, room, intact, name } of builds()) {
    const [z, mix, dy] = [put(normals(1, lines * width)), put(normals(2, width)), put(normals(3, lines * width))];
    const [y, dz, dmix] = [room(lines * width), room(lines * width), room(width, 0.5)];
    call.activate(z.at, y.at, 0, lines, width, kind, mix.at);
    expect(
      gap(
        y.v,
        Float64Array.from(z.v, (v, i) => v + mix.v[i % width] * (activation(by, v) - v)),
      ),
      name,
    ).toBeLessThan(1e-6);
    call.backActivate(z.at, y.at, dy.at, dz.at, 0, lines, width, kind, mix.at, dmix.at);
    expect(
      gap(
        dz.v,
        Float64Array.from(z.v, (v, i) => dy.v[i] * (1 + mix.v[i % width] * (activationSlope(by, v) - 1))),
      ),
      name,
    ).toBeLessThan(2e-6);
    const want = new Float64Array(width).fill(0.5);
    z.v.forEach((v, i) => (want[i % width] += dy.v[i] * (activation(by, v) - v)));
    expect(gap(dmix.v, want), name).toBeLessThan(2e-6);
    expect(intact()).toBe(true);
  }
});

test('NaN stays NaN through every activation', () => {
  for (const { call, put, room } of builds()) {
    activations.forEach((_, kind) => {
      const y = room(5);
      call.activate(put([1, NaN, 2, 3, NaN]).at, y.at, 0, 1, 5, kind, 0);
      expect([...y.v].map(Number.isNaN)).toEqual([false, true, false, false, true]);
    });
  }
});

test('sine and cosine of turns, near and far', () => {
  const values = [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1, -0.125, -0.25, 1e7, -12345.6, 3e38, ...normals(4, 301), ...normals(5, 100).map((v) => v * 1000)];
  for (const { call, put, room, name } of builds()) {
    const waves = values.length;
    const frequencies = put(values);
    const [stash, y, one] = [room(2 * waves), room(1), put([1])];
    const packed = room(call.packedFloats(2 * waves, 1));
    call.plr(one.at, 1, frequencies.at, packed.at, room(1).at, y.at, 1, stash.at, 0, 1, 1, waves, 1);
    expect(gap(stash.v.subarray(0, waves), Float64Array.from(frequencies.v, cosTurn)), name).toBeLessThan(3e-7);
    expect(gap(stash.v.subarray(waves), Float64Array.from(frequencies.v, sinTurn)), name).toBeLessThan(3e-7);
  }
});
