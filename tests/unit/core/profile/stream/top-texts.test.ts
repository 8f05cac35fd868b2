import { expect, test } from 'vitest';
import { mix32 } from '../../../../../src/core/base/random.ts';
import { addTopText, CAPACITY, makeTopTexts, mergeTopTexts, topTexts, type TopTexts } from '../../../../../src/core/profile/stream/top-texts.ts';

const encoder = new TextEncoder();
function add(top: TopTexts, text: string, count = 1): void {
  const bytes = encoder.encode(text);
  let h = 17;
  for (const byte of bytes) h = Math.imul(h ^ byte, 0x01000193);
  addTopText(top, mix32(h), mix32(h ^ 99), count, bytes, 0, bytes.length);
}

test('few texts are counted exactly', () => {
  const top = makeTopTexts();
  ['a', 'b', 'a', 'ü', 'a', 'b'].forEach((text) => add(top, text));
  expect(topTexts(top, 5)).toEqual([{ level: 'a', count: 3 }, { level: 'b', count: 2 }]);
});

test('among many the frequent stay, and no count is too high or too low by more than the error', () => {
  const top = makeTopTexts();
  const rows = 120_000;
  for (let i = 0; i < rows; i++) {
    add(top, `rare ${i}`);
    if (i % 10 === 0) add(top, 'tenth');
    if (i % 100 === 0) add(top, 'hundredth');
  }
  expect(top.error).toBeGreaterThan(0);
  expect(top.error).toBeLessThanOrEqual((2 * rows * 1.11) / CAPACITY);
  const [first, second] = topTexts(top, 50);
  expect([first.level, second.level]).toEqual(['tenth', 'hundredth']);
  expect(first.count).toBeLessThanOrEqual(12_000);
  expect(first.count).toBeGreaterThanOrEqual(12_000 - top.error);
});

test('two of them merge', () => {
  const [a, b] = [makeTopTexts(), makeTopTexts()];
  add(a, 'x', 3);
  add(b, 'x', 4);
  add(b, 'y', 2);
  mergeTopTexts(a, b);
  expect(topTexts(a, 2)).toEqual([{ level: 'x', count: 7 }, { level: 'y', count: 2 }]);
});
