// A row's explanation as the bars of a waterfall, in words; the reasons why there is none; answers of older edits dropped.
import { expect, test } from 'vitest';
import type { RowExplanation } from '../../../../../src/core/pipeline/explain-row.ts';
import { fallOf, noWhy, whyFinding } from '../../../../../src/studio/pages/deploy/why.ts';
import { TryState } from '../../../../../src/studio/pages/deploy/try-state.svelte.ts';
import type { EngineApi, RowWhy } from '../../../../../src/wire/engine.ts';

const row: RowExplanation = {
  scale: 'logit', outputs: ['a', 'b'], base: [0, 0], scores: [1, -1], before: [0.5, 0.5], after: [0.88, 0.12], error: 1e-15,
  columns: [{ column: 'age', cell: '30', contributions: [1.5, -0.5] }, { column: 'port', cell: null, contributions: [-0.5, -0.5] }],
};

test('bars of one output, its unit and what the scores mean', () => {
  const data = fallOf(row, 0);
  expect(data).toMatchObject({ unit: 'score of a (logit)', base: 0, score: 1, before: '50\u00a0%', after: '88\u00a0%' });
  expect(data.columns).toEqual([{ column: 'age', cell: '30', contribution: 1.5 }, { column: 'port', cell: null, contribution: -0.5 }]);
  expect(whyFinding(data)).toBe('Why 88\u00a0%, not 50\u00a0%: age raises it most, port lowers it most');
  expect(whyFinding(fallOf(row, 1))).toMatch(/: age lowers it most$/);
});

test('a value is told as a figure', () => {
  expect(fallOf({ ...row, scale: 'value', outputs: ['price'], after: [1234] }, 0)).toMatchObject({ unit: 'price', after: '1\u202f234' });
});

test('why there is none', () => {
  expect(noWhy({ why: null, reason: 'no-trees', model: 'Linear' })).toMatch(/a linear model has none/);
  expect(noWhy({ why: null, reason: 'no-covers', model: 'Trees' })).toMatch(/Train it again/);
});

test('the state asks why after each answer, keeps the newest, and asks nothing about a refused row', async () => {
  const asked: string[] = [];
  const contract = { columns: [{ name: 'x', kind: 'number', example: 1 }] };
  const engine = {
    contract: async () => contract,
    predictRows: async (_bundle: string, [given]: { x: number }[]) => [{ prediction: given.x > 5 ? null : 'a', probabilities: null, breaches: [] }],
    explainRow: async (_bundle: string, given: { x: number }): Promise<RowWhy> => { asked.push(String(given.x)); return { why: { ...row, error: given.x } }; },
  } as unknown as Pick<EngineApi, 'contract' | 'predictRows' | 'explainRow'>;
  const state = new TryState(engine, (error) => { throw error; });
  await state.load('b');
  expect(state.why?.why?.error).toBe(1);
  state.set('x', '2');
  state.set('x', '3');
  await expect.poll(() => state.why?.why?.error).toBe(3);
  state.set('x', '9');
  await expect.poll(() => state.why).toBeNull();
  expect(asked).not.toContain('9');
});
