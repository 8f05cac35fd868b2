import { expect, test } from 'vitest';
import { canonicalJson, hashBytes, hashJson } from '../../../../src/core/base/hash.ts';
import { exp, log, log1p } from '../../../../src/core/base/numerics.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('hash passes the SMHasher verification of MurmurHash3_x86_128 (0xB3ECE62A)', () => {
  const all = new Uint8Array(256 * 16);
  const littleEndian = (hash: string) => Uint8Array.from({ length: 16 }, (_, i) => parseInt(hash.slice((i >> 2) * 8 + (3 - (i & 3)) * 2).slice(0, 2), 16));
  for (let i = 0; i < 256; i++) all.set(littleEndian(hashBytes(Uint8Array.from({ length: i }, (_, k) => k), 256 - i)), i * 16);
  expect(hashBytes(all).slice(0, 8)).toBe('b3ece62a');
  expect(hashBytes(bytes(''))).toBe('00000000000000000000000000000000');
});
test('json is hashed by its canonical form', () => {
  expect(canonicalJson({ b: 1, a: [true, null] })).toBe('{"a":[true,null],"b":1}');
  expect(hashJson({ b: 1, a: 2 })).toBe(hashJson({ a: 2, b: 1 }));
});
test('exp log', () => {
  for (let i = -700; i < 700; i += 0.37) expect(Math.abs(exp(i) / Math.exp(i) - 1)).toBeLessThan(3e-16);
  for (let i = 1e-5; i < 1e6; i *= 1.07) expect(Math.abs(log(i) - Math.log(i))).toBeLessThan(3e-15);
  expect(log1p(1e-12)).toBeCloseTo(1e-12, 20);
});
