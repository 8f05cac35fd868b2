// Headers with one value replaced by something hostile, under a right hash: each is refused as bad-bundle or
// newer-version, or reads as a bundle that can be written again and asked to check itself. Nothing else may come out.
import { expect, test } from 'vitest';
import { isBarnacleError } from '../../../../src/core/base/errors.ts';
import type { Json } from '../../../../src/core/base/json.ts';
import { sequence } from '../../../../src/core/base/random.ts';
import { hashLength, hashTail, headerStart, padded } from '../../../../src/core/bundle/format.ts';
import { readBundle } from '../../../../src/core/bundle/read-bundle.ts';
import { writeBundle } from '../../../../src/core/bundle/write-bundle.ts';
import { checkGolden } from '../../../../src/core/pipeline/check-golden.ts';
import { makeFixture } from './fixture.ts';

type Slot = { holder: { [key: string]: Json }; key: string };
const hostile: Json[] = [null, true, -1, 0, 1.5, 1e308, 2 ** 40, '', 'x', '__proto__', 'constructor', 'a'.repeat(20000), [], [[]], {}, { length: 1e9 }, { constructor: { prototype: 1 } }];

function slotsOf(value: Json, found: Slot[] = []): Slot[] {
  if (value && typeof value === 'object') {
    for (const key of Object.keys(value)) {
      found.push({ holder: value as { [key: string]: Json }, key });
      slotsOf((value as { [key: string]: Json })[key], found);
    }
  }
  return found;
}

function withHeader(file: Uint8Array, header: Json, length: number): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const rest = file.subarray(headerStart + padded(length));
  const out = new Uint8Array(headerStart + padded(text.length) + rest.length);
  out.set(file.subarray(0, headerStart));
  new DataView(out.buffer).setUint32(12, text.length, true);
  out.set(text, headerStart);
  out.set(rest, headerStart + padded(text.length));
  out.set(hashTail(out.subarray(0, out.length - hashLength)), out.length - hashLength);
  return out;
}

test.each(['linear', 'dense', 'net', 'trees'] as const)('%s: 400 hostile headers', (kind) => {
  const file = writeBundle(makeFixture(kind));
  const length = new DataView(file.buffer).getUint32(12, true);
  const text = new TextDecoder().decode(file.subarray(headerStart, headerStart + length));
  const random = sequence(11, kind);
  const prototype = Object.getOwnPropertyNames(Object.prototype).length;
  const outcomes = { refused: 0, read: 0 };
  for (let n = 0; n < 400; n++) {
    const header = JSON.parse(text) as Json;
    const slots = slotsOf(header);
    const { holder, key } = slots[random.below(slots.length)];
    const value = hostile[random.below(hostile.length)];
    const renamed = random.below(5) === 0;
    if (renamed) Reflect.deleteProperty(holder, key);
    Object.defineProperty(holder, renamed ? '__proto__' : key, { value, enumerable: true, configurable: true, writable: true });
    try {
      const bundle = readBundle(withHeader(file, header, length));
      outcomes.read++;
      writeBundle(bundle);
      checkGolden(bundle);
    } catch (error) {
      outcomes.refused++;
      expect(isBarnacleError(error, 'bad-bundle') || isBarnacleError(error, 'newer-version'), `${key} = ${JSON.stringify(value).slice(0, 40)}: ${String(error)}`).toBe(true);
    }
  }
  expect(outcomes.refused).toBeGreaterThan(150);
  expect(outcomes.read).toBeGreaterThan(20);
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(prototype);
  expect(({} as { constructor: unknown }).constructor).toBe(Object);
});
