import { expect, test } from 'vitest';
import type { Json } from '../../../../src/core/base/json.ts';
import { checkGolden } from '../../../../src/core/pipeline/check-golden.ts';
import type { StepState } from '../../../../src/core/recipe/step.ts';
import { makeFixture } from '../bundle/fixture.ts';

const bundle = makeFixture('linear');

test('a sound bundle passes, also without golden rows', () => {
  checkGolden(bundle);
  checkGolden({ ...bundle, golden: { rows: [], predictions: [] } });
});

test('a changed weight, and a prediction that differs by 1e-5, are found', () => {
  const weights = bundle.model.arrays.weights.slice();
  weights[0] += 0.5;
  expect(() => checkGolden({ ...bundle, model: { ...bundle.model, arrays: { ...bundle.model.arrays, weights } } })).toThrow(/golden row/);
  expect(() => checkGolden({ ...bundle, golden: { ...bundle.golden, predictions: bundle.golden.predictions.map(([p], i) => [i === 3 ? p + 1e-5 : p]) } })).toThrow(/golden row 3/);
});

test('recipe states that no step could have made are a bad bundle, not a crash', () => {
  const impossible: Json[] = [null, 7, [], {}, { encodings: 'x' }, { medians: { age: {} } }];
  for (const state of impossible) {
    const states = bundle.recipe.states.map((held) => ({ columns: (held as StepState).columns, state }));
    expect(() => checkGolden({ ...bundle, recipe: { ...bundle.recipe, states } })).toThrow(expect.objectContaining({ code: 'bad-bundle' }));
  }
});
