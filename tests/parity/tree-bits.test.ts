// The list of bench tree-bits on few rows: each objective and option gives one hash on the reference and on WASM with 1, 2 and 4
// real threads; and a fit that was stopped and resumed ends in the bytes of the uninterrupted one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bitCases, hashOf } from '../../src/cli/bench/tree-bits-cases.ts';
import { referenceTrees } from '../../src/core/learners/trees/reference.ts';
import { loadTreeKernels } from '../../src/kernels/trees-wasm/index.ts';
import type { LoadedTrees } from '../../src/kernels/trees-wasm/index.ts';
import { testThreads } from './tree-threads.ts';

const rows = 700;

describe('one hash', () => {
  const loaded: LoadedTrees[] = [];
  beforeAll(async () => {
    for (const threads of [1, 2, 4]) loaded.push(await loadTreeKernels({ threads, spawn: await testThreads(), aloneUpTo: 0 }));
  }, 60_000);
  afterAll(() => loaded.forEach((each) => each.end()));

  test('the kernels are those that were asked for', () => expect(loaded.map(({ kernels, reason }) => [kernels.backend, kernels.threads, reason()])).toEqual([['wasm', 1, null], ['wasm', 2, null], ['wasm', 4, null]]));

  const seen = new Map<string, string>();
  test.each(bitCases)('$name', async (each) => {
    const expected = await hashOf(each, rows, referenceTrees);
    for (const { kernels } of loaded) expect([kernels.threads, await hashOf(each, rows, kernels)]).toEqual([kernels.threads, expected]);
    expect([...seen].filter(([, hash]) => hash === expected).map(([name]) => name)).toEqual([]);
    seen.set(each.name, expected);
  });

  test.each(bitCases.filter(({ way }) => way === 'resumed'))('$name: the bytes of a fit without a break', async (each) => {
    const [broken, whole] = [await hashOf(each, rows, referenceTrees), await hashOf({ ...each, way: undefined }, rows, referenceTrees)];
    expect(broken).toBe(whole);
  });
});
