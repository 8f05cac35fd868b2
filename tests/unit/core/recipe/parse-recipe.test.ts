import { expect, test } from 'vitest';
import type { Json } from '../../../../src/core/base/json.ts';
import { applyRecipe } from '../../../../src/core/recipe/apply-recipe.ts';
import { fitRecipe } from '../../../../src/core/recipe/fit-recipe.ts';
import { parseFittedRecipe, parseRecipe } from '../../../../src/core/recipe/parse-recipe.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';

const good = { version: 1, task: 'binary', target: 'y', above: null, positive: null, drop: ['id'], steps: [{ id: 'a', type: 'one-hot', columns: ['c'], params: { maxLevels: 3, minRows: 1 } }] };
const param = expect.objectContaining({ code: 'bad-param' });

test('a sound recipe is read as it is, absent parts take their fallback', () => {
  expect(parseRecipe(good)).toEqual(good);
  expect(parseRecipe({ version: 1, task: 'regression', target: 'y', steps: [{ type: 'impute' }] })).toMatchObject({ above: null, drop: [], steps: [{ id: 'impute', columns: [], params: { strategy: 'median', indicator: true } }] });
});
test.each([
  ['null', null], ['a list', []], ['no version', { ...good, version: undefined as unknown as null }], ['a task', { ...good, task: 'magic' }], ['a target', { ...good, target: 7 }], ['above', { ...good, above: 'x' }],
  ['drop', { ...good, drop: [1] }], ['steps', { ...good, steps: {} }], ['too many steps', { ...good, steps: Array.from({ length: 501 }, (_, i) => ({ ...good.steps[0], id: `${i}` })) }],
  ['equal ids', { ...good, steps: [good.steps[0], good.steps[0]] }], ['a parameter', { ...good, steps: [{ ...good.steps[0], params: { maxLevels: 0 } }] }], ['an unknown parameter', { ...good, steps: [{ ...good.steps[0], params: { levels: 3 } }] }],
  ['a long name', { ...good, target: 'x'.repeat(10001) }], ['disabled', { ...good, steps: [{ ...good.steps[0], disabled: 'yes' }] }],
])('%s that is wrong is a bad-param', (_what, json) => expect(() => parseRecipe(json as Json)).toThrow(param));
test('newer versions and unknown steps have codes of their own', () => {
  expect(() => parseRecipe({ ...good, version: 2 })).toThrow(expect.objectContaining({ code: 'newer-version' }));
  expect(() => parseRecipe({ ...good, steps: [{ type: 'nope' }] })).toThrow(expect.objectContaining({ code: 'unknown-type' }));
});
test('no prototype is smuggled in', () => {
  const parsed = parseRecipe(JSON.parse('{"__proto__":{"polluted":1},"version":1,"task":"binary","target":"y","steps":[{"type":"impute","params":{}}]}') as Json);
  expect(Object.keys(parsed)).not.toContain('__proto__');
  expect(() => parseRecipe(JSON.parse('{"version":1,"task":"binary","target":"y","steps":[{"type":"impute","params":{"__proto__":1}}]}') as Json)).toThrow(param);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
test('a fitted recipe survives its file; one whose parts do not fit is refused', () => {
  const table = makeTable([numbersOf('x', [1, null, 3]), categoriesOf('c', ['a', 'b', 'a']), categoriesOf('y', ['n', 'j', 'n'])]);
  const fitted = fitRecipe(parseRecipe({ ...good, steps: [...good.steps, { type: 'impute' }, { type: 'standardise', disabled: true }] }), table, { seed: 1 });
  const back = parseFittedRecipe(JSON.parse(JSON.stringify(fitted)) as Json);
  expect(back).toEqual(fitted);
  const options = { training: false, seed: 1, withTarget: false };
  expect(applyRecipe(back, table, options)).toEqual(applyRecipe(fitted, table, options));
  const json = fitted as unknown as { [key: string]: Json };
  for (const broken of [{ ...json, states: [] }, { ...json, input: [{ name: 'x', kind: 'blob' }] }, { ...json, output: [3] }, { ...json, states: [1, 2, 3] }]) expect(() => parseFittedRecipe(broken)).toThrow(param);
  expect(() => applyRecipe({ ...back, output: [{ name: 'ghost', source: 'x' }] }, table, options)).toThrow(expect.objectContaining({ code: 'bad-bundle' }));
});
