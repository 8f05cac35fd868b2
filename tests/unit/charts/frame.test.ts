import { Window } from 'happy-dom';
import { expect, it } from 'vitest';
import { extentOf, offer, add, spread } from '../../../src/charts/frame.ts';

it('spreads labels that would touch, keeping their order and the room', () => {
  expect(spread([50, 51, 52], 10, 0, 100)).toEqual([50, 60, 70]);
  expect(spread([98, 99], 10, 0, 100)).toEqual([90, 100]);
  expect(spread([99, 98], 10, 0, 100)).toEqual([100, 90]);
  expect(spread([], 10, 0, 100)).toEqual([]);
});
it('finds the extent of what is finite and widens a point', () => {
  expect(extentOf([3, null, NaN, 7, Infinity])).toEqual([3, 7]);
  expect(extentOf([10])).toEqual([9, 11]);
  expect(extentOf([0])).toEqual([-0.5, 0.5]);
  expect(extentOf([])).toEqual([0, 1]);
});
it('dispatches a bubbling mark event with its detail on click', () => {
  const window = new Window();
  const document = window.document as unknown as Document;
  const host = document.createElement('div');
  const mark = add(host, 'rect', {}, 'three');
  offer(mark, { three: 3 });
  const heard: unknown[] = [];
  host.addEventListener('mark', (event) => heard.push((event as CustomEvent).detail));
  mark.dispatchEvent(new window.Event('click') as unknown as Event);
  expect(heard).toEqual([{ three: 3 }]);
});
