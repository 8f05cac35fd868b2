import { expect, test } from 'vitest';
import { paramFlags } from '../../../src/cli/param-flags.ts';

test('single parameters join those of the JSON object, each of its kind', () => {
  expect(paramFlags({ params: '{"trees": 7, "leaves": 5}', param: ['leaves=9', 'learningRate=0.5'] }, ['gbt'])).toEqual({ trees: 7, leaves: 9, learningRate: 0.5 });
  expect(paramFlags({}, ['gbt', 'linear'])).toEqual({});
});

test.each([
  [['tree=7'], /NAME=VALUE with a name of/],
  [['trees'], /NAME=VALUE/],
  [['trees=many'], /gbt.trees is "many"/],
  [['trees=0'], /gbt.trees is 0/],
  [['__proto__=1'], /NAME=VALUE/],
])('refuses %j', (param, message) => {
  expect(() => paramFlags({ param }, ['gbt'])).toThrow(message);
});

test('several learners have each their own', () => {
  expect(() => paramFlags({ param: ['trees=7'] }, ['gbt', 'linear'])).toThrow(/one --learner/);
  expect(() => paramFlags({ params: '[1]' }, ['gbt'])).toThrow(/JSON object/);
});
