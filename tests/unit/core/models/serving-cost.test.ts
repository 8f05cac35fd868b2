// What a prediction costs in walks of a tree: trees by their number, nets by their products, the rest next to nothing.
import { expect, test } from 'vitest';
import { servingCost } from '../../../../src/core/models/serving-cost.ts';
import { modelOf } from '../bundle/fixture.ts';
import { sampleModel } from './net/sample-net.ts';

test('trees, nets and others', () => {
  expect(servingCost(modelOf('trees', 'binary', 3, ['a', 'b']))).toBe(3);
  expect(servingCost(modelOf('linear', 'binary', 3, ['a', 'b']))).toBe(1);
  const net = sampleModel('binary', [{ kind: 'spread', members: 4 }, { kind: 'dense', units: 70, bias: true }, { kind: 'heads', units: 1 }], null, 1);
  expect(servingCost(net)).toBe(Math.round((4 * 12 * 70 + 4 * 70) / 70));
});
