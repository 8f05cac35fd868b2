import { expect, test } from 'vitest';
import { hashModel } from '../../../../src/core/models/hash-model.ts';
import type { Model } from '../../../../src/core/models/model.ts';

const model: Model = { type: 'constant', task: 'binary', classes: ['a', 'b'], features: 1, json: { x: 1, y: 2 }, arrays: { value: Float64Array.of(0.25), other: Int32Array.of(1) } };

test('equal models hash alike whatever the order of keys; any change shows', () => {
  const same: Model = { ...model, json: { y: 2, x: 1 }, arrays: { other: Int32Array.of(1), value: Float64Array.of(0.25) } };
  expect(hashModel(same)).toBe(hashModel(model));
  const changes: Partial<Model>[] = [
    { type: 'linear' }, { task: 'multiclass' }, { classes: ['b', 'a'] }, { features: 2 }, { json: { x: 1 } },
    { arrays: { ...model.arrays, value: Float64Array.of(0.26) } }, { arrays: { ...model.arrays, other: Uint32Array.of(1) } }, { arrays: { value: model.arrays.value } },
  ];
  const hashes = new Set([hashModel(model), ...changes.map((change) => hashModel({ ...model, ...change }))]);
  expect(hashes.size).toBe(changes.length + 1);
});
