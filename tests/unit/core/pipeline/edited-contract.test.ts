// The contract that a person edited goes into the model, for the columns that it speaks of.
import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { inferContract } from '../../../../src/core/contract/infer-contract.ts';
import { prepare } from '../../../../src/core/pipeline/prepare.ts';
import { suggest } from '../../../../src/core/pipeline/suggest.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { categoriesOf, makeTable, numbersOf } from '../../../../src/core/table/build.ts';

const table = makeTable([numbersOf('x', Array.from({ length: 200 }, (_, i) => (i * 37) % 101)), categoriesOf('size', Array.from({ length: 200 }, (_, i) => `${1 + (i % 9)} kg`)), numbersOf('y', Array.from({ length: 200 }, (_, i) => i % 7))]);

test('rules of equal kind are the person\'s; a column that cleaning turns into another kind keeps the rules of the rows as they come', async () => {
  const { recipe, split } = suggest(await profileTable(table, quiet), 'y', null);
  const [x, size] = inferContract(table, ['x', 'size']).columns;
  const contract = { version: 1 as const, columns: [{ ...x!, outside: 'refuse' as const }, { ...size!, kind: 'number' as const, levels: null, range: { min: 1, max: 9 }, outside: 'refuse' as const }] };
  const { contract: kept } = await prepare({ data: 'd', contract, recipe, split, learner: { type: 'gbt', params: {} }, metrics: ['rmse'], seed: 1 }, table, quiet);
  expect(kept.columns.map((column) => [column.name, column.kind, column.outside])).toEqual([['x', 'number', 'refuse'], ['size', 'category', 'accept']]);
});
