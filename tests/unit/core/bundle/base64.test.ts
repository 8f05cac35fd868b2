import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../../src/core/bundle/base64.ts';

test('it is what Buffer writes, at every length, across chunks', () => {
  for (const length of [0, 1, 2, 3, 4, 5, 255, 12287, 12288, 12289, 40000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + (i >> 8)) & 255);
    const text = encodeBase64(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64'));
    expect(decodeBase64(text)).toEqual(bytes);
  }
});

test('what is not base64 is refused', () => {
  for (const text of ['abc', 'ab!=', 'a\u00e9bc', '日本語字']) expect(() => decodeBase64(text)).toThrow(/base64/);
});
