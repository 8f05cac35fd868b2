// Newton's dear passes, those with a Hessian: one for each iteration, however often a step is shortened.
import { expect, test, vi } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { makeDesign } from '../../../../src/core/learners/linear/design.ts';
import { newton } from '../../../../src/core/learners/linear/newton.ts';
import { toy } from './toy.ts';

const asked = vi.hoisted(() => ({ dear: 0, cheap: 0 }));
vi.mock('../../../../src/core/learners/linear/objective.ts', async (load) => {
  const real = await load<typeof import('../../../../src/core/learners/linear/objective.ts')>();
  return { ...real, evaluatePoint: (...args: Parameters<typeof real.evaluatePoint>) => (args[2] === 'gradient' ? asked.cheap++ : asked.dear++, real.evaluatePoint(...args)) };
});

const data = toy('binary', 400, 6);
const problem = { matrix: data, design: makeDesign(data), loss: 'logistic' as const, outputs: 1, truth: Float64Array.from((data.target as { codes: Int32Array }).codes), penalty: new Float64Array(7).fill(1e-3) };
const run = async (start: Float64Array) => {
  Object.assign(asked, { dear: 0, cheap: 0 });
  let iterations = 0;
  const found = await newton(problem, start, 200, quiet, (_, iteration) => (iterations = iteration));
  return { value: found!.value, iterations, ...asked };
};

test('from a far start steps are shortened without a Hessian, and it ends at the same optimum', async () => {
  const near = await run(new Float64Array(7));
  expect(near.cheap).toBe(0);
  const far = await run(new Float64Array(7).map((_, p) => (p % 2 ? 6 : -6)));
  expect(far.value).toBeCloseTo(near.value, 6);
  expect(far.cheap).toBeGreaterThan(3);
  expect(far.dear).toBeLessThanOrEqual(2 * far.iterations + 1);
});
