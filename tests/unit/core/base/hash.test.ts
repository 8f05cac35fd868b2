import { expect, test } from 'vitest';
import { canonicalJson, hashArray, hashBytes, hashJson } from '../../../../src/core/base/hash.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test('MurmurHash3 x86_128, known values of the reference implementation', () => {
  expect(hashBytes(new Uint8Array(0))).toBe('00000000000000000000000000000000');
  expect(hashBytes(encode('I will not buy this record, it is scratched.'))).toBe('a0a9683b25ac5e40d9af2895890dddf5');
  expect(hashBytes(encode("I will not buy this tobacconist's, it is scratched."))).toBe('9b5b7ba2ef3f7866889adeaf00f3f98e');
});

test('every length 0..40 differs, whatever the alignment', () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, i) => (i * 37) & 255);
  const seen = new Set<string>();
  for (let n = 0; n <= 40; n++) {
    const shifted = new Uint8Array(64);
    shifted.set(bytes.subarray(0, n), 3);
    expect(hashBytes(shifted.subarray(3, 3 + n))).toBe(hashBytes(bytes.slice(0, n)));
    seen.add(hashBytes(bytes.slice(0, n)));
  }
  expect(seen.size).toBe(41);
});

test('one bit changes about half of the hash', () => {
  const a = Uint8Array.from({ length: 100 }, (_, i) => i);
  const b = Uint8Array.from(a);
  b[50] ^= 1;
  const bits = (BigInt(`0x${hashBytes(a)}`) ^ BigInt(`0x${hashBytes(b)}`)).toString(2).replaceAll('0', '').length;
  expect(bits).toBeGreaterThan(40);
  expect(bits).toBeLessThan(90);
});

test('arrays hash their view only', () => {
  const all = Float64Array.of(1, 2, 3, 4);
  expect(hashArray(all.subarray(1, 3))).toBe(hashArray(Float64Array.of(2, 3)));
});

test('JSON hashes by content, not by order', () => {
  expect(hashJson({ a: 1, b: [{ d: 2, c: 3 }] })).toBe(hashJson({ b: [{ c: 3, d: 2 }], a: 1 }));
  expect(hashJson([1, 2])).not.toBe(hashJson([2, 1]));
  expect(canonicalJson({ b: 1, a: undefined as never, c: 'x"' })).toBe('{"b":1,"c":"x\\""}');
  expect(canonicalJson([NaN, Infinity, null])).toBe('[null,null,null]');
});
