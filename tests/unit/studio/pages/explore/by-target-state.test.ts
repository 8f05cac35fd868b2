import { expect, it, vi } from 'vitest';
import { ByTargetState } from '../../../../../src/studio/pages/explore/by-target-state.svelte.ts';
import type { ByTarget } from '../../../../../src/wire/engine.ts';
import type { RecipeSpec } from '../../../../../src/core/recipe/spec.ts';

const recipe: RecipeSpec = { version: 1, task: 'binary', target: 'y', above: null, positive: null, drop: [], steps: [] };
const answer = (column: string): ByTarget => ({ kind: 'classes', column, classes: ['no', 'yes'], bins: [], rows: 1, sampled: 1 });
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it('fetches a column once, at most two at a time, newest wish first', async () => {
  const asked: string[] = [];
  let open: (() => void)[] = [];
  const byTarget = vi.fn(async (_dataset: string, column: string) => { asked.push(column); await new Promise<void>((resolve) => open.push(resolve)); return answer(column); });
  const state = new ByTargetState({ byTarget }, 'd', recipe);
  for (const name of ['a', 'b', 'c', 'd', 'a']) state.want(name);
  expect(asked).toEqual(['a', 'b']);
  for (let round = 0; round < 3; round++) { const now = open; open = []; now.forEach((go) => go()); await settled(); }
  expect(asked).toEqual(['a', 'b', 'd', 'c']);
  state.want('a');
  expect(byTarget).toHaveBeenCalledTimes(4);
  expect(state.key).toEqual([{ name: 'no', tone: 'c1' }, { name: 'yes', tone: 'c2' }]);
});
it('keeps an error and asks again when wanted', async () => {
  const byTarget = vi.fn().mockRejectedValueOnce(new Error('lost')).mockResolvedValueOnce(answer('a'));
  const state = new ByTargetState({ byTarget }, 'd', recipe);
  state.want('a');
  await settled();
  expect(state.of('a')).toHaveProperty('error');
  state.want('a');
  await settled();
  expect(state.of('a')).toHaveProperty('data');
});
