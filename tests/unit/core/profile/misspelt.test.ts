import { expect, test } from 'vitest';
import { misspelt } from '../../../../src/core/profile/misspelt.ts';

const found = (counts: { [text: string]: number }) => {
  const levels = Object.entries(counts).map(([text, count], code) => ({ text, count, code }));
  return Object.fromEntries([...misspelt(levels, levels.reduce((n, l) => n + l.count, 0))].filter(([, near]) => near.certainty >= 0.5).map(([code, near]) => [levels[code].text, near.suggestion]));
};

test('rare levels near a frequent one', () => {
  expect(found({ birmingham: 100, manchester: 90, birminghxm: 1, manchestr: 2, mancheester: 1 })).toEqual({ birminghxm: 'birmingham', manchestr: 'manchester', mancheester: 'manchester' });
  expect(found({ 'acute care hospitals': 900, 'acutexcarexhospitals': 7, 'acute care hospixals': 3 })).toEqual({ acutexcarexhospitals: 'acute care hospitals', 'acute care hospixals': 'acute care hospitals' });
});
test('not: other digits, other words, not so rare, both frequent', () => {
  expect(found({ 'room 101': 100, 'room 102': 1, 'room 10': 1 })).toEqual({});
  expect(found({ 'Married-civ-spouse': 500, 'Married-AF-spouse': 3 })).toEqual({});
  expect(found({ Austria: 100, Australia: 60 })).toEqual({});
  expect(found({ 'Sly Fox Brewing': 50, 'Sea Dog Brewing': 1 })).toEqual({});
});
test('between two that are equally near there is no suggestion', () => {
  expect(found({ 'type bat': 100, 'type cat': 100, 'type xat': 1 })).toEqual({ 'type xat': null });
});
test('short values only beside a short list', () => {
  expect(found({ yes: 300, no: 300, yxs: 1, yess: 1 })).toEqual({ yxs: 'yes', yess: 'yes' });
  expect(found(Object.fromEntries([...Array.from({ length: 40 }, (_, i): [string, number] => [`${'abcdefgh'[i % 8]}${'klmno'[i % 5]}`, 20]), ['ax', 1]]))).toEqual({});
});
