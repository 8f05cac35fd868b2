import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { sumsOf } from '../../../../src/core/profile/sums-of.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';
import type { NumberColumn } from '../../../../src/core/table/table.ts';

const column = (name: string, f: (i: number) => number | null, n = 200) => numbersOf(name, Array.from({ length: n }, (_, i) => f(i))) as NumberColumn;
const casual = column('casual', (i) => (i * 37) % 89);
const registered = column('registered', (i) => ((i * 53) % 97) * 0.1);
const noise = column('noise', (i) => (i * 29) % 83);
const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

test('an exact sum is found, up to rounding and over gaps', () => {
  const cnt = column('cnt', (i) => (i % 50 === 7 ? null : ((i * 37) % 89) + ((i * 53) % 97) * 0.1));
  expect(sumsOf([casual, registered, noise, cnt], all(200))).toEqual([{ total: 'cnt', a: 'casual', b: 'registered' }]);
});
test('one row that disagrees, a short table or a part that is always 0 make no sum', () => {
  const cnt = (i: number) => ((i * 37) % 89) + ((i * 53) % 97) * 0.1;
  expect(sumsOf([casual, registered, column('cnt', (i) => cnt(i) + (i === 101 ? 1 : 0))], all(200))).toEqual([]);
  expect(sumsOf([casual, registered, column('cnt', cnt)], all(19))).toEqual([]);
  expect(sumsOf([casual, column('nothing', (i) => (i < 10 ? 1 : 0)), column('same', (i) => (i * 37) % 89 + (i < 10 ? 1 : 0))], all(200))).toEqual([]);
});
test('the profile says it, and leaves the field out where there is none', async () => {
  const cnt = column('cnt', (i) => ((i * 37) % 89) + ((i * 53) % 97) * 0.1);
  const profile = await profileTable(makeTable([casual, registered, cnt]), quiet);
  expect(profile.sums).toEqual([{ total: 'cnt', a: 'casual', b: 'registered' }]);
  expect(profile.alerts.find((a) => a.code === 'sum')).toMatchObject({ column: 'cnt', fix: { drop: 'cnt' } });
  expect('sums' in (await profileTable(makeTable([casual, registered, noise]), quiet))).toBe(false);
});
test('of a wide table the last columns are related too: a target often stands there', async () => {
  const wide = Array.from({ length: 200 }, (_, c) => column(`c${c}`, (i) => ((i + 1) * (c + 3) * 7919) % 1009));
  const target = categoriesOf('class', Array.from({ length: 200 }, (_, i) => `k${i % 4}`));
  const leak = categoriesOf('leak', Array.from({ length: 200 }, (_, i) => `h${i % 2}`));
  const { pairs } = await profileTable(makeTable([...wide, leak, target]), quiet);
  expect(pairs.find((p) => p.a === 'leak' && p.b === 'class')?.value).toBe(1);
});
