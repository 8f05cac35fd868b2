import { describe, expect, test } from 'vitest';
import { categoriesOf, makeTable, makeTime, numbersOf, textsOf } from '../../../../../src/core/table/build.ts';
import { asOfJoin } from '../../../../../src/core/table/verbs/as-of-join.ts';
import { joinTables, type JoinKind } from '../../../../../src/core/table/verbs/join.ts';
import { namesOf, randomTable, rowsOf, type Cell } from './rows-of.ts';

const people = makeTable([categoriesOf('id', ['a', 'b', null, 'c']), numbersOf('age', [1, 2, 3, 4])]);
const pets = makeTable([textsOf('owner', ['b', 'a', 'b', 'd', null]), categoriesOf('pet', ['dog', 'cat', 'ox', 'emu', 'owl']), numbersOf('age', [10, 20, 30, 40, 50])]);
const joined = (kind: JoinKind) => joinTables(people, pets, { left: ['id'], right: ['owner'] }, kind, '_pet');

describe('joins', () => {
  test.each<[JoinKind, Cell[][]]>([
    ['left', [['a', 1, 'cat', 20], ['b', 2, 'dog', 10], ['b', 2, 'ox', 30], [null, 3, null, null], ['c', 4, null, null]]],
    ['inner', [['a', 1, 'cat', 20], ['b', 2, 'dog', 10], ['b', 2, 'ox', 30]]],
    ['full', [['a', 1, 'cat', 20], ['b', 2, 'dog', 10], ['b', 2, 'ox', 30], [null, 3, null, null], ['c', 4, null, null], ['d', null, 'emu', 40], [null, null, 'owl', 50]]],
    ['anti', [[null, 3], ['c', 4]]],
  ])('%s', (kind, rows) => expect(rowsOf(joined(kind).table)).toEqual(rows));
  test('clashing names get the suffix, and matches are counted', () => {
    expect(namesOf(joined('left').table)).toEqual(['id', 'age', 'pet', 'age_pet']);
    expect([joined('left').matched, joined('left').repeated]).toEqual([2, 1]);
  });
  test('keys of kinds that cannot be compared, and names that clash all the same, are refused', () => {
    expect(() => joinTables(people, pets, { left: ['age'], right: ['pet'] }, 'left', '')).toThrow(expect.objectContaining({ code: 'bad-param' }) as Error);
    expect(() => joinTables(people, pets, { left: ['id'], right: ['owner'] }, 'left', '')).toThrow(expect.objectContaining({ code: 'duplicate-column' }) as Error);
  });
  test('a join that would be too large says its size before it is made', () => {
    const many = makeTable([numbersOf('k', new Array<number>(20_000).fill(1))]);
    expect(() => joinTables(many, many, { left: ['k'], right: ['k'] }, 'inner', '')).toThrow(expect.objectContaining({ code: 'too-large', details: { what: 'rows of the join', value: 4e8, limit: 5e7 } }) as Error);
  });
});

test.each([1, 2, 3])('agrees with comparing all pairs, tables %s', (seed) => {
  const left = randomTable(seed, 50);
  const right = randomTable(seed + 10, 40);
  const keys = [['c'], ['t', 'b'], ['n', 'w']][seed - 1];
  const at = keys.map((key) => namesOf(left).indexOf(key));
  const same = (a: Cell[], b: Cell[]) => at.every((k) => a[k] !== null && (a[k] === b[k] || (a[k] === 0 && b[k] === 0)));
  const expected = rowsOf(left).flatMap((a) => rowsOf(right).filter((b) => same(a, b)).map((b) => [...a, ...b.filter((_, k) => !at.includes(k))]));
  expect(rowsOf(joinTables(left, right, { left: keys, right: keys }, 'inner', '_r').table)).toEqual(expected);
  expect(joinTables(left, right, { left: keys, right: keys }, 'anti', '_r').table.rows).toBe(rowsOf(left).filter((a) => !rowsOf(right).some((b) => same(a, b))).length);
});

describe('as of', () => {
  const orders = makeTable([makeTime('at', Float64Array.of(100, 200, 50, 300), 'ms'), categoriesOf('who', ['a', 'a', 'a', 'b'])]);
  const prices = makeTable([makeTime('known', Float64Array.of(150, 90, 90, 260, 310), 'ms'), categoriesOf('who', ['a', 'a', 'a', 'a', 'b']), numbersOf('price', [2, 1, 1.5, 3, 9])]);
  const join = (tolerance = Infinity) => asOfJoin(orders, prices, { left: 'at', right: 'known' }, { left: ['who'], right: ['who'] }, tolerance, '');
  test('the latest row that is not later, the last of equal times', () => expect(rowsOf(join().table)).toEqual([[100, 'a', 90, 1.5], [200, 'a', 150, 2], [50, 'a', null, null], [300, 'b', null, null]]));
  test('rows from the future are refused and counted', () => expect([join().matched, join().refused, join().onlyFuture, join().tooOld]).toEqual([2, 2, 2, 0]));
  test('rows that are too old are refused and counted', () => expect([join(20).matched, join(20).tooOld]).toEqual([1, 1]));
  test('the time must be one', () => expect(() => asOfJoin(orders, prices, { left: 'who', right: 'known' }, { left: [], right: [] }, Infinity, '')).toThrow(expect.objectContaining({ code: 'bad-param' }) as Error));

  test.each([1, 2, 3, 4, 5])('never a value from the future, and none later was left out, tables %s', (seed) => {
    const left = randomTable(seed, 80);
    const right = randomTable(seed + 20, 60);
    const keys = seed % 2 ? ['c'] : [];
    const { right: taken, matched } = asOfJoin(left, right, { left: 'w', right: 'w' }, { left: keys, right: keys }, Infinity, '_r');
    const [a, b] = [rowsOf(left), rowsOf(right)];
    const [w, c] = [namesOf(left).indexOf('w'), namesOf(left).indexOf('c')];
    a.forEach((row, i) => {
      const before = b.map((other, j) => ({ other, j })).filter(({ other }) => row[w] !== null && other[w] !== null && (other[w] as number) <= (row[w] as number) && (!keys.length || (row[c] !== null && row[c] === other[c])));
      const best = before.reduce<{ j: number; at: number } | null>((held, { other, j }) => (held === null || (other[w] as number) >= held.at ? { j, at: other[w] as number } : held), null);
      expect(taken[i]).toBe(best?.j ?? -1);
    });
    expect(matched).toBe(taken.filter((j) => j >= 0).length);
  });
});
