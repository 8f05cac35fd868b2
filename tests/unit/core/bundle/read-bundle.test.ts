import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../src/core/base/json.ts';
import { isBarnacleError } from '../../../../src/core/base/errors.ts';
import { hashTail, hashLength, headerStart, padded } from '../../../../src/core/bundle/format.ts';
import { fileHash, hashBundle } from '../../../../src/core/bundle/hash-bundle.ts';
import { readBundle } from '../../../../src/core/bundle/read-bundle.ts';
import { writeBundle } from '../../../../src/core/bundle/write-bundle.ts';
import { parseFittedRecipe } from '../../../../src/core/recipe/parse-recipe.ts';
import { makeFixture } from './fixture.ts';

const file = writeBundle(makeFixture('trees'));
const failure = (bytes: Uint8Array): unknown => {
  try {
    readBundle(bytes);
  } catch (error) {
    return error;
  }
  return null;
};
const isRefused = (bytes: Uint8Array, code: 'bad-bundle' | 'newer-version' = 'bad-bundle') => isBarnacleError(failure(bytes), code);
/** Puts the right hash at the end, as an adversary would. */
const sealed = (bytes: Uint8Array): Uint8Array => {
  const out = bytes.slice();
  out.set(hashTail(out.subarray(0, out.length - hashLength)), out.length - hashLength);
  return out;
};
/** The file with its header rewritten as text. */
function withHeader(rewrite: (header: JsonObject) => Json | string, subject = file): Uint8Array {
  const length = new DataView(subject.buffer).getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(subject.subarray(headerStart, headerStart + length))) as JsonObject;
  const made = rewrite(header);
  const text = new TextEncoder().encode(typeof made === 'string' ? made : JSON.stringify(made));
  const rest = subject.subarray(headerStart + padded(length));
  const out = new Uint8Array(headerStart + padded(text.length) + rest.length);
  out.set(subject.subarray(0, headerStart));
  new DataView(out.buffer).setUint32(12, text.length, true);
  out.set(text, headerStart);
  out.set(rest, headerStart + padded(text.length));
  return sealed(out);
}
const model = (header: JsonObject): JsonObject => header.model as JsonObject;

describe.each(['constant', 'linear', 'dense', 'net', 'trees'] as const)('a bundle of a %s model', (kind) => {
  test.each(['binary', 'multiclass', 'regression'] as const)('comes back equal, with equal bytes and hash: %s', (task) => {
    const bundle = makeFixture(kind, task);
    const bytes = writeBundle(bundle);
    const back = readBundle(bytes);
    expect(back).toEqual({ ...bundle, recipe: parseFittedRecipe(bundle.recipe) });
    expect(writeBundle(back)).toEqual(bytes);
    expect(hashBundle(bundle)).toBe(fileHash(bytes));
  });
});

test('key order of the records does not change the bytes', () => {
  const bundle = makeFixture('linear');
  const turned = { ...bundle, run: Object.fromEntries(Object.entries(bundle.run as JsonObject).reverse()), model: { ...bundle.model, arrays: Object.fromEntries(Object.entries(bundle.model.arrays).reverse()) } };
  expect(writeBundle(turned)).toEqual(writeBundle(bundle));
});

test('it is read from within a larger buffer, at any alignment', () => {
  const inside = new Uint8Array(file.length + 11);
  inside.set(file, 3);
  expect(readBundle(inside.subarray(3, 3 + file.length))).toEqual(readBundle(file));
});

test('a Node Buffer is read like any bytes, and the bundle keeps no view of it', () => {
  const buffer = Buffer.concat([Buffer.from([1, 2, 3]), file]).subarray(3);
  const bundle = readBundle(buffer);
  buffer.fill(0);
  expect(bundle).toEqual(readBundle(file));
});

test('a flipped byte anywhere is a bad bundle', () => {
  for (let at = 0; at < file.length; at += 7) {
    const flipped = file.slice();
    flipped[at] ^= 1 << (at & 7);
    expect(isRefused(flipped), `byte ${at}`).toBe(true);
  }
});

test('a file cut short anywhere, or with bytes after its end, is a bad bundle', () => {
  for (let length = 0; length < file.length; length += 13) expect(isRefused(file.subarray(0, length)), `${length} bytes`).toBe(true);
  const longer = new Uint8Array(file.length + 8);
  longer.set(file);
  expect(isRefused(longer)).toBe(true);
});

