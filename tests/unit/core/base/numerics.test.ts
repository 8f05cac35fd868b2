import { describe, expect, test } from 'vitest';
import { cosTurn, exp, log, log1p, pow, sigmoid, sinTurn, softmax, softplus, tanh } from '../../../../src/core/base/numerics.ts';
import { randomUnit } from '../../../../src/core/base/random.ts';

/** Distance in units in the last place of `b`. */
function ulps(a: number, b: number): number {
  if (a === b || (a !== a && b !== b)) return 0;
  const words = new BigInt64Array(Float64Array.of(a, b).buffer);
  const distance = words[0] - words[1];
  return Number(distance < 0n ? -distance : distance);
}

describe('exp', () => {
  test('edges', () => {
    expect([exp(0), exp(-0), exp(Infinity), exp(-Infinity), exp(710), exp(-746)]).toEqual([1, 1, Infinity, 0, Infinity, 0]);
    expect(exp(NaN)).toBeNaN();
    expect(exp(709.782712893384)).toBe(Math.exp(709.782712893384));
    expect(exp(-745.1)).toBeGreaterThan(0);
  });

  test('within one ulp of the platform over the whole range', () => {
    for (let i = 0; i < 20000; i++) {
      const x = (randomUnit(1, 1, i) - 0.5) * 1400;
      expect(ulps(exp(x), Math.exp(x)), `exp(${x})`).toBeLessThanOrEqual(1);
    }
  });

  test('tiny arguments and subnormal results', () => {
    for (const x of [1e-300, -1e-300, 1e-17, 2 ** -28, -(2 ** -29)]) expect(exp(x)).toBe(Math.exp(x));
    for (const x of [-708.5, -720, -744.9]) expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(1);
  });

  test('recorded values to the last bit (msun is one ulp off at 1): changing them would change every model', () => expect([exp(1), exp(-1), exp(0.5)]).toEqual([2.7182818284590455, Math.exp(-1), Math.exp(0.5)]));
});

describe('log', () => {
  test('edges', () => {
    expect([log(1), log(0), log(-0), log(Infinity)]).toEqual([0, -Infinity, -Infinity, Infinity]);
    expect([log(-1), log(NaN)]).toEqual([NaN, NaN]);
    expect(ulps(log(5e-324), Math.log(5e-324))).toBeLessThanOrEqual(1);
    expect(log(Math.E)).toBe(1);
  });

  test('within one ulp of the platform', () => {
    for (let i = 0; i < 20000; i++) {
      const x = exp((randomUnit(2, 1, i) - 0.5) * 1400);
      expect(ulps(log(x), Math.log(x)), `log(${x})`).toBeLessThanOrEqual(1);
    }
    for (let i = 0; i < 5000; i++) {
      const x = 0.9 + 0.2 * randomUnit(3, 1, i);
      expect(ulps(log(x), Math.log(x)), `log(${x})`).toBeLessThanOrEqual(1);
    }
  });
});

test('log1p keeps small arguments', () => {
  for (const x of [1e-20, 1e-10, -1e-10, 0.5, -0.5, 1e10]) expect(Math.abs(log1p(x) / Math.log1p(x) - 1)).toBeLessThan(1e-15);
  expect(log1p(0)).toBe(0);
  expect(log1p(Infinity)).toBe(Infinity);
});

test('sigmoid and softplus without overflow', () => {
  expect([sigmoid(0), sigmoid(800), sigmoid(-800), sigmoid(Infinity), sigmoid(-Infinity)]).toEqual([0.5, 1, 0, 1, 0]);
  expect([softplus(800), softplus(-800)]).toEqual([800, 0]);
  expect(softplus(0)).toBeCloseTo(Math.LN2, 15);
  for (const x of [-30, -1, 0.3, 5, 30]) expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 15);
});

test('pow', () => {
  expect([pow(2, 0), pow(0, 3), pow(1, 99)]).toEqual([1, 0, 1]);
  expect(pow(2, 10)).toBeCloseTo(1024, 9);
});

test('softmax sums to one, whatever the size of its arguments', () => {
  const values = Float64Array.of(9, 1000, 1001, 999, -7);
  softmax(values, 1, 3);
  expect(values[0]).toBe(9);
  expect(values[4]).toBe(-7);
  expect(values[1] + values[2] + values[3]).toBeCloseTo(1, 15);
  expect(values[2]).toBeGreaterThan(values[1]);
});

test('sinTurn and cosTurn are within 1e-15 of the truth, also far out', () => {
  for (let i = -4000; i <= 4000; i++) {
    const t = i * 0.01234567;
    expect(Math.abs(sinTurn(t % 1) - Math.sin(2 * Math.PI * (t % 1)))).toBeLessThan(2e-15);
    expect(Math.abs(cosTurn(t % 1) - Math.cos(2 * Math.PI * (t % 1)))).toBeLessThan(2e-15);
    expect(Math.abs(sinTurn(t) ** 2 + cosTurn(t) ** 2 - 1)).toBeLessThan(1e-15);
  }
  // the turn is reduced exactly: a million whole turns change nothing
  for (const t of [0.125, 0.375, 0.8125, 0.3125]) {
    expect(sinTurn(1e6 + t)).toBe(sinTurn(t));
    expect(cosTurn(t - 1e6)).toBe(cosTurn(t));
  }
  expect([0, 0.25, 0.5, 0.75, 1].map(sinTurn)).toEqual([0, 1, -0, -1, 0]);
  expect([0, 0.25, 0.5, 0.75, 1].map(cosTurn)).toEqual([1, -0, -1, 0, 1]);
  expect([sinTurn(NaN), cosTurn(Infinity), sinTurn(-Infinity)]).toEqual([NaN, NaN, NaN]);
});

test('tanh keeps its sign, its bounds and NaN', () => {
  for (const x of [-800, -3, -0.5, -1e-3, 0, 0.2, 2, 40]) expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThan(1e-15);
  expect(tanh(NaN)).toBe(NaN);
});
