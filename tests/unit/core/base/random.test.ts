import { expect, test } from 'vitest';
import { mix32, randomBits, randomUnit, sequence, shuffle, streamOf } from '../../../../src/core/base/random.ts';

test('a pure function of its three words', () => {
  expect(randomBits(1, 2, 3)).toBe(randomBits(1, 2, 3));
  expect(new Set([randomBits(1, 2, 3), randomBits(2, 2, 3), randomBits(1, 3, 3), randomBits(1, 2, 4)]).size).toBe(4);
});

test('known values: changing them would change every stored model', () => {
  expect([mix32(0), mix32(1), mix32(0xffffffff)]).toMatchInlineSnapshot(`
    [
      0,
      1753845952,
      1734902346,
    ]
  `);
  expect([randomBits(0, 0, 0), randomBits(1, 0, 0), randomBits(42, 7, 1000000)]).toMatchInlineSnapshot(`
    [
      2488251732,
      3596746518,
      3743617997,
    ]
  `);
  expect(streamOf('split')).toMatchInlineSnapshot(`4147347483`);
});

test('mix32 is one to one on a sample', () => {
  expect(new Set(Array.from({ length: 100000 }, (_, i) => mix32(i))).size).toBe(100000);
});

test('units are uniform: chi-square over 64 bins below its 0.1 % point', () => {
  const bins = new Float64Array(64);
  for (let i = 0; i < 64000; i++) bins[Math.floor(randomUnit(7, 1, i) * 64)]++;
  const chi = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  expect(chi).toBeLessThan(103.4);
});

test('neighbouring seeds and streams do not move together', () => {
  for (const other of [(i: number) => randomUnit(8, 1, i), (i: number) => randomUnit(7, 2, i), (i: number) => randomUnit(7, 1, i + 1)]) {
    let sum = 0;
    for (let i = 0; i < 20000; i++) sum += (randomUnit(7, 1, i) - 0.5) * (other(i) - 0.5);
    expect(Math.abs(sum / 20000) * 12).toBeLessThan(0.03);
  }
});

test('normal has mean 0, variance 1 and the right tails', () => {
  const random = sequence(3, 'normal');
  const values = Array.from({ length: 40000 }, () => random.normal());
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  expect(values.filter((v) => Math.abs(v) > 1.96).length / values.length).toBeCloseTo(0.05, 2);
});

test('below stays below and reaches all', () => {
  const random = sequence(1, 2);
  const seen = new Set(Array.from({ length: 200 }, () => random.below(5)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
});

test('shuffle permutes, and every place is equally likely', () => {
  const places = new Float64Array(6);
  for (let seed = 0; seed < 6000; seed++) {
    const items = shuffle(Int32Array.from([0, 1, 2, 3, 4, 5]), sequence(seed, 'shuffle'));
    expect(Array.from(items).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    places[items.indexOf(0)]++;
  }
  for (const n of places) expect(Math.abs(n - 1000)).toBeLessThan(130);
});
