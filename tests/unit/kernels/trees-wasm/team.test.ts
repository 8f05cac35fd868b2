import { expect, test } from 'vitest';
import { loadTreeKernels } from '../../../../src/kernels/trees-wasm/index.ts';
import { layoutSession, sessionBytes } from '../../../../src/kernels/trees-wasm/layout.ts';

const plan = { rows: 5000, validRows: 10, outputs: 2, leaves: 7, slots: 8, weighted: true, features: [{ bins: 5, nominal: false, monotone: 0 as const }, { bins: 3, nominal: false, monotone: 0 as const }], columns: [[0, 1]] };

test('helpers that cannot be started leave WASM on one thread, and the reason says so', async () => {
  const loaded = await loadTreeKernels({ threads: 2, spawn: () => { throw new Error('no threads today'); } });
  expect([loaded.kernels.backend, loaded.kernels.threads]).toEqual(['wasm', 1]);
  expect(loaded.reason()).toMatch(/no threads today/);
});

test('arrays do not overlap, start on 64 bytes, and fit the pages', () => {
  const { words, pages, bytes } = layoutSession(plan, 3);
  const starts = [words.gradients, words.scores, words.list, words.spare, words.cells, words.slots, words.private, words.scratch].sort((a, b) => a - b);
  expect(starts.every((at) => at % 64 === 0)).toBe(true);
  expect(new Set(starts).size).toBe(starts.length);
  expect(words.scores - words.gradients).toBeGreaterThanOrEqual(8 * plan.rows * plan.outputs);
  expect(pages * 65536).toBeGreaterThanOrEqual(bytes);
  expect(sessionBytes(plan, 3)).toBe(bytes);
});
