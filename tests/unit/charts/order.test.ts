import { expect, it } from 'vitest';
import { clusterOrder } from '../../../src/charts/order.ts';

const strong = new Set(['ac', 'ca', 'bd', 'db']);
it('puts strongly associated columns side by side', () => {
  const order = clusterOrder(['a', 'b', 'c', 'd'], (x, y) => (strong.has(x + y) ? 0.9 : 0.1));
  expect(Math.abs(order.indexOf('a') - order.indexOf('c'))).toBe(1);
  expect(Math.abs(order.indexOf('b') - order.indexOf('d'))).toBe(1);
});
it('keeps every name, also of none or one', () => {
  expect(clusterOrder([], () => 0)).toEqual([]);
  expect(clusterOrder(['a'], () => 0)).toEqual(['a']);
  expect(clusterOrder(['a', 'b', 'c'], () => 0).toSorted()).toEqual(['a', 'b', 'c']);
});
