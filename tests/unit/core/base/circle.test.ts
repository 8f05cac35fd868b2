import { expect, test } from 'vitest';
import { cosTurns, sinTurns } from '../../../../src/core/base/circle.ts';

test('sine and cosine of turns', () => {
  for (let t = -3; t < 3; t += 0.0137) {
    expect(Math.abs(sinTurns(t) - Math.sin(2 * Math.PI * t))).toBeLessThan(4e-15);
    expect(Math.abs(cosTurns(t) - Math.cos(2 * Math.PI * t))).toBeLessThan(4e-15);
  }
  expect([0, 0.25, 0.5, 0.75, 1].map(sinTurns).map((v) => v + 0)).toEqual([0, 1, 0, -1, 0]);
});
