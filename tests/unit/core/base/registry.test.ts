import { expect, test } from 'vitest';
import { makeRegistry } from '../../../../src/core/base/registry.ts';

const registry = makeRegistry('step', [{ type: 'a', n: 1 }, { type: 'b', n: 2 }]);

test('finds by type', () => {
  expect([registry.get('b').n, registry.has('a'), registry.has('c'), registry.all.length]).toEqual([2, true, false, 2]);
});

test('an unknown type names what is known', () => {
  expect(() => registry.get('c')).toThrow(expect.objectContaining({ code: 'unknown-type', details: { registry: 'step', type: 'c', known: ['a', 'b'] } }) as Error);
  expect(() => registry.get('__proto__')).toThrow('unknown');
});

test('refuses duplicates', () => {
  expect(() => makeRegistry('step', [{ type: 'a' }, { type: 'a' }])).toThrow('registered twice');
});
