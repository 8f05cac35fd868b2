import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { suggest } from '../../../../src/core/pipeline/suggest.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { makeTable, numbersOf } from '../../../../src/core/table/build.ts';

const column = (name: string, f: (i: number) => number) => numbersOf(name, Array.from({ length: 400 }, (_, i) => f(i)));
const y = column('y', (i) => ((i * 37) % 89) + 0.5);
const x = column('x', (i) => (i * 53) % 97);
const splitOf = async (...columns: ReturnType<typeof column>[]) => suggest(await profileTable(makeTable([...columns, x, y]), quiet), 'y', null).split;

test('numbers named like a clock that never fall make a split by time; a coarse one takes the running number beside it', async () => {
  expect(await splitOf(column('date', (i) => i / 400))).toMatchObject({ kind: 'time', column: 'date' });
  expect(await splitOf(column('No', (i) => i + 1), column('year', (i) => 2010 + Math.floor(i / 100)))).toMatchObject({ kind: 'time', column: 'No' });
});
test('a shuffled clock, a coarse one alone, or a running number alone do not', async () => {
  expect(await splitOf(column('date', (i) => (i * 37) % 400))).toMatchObject({ kind: 'random', column: null });
  expect(await splitOf(column('model_year', (i) => 70 + Math.floor(i / 50)))).toMatchObject({ kind: 'random' });
  expect(await splitOf(column('No', (i) => i + 1))).toMatchObject({ kind: 'random' });
});
