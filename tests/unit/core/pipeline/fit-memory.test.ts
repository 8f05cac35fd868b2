import { expect, test } from 'vitest';
import { fitMemory } from '../../../../src/core/pipeline/fit-memory.ts';

const size = { rows: 1_000_000, validRows: 100_000, features: 20, outputs: 1, weighted: false };

test('trees say beforehand what they take: a byte a cell, then rows and leaves', () => {
  const memory = fitMemory('gbt', {}, size, 1)!;
  expect(memory.parts[0]!.bytes).toBeCloseTo(1_100_000 * 20, -3);
  expect(memory.parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(memory.bytes);
  expect(fitMemory('gbt', { leaves: 255 }, size, 1)!.bytes).toBeGreaterThan(memory.bytes);
  expect(fitMemory('gbt', {}, { ...size, outputs: 5 }, 1)!.bytes).toBeGreaterThan(memory.bytes);
});

test('others do not say', () => {
  expect(fitMemory('linear', {}, size, 1)).toBeNull();
});
