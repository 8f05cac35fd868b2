import { expect, test } from 'vitest';
import { layoutBytes } from '../../../../../src/core/learners/trees/layout.ts';
import { openFit, planFit } from '../../../../../src/core/learners/trees/open-fit.ts';
import { binFeatures } from '../../../../../src/core/learners/trees/bin-features.ts';
import { referenceTrees } from '../../../../../src/core/learners/trees/reference.ts';
import { checkTreeMemory, treeMemory } from '../../../../../src/core/learners/trees/tree-memory.ts';
import { made } from '../gbt/made.ts';

const sizes = { rows: 1000, validRows: 100, features: 5, outputs: 1, leaves: 31, bins: 255, weighted: false, threads: 1 };

test('the parts are the whole, and the bound holds for a session that is opened', async () => {
  const { bytes, parts } = treeMemory(sizes);
  expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes);
  expect(parts[0].bytes).toBeGreaterThanOrEqual(1100 * 5);
  const data = made('binary', 1000, 1);
  const features = await binFeatures(data, 255, new Int8Array(5), 1, referenceTrees);
  const session = await openFit(data, made('binary', 100, 2), features, { outputs: 1, leaves: 31, weighted: false }, referenceTrees);
  expect(layoutBytes(session.plan, 1)).toBeLessThanOrEqual(bytes);
});

test('histograms are held to 256 MiB however many leaves and features there are', () => {
  const wide = treeMemory({ ...sizes, features: 1000, leaves: 1024 });
  const histograms = wide.parts.find((part) => part.label === 'histograms')!.bytes;
  expect(histograms).toBeLessThan(260 * 2 ** 20);
  const { slots } = planFit(10, 0, [{ bins: 256, nominal: false, monotone: 0 }], [[0]], { outputs: 1, leaves: 3, weighted: false });
  expect(slots).toBe(4);
});

test('what cannot be addressed is refused before it is allocated', () => {
  checkTreeMemory(sizes);
  expect(() => checkTreeMemory({ ...sizes, rows: 200e6, features: 30 })).toThrow(expect.objectContaining({ code: 'too-large' }) as Error);
});