test('a flipped byte under a right hash is refused or read as something sound, never anything else', () => {
  const prototype = Object.getOwnPropertyNames(Object.prototype).length;
  for (let at = 0; at < file.length - hashLength; at += 11) {
    const flipped = file.slice();
    flipped[at] ^= 1 << (at % 8);
    const error = failure(sealed(flipped));
    expect(error === null || isBarnacleError(error, 'bad-bundle') || isBarnacleError(error, 'newer-version'), `byte ${at}: ${String(error)}`).toBe(true);
  }
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(prototype);
});

test('a newer version says so and names both versions; version 0 is damage', () => {
  const newer = file.slice();
  new DataView(newer.buffer).setUint32(8, 2, true);
  expect(failure(sealed(newer))).toMatchObject({ code: 'newer-version', details: { found: 2, supported: 1 } });
  new DataView(newer.buffer).setUint32(8, 0, true);
  expect(isRefused(sealed(newer))).toBe(true);
});

test.each([0xffffffff, 1 << 26, 1 << 20])('a header length of %i is compared with what is left', (length) => {
  const lying = file.slice();
  new DataView(lying.buffer).setUint32(12, length, true);
  expect(isRefused(sealed(lying))).toBe(true);
});

test.each([2 ** 32, 2 ** 52, -1, 1.5, null, '3'])('an array length of %s is compared with what is left', (length) => {
  const lie = (header: JsonObject) => ({ ...header, model: { ...model(header), arrays: (model(header).arrays as JsonObject[]).map((array, i) => (i ? array : { ...array, length })) } });
  expect(isRefused(withHeader(lie))).toBe(true);
});

test('prototype keys are refused as fields and are only names in maps', () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const smuggled = (header: JsonObject) => JSON.stringify(header).replace(/^\{/, '{"__proto__":{"polluted":1},');
  expect(isRefused(withHeader(smuggled))).toBe(true);
  const inRun = withHeader((header) => JSON.stringify(header).replace('"note":"run"', '"__proto__":{"polluted":1}'));
  const { run } = readBundle(inRun);
  expect(Object.hasOwn(run as object, '__proto__')).toBe(true);
  expect((run as { polluted?: number }).polluted).toBeUndefined();
  expect(Object.getPrototypeOf(run)).toBe(Object.prototype);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
});

test.each<[string, (header: JsonObject) => Json | string]>([
  ['no JSON', () => '{'],
  ['a list', () => []],
  ['a header nested ten thousand deep', () => `{"run":${'['.repeat(10000)}${']'.repeat(10000)}}`],
  ['an unknown field', (h) => ({ ...h, extra: 1 })],
  ['another format', (h) => ({ ...h, format: 'other' })],
  ['no recipe', ({ recipe: _, ...h }) => h],
  ['an unknown model kind', (h) => ({ ...h, model: { ...model(h), type: 'oracle' } })],
  ['another task than the recipe', (h) => ({ ...h, model: { ...model(h), task: 'regression', classes: [] } })],
  ['one feature more than the recipe makes', (h) => ({ ...h, model: { ...model(h), features: (model(h).features as number) + 1 } })],
  ['renamed classes', (h) => ({ ...h, model: { ...model(h), classes: ['x', 'y'] } })],
  ['an array twice', (h) => ({ ...h, model: { ...model(h), arrays: [...(model(h).arrays as Json[]), (model(h).arrays as Json[])[0]] } })],
  ['an unknown array type', (h) => ({ ...h, model: { ...model(h), arrays: (model(h).arrays as JsonObject[]).map((a) => ({ ...a, type: 'float16' })) } })],
  ['a contract without the columns', (h) => ({ ...h, contract: { version: 1, columns: [] } })],
  ['golden predictions that are too few', (h) => ({ ...h, golden: { rows: [{}], predictions: [] } })],
  ['an object where a golden cell should be', (h) => ({ ...h, golden: { rows: [{ age: {} }], predictions: [[1]] } })],
  ['a step with unknown params', (h) => JSON.stringify(h).replace('"type":"impute"', '"type":"no-such-step"')],
])('%s is a bad bundle', (_, rewrite) => expect(failure(withHeader(rewrite))).toMatchObject({ code: 'bad-bundle' }));

test('the untouched header, rewritten, still reads: the refusals above are not of the rewriting', () => {
  expect(readBundle(withHeader((header) => header))).toEqual(readBundle(file));
});
