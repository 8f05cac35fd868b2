import { expect, test } from 'vitest';
import { parseRoute, printRoute, type Route } from '../../../src/studio/route.ts';

test('addresses go there and back', () => {
  const routes: Route[] = [{ page: 'home' }, { page: 'system' }, { page: 'stage', project: 'a b/c', stage: 'train' }];
  for (const route of routes) expect(parseRoute(printRoute(route))).toEqual(route);
});
test('nonsense is home, an unknown stage is Data', () => {
  expect(parseRoute('#/%E0%A4%A')).toEqual({ page: 'home' });
  expect(parseRoute('#/p/x/nowhere')).toEqual({ page: 'stage', project: 'x', stage: 'data' });
  expect(parseRoute('')).toEqual({ page: 'home' });
});
